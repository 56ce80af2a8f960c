import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { Z95 } from '../../lib/stats/intervals.ts';
import { breathing } from '../../lib/steps.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { plainKernels, type Kernels } from '../kernels/types.ts';
import type { Interval, LayoutQuality } from '../types.ts';
import { withinOne } from './distinct.ts';
import { pauses, rowsOf, shared } from './neighbours.ts';

/** Neighbours that are compared, and rows that are looked at. */
export const NEAR = 15;
const SAMPLE = 2000;

/**
 * How far each picture ([rows × 2] positions) can be trusted about its k nearest: trustworthiness (Venna & Kaski 2001) and the share of the true
 * neighbours that stand among them, exact for each row of a sample of 2,000, with the interval of that sample. Rows as near as a neighbour count as no
 * nearer than it. Null where there are too few rows to tell (below 4). O(sample · rows · cols).
 */
export async function layoutQualities(
  x: Matrix,
  pictures: readonly Float32Array[],
  seed: number,
  job: Job = unattended,
  { openSearch }: Pick<Kernels, 'openSearch'> = plainKernels,
): Promise<(LayoutQuality | null)[]> {
  const n = x.rows;
  const k = Math.min(NEAR, Math.floor((n - 1) / 2));
  if (k < 1) return pictures.map(() => null);
  const sample = sampleRows(n, SAMPLE, seed);
  const pause = pauses('Checking the map', sample.length, job);
  const open = async (of: Matrix) => {
    const { x: scaled } = await breathing(withinOne(of), job);
    return openSearch(scaled, rowsOf(scaled, sample), sample, k);
  };
  const eachOf = (of: (at: number) => number) => Float64Array.from(sample, (_, i) => of(i * k));
  const first = Int32Array.of(0);
  const search = await open(x);
  try {
    await search.nearest(pause);
    const truth = search.ids.slice();
    const found: LayoutQuality[] = [];
    for (const positions of pictures) {
      const seen = await open(matrix(n, 2, new Float32Array(positions)));
      try {
        await seen.nearest(pause);
        search.ids.set(seen.ids);
      } finally {
        seen.close();
      }
      const ranks = await search.ranks(pause);
      const trust = eachOf((at) => {
        let beyond = 0;
        for (const nearer of ranks.subarray(at, at + k)) beyond += Math.max(0, nearer + 1 - k);
        return 1 - (2 * beyond) / (k * (2 * n - 3 * k - 1));
      });
      const here = (ids: Int32Array, at: number) => ids.subarray(at, at + k);
      const kept = eachOf((at) => shared(here(truth, at), here(search.ids, at), first, k) / k);
      found.push({
        k,
        rows: sample.length,
        trustworthiness: meanOf(trust, n),
        recall: meanOf(kept, n),
      });
    }
    return found;
  } finally {
    search.close();
  }
}

/** Mean of a sample out of `n` with its 95 % interval; the whole has none. */
function meanOf(values: Float64Array, n: number): Interval {
  const m = values.length;
  const value = values.reduce((sum, each) => sum + each, 0) / m;
  if (m === n) return { value, low: value, high: value };
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / (m - 1);
  const half = Z95 * Math.sqrt((variance / m) * (1 - m / n));
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
}
