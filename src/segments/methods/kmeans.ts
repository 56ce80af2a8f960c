import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { random } from '../../lib/random.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { Lloyd } from './lloyd.ts';
import { farApart } from './seeding.ts';

export type KMeansOptions = {
  readonly k: number;
  readonly seed: number;
  /** Starts; the one with the least inertia is kept. */
  readonly restarts: number;
  readonly maxRounds?: number;
  /** Above this many rows the restarts run on a sample of this size, and the best goes on with all rows. */
  readonly startRows?: number;
};

/**
 * `labels` is [rows], 0 the largest group (ties: the one with the earlier row); `means` is [groups × cols], in the units of the
 * input; `inertia` is the sum of squared distances to them. There are fewer than k groups only where fewer rows differ.
 */
export type Clusters = {
  readonly labels: Int32Array<ArrayBuffer>;
  readonly means: Matrix;
  readonly sizes: readonly number[];
  readonly inertia: number;
  /** Whether rows still moved when the cap on rounds was reached. */
  readonly capped: boolean;
};

/** Every start runs this many rounds; only the best few of them go on, since later rounds seldom change the order. */
const FIRST_ROUNDS = 8;
const FINALISTS = 3;

/**
 * K-means by Lloyd's rounds (Lloyd 1982) from greedy k-means++ starts (Arthur & Vassilvitskii 2007), best of several.
 * `x` is [rows × cols] with its columns on one scale; refuses NaN. O(rows · k · cols) a round. Only + − × ÷ √ on float64, so the
 * same seed gives the same bytes in every engine.
 */
export async function kmeans(
  x: Matrix,
  options: KMeansOptions,
  job: Job = unattended,
): Promise<Clusters> {
  const { k, seed, restarts, maxRounds = 300, startRows = 8192 } = options;
  if (!(k >= 1 && k <= x.rows)) throw new RangeError(`cannot make ${k} groups of ${x.rows} rows`);
  if (!(restarts >= 1 && maxRounds >= 1)) throw new RangeError('k-means needs a start and a round');
  const { centred, centre, spread } = aroundZero(x);
  const part = x.rows > startRows ? rowsOf(centred, sampleRows(x.rows, startRows, seed)) : centred;
  const next = random(seed);
  const runs: Lloyd[] = [];
  for (let start = 0; start < (k === 1 ? 1 : restarts); start++) {
    const means = await farApart(part, Math.min(k, part.rows), random(next() * 2 ** 32), job);
    const run = new Lloyd(part, means);
    await run.settle(Math.min(FIRST_ROUNDS, maxRounds), 1e-4 * spread, job);
    runs.push(run);
  }
  const hopeful = runs.sort((a, b) => a.inertia - b.inertia).slice(0, FINALISTS); // sort is stable: ties keep their order
  for (const run of hopeful) if (run.capped) await run.settle(maxRounds, 1e-4 * spread, job);
  const best = hopeful.reduce((a, b) => (b.inertia < a.inertia ? b : a));
  const last = new Lloyd(centred, best.means);
  await last.settle(maxRounds, x.rows > startRows ? 1e-6 * spread : 0, job);
  return bySize(last, centre);
}

/**
 * Column means are taken out first: the expanded form of the distance loses digits far from 0. `spread` is the mean variance of a
 * column; starts stop when their means move less than a ten-thousandth of it (as scikit-learn's do), the best goes on to the end.
 */
function aroundZero(x: Matrix): { centred: Matrix; centre: Float64Array; spread: number } {
  const centre = new Float64Array(x.cols);
  for (let r = 0, p = 0; r < x.rows; r++)
    for (let c = 0; c < x.cols; c++, p++) centre[c]! += x.data[p]!;
  for (let c = 0; c < x.cols; c++) {
    centre[c]! /= x.rows;
    if (!Number.isFinite(centre[c]!))
      throw new RangeError(`column ${c} holds a value that is no number`);
  }
  const centred = matrix(x.rows, x.cols);
  let squares = 0;
  for (let r = 0, p = 0; r < x.rows; r++)
    for (let c = 0; c < x.cols; c++, p++) {
      const value = (centred.data[p] = x.data[p]! - centre[c]!);
      squares += value * value;
    }
  return { centred, centre, spread: squares / Math.max(1, x.data.length) };
}

/** The given rows of `x`, in that order. */
export function rowsOf(x: Matrix, rows: Int32Array): Matrix {
  const part = matrix(rows.length, x.cols);
  rows.forEach((r, i) => part.data.set(x.data.subarray(r * x.cols, (r + 1) * x.cols), i * x.cols));
  return part;
}

function bySize(run: Lloyd, centre: Float64Array): Clusters {
  const first = new Int32Array(run.k).fill(-1);
  for (let r = run.labels.length - 1; r >= 0; r--) first[run.labels[r]!] = r;
  const order = [...run.counts.keys()]
    .filter((m) => run.counts[m]! > 0)
    .sort((a, b) => run.counts[b]! - run.counts[a]! || first[a]! - first[b]!);
  const place = new Int32Array(run.k);
  order.forEach((m, i) => (place[m] = i));
  const cols = centre.length;
  const means = matrix(order.length, cols);
  order.forEach((m, i) => {
    for (let c = 0; c < cols; c++) means.data[i * cols + c] = run.means[m * cols + c]! + centre[c]!;
  });
  return {
    labels: run.labels.map((m) => place[m]!),
    means,
    sizes: order.map((m) => run.counts[m]!),
    inertia: run.inertia,
    capped: run.capped,
  };
}
