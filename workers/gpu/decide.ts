import type { Job } from '../../src/lib/job.ts';
import type { Matrix } from '../../src/lib/matrix.ts';
import { decider, type Assigned } from '../../src/segments/kernels/assign.ts';

/** Of a row: nearest mean (bits 0–14), next nearest (15–29), and whether float32 could not tell them apart (31). */
type Found = {
  readonly packed: Uint32Array;
  readonly sums: Float64Array<ArrayBuffer>;
  readonly counts: Int32Array<ArrayBuffer>;
};

/** Takes over what the GPU decided, decides the marked rows in float64, and moves those that had gone to the wrong mean. */
export async function decideRest(
  x: Matrix,
  means: Float64Array,
  { packed, sums, counts }: Found,
  job: Job,
): Promise<Assigned> {
  const { rows, cols, data } = x;
  const decide = decider(x, means);
  const labels = new Int32Array(rows);
  const seconds = new Int32Array(rows);
  for (let r = 0; r < rows; r++) {
    const word = packed[r]!;
    const old = word & 0x7fff;
    labels[r] = old;
    seconds[r] = (word >>> 15) & 0x7fff;
    if (word >>> 31 === 0) continue;
    const { best, second } = decide.row(r);
    labels[r] = best;
    seconds[r] = second;
    if (best !== old) {
      counts[old]!--;
      counts[best]!++;
      for (let c = 0; c < cols; c++) {
        sums[old * cols + c]! -= data[r * cols + c]!;
        sums[best * cols + c]! += data[r * cols + c]!;
      }
    }
    if (r % 256 === 0) await job.breathe();
  }
  return { labels, seconds, counts, sums };
}

/** The middle of what lies at each mean; one without rows stays. */
export function moveOn(
  means: Float64Array,
  sums: Float64Array,
  counts: Int32Array,
): Float64Array<ArrayBuffer> {
  const cols = means.length / counts.length;
  return Float64Array.from(means, (old, i) => {
    const n = counts[Math.floor(i / cols)]!;
    return n > 0 ? sums[i]! / n : old;
  });
}

/** Sum of squared distances of the rows to `means`, from the sum of their squares, `norm2`, and what lies at each mean. */
export function inertiaOf(
  norm2: number,
  means: Float64Array,
  sums: Float64Array,
  counts: Int32Array,
): number {
  const cols = means.length / counts.length;
  let total = norm2;
  for (let i = 0; i < means.length; i++) {
    const mean = means[i]!;
    total += mean * (counts[Math.floor(i / cols)]! * mean - 2 * sums[i]!);
  }
  return Math.max(0, total);
}
