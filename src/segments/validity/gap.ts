import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { log } from '../../lib/stats/log.ts';
import { mean } from '../../lib/stats/moments.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { rowsOf } from '../methods/kmeans.ts';
import { withoutStructure } from '../reference.ts';
import { dispersion } from './dispersion.ts';

/** Groups of one k, by the method to be judged: labels 0 … k − 1, −1 for rows in no group. */
export type FitK = (x: Matrix, k: number, seed: number, job: Job) => Promise<ArrayLike<number>>;

export type GapScore = {
  readonly k: number;
  /** Mean log of the spread within groups of made-up customers − that of these. */
  readonly gap: number;
  /** Standard error, the simulation's own included: deviation · √(1 + 1/draws). */
  readonly error: number;
};

export type Gap = {
  readonly curve: readonly GapScore[];
  /** The smallest k whose gap is no less than the next one's minus its standard error; 1 says no groups; null where no k tried meets it. */
  readonly k: number | null;
  readonly rows: number;
};

export type GapOptions = {
  /** Ascending without a hole; from 1, or "no groups" cannot be the answer. */
  readonly ks: readonly number[];
  readonly seed: number;
  readonly draws?: number;
};

const MOST_ROWS = 2000;
const DRAWS = 20;

/**
 * The gap statistic (Tibshirani, Walther & Hastie 2001) with its one-standard-error rule, against customers spread evenly over the box of the
 * principal axes (their reference b). From more than 2,000 rows, a sample. −∞ of spread 0 is left out: where groups have no spread the curve ends.
 * (draws + 1) · ks fits.
 */
export async function gapStatistic(
  x: Matrix,
  from: readonly number[],
  fit: FitK,
  { ks, seed, draws = DRAWS }: GapOptions,
  job: Job = unattended,
): Promise<Gap> {
  if (!(draws >= 2)) throw new RangeError(`${draws} draws show no spread`);
  ks.forEach((k, i) => {
    if (!(k >= 1 && (i === 0 || k === ks[i - 1]! + 1)))
      throw new RangeError(`k = ${k} is no next k`);
  });
  const part = x.rows > MOST_ROWS ? rowsOf(x, sampleRows(x.rows, MOST_ROWS, seed)) : x;
  const quiet: Job = { ...job, progress: () => {} };
  const spread = async (rows: Matrix, k: number, own: number) => {
    const labels = k === 1 ? new Int32Array(rows.rows) : await fit(rows, k, own, quiet);
    const { squares } = await dispersion(rows, labels, quiet);
    return squares.reduce((sum, each) => sum + each, 0);
  };
  const possible = ks.filter((k) => k < part.rows);
  const logs = possible.map(() => [] as number[]);
  for (let draw = 0; draw < draws && possible.length > 0; draw++) {
    const made = withoutStructure(part, from, part.rows, seed + 1 + draw);
    for (const [i, k] of possible.entries()) {
      job.progress(
        'Comparing with customers without groups',
        draw * possible.length + i,
        draws * possible.length,
      );
      const within = await spread(made, k, seed + 1 + draw);
      logs[i]!.push(within > 0 ? log(within) : -Infinity);
      await job.breathe();
    }
  }
  const curve: GapScore[] = [];
  for (const [i, k] of possible.entries()) {
    const within = await spread(part, k, seed);
    if (!(within > 0) || logs[i]!.includes(-Infinity)) break;
    const middle = mean(logs[i]!);
    const variance = mean(logs[i]!.map((each) => (each - middle) ** 2)); // divided by draws, as in the paper
    const error = Math.sqrt(variance * (1 + 1 / draws));
    curve.push({ k, gap: middle - log(within), error });
  }
  const found = curve.find(({ gap }, i) => {
    const next = curve[i + 1];
    return next !== undefined && gap >= next.gap - next.error;
  });
  return { curve, k: found?.k ?? null, rows: part.rows };
}
