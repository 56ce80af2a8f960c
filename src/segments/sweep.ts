import type { Job } from '../lib/job.ts';
import type { Matrix } from '../lib/matrix.ts';
import { meanInterval } from '../lib/stats/intervals.ts';
import { deviation, mean } from '../lib/stats/moments.ts';
import { sampleRows } from '../lib/stats/sample.ts';
import { kmeans, rowsOf, type Clusters } from './methods/kmeans.ts';
import { silhouettes } from './methods/silhouette.ts';
import { withoutStructure } from './reference.ts';
import type { KScore } from './types.ts';

/** Up to this many customers all are compared with all; above, a seeded sample of `SAMPLE` with itself. */
export const EXACT = 6000;
const SAMPLE = 5000;
const REFERENCE = 2000;
const STAGE = 'Looking for segments';

export type SweepOptions = {
  readonly kTop: number;
  readonly seed: number;
  readonly restarts: number;
};

/** One fit and one score for each k from 2 up, in order. */
export type Sweep = { readonly fits: readonly Clusters[]; readonly curve: readonly KScore[] };

/**
 * K-means for every k from 2 to `kTop`, its mean silhouette with a 95 % interval over customers, and the same on made-up customers
 * without groups. Stops early where fewer rows differ. `x` is [rows × cols], `from` the feature of each column.
 */
export async function sweep(
  x: Matrix,
  from: readonly number[],
  { kTop, seed, restarts }: SweepOptions,
  job: Job,
): Promise<Sweep> {
  const top = Math.max(2, Math.min(kTop, x.rows - 1));
  const quiet = { ...job, progress: () => {} };
  const steps = 2 * (top - 1) + 2;
  const fits: Clusters[] = [];
  for (let k = 2; k <= top; k++) {
    job.progress(STAGE, k - 2, steps);
    const fit = await kmeans(x, { k, seed, restarts }, quiet);
    if (fit.means.rows < k) break;
    fits.push(fit);
  }
  job.progress(STAGE, top - 1, steps);
  const scores = await meanSilhouettes(x, fits, seed, quiet);
  const references = fits.map(() => 0);
  const rows = Math.min(x.rows, REFERENCE);
  const draws = Math.min(10, Math.ceil(REFERENCE / rows));
  for (let draw = 0; draw < draws; draw++) {
    const reference = withoutStructure(x, from, rows, seed + 1 + draw);
    const made: Clusters[] = [];
    for (let i = 0; i < fits.length; i++) {
      job.progress(STAGE, top + (i + draw * fits.length) / draws, steps);
      made.push(await kmeans(reference, { k: i + 2, seed, restarts }, quiet));
    }
    const values = await meanSilhouettes(reference, made, seed, quiet);
    values.forEach(({ value }, i) => (references[i]! += value / draws));
  }
  const curve = fits.map((fit, i) => ({
    k: i + 2,
    silhouette: scores[i]!,
    reference: references[i]!,
    inertia: fit.inertia,
    smallest: Math.min(...fit.sizes),
  }));
  return { fits, curve };
}

async function meanSilhouettes(x: Matrix, fits: readonly Clusters[], seed: number, job: Job) {
  const rows = x.rows > EXACT ? sampleRows(x.rows, SAMPLE, seed) : null;
  const part = rows ? rowsOf(x, rows) : x;
  const groupings = fits.map(({ labels, means }) => ({
    labels: rows ? rows.map((r) => labels[r]!) : labels,
    k: means.rows,
  }));
  const found = await silhouettes(part, groupings, job);
  return found.map((values) => {
    const { value, low, high } = meanInterval(mean(values), deviation(values), values.length);
    return { value, low: Math.max(-1, low), high: Math.min(1, high) };
  });
}
