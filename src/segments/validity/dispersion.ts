import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { checkLabels, NOISE } from './agreement.ts';

/** How tight the groups are; rows in no group (−1) take no part. */
export type Dispersion = {
  readonly sizes: Int32Array;
  /** [groups × cols] */
  readonly means: Float64Array;
  /** Sum of squared distances to its mean, of each group. */
  readonly squares: Float64Array;
  /** Mean distance to its mean, of each group; 0 of an empty one. */
  readonly distance: Float64Array;
  /** Sum of squared distances of all grouped rows to their mean. */
  readonly total: number;
};

const CHUNK = 1 << 14;

/** Two passes over the rows, exact at any size. Refuses NaN and ∞. O(rows · cols). */
export async function dispersion(
  x: Matrix,
  labels: ArrayLike<number>,
  job: Job = unattended,
): Promise<Dispersion> {
  if (labels.length !== x.rows) throw new RangeError(`${labels.length} labels, ${x.rows} rows`);
  checkLabels(labels);
  const { cols, data } = x;
  let groups = 0;
  for (let r = 0; r < x.rows; r++) groups = Math.max(groups, labels[r]! + 1);
  const sizes = new Int32Array(groups);
  const means = new Float64Array(groups * cols);
  const whole = new Float64Array(cols);
  await overRows(x.rows, job, (r) => {
    const label = labels[r]!;
    if (label === NOISE) return;
    sizes[label]!++;
    for (let c = 0, p = r * cols, q = label * cols; c < cols; c++) means[q + c]! += data[p + c]!;
  });
  const grouped = sizes.reduce((sum, size) => sum + size, 0);
  for (let m = 0; m < groups; m++)
    for (let c = 0; c < cols; c++) {
      whole[c]! += means[m * cols + c]! / Math.max(1, grouped);
      means[m * cols + c]! /= Math.max(1, sizes[m]!);
    }
  for (let i = 0; i < means.length; i++)
    if (!Number.isFinite(means[i]!))
      throw new RangeError(`column ${i % cols} holds a value that is no number`);
  const squares = new Float64Array(groups);
  const distance = new Float64Array(groups);
  let total = 0;
  await overRows(x.rows, job, (r) => {
    const label = labels[r]!;
    if (label === NOISE) return;
    let own = 0;
    for (let c = 0, p = r * cols, q = label * cols; c < cols; c++) {
      const d = data[p + c]! - means[q + c]!;
      const e = data[p + c]! - whole[c]!;
      own += d * d;
      total += e * e;
    }
    squares[label]! += own;
    distance[label]! += Math.sqrt(own);
  });
  for (let m = 0; m < groups; m++) distance[m]! /= Math.max(1, sizes[m]!);
  return { sizes, means, squares, distance, total };
}

async function overRows(rows: number, job: Job, each: (r: number) => void): Promise<void> {
  for (let from = 0; from < rows; from += CHUNK) {
    for (let r = from; r < Math.min(from + CHUNK, rows); r++) each(r);
    await job.breathe();
  }
}

/**
 * Calinski–Harabasz index (1974): spread between groups ÷ spread within, each by its degrees of freedom; 0 and up, higher is better. 1 where
 * no group has any spread; null below two groups or where every row is alone.
 */
export function calinskiHarabasz({ sizes, squares, total }: Dispersion): number | null {
  const groups = sizes.filter((size) => size > 0).length;
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  if (groups < 2 || groups >= rows) return null;
  const within = squares.reduce((sum, each) => sum + each, 0);
  if (within === 0) return 1;
  return ((total - within) / (groups - 1)) * ((rows - groups) / within);
}

/**
 * Davies–Bouldin index (1979): for each group the worst ratio of the widths of two groups to the distance of their means, averaged; 0 and up,
 * lower is better. null below two groups or where every row is alone. O(groups² · cols).
 */
export function daviesBouldin({ sizes, means, distance }: Dispersion): number | null {
  const present = [...sizes.keys()].filter((m) => sizes[m]! > 0);
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  if (present.length < 2 || present.length >= rows) return null;
  const cols = means.length / sizes.length;
  const worst = new Float64Array(sizes.length);
  for (const i of present)
    for (const j of present) {
      if (j <= i) continue;
      let square = 0;
      for (let c = 0; c < cols; c++) {
        const d = means[i * cols + c]! - means[j * cols + c]!;
        square += d * d;
      }
      const ratio = square > 0 ? (distance[i]! + distance[j]!) / Math.sqrt(square) : 0;
      worst[i] = Math.max(worst[i]!, ratio);
      worst[j] = Math.max(worst[j]!, ratio);
    }
  return worst.reduce((sum, each) => sum + each, 0) / present.length;
}
