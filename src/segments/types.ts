import type { Matrix } from '../lib/matrix.ts';
import type { Edit, EditOutcome } from './hands/edits.ts';
import type { Remark } from './hands/remarks.ts';
import type { Version } from './hands/versions.ts';
import type { MixtureModel } from './methods/mixture-model.ts';
import type { MethodChoice } from './partition.ts';

/** A value with its 95 % interval. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number };

/** How one feature sets a segment apart. */
export type Driver = {
  /** Index in `FeatureTable.features`. */
  readonly feature: number;
  /** Typical value here and over everyone, in the feature's unit: the median; of yes-no the share of yes, of a category the share of `category`. */
  readonly here: Interval;
  readonly everyone: number;
  /** 100 × here / everyone (means; 100 = like everyone), with its interval; null where everyone is 0, the sign differs, or values of both signs are usual (a trend). */
  readonly index: Interval | null;
  /** Standardised difference of means on the scaled column: what drivers are ordered by. */
  readonly effect: number;
  /** Of a category: the place in `Feature.categories` of the value that sets this segment apart most. */
  readonly category?: number;
};

export type Segment = {
  /** Value in `labels` and place in `segments`. */
  readonly id: number;
  /** "A", "B", … "Z", "AA"; it stays with the customers through re-runs (letters.ts). Empty for the rest. */
  readonly letter: string;
  /** Place of the letter in the alphabet, and so in the palette; −1, grey, for the rest. Another where a person recoloured it. */
  readonly colour: number;
  /** The customers that the method puts in no segment: always the last entry, described like a segment but none. */
  readonly rest: boolean;
  /** Made from the drivers, in plain words; or by the method itself (RFM, rules). */
  readonly name: string;
  readonly size: number;
  /** Of all customers. */
  readonly share: number;
  /** Of revenue, with bootstrap interval; null without a spend feature. */
  readonly revenueShare: Interval | null;
  /** Mean silhouette of its customers, −1 to 1; null for the rest. */
  readonly silhouette: number | null;
  /** Ordered, strongest first; every feature is in it. */
  readonly drivers: readonly Driver[];
  /** Rows of the customers nearest to its mean, nearest first, up to 10; of the rest the oddest first. */
  readonly typical: readonly number[];
  /** Rows nearest to another segment, up to 10, with the segment they lean to. */
  readonly border: readonly { readonly row: number; readonly other: number }[];
};

/** One k tried: mean silhouette with its 95 % interval over customers, and the same on data without structure. */
export type KScore = {
  readonly k: number;
  readonly silhouette: Interval;
  /** Silhouette of k-means on made-up customers without groups (reference.ts): the naive baseline. */
  readonly reference: number;
  readonly inertia: number;
  /** Smallest segment at this k. */
  readonly smallest: number;
};

/** What a method looked at where it chose for itself: BIC by k, or the distances to the 5th neighbour in their order. */
export type ChoiceCurve = {
  /** "BIC", "distance to the 5th neighbour". */
  readonly measure: string;
  /** What `xs` are: "segments", "customers, nearest first" (a share of all). */
  readonly along: string;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Value of `xs`, or where `chosen` is a height (a radius) of `ys`, that was taken. */
  readonly chosen: number;
  readonly axis: 'x' | 'y';
};

export type SegmentSettings = {
  /** Of k-means. null: chosen by silhouette (choose-k.ts). */
  readonly k: number | null;
  readonly kMax: number;
  readonly seed: number;
  readonly restarts: number;
  /** Names given by a person. */
  readonly names: readonly { readonly letter: string; readonly name: string }[];
  /** Absent: k-means. */
  readonly method?: MethodChoice;
  /** Absent: principal components. */
  readonly map?: MapChoice;
  /** Absent: colour by segment, all points alike, one map. */
  readonly look?: MapLook;
  /** Linked views in the strip, by name (insight/cross/view.ts), in order. Absent: the features that tell segments apart best. */
  readonly views?: readonly string[];
  /** The letters of the segments that this choice was made over, on witnesses (anchor.ts): segments alike keep letter, colour and name. */
  readonly anchor?: string;
  /** What a person changed of what the method made, in the order of doing. */
  readonly edits?: readonly Edit[];
  /** The same as `anchor` of the segments after the edits: parts of a split keep their letters. */
  readonly editedAnchor?: string;
  /** What a person says of single segments; nothing is calculated again for it. */
  readonly remarks?: readonly Remark[];
  /** Saved under a name, oldest first. */
  readonly versions?: readonly Version[];
};

/** log: log(1 + x), of what is never below 0. */
export type AxisScale = 'linear' | 'log';

/** A feature as an axis of the map, by name. Without `scale`, log where the values ask for it. */
export type AxisChoice = { readonly feature: string; readonly scale?: AxisScale };

