import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { columnMeans } from '../../lib/stats/covariance.ts';
import { random } from '../../lib/random.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { breathing } from '../../lib/steps.ts';
import { rowsOf } from './kmeans.ts';
import { drawnParts, startParts } from './nmf-start.ts';
import { byDivergence, bySquares, type Round } from './nmf-rounds.ts';

export type NmfOptions = {
  readonly k: number;
  /** What is made small: squared differences, or the generalised Kullback–Leibler divergence, which suits counts. */
  readonly loss: 'squares' | 'divergence';
  readonly seed: number;
  /** Starts, the first without chance; the one that fits best is kept. */
  readonly restarts: number;
  readonly maxRounds?: number;
  /** Ends when ten rounds take less than this from the error, as a share of the first error. */
  readonly tolerance?: number;
  /** Above this many rows the parts are learned from a sample of this size; every row is then put together from them. */
  readonly partRows?: number;
};

/**
 * Rows as sums of parts: x ≈ weights · parts, none of it below 0. `parts` is [k × cols], each row sums to 1; `weights` is [rows × k], in the
 * unit of x. `labels` is the strongest part of each row, 0 the one of most rows; −1 where a row is all 0. `error` is ‖x − weights · parts‖ ÷ ‖x‖.
 */
export type Nmf = {
  readonly parts: Matrix;
  readonly weights: Matrix;
  readonly labels: Int32Array<ArrayBuffer>;
  readonly error: number;
  readonly rounds: number;
  readonly capped: boolean;
};

/** Every start runs this many rounds; only the best goes on. */
const FIRST_ROUNDS = 40;
/** Sweeps over the weights of a row whose parts are known: they settle long before. */
const PLACING = 60;

/**
 * Non-negative matrix factorisation from an NNDSVD start (Boutsidis & Gallopoulos 2008) and random ones: squares by hierarchical
 * alternating least squares (Cichocki & Phan 2009), divergence by multiplicative rounds (Lee & Seung 2001). Throws `RangeError`, naming the
 * column, at NaN, ∞ and values below 0, and where k is more than the rows or columns. O(rows · cols · k) a round.
 */
export async function nmf(x: Matrix, options: NmfOptions, job: Job = unattended): Promise<Nmf> {
  const { k, loss, maxRounds = 400, tolerance = 1e-4, partRows = 8192 } = options;
  const { seed, restarts } = options;
  if (!(k >= 1 && Number.isInteger(k) && k <= Math.min(x.rows, x.cols)))
    throw new RangeError(`cannot make ${k} parts of ${x.rows} × ${x.cols} values`);
  if (!(restarts >= 1 && maxRounds >= 1)) throw new RangeError('parts need a start and a round');
  await check(x, job);
  const part = x.rows > partRows ? rowsOf(x, sampleRows(x.rows, partRows, seed)) : x;
  const round = loss === 'squares' ? bySquares : byDivergence;
  const first = { maxRounds: Math.min(FIRST_ROUNDS, maxRounds), tolerance };
  const next = random(seed);
  let state = await startParts(part, k, { fill: loss === 'divergence', seed }, job);
  let ends = await settle(part, state, round, first, job);
  for (let start = 1; start < (k === 1 ? 1 : restarts); start++) {
    const other = drawnParts(part, k, next);
    const fit = await settle(part, other, round, first, job);
    if (fit.loss < ends.loss) ((state = other), (ends = fit));
  }
  if (ends.capped && maxRounds > FIRST_ROUNDS) {
    const rest = { maxRounds: maxRounds - FIRST_ROUNDS, tolerance };
    const { rounds, capped, loss } = await settle(part, state, round, rest, job);
    ends = { rounds: FIRST_ROUNDS + rounds, capped, loss };
  }
  const weights = part === x ? state.weights : await placed(x, state.parts, k, round, job);
  return finished(x, weights, state.parts, k, ends, job);
}

/** The weights of rows, also new ones, on known parts: [rows × k]. `x` is [rows × cols of the parts]; errors as `nmf`. */
export async function weightsOn(
  x: Matrix,
  parts: Matrix,
  loss: NmfOptions['loss'],
  job: Job = unattended,
): Promise<Matrix> {
  if (x.cols !== parts.cols) throw new RangeError(`${x.cols} columns for parts of ${parts.cols}`);
  await check(x, job);
  const round = loss === 'squares' ? bySquares : byDivergence;
  const own = await placed(x, Float64Array.from(parts.data), parts.rows, round, job);
  return matrix(x.rows, parts.rows, Float32Array.from(own));
}

