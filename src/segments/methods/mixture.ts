import { unattended, within, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { random } from '../../lib/random.ts';
import { principal, project } from '../../lib/stats/components.ts';
import { columnMeans } from '../../lib/stats/covariance.ts';
import { log } from '../../lib/stats/log.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { breathing } from '../../lib/steps.ts';
import { kmeans, rowsOf } from './kmeans.ts';
import { belonging, bySize, reordered } from './mixture-belonging.ts';
import {
  emptySums,
  freedom,
  modelOf,
  type MixtureModel,
  type MixtureShape,
} from './mixture-model.ts';
import { pass } from './mixture-pass.ts';

export type MixtureOptions = {
  readonly k: number;
  readonly shape: MixtureShape;
  readonly seed: number;
  /** Starts; the one with the highest likelihood is kept. */
  readonly restarts: number;
  readonly maxRounds?: number;
  /** Ends when a round adds less than this to the mean log likelihood of a row. */
  readonly tolerance?: number;
  /** Above this many rows the starts run on a sample of this size, and the best goes on with all rows. */
  readonly startRows?: number;
};

/**
 * `labels` is [rows], the group each belongs to most, 0 the largest (ties: the one with the earlier row); `memberships` is [rows × k],
 * each row sums to 1. `likelihood` is the mean log density of a row. `bic` and `icl`: less is better. `capped`: whether the likelihood
 * still rose when the cap on rounds was reached. Groups that nobody belongs to most are left in `model`, after the others.
 */
export type Mixture = {
  readonly model: MixtureModel;
  readonly labels: Int32Array<ArrayBuffer>;
  readonly groups: number;
  readonly memberships: Matrix;
  readonly likelihood: number;
  readonly bic: number;
  readonly icl: number;
  readonly rounds: number;
  readonly capped: boolean;
};

type Run = {
  readonly model: MixtureModel;
  readonly likelihood: number;
  readonly rounds: number;
  readonly capped: boolean;
};

/** Every start runs this many rounds; only the best few go on, since later rounds seldom change the order. */
const FIRST_ROUNDS = 10;
const FINALISTS = 2;
/** Added to each variance, as a share of the mean variance of a column (as scikit-learn does for columns of spread 1). */
const FLOOR = 1e-6;

/**
 * Gaussian mixture by EM (Dempster, Laird & Rubin 1977), started from k-means, best of several starts. `x` is [rows × cols] with its columns
 * on one scale. Throws `RangeError` at NaN and ∞, naming the column, and where there are fewer rows than groups; k falls where fewer rows
 * differ. O(rows · k · cols²) a round, along the axes O(rows · k · cols). Only + − × ÷ √: the same seed gives the same bytes everywhere.
 */
export async function mixture(
  x: Matrix,
  options: MixtureOptions,
  job: Job = unattended,
): Promise<Mixture> {
  const { k, shape, seed, restarts, maxRounds = 200, tolerance = 1e-4, startRows = 4096 } = options;
  if (!(k >= 1 && k <= x.rows && Number.isInteger(k)))
    throw new RangeError(`cannot make ${k} groups of ${x.rows} rows`);
  if (x.cols === 0) throw new RangeError('a mixture needs a column');
  if (!(restarts >= 1 && maxRounds >= 1))
    throw new RangeError('a mixture needs a start and a round');
  const floor = FLOOR * (await meanVariance(x, job));
  const part = x.rows > startRows ? rowsOf(x, sampleRows(x.rows, startRows, seed)) : x;
  const next = random(seed);
  const round = await whitened(part, job);
  const runs: Run[] = [];
  const first = { maxRounds: Math.min(FIRST_ROUNDS, maxRounds), tolerance, floor };
  for (let start = 0; start < (k === 1 ? 1 : restarts); start++) {
    // as they are and as a ball in turn, since groups may be long; later starts are less settled, so that they differ
    const { labels, means } = await kmeans(
      start % 2 === 0 ? part : round,
      { k, seed: Math.floor(next() * 2 ** 32), restarts: 1, maxRounds: start < 2 ? 50 : 1 },
      job,
    );
    const model = await fromGroups(part, labels, means.rows, { shape, floor }, job);
    const inner = within(job, 'Fitting a mixture', start, restarts);
    runs.push(await climb(part, model, first, inner));
    job.progress('Fitting a mixture', start + 1, restarts);
  }
  const hopeful = runs.sort((a, b) => b.likelihood - a.likelihood).slice(0, FINALISTS); // stable: of equals the earlier
  const rest = { ...first, maxRounds: maxRounds - first.maxRounds };
  for (const [i, run] of hopeful.entries())
    if (run.capped && rest.maxRounds > 0)
      hopeful[i] = after(run, await climb(part, run.model, rest, job));
  let best = hopeful.reduce((a, b) => (b.likelihood > a.likelihood ? b : a));
  if (part !== x) best = await climb(x, best.model, { ...first, maxRounds }, job);
  return finished(x, best, job);
}

const after = (first: Run, then: Run): Run => ({ ...then, rounds: first.rounds + then.rounds });

/** The rows turned to their principal axes, each stretched to variance 1; axes without any are left out. */
async function whitened(x: Matrix, job: Job): Promise<Matrix> {
  const { means, axes, variances } = await breathing(principal(x), job);
  const kept = axes.filter((_, a) => variances[a]! > 1e-9 * variances[0]!);
  const round = kept.map((axis, a) => axis.map((value) => value / Math.sqrt(variances[a]!)));
  return kept.length > 0 ? breathing(project(x, means, round), job) : x;
}

/** Mean variance of a column, 1 where nothing varies; refuses what is no number. */
async function meanVariance(x: Matrix, job: Job): Promise<number> {
  const means = await breathing(columnMeans(x), job);
  let squares = 0;
  for (let r = 0, p = 0; r < x.rows; r++)
    for (let c = 0; c < x.cols; c++, p++) {
      const d = x.data[p]! - means[c]!;
      squares += d * d;
    }
  return squares > 0 ? squares / x.data.length : 1;
}

/** The mixture of groups that do not overlap. */
async function fromGroups(
  x: Matrix,
  labels: Int32Array,
  k: number,
  { shape, floor }: Pick<MixtureOptions, 'shape'> & { readonly floor: number },
  job: Job,
): Promise<MixtureModel> {
  const sums = emptySums(k, x.cols, shape);
  const middle = await breathing(columnMeans(x), job);
  const middles = Float64Array.from({ length: k * x.cols }, (_, i) => middle[i % x.cols]!);
  const blank = modelOf(shape, middles, { ...sums, counts: sums.counts.map(() => 1) }, 1);
  await breathing(pass(x, blank, sums, null, labels), job);
  return modelOf(shape, middles, sums, floor);
}

type ClimbOptions = {
  readonly maxRounds: number;
  readonly tolerance: number;
  readonly floor: number;
};

/** Rounds of EM until the likelihood hardly rises, or the cap. */
async function climb(
  x: Matrix,
  from: MixtureModel,
  { maxRounds, tolerance, floor }: ClimbOptions,
  job: Job,
): Promise<Run> {
  let model = from;
  let before = -Infinity;
  for (let round = 1; ; round++) {
    const sums = emptySums(model.k, model.cols, model.shape);
    const likelihood = await breathing(pass(x, model, sums), job);
    job.progress('Settling a mixture', round, maxRounds + 1, -likelihood);
    const settled = likelihood - before < tolerance;
    if (settled || round > maxRounds)
      return { model, likelihood, rounds: round - 1, capped: !settled };
    model = modelOf(model.shape, model.means, sums, floor);
    before = likelihood;
  }
}

async function finished(x: Matrix, { model, rounds, capped }: Run, job: Job): Promise<Mixture> {
  const found = await belonging(x, model, job);
  const order = bySize(found.labels, model.k);
  const place = new Int32Array(model.k);
  order.forEach((m, i) => (place[m] = i));
  const ordered = reordered(model, order);
  const memberships = matrix(x.rows, model.k);
  for (let r = 0, p = 0; r < x.rows; r++, p += model.k)
    order.forEach((m, i) => (memberships.data[p + i] = found.memberships.data[p + m]!));
  const bic =
    -2 * found.likelihood * x.rows + freedom(model.shape, model.k, model.cols) * log(x.rows);
  return {
    model: ordered,
    labels: found.labels.map((m) => place[m]!),
    groups: new Set(found.labels).size,
    memberships,
    likelihood: found.likelihood,
    bic,
    icl: bic + 2 * found.entropy,
    rounds,
    capped,
  };
}
