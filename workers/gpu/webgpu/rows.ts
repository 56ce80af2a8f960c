import type { Job } from '../../../src/lib/job.ts';
import type { Matrix } from '../../../src/lib/matrix.ts';
import { inChunks, measureScale } from '../scaled.ts';
import type { Desk } from './desk.ts';

/** Rows on the GPU: in blocks of four columns (`x[b * rows + r]` is a vec4), divided by `scale`. */
export type Rows = {
  readonly buffer: GPUBuffer;
  readonly scale: number;
  readonly norm2: number;
};

export async function uploadRows(desk: Desk, x: Matrix, job: Job): Promise<Rows> {
  const { rows, cols, data } = x;
  const { scale, norm2 } = await measureScale(x, job);
  const blocks = Math.ceil(cols / 4);
  const buffer = await desk.checked(() => desk.buffer(rows * blocks * 16));
  try {
    // A block at a time: never more than a quarter of the columns twice in memory, and time to breathe.
    const block = new Float32Array(rows * 4);
    for (let b = 0; b < blocks; b++) {
      const width = Math.min(4, cols - 4 * b);
      if (width < 4) block.fill(0);
      await inChunks(rows, job, (from, to) => {
        for (let r = from; r < to; r++)
          for (let c = 0; c < width; c++) block[4 * r + c] = data[r * cols + 4 * b + c]! / scale;
      });
      desk.write(buffer, block, b * rows * 16);
    }
    return { buffer, scale, norm2 };
  } catch (error) {
    buffer.destroy();
    throw error;
  }
}
