import type { Job } from '../../src/lib/job.ts';
import type { Matrix } from '../../src/lib/matrix.ts';

const CHUNK = 1 << 14;

/**
 * What the largest value is divided by, so that float32 can neither overflow nor lose small squares: a power of two, hence exact.
 * Throws RangeError for NaN and infinities. `norm2` is the sum of all squares after the division.
 */
export async function measureScale(
  x: Matrix,
  job: Job,
): Promise<{ readonly scale: number; readonly norm2: number }> {
  let [largest, sum] = [0, 0];
  const step = CHUNK * x.cols;
  for (let from = 0; from < x.data.length; from += step) {
    for (let p = from; p < Math.min(from + step, x.data.length); p++) {
      const value = Math.abs(x.data[p]!);
      if (!(value <= 3.4028235e38))
        throw new RangeError(`column ${p % x.cols} holds a value that is no number`);
      if (value > largest) largest = value;
      sum += value * value;
    }
    await job.breathe();
  }
  let scale = 1;
  while (scale < largest) scale *= 2;
  while (largest > 0 && scale >= 2 * largest) scale /= 2;
  return { scale, norm2: sum / (scale * scale) };
}

/** Calls `fill(from, to)` for chunks of the rows, breathing between them. */
export async function inChunks(
  rows: number,
  job: Job,
  fill: (from: number, to: number) => void,
): Promise<void> {
  for (let from = 0; from < rows; from += CHUNK) {
    fill(from, Math.min(from + CHUNK, rows));
    await job.breathe();
  }
}
