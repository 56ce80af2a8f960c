import type { MethodChoice } from '../partition.ts';

/** What a person may want of segments, and the method that gives it. */
export type Want = {
  readonly id: string;
  /** In the words of somebody who has no method in mind. */
  readonly label: string;
  /** What it does and when to take it. */
  readonly words: string;
  /** The field's name of the method. */
  readonly method: string;
  readonly start: MethodChoice;
};

/** In the order in which they are offered: the first is what a project starts with. */
export const wants: readonly Want[] = [
  {
    id: 'few',
    label: 'A few clear groups',
    words:
      'Divides everyone into a handful of groups around typical customers. Take it first: it is quick, everybody belongs somewhere, and each group is easy to tell.',
    method: 'K-means',
    start: { kind: 'kmeans' },
  },
  {
    id: 'natural',
    label: 'As many as make sense',
    words:
      'Finds where customers crowd together, however many crowds there are and whatever their shape, and leaves those between them out. Take it where nobody knows the number and not everyone need belong.',
    method: 'HDBSCAN',
    start: { kind: 'hdbscan', smallest: null, neighbours: null, pick: 'excess-of-mass' },
  },
  {
    id: 'odd',
    label: 'The odd ones',
    words:
      'Looks for customers who are far from any crowd and lists them, oddest first. Take it to find fraud, errors in the data, or the few who need a person.',
    method: 'HDBSCAN, outlier scores',
    start: { kind: 'hdbscan', smallest: null, neighbours: null, pick: 'excess-of-mass' },
  },
  {
    id: 'small',
    label: 'Many small ones',
    words:
      'Cuts the customers in two again and again into micro-segments, none smaller than you say. Take it for campaigns that speak to each niche by itself.',
    method: 'Bisecting k-means',
    start: { kind: 'bisecting', k: null, smallest: null },
  },
  {
    id: 'soft',
    label: 'Soft borders',
    words:
      'Says how surely each customer belongs to each group, and allows long and slanted groups. Take it where people are a bit of both.',
    method: 'Gaussian mixture',
    start: { kind: 'mixture', k: null, shape: 'diagonal' },
  },
  {
    id: 'rfm',
    label: 'The field’s names',
    words:
      'Scores how lately, how often and for how much each customer bought, and reads the name off a grid: Champions, At risk, Lost. Take it where the team already speaks RFM.',
    method: 'RFM',
    start: { kind: 'rfm', bands: 5, grid: null },
  },
  {
    id: 'rules',
    label: 'My own rules',
    words:
      'Each customer goes to the first rule that holds. Take it where the segments are decided already, or have to be explained to an auditor.',
    method: 'Rules',
    start: { kind: 'rules', rules: [] },
  },
  {
    id: 'layers',
    label: 'Layer by layer',
    words:
      'Groups each set of features by itself, habit here and taste there, and combines them. Take it where one thing would otherwise drown the others.',
    method: 'Layered segmentation',
    start: { kind: 'layers', layers: [] },
  },
  {
    id: 'crowds',
    label: 'Crowds within a distance',
    words:
      'Joins customers who have enough others within one distance, and leaves the rest out. Take it where you can say what near means, and all crowds are equally dense.',
    method: 'DBSCAN',
    start: { kind: 'dbscan', radius: null, neighbours: 10 },
  },
  {
    id: 'uneven',
    label: 'Groups of very unequal size',
    words:
      'Joins nearest customers step by step but never lets one group swallow all. Take it where a few small groups stand beside a large one.',
    method: 'Genie',
    start: { kind: 'genie', k: null, evenness: 0.3 },
  },
  {
    id: 'parts',
    label: 'Mixes of habits',
    words:
      'Explains each customer as a mix of a few habits that add up. Take it for many counts of events, most of them zero.',
    method: 'Non-negative factors (NMF)',
    start: { kind: 'nmf', k: null },
  },
  {
    id: 'categories',
    label: 'Categories count too',
    words:
      'Compares numbers as numbers and categories as categories, and says how much each weighs. Take it where most of what is known is text.',
    method: 'K-prototypes',
    start: { kind: 'prototypes', k: null, weight: null },
  },
];

/** What the present method is for; of two wants with one method the first. */
export const wantOf = ({ kind }: MethodChoice): Want =>
  wants.find(({ start }) => start.kind === kind) ?? wants[0]!;
