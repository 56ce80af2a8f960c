import { count, fixed, percent } from '../../lib/format.ts';
import { TesseraError } from '../../lib/errors.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { random } from '../../lib/random.ts';
import { log1p } from '../../lib/stats/log.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { breathing, type Steps } from '../../lib/steps.ts';
import type { Partition } from '../partition.ts';
import type { SegmentInput } from '../profile.ts';
import { rowsOf } from './kmeans.ts';
import type { Divide } from './registry.ts';
import { nmf, type Nmf, type NmfOptions } from './nmf.ts';

/** `features[c]` is the feature that column c is of. */
export type Behaviour = { readonly x: Matrix; readonly features: readonly number[] };

/** What customers did, as numbers that may be taken apart: where they are never below 0 and 0 means nothing of it. */
const additive: ReadonlySet<string> = new Set(['count', 'money', 'share', 'number']);

/**
 * The features that parts can be found in, log(1 + x) (outliers would be parts of their own), each divided by the root of its mean square, so
 * that none counts for more by its unit. Those that are used for grouping, or all if fewer than two of those are such. Throws
 * `TesseraError` features-missing where there are fewer than two.
 */
export function* behaviour({
  raw,
  features,
}: Pick<SegmentInput, 'raw' | 'features'>): Steps<Behaviour> {
  const all: number[] = [];
  for (const [f, { unit, categories }] of features.entries()) {
    if (!categories && additive.has(unit) && isAdditive(raw, f)) all.push(f);
    yield;
  }
  const used = all.filter((f) => features[f]!.used);
  const own = used.length >= 2 ? used : all;
  if (own.length < 2)
    throw new TesseraError(
      'features-missing',
      'Parts of behaviour need at least two features that count something and are never below 0.',
    );
  const x = matrix(raw.rows, own.length);
  for (const [c, f] of own.entries()) {
    let squares = 0;
    for (let r = 0; r < raw.rows; r++) {
      const value = log1p(raw.data[r * raw.cols + f]!);
      x.data[r * own.length + c] = value;
      squares += value * value;
      if ((r & 65_535) === 65_535) yield;
    }
    const unit = Math.sqrt(squares / raw.rows);
    for (let p = c; p < x.data.length; p += own.length) x.data[p]! /= unit;
    yield;
  }
  return { x, features: own };
}

/** Whether a column is never below 0 and somewhere above. */
function isAdditive({ data, cols }: Matrix, f: number): boolean {
  let some = false;
  for (let p = f; p < data.length; p += cols) {
    if (data[p]! < 0) return false;
    if (data[p]! > 0) some = true;
  }
  return some;
}

/** `error` of k parts on the rows, and `reference` on the same rows with each column shuffled by itself: the naive baseline. */
export type PartsScore = { readonly k: number; readonly error: number; readonly reference: number };

/** Rows that the choice of k looks at. */
const CHOICE_ROWS = 2000;
/** A part must take this much more from the error than it takes where columns have nothing to do with each other. */
const MORE = 1.2;

/**
 * How many parts: as many as each take clearly more from the error than they do in shuffled columns (Frigyesi & Höglund 2008), from 1 up to
 * `kMax`; 1 where columns have nothing to do with each other. On up to 2,000 rows, drawn by the seed.
 */
export async function chooseParts(
  x: Matrix,
  { kMax, ...options }: Omit<NmfOptions, 'k'> & { readonly kMax: number },
  job: Job = unattended,
): Promise<{ readonly k: number; readonly curve: readonly PartsScore[] }> {
  const rows = rowsOf(x, sampleRows(x.rows, CHOICE_ROWS, options.seed));
  const shuffled = shuffledColumns(rows, options.seed + 1);
  const top = Math.min(kMax, rows.rows, rows.cols);
  const curve: PartsScore[] = [];
  const quiet = { ...job, progress: () => {} };
  for (let k = 1; k <= top; k++) {
    job.progress('Choosing how many parts', k - 1, top);
    const { error } = await nmf(rows, { ...options, k }, quiet);
    const { error: reference } = await nmf(shuffled, { ...options, k }, quiet);
    curve.push({ k, error, reference });
  }
  let k = 1;
  for (; k < curve.length; k++) {
    const [before, now] = [curve[k - 1]!, curve[k]!];
    const gain = before.error - now.error;
    if (!(gain > 1e-6 && gain > MORE * (before.reference - now.reference))) break;
  }
  return { k: Math.max(1, k), curve };
}

function shuffledColumns(x: Matrix, seed: number): Matrix {
  const next = random(seed);
  const out = matrix(x.rows, x.cols, x.data.slice());
  for (let c = 0; c < x.cols; c++)
    for (let r = x.rows - 1; r > 0; r--) {
      const other = Math.floor(next() * (r + 1));
      const [p, q] = [r * x.cols + c, other * x.cols + c];
      [out.data[p], out.data[q]] = [out.data[q]!, out.data[p]!];
    }
  return out;
}

/** Each customer in the strongest of its parts; `belongs` is that part's share in the customer. Customers of nothing are in none. */
export function nmfPartition(
  { parts, weights, labels, error, rounds, capped }: Nmf,
  curve: readonly PartsScore[] | null,
): Partition {
  const k = parts.rows;
  const belongs = Float32Array.from(labels, (label, r) => {
    if (label < 0) return 0;
    const own = weights.data.subarray(r * k, (r + 1) * k);
    return own[label]! / own.reduce((sum, weight) => sum + weight, 0);
  });
  const none = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  const groups = new Set(labels.filter((label) => label >= 0)).size;
  const words = [
    `${count(k)} parts of behaviour (non-negative matrix factorisation)`,
    curve &&
      `as many as each explain more than in shuffled columns, of ${count(curve.length)} tried`,
    `they leave ${percent(error * error)} of the squares unexplained`,
    `a customer is in the strongest of its parts, which is ${fixed(
      belongs.reduce((sum, share) => sum + share, 0) / Math.max(1, labels.length - none),
    )} of it on average`,
    none > 0 && `${count(none)} customers did nothing of this and are in none`,
    capped && `stopped at the cap of ${count(rounds)} rounds before it settled`,
  ];
  return {
    labels,
    groups,
    belongs,
    oddness: null,
    names: null,
    words: `${words.filter((word) => word).join('; ')}.`,
  };
}

/** NMF as the stage calls it, on what customers did. */
export const divideNmf: Divide<'nmf'> = async (input, choice, settings, _kernels, job) => {
  const { x } = await breathing(behaviour(input), job);
  const options = { loss: 'squares', seed: settings.seed, restarts: settings.restarts } as const;
  const found =
    choice.k === null ? await chooseParts(x, { ...options, kMax: settings.kMax }, job) : null;
  const k = Math.min(choice.k ?? found!.k, x.rows, x.cols);
  const partition = nmfPartition(await nmf(x, { ...options, k }, job), found?.curve ?? null);
  return {
    partition,
    chosen: { ...choice, k },
    curve: found && {
      measure: 'share of squares left unexplained',
      along: 'parts',
      xs: found.curve.map((each) => each.k),
      ys: found.curve.map(({ error }) => error * error),
      chosen: k,
      axis: 'x',
    },
  };
};
