import type { Pause } from '../../../src/segments/kernels/knn.ts';
import type { SearchTask } from '../search.ts';
import type { Desk } from './desk.ts';
import { nearestCode, THREADS } from './knn.wgsl.ts';
import { uploadRows } from './upload.ts';

/** Questions whose lists are on the GPU at once. */
const BATCH = 1 << 15;
/** A submission should take about this long: cancel is heard between two of them. */
const SUBMISSION_MS = 80;

/** Brute force in WGSL: a thread a question, rows streamed through workgroup memory. O(questions · rows · cols). */
export async function searchNear(
  desk: Desk,
  { x, questions, own, keep }: SearchTask,
  pause: Pause,
): Promise<Int32Array> {
  const ids = new Int32Array(questions.rows * keep);
  const buffers: GPUBuffer[] = [];
  const had = (buffer: GPUBuffer): GPUBuffer => (buffers.push(buffer), buffer);
  try {
    const there = had(await uploadRows(desk, x, () => pause(0)));
    const asked = x === questions ? there : had(await uploadRows(desk, questions, () => pause(0)));
    const batch = Math.min(BATCH, questions.rows);
    const near = await desk.checked(async () => {
      const task = had(desk.uniform(new Uint32Array(8)));
      const selves = had(desk.buffer(questions.rows * 4));
      const found = had(desk.buffer(batch * keep * 4));
      const names = had(desk.buffer(batch * keep * 4));
      const given = [there, asked, selves, found, names, task];
      const code = nearestCode(x.cols, keep);
      const pass = await desk.pass(code, given, [Math.ceil(batch / THREADS)]);
      return { task, selves, found, names, pass };
    });
    desk.write(near.selves, Int32Array.from(own));
    let step = Math.max(64, Math.floor(2e7 / (batch * (x.cols + 4))));
    for (let first = 0; first < questions.rows; first += batch) {
      const many = Math.min(batch, questions.rows - first);
      desk.write(near.found, new Float32Array(batch * keep).fill(Infinity));
      desk.write(near.names, new Int32Array(batch * keep).fill(-1));
      for (let from = 0, to = 0; from < x.rows; from = to) {
        const began = performance.now();
        to = Math.min(x.rows, from + step);
        const size = [x.rows, questions.rows, first, many, from, to, batch];
        desk.write(near.task, Uint32Array.from(size));
        desk.submit([near.pass]);
        await desk.done();
        await pause(first);
        const took = performance.now() - began;
        if (took < SUBMISSION_MS / 2) step *= 2;
        else if (took > 2 * SUBMISSION_MS) step = Math.max(64, step >> 1);
      }
      const bytes = batch * keep * 4;
      const names = new Int32Array(await desk.read(near.names, bytes));
      for (let q = 0; q < many; q++)
        for (let slot = 0; slot < keep; slot++)
          ids[(first + q) * keep + slot] = names[slot * batch + q]!;
    }
    return ids;
  } finally {
    for (const buffer of buffers) buffer.destroy();
  }
}
