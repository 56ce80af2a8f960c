import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';

/** One grouping of the rows of a matrix: `labels` in 0 … k − 1. */
export type Grouping = { readonly labels: Int32Array; readonly k: number };

/**
 * Silhouette of every row (Rousseeuw 1987), −1 to 1, for several groupings in one pass over all pairs: exact, 0 for a row alone
 * in its group and where there is one group. O(rows² · (cols + groupings)): for up to about 6,000 rows.
 */
export async function silhouettes(
  x: Matrix,
  groupings: readonly Grouping[],
  job: Job = unattended,
): Promise<Float32Array<ArrayBuffer>[]> {
  const { rows } = x;
  for (const { labels } of groupings)
    if (labels.length !== rows) throw new RangeError(`${labels.length} labels for ${rows} rows`);
  const sizes = groupings.map(({ labels, k }) => count(labels, k));
  const out = groupings.map(() => new Float32Array(rows));
  const sums = groupings.map(({ k }) => new Float64Array(k * AT_ONCE));
  const distance = new Float64Array(rows * AT_ONCE);
  for (let from = 0; from < rows; from += AT_ONCE) {
    distances(x, from, distance);
    for (let g = 0; g < groupings.length; g++) {
      const { labels } = groupings[g]!;
      addUp(distance, labels, sums[g]!.fill(0));
      for (let r = from; r < Math.min(from + AT_ONCE, rows); r++)
        out[g]![r] = silhouette(sums[g]!, r - from, sizes[g]!, labels[r]!);
    }
    job.progress('Comparing customers', from, rows);
    await job.breathe();
  }
  return out;
}

/**
 * Simplified silhouette (Hruschka, de Castro & Campello 2004): distances to the means stand in for distances to all rows, so it is
 * O(rows · k · cols); it runs higher than the exact one. `means` is [k × cols].
 */
export async function simplifiedSilhouettes(
  x: Matrix,
  labels: Int32Array,
  means: Matrix,
  job: Job = unattended,
): Promise<Float32Array<ArrayBuffer>> {
  const out = new Float32Array(x.rows);
  if (means.rows < 2) return out;
  for (let r = 0; r < x.rows; r++) {
    if (r % 1024 === 0) await job.breathe();
    let own = 0;
    let other = Infinity;
    for (let m = 0; m < means.rows; m++) {
      const d = distanceTo(x, r, means, m);
      if (m === labels[r]) own = d;
      else if (d < other) other = d;
    }
    const most = Math.max(own, other);
    out[r] = most > 0 ? (other - own) / most : 0;
  }
  return out;
}

/** Between row r of `x` and row m of `means`, summed in float64. */
export function distanceTo(x: Matrix, r: number, means: Matrix, m: number): number {
  let sum = 0;
  for (let c = 0, p = r * x.cols, q = m * x.cols; c < x.cols; c++) {
    const d = x.data[p + c]! - means.data[q + c]!;
    sum += d * d;
  }
  return Math.sqrt(sum);
}

/** How many rows have each label. */
export function count(labels: Int32Array, k: number): Int32Array {
  const sizes = new Int32Array(k);
  for (const label of labels) sizes[label]!++;
  return sizes;
}

/** Four rows are compared with all others at once: each value is loaded once for four, and their sums do not wait for each other. */
const AT_ONCE = 4;

/** `out[4 r + i]`: between row r and row `from + i` (past the end: the last row, whose result nobody reads). */
function distances({ rows, cols, data }: Matrix, from: number, out: Float64Array): void {
  const at = (i: number) => Math.min(from + i, rows - 1) * cols;
  const [a, b, c, d] = [at(0), at(1), at(2), at(3)];
  for (let r = 0, p = 0; r < rows; r++, p += cols) {
    let [sa, sb, sc, sd] = [0, 0, 0, 0];
    for (let i = 0; i < cols; i++) {
      const value = data[p + i]!;
      const da = value - data[a + i]!;
      const db = value - data[b + i]!;
      const dc = value - data[c + i]!;
      const dd = value - data[d + i]!;
      sa += da * da;
      sb += db * db;
      sc += dc * dc;
      sd += dd * dd;
    }
    out[4 * r] = Math.sqrt(sa);
    out[4 * r + 1] = Math.sqrt(sb);
    out[4 * r + 2] = Math.sqrt(sc);
    out[4 * r + 3] = Math.sqrt(sd);
  }
}

function addUp(distance: Float64Array, labels: Int32Array, sum: Float64Array): void {
  for (let r = 0, p = 0; r < labels.length; r++, p += 4) {
    const s = 4 * labels[r]!;
    sum[s]! += distance[p]!;
    sum[s + 1]! += distance[p + 1]!;
    sum[s + 2]! += distance[p + 2]!;
    sum[s + 3]! += distance[p + 3]!;
  }
}

/** `sum[4 m + i]`: of distances to group m, from the row whose place among the four is `i`. */
function silhouette(sum: Float64Array, i: number, sizes: Int32Array, label: number): number {
  if (sizes[label]! < 2) return 0;
  const own = sum[4 * label + i]! / (sizes[label]! - 1);
  let other = Infinity;
  for (let m = 0; m < sizes.length; m++)
    if (m !== label && sizes[m]! > 0) other = Math.min(other, sum[4 * m + i]! / sizes[m]!);
  if (other === Infinity) return 0;
  const most = Math.max(own, other);
  return most > 0 ? (other - own) / most : 0;
}
