import { runJob } from '../../../src/lib/job.ts';
import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
import { judge } from '../../../src/segments/judge.ts';
import { layOut } from '../../../src/segments/map/lay-out.ts';
import type { MethodChoice } from '../../../src/segments/partition.ts';
import type { SegmentInput } from '../../../src/segments/profile.ts';
import { segmenter } from '../../../src/segments/segment.ts';
import { segmentDefaults } from '../../../src/segments/types.ts';
import { kernelsOn } from '../../../workers/kernels/index.ts';
import { solo, type Crew } from '../../../workers/kernels/crew.ts';

let input: SegmentInput;

/** Twelve clouds in `cols` columns: enough to keep every method busy. */
export function make(_: Crew, rows: number, cols: number): number {
  const next = random(1);
  const middles = Float64Array.from({ length: 12 * cols }, () => 3 * next());
  const x: Matrix = matrix(rows, cols);
  for (let r = 0, p = 0; r < rows; r++) {
    const m = Math.floor(next() * 12) * cols;
    for (let c = 0; c < cols; c++, p++) x.data[p] = middles[m + c]! + next() + next() + next();
  }
  const features = Array.from({ length: cols }, (_, c) => ({
    name: `f${c}`,
    label: `Feature ${c}`,
    unit: 'number' as const,
    definition: '',
    scaling: '',
    used: true,
    unusedReason: null,
    gaps: 0,
    gapRule: null,
  }));
  input = { features, raw: x, scaled: x, scaledFrom: features.map((_, c) => c), spend: 0 };
  return x.data.byteLength;
}

/** Milliseconds from the moment of a cancel, `afterMs` into the work, until the work has ended; null where it was done before. */
export async function cancel(
  crew: Crew,
  what: { readonly kind: 'map' } | { readonly kind: 'judge' } | MethodChoice,
  afterMs: number,
): Promise<number | null> {
  const { port1: here, port2: there } = new MessageChannel();
  const settings = { ...segmentDefaults, ...(what.kind === 'kmeans' && { k: 8 }) };
  const began = performance.now();
  const timer = setTimeout(() => here.postMessage('abort'), afterMs);
  const outcome = await runJob<unknown>(there, (job) => {
    if (what.kind === 'map') return layOut(input.scaled, 'umap', job, kernelsOn(crew));
    if (what.kind === 'judge') {
      const labels = Int32Array.from({ length: input.raw.rows }, (_, r) => r % 8);
      const judged = { labels, k: 8, method: { kind: 'kmeans' } as const };
      return judge(input, settings, judged, kernelsOn(solo), job);
    }
    return segmenter()(input, { ...settings, method: what }, job, kernelsOn(crew));
  });
  clearTimeout(timer);
  here.close();
  // from when it was due: a worker that does not breathe does not hear its own clock either
  const late = performance.now() - began - afterMs;
  if (outcome.ok) return null;
  if (late < 0) throw new Error(outcome.message); // it failed by itself
  return late;
}
