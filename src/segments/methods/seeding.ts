import type { Job } from '../../lib/job.ts';
import type { Rows } from '../kernels/lloyd.ts';

/**
 * Greedy k-means++ (Arthur & Vassilvitskii 2007, §5): each next mean is the best of 2 + ⌊ln k⌋ rows drawn with odds ∝ distance²
 * to the means so far. Returns [k × cols] in float64; rows repeat only where fewer than k differ. O(rows · k · log k · cols).
 */
export async function farApart(
  x: Rows,
  k: number,
  next: () => number,
  job: Job,
): Promise<Float64Array> {
  const { rows, cols, data } = x;
  const means = new Float64Array(k * cols);
  const tries = 2 + Math.floor(Math.log(k));
  const nearest = new Float64Array(rows).fill(Infinity);
  const running = new Float64Array(rows);
  let [best, trial] = [new Float64Array(rows), new Float64Array(rows)];
  for (let m = 0; m < k; m++) {
    let least = Infinity;
    let chosen = 0;
    for (let t = 0; t < (m === 0 ? 1 : tries); t++) {
      const row = m === 0 ? Math.floor(next() * rows) : draw(running, next());
      const left = distances(x, row, nearest, trial);
      if (left < least || t === 0) {
        least = left;
        chosen = row;
        [best, trial] = [trial, best];
      }
    }
    for (let c = 0; c < cols; c++) means[m * cols + c] = data[chosen * cols + c]!;
    let sum = 0;
    for (let r = 0; r < rows; r++) running[r] = sum += nearest[r] = best[r]!;
    await job.breathe();
  }
  return means;
}

/** `out` becomes min(nearest, squared distance to `row`); returns its sum. */
function distances(x: Rows, row: number, nearest: Float64Array, out: Float64Array): number {
  const { rows, cols, data } = x;
  const from = data.subarray(row * cols, (row + 1) * cols);
  let total = 0;
  for (let r = 0, p = 0; r < rows; r++, p += cols) {
    let sum = 0;
    for (let c = 0; c < cols; c++) {
      const d = data[p + c]! - from[c]!;
      sum += d * d;
    }
    const near = sum < nearest[r]! ? sum : nearest[r]!;
    out[r] = near;
    total += near;
  }
  return total;
}

/** The first place whose running total exceeds u × all; any place where all odds are 0. */
function draw(running: Float64Array, u: number): number {
  const goal = u * running.at(-1)!;
  let [low, high] = [0, running.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (running[middle]! > goal) high = middle;
    else low = middle + 1;
  }
  return low;
}
