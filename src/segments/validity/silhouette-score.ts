import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { Z95 } from '../../lib/stats/intervals.ts';
import { rowsOf } from '../methods/kmeans.ts';
import { silhouettes } from '../methods/silhouette.ts';
import { checkLabels } from './agreement.ts';
import { silhouetteError } from './silhouette-error.ts';
import { drawStrata, type Strata } from './strata.ts';

/** Up to this many grouped rows all are compared with all. */
export const EXACT_ROWS = 10_000;
const SAMPLE = 5000;

/** Mean silhouette of the rows that are in a group, −1 to 1; 0 where there is one group. */
export type SilhouetteScore = {
  readonly value: number;
  /** 95 % interval for the value over all rows, from the sampling alone; both ends are the value where it is exact. */
  readonly low: number;
  readonly high: number;
  /** Whether all rows were compared with all; else `rows` of them, drawn from each group by itself. */
  readonly exact: boolean;
  readonly rows: number;
  /** Mean of each group; 0 of a group without rows, or with one. */
  readonly each: readonly number[];
};

/** null: no row is in a group. */
export type ScoreOptions = { readonly seed: number; readonly exactUpTo?: number };

/**
 * Silhouettes (Rousseeuw 1987) of several labelings of the same rows (0 … groups − 1, −1 for rows in no group, which take no part). Exact up to
 * `exactUpTo` rows, with one computation of the distances for all labelings whose rows are the same; above, on a stratified sample of about 5,000
 * (Cochran 1977, §5.3, finite population corrected) compared with each other. null where no row is in a group, or where there are more groups
 * than such a sample can hold two of. O(rows² · (cols + labelings)).
 */
export async function silhouetteScores(
  x: Matrix,
  labelings: readonly ArrayLike<number>[],
  { seed, exactUpTo = EXACT_ROWS }: ScoreOptions,
  job: Job = unattended,
): Promise<(SilhouetteScore | null)[]> {
  const drawn = labelings.map((labels) => {
    if (labels.length !== x.rows) throw new RangeError(`${labels.length} labels, ${x.rows} rows`);
    checkLabels(labels);
    return strataOf(labels, seed, exactUpTo);
  });
  const out = new Array<SilhouetteScore | null>(labelings.length).fill(null);
  const left = new Set([...drawn.keys()].filter((i) => isPossible(drawn[i]!)));
  for (const i of left) {
    const { rows } = drawn[i]!;
    const alike = [...left].filter((j) => sameRows(drawn[j]!.rows, rows));
    const part = rows.length === x.rows ? x : rowsOf(x, rows);
    const groupings = alike.map((j) => ({
      labels: rows.map((r) => labelings[j]![r]!),
      k: drawn[j]!.sizes.length,
    }));
    const found = await silhouettes(part, groupings, job);
    for (const [a, j] of alike.entries()) {
      const score = scoreOf(found[a]!, groupings[a]!.labels, drawn[j]!);
      const half = score.exact
        ? 0
        : Z95 * (await silhouetteError(part, groupings[a]!.labels, drawn[j]!, job));
      const [low, high] = [Math.max(-1, score.value - half), Math.min(1, score.value + half)];
      out[j] = { ...score, low, high };
      left.delete(j);
    }
  }
  return out;
}

function strataOf(labels: ArrayLike<number>, seed: number, exactUpTo: number): Strata {
  let grouped = 0;
  for (let r = 0; r < labels.length; r++) if (labels[r]! >= 0) grouped++;
  return drawStrata(labels, grouped <= exactUpTo ? grouped : Math.min(SAMPLE, exactUpTo), seed);
}

const isPossible = ({ rows }: Strata): boolean => rows.length > 0 && rows.length <= 4 * EXACT_ROWS;

const sameRows = (a: Int32Array, b: Int32Array): boolean =>
  a.length === b.length && a.every((row, i) => row === b[i]);

function scoreOf(values: ArrayLike<number>, labels: Int32Array, strata: Strata) {
  const { drawn, grouped } = strata;
  const each = new Float64Array(drawn.length);
  labels.forEach((label, i) => (each[label]! += values[i]! / drawn[label]!));
  const value = each.reduce((sum, mean, m) => sum + (strata.sizes[m]! / grouped) * mean, 0);
  return { value, exact: labels.length === grouped, rows: labels.length, each: [...each] };
}