/** Where customers stand: by all that they are grouped by, or by two features. */
export type MapChoice = 'pca' | 'umap' | { readonly across: AxisChoice; readonly up: AxisChoice };

/** What the map shows beside where customers stand; features by name. */
export type MapLook = {
  /** Absent: by segment. */
  readonly colour?: string;
  /** Absent: all alike. */
  readonly size?: string;
  /** Small maps side by side, one for each segment or value. */
  readonly split?: 'segments' | { readonly feature: string };
};

const kMeansChoice: MethodChoice = { kind: 'kmeans' };

/** The method of some settings. */
export const methodOf = ({ method }: SegmentSettings): MethodChoice => method ?? kMeansChoice;

export const segmentDefaults: SegmentSettings = {
  k: null,
  kMax: 10,
  seed: 1,
  restarts: 10,
  names: [],
};

export type Segmentation = {
  /** Segments there are: `segments` may hold the rest beside them. */
  readonly k: number;
  /** Where a person changed them by hand: what the method had made, and what became of each edit. */
  readonly hands?: {
    /** [customers]; places in `letters`, −1 for those in no segment. */
    readonly labels: Int32Array<ArrayBuffer>;
    /** Places in the alphabet, ascending. */
    readonly letters: Int32Array<ArrayBuffer>;
    readonly outcomes: readonly EditOutcome[];
  };
  /** [customers]; places in `segments`, which stand in the order of their letters. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** [customers]; silhouette of each, −1 to 1, 0 in the rest: exact up to 6,000 customers, simplified (to the means) above. */
  readonly silhouettes: Float32Array<ArrayBuffer>;
  /** [segments × cols of `scaled`] */
  readonly means: Matrix;
  readonly segments: readonly Segment[];
  /** The method with everything in it that it chose from the data. */
  readonly method: MethodChoice;
  /** What was done and what was chosen from the data, in one sentence with figures. */
  readonly words: string;
  /** [customers]; how surely each belongs to its segment, 0 to 1; null where the method says nothing of it. */
  readonly belongs: Float32Array<ArrayBuffer> | null;
  /** [customers]; how odd each is, 0 to 1; null where the method says nothing of it. */
  readonly oddness: Float32Array<ArrayBuffer> | null;
  /** Of a Gaussian mixture that nobody changed by hand: the distributions, and which of them each segment is. */
  readonly mixture?: { readonly model: MixtureModel; readonly components: Int32Array };
  /** Of k-means, every k tried; of other methods empty. */
  readonly curve: readonly KScore[];
  /** Of other methods, where they chose from the data. */
  readonly choice: ChoiceCurve | null;
  /** Whether groups were found that data without structure would not show, said in one sentence with figures; null where nobody looked. */
  readonly structure: { readonly found: boolean | null; readonly words: string };
};

/** How far a picture can be trusted about neighbours. */
export type LayoutQuality = {
  /** Neighbours of a customer that were compared, and how many customers were looked at. */
  readonly k: number;
  readonly rows: number;
  /** 0 to 1: how little those who look near are far in truth (Venna & Kaski 2001). */
  readonly trustworthiness: Interval;
  /** 0 to 1: share of the true neighbours that are neighbours in the picture. */
  readonly recall: Interval;
};

/** One axis of a map by features. */
export type Axis = {
  /** Index in `FeatureTable.features`. */
  readonly feature: number;
  readonly scale: AxisScale;
  /** Values at −1 and at 1, in the feature's unit. */
  readonly low: number;
  readonly high: number;
  /** Points stand up to so much beside their value, in its unit, so that equal ones do not hide each other; 0: exactly there. */
  readonly spread: number;
};

/** Where customers stand on the map; near means alike. */
export type Layout = {
  readonly method: 'pca' | 'umap' | 'features';
  /** [customers × 2], centred, larger of both ranges scaled to −1 … 1; of features each range. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Of features: across and up. */
  readonly axes?: readonly [Axis, Axis];
  /** PCA: share of variance that each of the two axes keeps, 0 to 1. Axes of UMAP mean nothing: null. */
  readonly kept: readonly [number, number] | null;
  /** Null where there are too few customers to tell. Absent where it was not looked at. */
  readonly quality?: LayoutQuality | null;
  /** UMAP: the same for PCA, the plain picture of the same numbers. */
  readonly baseline?: LayoutQuality | null;
  /** UMAP: length in its own units of half the larger range; `placeRows` needs it. */
  readonly unit?: number;
  /** How it was made, in a sentence. */
  readonly words?: string;
};

/** Segments that the method made, before a person changed them. */
export const madeByMethod = ({ k, hands }: Pick<Segmentation, 'k' | 'hands'>): number =>
  hands?.letters.length ?? k;
