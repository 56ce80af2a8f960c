import { runJob } from '../../../src/lib/job.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { nearest } from '../../../src/segments/methods/nearest.ts';
import type { SegmentInput } from '../../../src/segments/profile.ts';
import type { Crew } from '../../../workers/kernels/crew.ts';

let input: SegmentInput | null = null;

export async function load(_: Crew, name: string, cols: number): Promise<number> {
  const data = new Float32Array(await (await fetch(`/${name}`)).arrayBuffer());
  const x = matrix(data.length / cols, cols, data);
  const features = Array.from({ length: cols }, (_, c) => ({
    ...{ name: `f${c}`, label: `f${c}`, unit: 'number' as const, definition: '', scaling: '' },
    ...{ used: true, unusedReason: null, gaps: 0, gapRule: null },
  }));
  input = { features, raw: x, scaled: x, scaledFrom: features.map((_, c) => c), spend: -1 };
  return x.rows;
}

/** One customer's neighbours with all reasons, as a job of the worker that breathes and can be stopped. */
export async function find(_: Crew, row: number, k: number) {
  const given = input;
  if (!given) throw new Error('nothing was loaded');
  const { port1 } = new MessageChannel();
  const before = performance.now();
  const outcome = await runJob(port1, (job) => nearest(given, { row, k, seed: 1 }, job));
  const ms = performance.now() - before;
  // `runJob` marks what it gives away for comlink; here it stays
  if (!outcome.ok) throw new Error(outcome.message);
  return { ms, rows: outcome.value.neighbours.map((each) => each.row) };
}