async function check(x: Matrix, job: Job): Promise<void> {
  await breathing(columnMeans(x), job); // refuses what is no number
  const below = x.data.findIndex((value) => value < 0);
  if (below >= 0) throw new RangeError(`column ${below % x.cols} holds a value below 0`);
}

type State = { readonly weights: Float64Array; readonly parts: Float64Array };
type Ends = { readonly rounds: number; readonly capped: boolean; readonly loss: number };

async function settle(
  x: Matrix,
  { weights, parts }: State,
  round: Round,
  { maxRounds, tolerance }: Required<Pick<NmfOptions, 'maxRounds' | 'tolerance'>>,
  job: Job,
): Promise<Ends> {
  let first = NaN;
  let before = Infinity;
  for (let rounds = 1; ; rounds++) {
    const error = await breathing(round(x, weights, parts, 1), job);
    if (Number.isNaN(first)) first = error;
    job.progress('Finding parts', rounds, maxRounds, error);
    if (rounds % 10 === 0) {
      if (!(before - error > tolerance * first)) return { rounds, capped: false, loss: error };
      before = error;
    }
    if (rounds === maxRounds) return { rounds, capped: error > 0, loss: error };
  }
}

async function placed(
  x: Matrix,
  parts: Float64Array,
  k: number,
  round: Round,
  job: Job,
): Promise<Float64Array> {
  const weights = new Float64Array(x.rows * k).fill(1);
  await breathing(round(x, weights, parts.slice(), PLACING), job);
  return weights;
}

/** Parts come to sum 1, and in the order of how many rows they are the strongest part of. */
async function finished(
  x: Matrix,
  weights: Float64Array,
  parts: Float64Array,
  k: number,
  { rounds, capped }: Ends,
  job: Job,
): Promise<Nmf> {
  const { rows: n, cols } = x;
  const size = Float64Array.from({ length: k }, (_, m) =>
    parts.subarray(m * cols, (m + 1) * cols).reduce((sum, value) => sum + value, 0),
  );
  const strongest = new Int32Array(n).fill(-1);
  const sizes = new Int32Array(k);
  for (let r = 0; r < n; r++) {
    let most = 0;
    for (let m = 0; m < k; m++) {
      const weight = weights[r * k + m]! * size[m]!;
      if (weight > most) ((most = weight), (strongest[r] = m));
    }
    if (strongest[r]! >= 0) sizes[strongest[r]!]!++;
    if ((r & 4095) === 4095) await job.breathe();
  }
  const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const own = matrix(k, cols);
  order.forEach((m, i) => {
    for (let c = 0; c < cols; c++)
      own.data[i * cols + c] = size[m]! > 0 ? parts[m * cols + c]! / size[m]! : 0;
  });
  const out = matrix(n, k);
  for (let r = 0; r < n; r++) {
    order.forEach((m, i) => (out.data[r * k + i] = weights[r * k + m]! * size[m]!));
    if ((r & 4095) === 4095) await job.breathe();
  }
  const error = await misfit(x, out, own, job);
  return {
    parts: own,
    weights: out,
    labels: strongest.map((m) => (m < 0 ? -1 : order.indexOf(m))),
    error,
    rounds,
    capped,
  };
}

async function misfit(x: Matrix, weights: Matrix, parts: Matrix, job: Job): Promise<number> {
  const { rows, cols, data } = x;
  const k = parts.rows;
  let [off, all] = [0, 0];
  const sum = new Float64Array(cols);
  for (let r = 0; r < rows; r++) {
    sum.fill(0);
    for (let m = 0; m < k; m++) {
      const weight = weights.data[r * k + m]!;
      if (weight === 0) continue;
      for (let c = 0, p = m * cols; c < cols; c++, p++) sum[c]! += weight * parts.data[p]!;
    }
    for (let c = 0, p = r * cols; c < cols; c++, p++) {
      const value = data[p]!;
      off += (value - sum[c]!) * (value - sum[c]!);
      all += value * value;
    }
    if ((r & 1023) === 1023) await job.breathe();
  }
  return all > 0 ? Math.sqrt(off / all) : 0;
}
