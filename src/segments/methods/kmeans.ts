import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { random } from '../../lib/random.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import type { Held } from '../kernels/lloyd.ts';
import { plainKernels, type Kernels } from '../kernels/types.ts';
import { lloyd, type LloydFit } from './lloyd.ts';
import { farApart } from './seeding.ts';

export type KMeansOptions = {
  readonly k: number;
  readonly seed: number;
  /** Starts; the one with the least inertia is kept. */
  readonly restarts: number;
  readonly maxRounds?: number;
  /** Above this many rows the restarts run on a sample of this size, and the best goes on with all rows. */
  readonly startRows?: number;
  /** Goes on from these means [k × cols] instead of looking for a start. */
  readonly warm?: Matrix;
  /** Hears of the inertia after each round over all rows. */
  readonly onRound?: (inertia: number) => void;
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
 * `x` is [rows × cols] with its columns on one scale; refuses NaN. O(rows · k · cols) a round at most. Only + − × ÷ √, and sums that are
 * exact, so the same seed gives the same bytes in every engine, by every kernel, on any number of threads.
 */
export async function kmeans(
  x: Matrix,
  options: KMeansOptions,
  job: Job = unattended,
  kernels: Pick<Kernels, 'holdRows'> = plainKernels,
): Promise<Clusters> {
  const [found] = await kmeansEach(x, [options.k], options, job, kernels);
  return found!;
}

/**
 * K-means for each of `ks`, as `kmeans` would for one, but the rows are taken in, and the sample for the starts is drawn, only once.
 * `onFit` hears of each as it is there.
 */
export async function kmeansEach(
  x: Matrix,
  ks: readonly number[],
  options: Omit<KMeansOptions, 'k'>,
  job: Job = unattended,
  { holdRows }: Pick<Kernels, 'holdRows'> = plainKernels,
  onFit: (fit: Clusters) => void = () => {},
): Promise<Clusters[]> {
  const { seed, restarts, maxRounds = 300, startRows = 8192, warm, onRound } = options;
  for (const k of ks)
    if (!(k >= 1 && k <= x.rows && k < 0xffff))
      throw new RangeError(`cannot make ${k} groups of ${x.rows} rows`);
  if (!(restarts >= 1 && maxRounds >= 1)) throw new RangeError('k-means needs a start and a round');
  if (warm && (ks.length !== 1 || warm.rows !== ks[0] || warm.cols !== x.cols))
    throw new RangeError(`${warm.rows} × ${warm.cols} means cannot start ${ks} groups`);
  const most = ks.reduce((a, b) => Math.max(a, b), 1);
  const held = await holdRows(x, job, most);
  const isLarge = x.rows > startRows;
  let part = held;
  try {
    if (isLarge && !warm)
      part = await holdRows(rowsOf(x, sampleRows(x.rows, startRows, seed)), job, most);
    const found: Clusters[] = [];
    for (const k of ks) {
      const start = warm
        ? into(held, warm)
        : moved(part, held, await bestStart(part, k, { seed, restarts, maxRounds }, job));
      const still = isLarge ? 1e-6 * spreadOf(held) : 0;
      const fit = await lloyd(held, start, { maxRounds, still, ...(onRound && { onRound }) }, job);
      found.push(bySize(held, fit));
      onFit(found.at(-1)!);
    }
    return found;
  } finally {
    if (part !== held) part.close();
    held.close();
  }
}

type StartOptions = Required<Pick<KMeansOptions, 'seed' | 'restarts' | 'maxRounds'>>;

/** Means of the best of several starts, run to their end. */
async function bestStart(
  part: Held,
  k: number,
  { seed, restarts, maxRounds }: StartOptions,
  job: Job,
): Promise<Float64Array> {
  const next = random(seed);
  const still = 1e-4 * spreadOf(part);
  const first = { maxRounds: Math.min(FIRST_ROUNDS, maxRounds), still };
  const fits: LloydFit[] = [];
  for (let start = 0; start < (k === 1 ? 1 : restarts); start++) {
    const means = await farApart(part, Math.min(k, part.rows), random(next() * 2 ** 32), job);
    fits.push(await lloyd(part, means, first, job));
  }
  const hopeful = fits.sort((a, b) => a.inertia - b.inertia).slice(0, FINALISTS); // sort is stable: ties keep their order
  for (const [i, fit] of hopeful.entries())
    if (fit.capped) hopeful[i] = await lloyd(part, fit.means, { maxRounds, still }, job);
  return hopeful.reduce((a, b) => (b.inertia < a.inertia ? b : a)).means;
}

/** Mean variance of a column: starts stop when their means move less than a ten-thousandth of it (as scikit-learn's do). */
const spreadOf = ({ squares, rows, cols }: Held): number => squares / Math.max(1, rows * cols);

/** Means of the rows that one holds in the units of the other. */
function moved(from: Held, to: Held, means: Float64Array): Float64Array {
  if (from === to) return means;
  return means.map((value, i) => {
    const c = i % from.cols;
    return (value / from.scale + from.centre[c]! - to.centre[c]!) * to.scale;
  });
}

const into = ({ cols, centre, scale }: Held, means: Matrix): Float64Array =>
  Float64Array.from(means.data, (value, i) => (value - centre[i % cols]!) * scale);

/** The given rows of `x`, in that order. */
export function rowsOf(x: Matrix, rows: Int32Array): Matrix {
  const part = matrix(rows.length, x.cols);
  rows.forEach((r, i) => part.data.set(x.data.subarray(r * x.cols, (r + 1) * x.cols), i * x.cols));
  return part;
}

function bySize({ centre, scale, cols }: Held, fit: LloydFit): Clusters {
  const { labels, counts } = fit.run;
  const first = new Int32Array(counts.length).fill(-1);
  for (let r = labels.length - 1; r >= 0; r--) first[labels[r]!] = r;
  const order = [...counts.keys()]
    .filter((m) => counts[m]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || first[a]! - first[b]!);
  const place = new Int32Array(counts.length);
  order.forEach((m, i) => (place[m] = i));
  const means = matrix(order.length, cols);
  order.forEach((m, i) => {
    for (let c = 0; c < cols; c++)
      means.data[i * cols + c] = fit.means[m * cols + c]! / scale + centre[c]!;
  });
  return {
    labels: Int32Array.from(labels, (m) => place[m]!),
    means,
    sizes: order.map((m) => counts[m]!),
    inertia: fit.inertia / (scale * scale),
    capped: fit.capped,
  };
}
