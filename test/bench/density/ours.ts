import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { runJob, unattended, type Job } from '../../../src/lib/job.ts';
import { dbscan } from '../../../src/segments/methods/dbscan.ts';
import { hdbscan as fit } from '../../../src/segments/methods/hdbscan.ts';
import type { Crew } from '../../../workers/kernels/crew.ts';
import { openTreeIn } from '../../../workers/kernels/tree.ts';

let x: Matrix = matrix(0, 0);

export async function load(_: Crew, name: string, cols: number): Promise<number> {
  const response = await fetch(`/${name}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const data = new Float32Array(await response.arrayBuffer());
  x = matrix(data.length / cols, cols, data);
  return x.rows;
}

const grouped = (crew: Crew, smallest: number, neighbours: number, job: Job = unattended) =>
  fit(x, { smallest, neighbours, pick: 'excess-of-mass' }, job, openTreeIn(crew));

export async function hdbscan(crew: Crew, smallest: number, neighbours: number) {
  const before = performance.now();
  const { partition } = await grouped(crew, smallest, neighbours);
  return { ms: performance.now() - before, labels: [...partition.labels], words: partition.words };
}

export async function byRadius(crew: Crew, radius: number, neighbours: number) {
  const before = performance.now();
  const { partition } = await dbscan(x, { radius, neighbours }, unattended, openTreeIn(crew));
  return { ms: performance.now() - before, labels: [...partition.labels], words: partition.words };
}

/** Milliseconds from the moment of a cancel, `afterMs` into the work, to its end; null where the work was done before. */
export async function cancel(crew: Crew, smallest: number, neighbours: number, afterMs: number) {
  const { port1: here, port2: there } = new MessageChannel();
  const began = performance.now();
  setTimeout(() => here.postMessage('abort'), afterMs);
  const { ok } = await runJob(there, (job) => grouped(crew, smallest, neighbours, job));
  here.close();
  return ok ? null : performance.now() - began - afterMs;
}
