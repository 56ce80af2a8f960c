import { count, duration, fixed, measure, percent } from '../../lib/format.ts';
import type { RunLine } from './compare-runs.ts';

/** One column of the table of methods. */
export type RunColumn = {
  readonly label: string;
  readonly definition: string;
  /** Which end is better; null where neither is. */
  readonly better: 'high' | 'low' | null;
  readonly value: (line: RunLine) => number | null;
  readonly text: (line: RunLine) => string;
};

const none = '–';
const range = (low: number, high: number): string => `${fixed(low)} to ${fixed(high)}`;

/** In the order in which they are read. */
export const runColumns: readonly RunColumn[] = [
  {
    label: 'Segments',
    definition: 'Groups that the method made, and the customers in the smallest and the largest.',
    better: null,
    value: ({ groups }) => groups,
    text: ({ groups, smallest, largest }) =>
      `${count(groups)} (${count(smallest)} to ${count(largest)} customers)`,
  },
  {
    label: 'In no segment',
    definition:
      'Share of customers that the method puts in no group (noise). They take no part in the silhouette, Calinski–Harabasz and Davies–Bouldin, and lower the density validity.',
    better: null,
    value: ({ noise }) => noise,
    text: ({ noise }) => percent(noise),
  },
  {
    label: 'Real?',
    definition:
      'Whether the method finds more here than in made-up customers without groups, spread evenly or with the same columns and correlations; p is how often those look as good.',
    better: null,
    value: ({ structure }) => structure && Number(structure.found),
    text: ({ structure }) =>
      structure
        ? `${structure.found ? 'groups' : 'no groups'}, p = ${fixed(structure.p, 3)}`
        : none,
  },
  {
    label: 'Silhouette',
    definition:
      'How much nearer customers are to their own segment than to the next: mean of (b − a) ÷ max(a, b), a the mean distance within, b to the next segment; −1 to 1. Above 10,000 customers from a sample, with its 95 % interval. Favours round groups.',
    better: 'high',
    value: ({ silhouette }) => silhouette?.value ?? null,
    text: ({ silhouette: s }) =>
      s ? `${fixed(s.value)}${s.exact ? '' : ` (${range(s.low, s.high)})`}` : none,
  },
  {
    label: 'Calinski–Harabasz',
    definition:
      'Spread between the means of segments ÷ spread within segments, each by its degrees of freedom; 0 and up. Favours round groups; only methods on the same customers compare.',
    better: 'high',
    value: (line) => line.calinskiHarabasz,
    text: (line) => (line.calinskiHarabasz === null ? none : measure(line.calinskiHarabasz)),
  },
  {
    label: 'Davies–Bouldin',
    definition:
      'For each segment the worst ratio of two widths to the distance of their means, averaged; 0 and up, lower is better. Favours round groups.',
    better: 'low',
    value: (line) => line.daviesBouldin,
    text: (line) => (line.daviesBouldin === null ? none : fixed(line.daviesBouldin)),
  },
  {
    label: 'Density validity',
    definition:
      'Densest place between segments against the sparsest place inside (DBCV), −1 to 1; fits segments of any shape. Above 2,000 customers from a sample.',
    better: 'high',
    value: ({ density }) => density?.value ?? null,
    text: ({ density }) =>
      density ? `${fixed(density.value)}${density.exact ? '' : ' (sample)'}` : none,
  },
  {
    label: 'Stability',
    definition:
      'Agreement (adjusted Rand index) with segments found in customers drawn anew, mean over the draws with its 95 % interval; 1 the same, 0 chance. Then how many segments are stable: Jaccard similarity 0.75 or more.',
    better: 'high',
    value: ({ stability }) => stability?.bootstraps?.value ?? null,
    text: ({ stability: s, groups }) =>
      s?.bootstraps
        ? `${fixed(s.bootstraps.value)} (${range(s.bootstraps.low, s.bootstraps.high)}), ${count(s.stable)} of ${count(groups)} stable`
        : none,
  },
  {
    label: 'Time',
    definition: 'How long the method took on this device.',
    better: 'low',
    value: ({ milliseconds }) => milliseconds,
    text: ({ milliseconds: ms }) =>
      ms === null ? none : ms < 1000 ? `${count(ms)} ms` : duration(ms),
  },
];

/** Places of the lines that are best in a column: ties share it; none where fewer than two have a value, or all are alike. */
export function bestIn(
  { better, value }: RunColumn,
  lines: readonly RunLine[],
): ReadonlySet<number> {
  const values = lines.map(value);
  const known = values.filter((each) => each !== null);
  if (better === null || known.length < 2) return new Set();
  const best = better === 'high' ? Math.max(...known) : Math.min(...known);
  if (known.every((each) => each === best)) return new Set();
  return new Set([...values.keys()].filter((i) => values[i] === best));
}
