import { unattended } from '../../../src/lib/job.ts';
import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
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

/** Made-up rows that are only in this worker: eight clouds, ten million rows would take long to fetch. */
export function make(_: Crew, rows: number, cols: number, seed: number): number {
  const next = random(seed);
  const middles = Float64Array.from({ length: 8 * cols }, () => 6 * next());
  x = matrix(rows, cols);
  for (let r = 0, p = 0; r < rows; r++) {
    const m = Math.floor(next() * 8) * cols;
    for (let c = 0; c < cols; c++, p++) x.data[p] = middles[m + c]! + next() + next() + next();
  }
  return x.data.byteLength;
}

/** `rounds` rounds for k groups, from rows of the data; and what the kernel's memory took for it. */
export async function scale(crew: Crew, k: number, rounds: number) {
  const before = performance.now();
  const bytesBefore = reserved;
  const held = await holdRowsIn(crew)(x, unattended, k);
  const start = Float64Array.from(held.data.subarray(0, k * x.cols));
  const fit = await lloyd(held, start, { maxRounds: rounds, still: 0 }, unattended);
  const ms = performance.now() - before;
  held.close();
  return { ms, rounds: fit.rounds, bytes: reserved - bytesBefore };
}

// every wasm memory that is opened is counted
let reserved = 0;
WebAssembly.Memory = class extends WebAssembly.Memory {
  constructor(type: WebAssembly.MemoryDescriptor) {
    super(type);
    reserved += type.initial * 65_536;
  }
};
