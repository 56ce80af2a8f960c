import { unattended } from '../../../src/lib/job.ts';
import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { lloyd } from '../../../src/segments/methods/lloyd.ts';
import { kmeansEach } from '../../../src/segments/methods/kmeans.ts';
import type { Crew } from '../../../workers/kernels/crew.ts';
import { holdRowsIn } from '../../../workers/kernels/lloyd.ts';

let x: Matrix = matrix(0, 0);

async function floats(name: string): Promise<Float32Array<ArrayBuffer>> {
  const response = await fetch(`/${name}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return new Float32Array(await response.arrayBuffer());
}

export async function load(_: Crew, name: string, cols: number): Promise<number> {
  const data = await floats(name);
  x = matrix(data.length / cols, cols, data);
  return x.rows;
}

/** From the given start, exactly `rounds` rounds, rows taken in included; and the rounds alone. */
export async function fit(crew: Crew, start: string, k: number, rounds: number) {
  const means = await floats(start);
  const before = performance.now();
  const held = await holdRowsIn(crew)(x, unattended, k);
  const loaded = performance.now();
  const own = Float64Array.from(
    means,
    (value, i) => (value - held.centre[i % x.cols]!) * held.scale,
  );
  const { inertia, rounds: done } = await lloyd(
    held,
    own,
    { maxRounds: rounds, still: 0 },
    unattended,
  );
  const end = performance.now();
  held.close();
  return { ms: end - before, roundsMs: end - loaded, inertia, rounds: done };
}

export async function sweep(crew: Crew, kTop: number, restarts: number, seed: number) {
  const before = performance.now();
  const ks = Array.from({ length: kTop - 1 }, (_, i) => i + 2);
  const fits = await kmeansEach(x, ks, { seed, restarts }, unattended, {
    holdRows: holdRowsIn(crew),
  });
  return { ms: performance.now() - before, inertias: fits.map(({ inertia }) => inertia) };
}
