import { crossTable } from '../../lib/stats/cross-table.ts';
import { adjustedMutualInformation } from '../../lib/stats/mutual-information.ts';
import { randOf } from '../../lib/stats/rand-index.ts';

/** Label of rows in no group. */
export const NOISE = -1;

/** Where the rows of one group of the first labeling are in the second. */
export type Overlap = {
  readonly label: number;
  readonly size: number;
  /** Labels of the second, most shared rows first. */
  readonly with: readonly { readonly label: number; readonly rows: number }[];
  /** The group of the second most like it, and how like: shared rows ÷ rows in either (Jaccard), 0 to 1; null where it shares none. */
  readonly best: { readonly label: number; readonly jaccard: number } | null;
};

/** Agreement of two labelings of the same rows. ARI and AMI: 1 the same, about 0 unrelated, below 0 less than by chance. */
export type Agreement = {
  /** Over all rows; those in no group count as a group of their own. */
  readonly ari: number;
  readonly ami: number;
  /** Over the rows that both put in a group; null where there is none. */
  readonly grouped: { readonly rows: number; readonly ari: number; readonly ami: number } | null;
  /** One line for each group of the first, ascending, its noise first; noise is never a `best`. */
  readonly overlap: readonly Overlap[];
};

/**
 * How far two labelings (0 … groups − 1, −1 for noise) say the same: adjusted Rand index (Hubert & Arabie 1985), adjusted mutual information
 * (Vinh, Epps & Bailey 2010) and the overlap of each group. O(rows + groups²).
 */
export function agreement(a: ArrayLike<number>, b: ArrayLike<number>): Agreement {
  checkLabels(a);
  checkLabels(b);
  const table = crossTable(a, b);
  return {
    ari: randOf(table),
    ami: adjustedMutualInformation(table),
    grouped: amongGrouped(a, b),
    overlap: overlaps(table),
  };
}

/** Throws a RangeError at the first label that is neither a group nor −1. */
export function checkLabels(labels: ArrayLike<number>): void {
  for (let r = 0; r < labels.length; r++)
    if (!(labels[r]! >= NOISE && Number.isInteger(labels[r])))
      throw new RangeError(`row ${r} has no label: ${labels[r]}`);
}

function amongGrouped(a: ArrayLike<number>, b: ArrayLike<number>): Agreement['grouped'] {
  const both: number[] = [];
  for (let r = 0; r < a.length; r++) if (a[r] !== NOISE && b[r] !== NOISE) both.push(r);
  if (both.length === 0) return null;
  const table = crossTable(
    both.map((r) => a[r]!),
    both.map((r) => b[r]!),
  );
  return { rows: both.length, ari: randOf(table), ami: adjustedMutualInformation(table) };
}

function overlaps({ rows, cols, cells }: ReturnType<typeof crossTable>): Overlap[] {
  const lines = new Map([...rows.keys()].map((label) => [label, [] as Overlap['with'][number][]]));
  for (const { row, col, count } of cells) lines.get(row)!.push({ label: col, rows: count });
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([label, size]) => {
      const shared = lines.get(label)!.sort((a, b) => b.rows - a.rows || a.label - b.label);
      let best: Overlap['best'] = null;
      for (const { label: other, rows: count } of shared) {
        const jaccard = count / (size + cols.get(other)! - count);
        if (other !== NOISE && jaccard > (best?.jaccard ?? 0)) best = { label: other, jaccard };
      }
      return { label, size, with: shared, best };
    });
}
