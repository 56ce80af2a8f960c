import type { Job } from './job.ts';
import type { Matrix } from './matrix.ts';

/** So many values are copied at once: 2 ms. */
const PIECE = 1 << 20;

/**
 * Copies of matrices to give away (`give`), made in pieces: what is given to a worker as it is, the page copies at once, and of a million
 * customers it could not answer meanwhile. The same matrix twice is one copy. `rows`: only these.
 */
export async function copiesOf<T extends Readonly<Record<string, Matrix>>>(
  of: T,
  job: Job,
  rows: Int32Array | null = null,
): Promise<{ readonly copies: T; readonly buffers: readonly ArrayBuffer[] }> {
  const made = new Map<Float32Array, Float32Array<ArrayBuffer>>();
  const copies: Record<string, Matrix> = {};
  for (const [name, each] of Object.entries(of)) {
    const size = rows?.length ?? each.rows;
    const data = made.get(each.data) ?? (await copied(each, rows, size, job));
    made.set(each.data, data);
    copies[name] = { data, rows: size, cols: each.cols };
  }
  const buffers = [...made.values()].map(({ buffer }) => buffer);
  return { copies: copies as T, buffers }; // every name of `of` is in it
}

async function copied(
  { data, cols }: Matrix,
  rows: Int32Array | null,
  size: number,
  job: Job,
): Promise<Float32Array<ArrayBuffer>> {
  const copy = new Float32Array(size * cols);
  const many = Math.max(1, Math.floor(PIECE / Math.max(1, cols)));
  for (let from = 0; from < size; from += many) {
    const to = Math.min(size, from + many);
    job.progress('Handing over', from, size);
    if (!rows) copy.set(data.subarray(from * cols, to * cols), from * cols);
    else
      for (let i = from; i < to; i++)
        copy.set(data.subarray(rows[i]! * cols, (rows[i]! + 1) * cols), i * cols);
    await job.breathe();
  }
  return copy;
}
