import type { Curve, Epoch, Graph } from '../../../src/segments/kernels/layout.ts';
import type { GpuPicture } from '../picture.ts';
import type { Desk } from './desk.ts';
import { epochCode, THREADS } from './layout.wgsl.ts';

const MOST_GROUPS = 32768;

/** The layout in WGSL. O(edges + pushes) an epoch, and reading the positions back. */
export function openPicture(
  desk: Desk,
  graph: Graph,
  { a, b }: Curve,
  first: number,
): Promise<GpuPicture> {
  const { rows } = graph;
  const buffers: GPUBuffer[] = [];
  const close = () => buffers.forEach((buffer) => buffer.destroy());
  const filled = (values: Float32Array | Int32Array): GPUBuffer => {
    const buffer = desk.buffer(values.byteLength);
    buffers.push(buffer);
    // Kernels may keep their numbers in memory that threads share, which the queue takes too; the type library knows of one kind only.
    desk.write(buffer, values as Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>);
    return buffer;
  };
  return desk
    .checked(async () => {
      const given = [graph.starts, graph.tails, graph.weights].map(filled);
      let [now, next] = [desk.buffer(8 * rows), desk.buffer(8 * rows)];
      const task = desk.uniform(new Uint32Array(12));
      buffers.push(now, next, task);
      const groups = [Math.min(MOST_GROUPS, Math.ceil(rows / THREADS))] as const;
      let there = await desk.pass(epochCode, [...given, now, next, task], groups);
      let back = await desk.pass(epochCode, [...given, next, now, task], groups);
      return {
        place: (positions: Float32Array) => desk.write(now, Float32Array.from(positions)),
        async epoch({ alpha, pushes, keep, seed }: Epoch, out: Float32Array) {
          const words = new Uint32Array(12);
          words.set([first, rows, first === 0 ? rows : first, seed]);
          new Float32Array(words.buffer).set([alpha, pushes, a, b, keep], 4);
          desk.write(task, words);
          desk.submit([there]);
          [now, next] = [next, now];
          [there, back] = [back, there];
          out.set(new Float32Array(await desk.read(now, 8 * rows)));
        },
        close,
      };
    })
    .catch((error: unknown) => {
      close();
      throw error;
    });
}
