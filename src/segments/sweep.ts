import type { Job } from '../lib/job.ts';
import type { Matrix } from '../lib/matrix.ts';
import { meanInterval } from '../lib/stats/intervals.ts';
import { deviation, mean } from '../lib/stats/moments.ts';
import { sampleRows } from '../lib/stats/sample.ts';
import type { Kernels } from './kernels/types.ts';
import { kmeansEach, rowsOf, type Clusters } from './methods/kmeans.ts';
import { batchesOf, minibatch } from './methods/minibatch.ts';
import { silhouettes } from './methods/silhouette.ts';
import { withoutStructure } from './reference.ts';
import { columnsOf, sameColumns } from './validity/same-columns.ts';
import { predictionStrength } from './validity/prediction-strength.ts';
import { worthTrying, type Tried } from './choose-k.ts';

/** Up to this many customers all are compared with all; above, a seeded sample of `SAMPLE` with itself. */
export const EXACT = 6000;
const SAMPLE = 5000;
/** Made-up customers of each of two kinds. */
const REFERENCE = 1000;
/** Two gigabytes: with what a kernel keeps beside them they still fit in the four of wasm. */
const MOST_VALUES = 2 ** 29;
const STAGE = 'Looking for segments';

export type SweepOptions = {
  /** Ascending, from 2. */
  readonly ks: readonly number[];
  readonly seed: number;
  readonly restarts: number;
  /** More values than this are gone through in batches, so that a kernel need not hold them all. */
  readonly most?: number;
};

/** One fit and one score for each k that was asked for, in order. */
export type Sweep = { readonly fits: readonly Clusters[]; readonly curve: readonly Tried[] };

/**
 * K-means for each of `ks`, its mean silhouette with a 95 % interval over customers, and the same on made-up customers without groups,
 * the higher of two kinds: spread evenly (reference.ts), and with the same columns and correlations (validity/same-columns.ts).
 * Those for which too few rows differ are left out. `x` is [rows × cols], `from` the feature of each column.
 */
export async function sweep(
  x: Matrix,
  from: readonly number[],
  { ks, seed, restarts, most = MOST_VALUES }: SweepOptions,
  job: Job,
  kernels: Pick<Kernels, 'holdRows'>,
): Promise<Sweep> {
  const possible = ks.filter((k) => k < x.rows || k === 2);
  const quiet = { ...job, progress: () => {} };
  const steps = 2 * possible.length + 2;
  let done = 0;
  job.progress(STAGE, done, steps);
  const onRound = (inertia: number) => job.progress(STAGE, done, steps, inertia);
  const options = { seed, restarts };
  const step = () => done++;
  const told: Job = {
    ...quiet,
    progress: (_, at, all, inertia) => job.progress(STAGE, done + at / all, steps, inertia),
  };
  const found =
    x.data.length > most
      ? await byBatches(x, possible, options, told, kernels, step)
      : await kmeansEach(x, possible, { ...options, onRound }, quiet, kernels, step);
  const fits = found.filter((fit, i) => fit.means.rows === possible[i]);
  const scores = await meanSilhouettes(x, fits, seed, quiet);
  const tried = fits.map(({ means }) => means.rows);
  const part = x.rows > REFERENCE ? rowsOf(x, sampleRows(x.rows, REFERENCE, seed)) : x;
  const columns = columnsOf(part, from);
  const draws = Math.min(5, Math.ceil(REFERENCE / part.rows));
  const references = fits.map(() => -1);
  for (const make of [
    (own: number) => withoutStructure(x, from, part.rows, own),
    (own: number) => sameColumns(columns, own),
  ]) {
    const sums = fits.map(() => 0);
    for (let draw = 0; draw < draws; draw++) {
      const reference = make(seed + 1 + draw);
      const step = () => job.progress(STAGE, (done += 1 / draws / 2), steps);
      const made = await kmeansEach(reference, tried, options, quiet, kernels, step);
      const values = await meanSilhouettes(reference, made, seed, quiet);
      values.forEach(({ value }, i) => (sums[i]! += value / draws));
    }
    sums.forEach((mean, i) => (references[i] = Math.max(references[i]!, mean)));
  }
  const curve = fits.map((fit, i): Tried => ({
    k: fit.means.rows,
    silhouette: scores[i]!,
    reference: references[i]!,
    inertia: fit.inertia,
    smallest: Math.min(...fit.sizes),
  }));
  const strengths = new Map<number, number>();
  for (const { k } of worthTrying(curve, x.rows))
    strengths.set(k, await predictionStrength(x, { k, ...options }, quiet, kernels));
  const strengthOf = (k: number) => strengths.has(k) && { strength: strengths.get(k)! };
  return { fits, curve: curve.map((score) => ({ ...score, ...strengthOf(score.k) })) };
}

async function byBatches(
  x: Matrix,
  ks: readonly number[],
  options: { readonly seed: number; readonly restarts: number },
  job: Job,
  kernels: Pick<Kernels, 'holdRows'>,
  onFit: () => void,
): Promise<Clusters[]> {
  const found: Clusters[] = [];
  for (const k of ks) {
    found.push(await minibatch(batchesOf(x), { k, ...options }, job, kernels));
    onFit();
  }
  return found;
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
