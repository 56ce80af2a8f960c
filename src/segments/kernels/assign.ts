import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';

/**
 * One round of Lloyd's: every row at its nearest mean (ties: the first mean), and what lies there together. `labels` and `seconds` (the
 * next nearest mean; the same one where k = 1) are [rows]; `counts` is [k]; `sums` is [k × cols], in the units of the rows.
 */
export type Assigned = {
  readonly labels: Int32Array<ArrayBuffer>;
  readonly seconds: Int32Array<ArrayBuffer>;
  readonly counts: Int32Array<ArrayBuffer>;
  readonly sums: Float64Array<ArrayBuffer>;
};

const CHUNK = 1 << 12;

/**
 * The specification of assign-and-accumulate, and the oracle of its faster forms: float64 throughout. `means` is [k × cols].
 * O(rows · k · cols).
 */
export async function assign(
  x: Matrix,
  means: Float64Array,
  job: Job = unattended,
): Promise<Assigned> {
  const { rows, cols } = x;
  const decide = decider(x, means);
  const k = decide.half.length;
  const labels = new Int32Array(rows);
  const seconds = new Int32Array(rows);
  const counts = new Int32Array(k);
  const sums = new Float64Array(k * cols);
  for (let from = 0; from < rows; from += CHUNK) {
    for (let r = from; r < Math.min(from + CHUNK, rows); r++) {
      const { best, second } = decide.row(r);
      labels[r] = best;
      seconds[r] = second;
      counts[best]!++;
      for (let c = 0; c < cols; c++) sums[best * cols + c]! += x.data[r * cols + c]!;
    }
    await job.breathe();
  }
  return { labels, seconds, counts, sums };
}

/** Decides single rows in float64, by ‖mean‖²/2 − row·mean; `half` is ‖mean‖²/2. */
export function decider(
  x: Matrix,
  means: Float64Array,
): { readonly half: Float64Array; row(r: number): { best: number; second: number } } {
  const { cols, data } = x;
  if (!(cols >= 1 && means.length >= cols && means.length % cols === 0))
    throw new RangeError(`${means.length} values are no means of ${cols} columns`);
  const half = Float64Array.from({ length: means.length / cols }, (_, m) => {
    let norm = 0;
    for (let c = 0; c < cols; c++) norm += means[m * cols + c]! * means[m * cols + c]!;
    return norm / 2;
  });
  const row = (r: number): { best: number; second: number } => {
    let [least, next, best, second] = [Infinity, Infinity, 0, 0];
    for (let m = 0; m < half.length; m++) {
      let d = half[m]!;
      for (let c = 0; c < cols; c++) d -= data[r * cols + c]! * means[m * cols + c]!;
      if (d < least) [next, second, least, best] = [least, best, d, m];
      else if (d < next) [next, second] = [d, m];
    }
    return { best, second };
  };
  return { half, row };
}
