import type { Job } from '../../../src/lib/job.ts';
import type { Rows } from '../../../src/segments/kernels/lloyd.ts';
import type { Desk } from './desk.ts';

const CHUNK = 1 << 14;

/** Rows in blocks of four columns: `x[b * rows + r]` is a vec4, so that neighbouring threads load neighbouring values. */
export async function uploadRows(
  desk: Desk,
  { data, rows, cols }: Rows,
  breathe: Job['breathe'],
): Promise<GPUBuffer> {
  const blocks = Math.ceil(cols / 4);
  const buffer = await desk.checked(() => desk.buffer(rows * blocks * 16));
  try {
    const block = new Float32Array(rows * 4); // one block at a time: a quarter of the columns, not all, twice in memory
    for (let b = 0; b < blocks; b++) {
      const width = Math.min(4, cols - 4 * b);
      if (width < 4) block.fill(0);
      for (let from = 0; from < rows; from += CHUNK) {
        for (let r = from; r < Math.min(from + CHUNK, rows); r++)
          for (let c = 0; c < width; c++) block[4 * r + c] = data[r * cols + 4 * b + c]!;
        await breathe();
      }
      desk.write(buffer, block, b * rows * 16);
    }
    return buffer;
  } catch (error) {
    buffer.destroy();
    throw error;
  }
}
