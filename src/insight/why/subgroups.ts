import type { Matrix } from '../../lib/matrix.ts';
import type { Feature } from '../../features/types.ts';
import { benjaminiHochberg } from '../../lib/stats/false-discoveries.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { medianInterval, wilson, type Bounds } from '../../lib/stats/intervals.ts';
import { twoSided } from '../../lib/stats/normal.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { breathing } from '../../lib/steps.ts';
import { evenColumn } from '../../segments/drivers.ts';
import { conditionTest } from '../../segments/methods/rules.ts';
import type { Condition } from '../../segments/partition.ts';
import { beam, type Found } from './beam.ts';
import { binsOf, type Bins } from './bins.ts';
import { conditionsOf } from './conditions.ts';
import { containedIn } from './contains.ts';

type Table = {
  readonly features: readonly Feature[];
  readonly raw: Matrix;
  readonly scaled: Matrix;
  readonly scaledFrom: readonly number[];
};
export type SubgroupOptions = {
  /** Index of the feature in which a subgroup may surprise: a number or yes-no. */
  readonly outcome: number;
  readonly seed: number;
};

export type Subgroup = {
  /** One or two, which all have to hold. */
  readonly all: readonly Condition[];
  /** On customers that it was not found in: the median, of yes-no the share, in the subgroup and among all others. */
  readonly here: Bounds;
  readonly others: Bounds;
  /** Difference of means to all others in standard deviations, on the scale on which features are compared. */
  readonly effect: number;
  /** All customers in it. */
  readonly size: number;
  /** Of no difference, on customers that it was not found in: by itself, and adjusted for all that were tested. */
  readonly p: number;
  readonly adjusted: number;
};

export type Subgroups = {
  readonly outcome: number;
  /** Whether shares of yes or medians are told. */
  readonly isAnswer: boolean;
  /** Those that hold, most surprising first; none is an answer. */
  readonly found: readonly Subgroup[];
  /** How many were put to the test, and on how many customers. */
  readonly tested: number;
  readonly made: number;
  readonly judged: number;
};

const MOST_MADE = 20_000;
const BINS = 20;
const DEPTH = 2;
const WIDTH = 30;
const TESTED = 20;
const LEVEL = 0.05;
/** In fewer customers a surprise is nothing to act on. */
const FEWEST = 20;
/** Two subgroups that share so much are one. */
const SAME = 0.6;

/**
 * Surprising subgroups: descriptions by one or two conditions of customers whose outcome differs from all others', found by beam search in half of
 * the customers (at most 20,000; Lavrač, Kavšek, Flach & Todorovski 2004 for yes-no, Grosskreutz 2008 for numbers), and tested in all others
 * (z of two shares; Welch 1947 for means), of which those stay that Benjamini & Hochberg's rate of false discoveries of 5 % lets through. What is
 * made of the outcome does not describe. Throws `RangeError` where the outcome is a category or no feature. O(width · made · features + customers).
 */
export async function subgroups(
  table: Table,
  { outcome, seed }: SubgroupOptions,
  job: Job = unattended,
): Promise<Subgroups> {
  const { features, raw } = table;
  const of = features[outcome];
  if (!of || of.categories) throw new RangeError(`feature ${outcome} is no outcome`);
  const making = sampleRows(raw.rows, Math.min(MOST_MADE, Math.floor(raw.rows / 2)), seed);
  const isMade = new Uint8Array(raw.rows);
  for (const r of making) isMade[r] = 1;
  const even = await breathing(evenColumn(table, outcome), job);
  const own = Float64Array.from({ length: raw.rows }, (_, r) => raw.data[r * raw.cols + outcome]!);
  const isAnswer = own.every((value) => value === 0 || value === 1);
  const allowed = features.flatMap((each, f) => (containedIn(each, of) ? [] : [f]));
  const bins: (Bins | null)[] = features.map(() => null);
  for (const f of allowed) {
    bins[f] = binsOf(table, f, making, BINS);
    await job.breathe();
  }
  const target = Float64Array.from(making, (r) => even[r]!);
  const options = { depth: DEPTH, width: WIDTH, least: FEWEST };
  const candidates = await beam(
    bins,
    target,
    { ...options, how: isAnswer ? 'wracc' : 'mean' },
    job,
  );
  const different = distinct(candidates, making.length);
  const named = bins.map((each) => each ?? none);
  const tested: Subgroup[] = [];
  for (const { path } of different) {
    const all = conditionsOf(path, features, named);
    tested.push(await judged(table, { all, own, even, isMade, isAnswer }, job));
  }
  const adjusted = benjaminiHochberg(tested.map(({ p }) => p));
  const found = tested
    .map((each, i) => ({ ...each, adjusted: adjusted[i]! }))
    .filter((each) => each.adjusted <= LEVEL)
    .sort((a, b) => a.p - b.p || Math.abs(b.effect) - Math.abs(a.effect));
  const judgedOn = raw.rows - making.length;
  return { outcome, isAnswer, found, tested: tested.length, made: making.length, judged: judgedOn };
}

const none: Bins = {
  ...{ codes: new Uint8Array(), count: 0, isCategory: false },
  ...{ low: new Float64Array(), high: new Float64Array() },
};

/**
 * Best first, without those that say nearly the same as a better one: the same sides of the same features, nearly the same customers, or nearly all
 * others.
 */
function distinct(candidates: readonly Found[], customers: number): readonly Found[] {
  const kept: Found[] = [];
  const sidesOf = ({ path }: Found) =>
    path
      .map(({ feature, side }) => `${feature} ${side}`)
      .sort()
      .join();
  for (const each of candidates) {
    const isNew = kept.every((other) => {
      if (!each.path.some((cut) => 'codes' in cut) && sidesOf(each) === sidesOf(other))
        return false;
      const [a, b] = [each.rows.length, other.rows.length];
      const both = shared(each.rows, other.rows);
      const isAlike = both >= SAME * (a + b - both);
      const isOpposite = a - both >= SAME * (customers - b + both);
      return !isAlike && !isOpposite;
    });
    if (isNew) kept.push(each);
    if (kept.length === TESTED) break;
  }
  return kept;
}

/** How many stand in both; each ascends. */
function shared(a: Int32Array, b: Int32Array): number {
  let [i, j, both] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    if (a[i]! === b[j]!) (both++, i++, j++);
    else if (a[i]! < b[j]!) i++;
    else j++;
  }
  return both;
}

type Whose = {
  readonly all: readonly Condition[];
  readonly own: Float64Array;
  readonly even: Float64Array;
  readonly isMade: Uint8Array;
  readonly isAnswer: boolean;
};

async function judged(
  table: Table,
  { all, own, even, isMade, isAnswer }: Whose,
  job: Job,
): Promise<Subgroup> {
  const tests = all.map((condition) => conditionTest(condition, table));
  const [inside, outside]: [number[], number[]] = [[], []];
  let size = 0;
  for (let row = 0; row < isMade.length; row++) {
    if (row % 16_384 === 0) await job.breathe();
    const does = tests.every((test) => test(row));
    if (does) size++;
    if (!isMade[row]) (does ? inside : outside).push(row);
  }
  const [a, b] = [inside, outside].map((rows) => momentsOf(rows, even));
  const spread = Math.sqrt(
    (a!.squares + b!.squares) / Math.max(1, inside.length + outside.length - 2),
  );
  const difference = a!.mean - b!.mean;
  const typical = (rows: readonly number[]): Bounds => {
    const values = Float64Array.from(rows, (r) => own[r]!);
    if (isAnswer)
      return wilson(
        values.reduce((sum, value) => sum + value, 0),
        values.length,
      );
    return medianInterval(values.sort());
  };
  return {
    all,
    here: typical(inside),
    others: typical(outside),
    effect: spread > 0 ? difference / spread : 0,
    size,
    p: Math.min(inside.length, outside.length) < 5 ? 1 : pOf(a!, b!, isAnswer),
    adjusted: 1,
  };
}

type Moments = { readonly n: number; readonly mean: number; readonly squares: number };

function momentsOf(rows: readonly number[], values: Float64Array): Moments {
  const n = rows.length;
  const mean = n > 0 ? rows.reduce((sum, r) => sum + values[r]!, 0) / n : 0;
  const squares = rows.reduce((sum, r) => sum + (values[r]! - mean) * (values[r]! - mean), 0);
  return { n, mean, squares };
}

/** Normal approximation: both sides have at least five customers, and a subgroup at least about twenty. */
function pOf(a: Moments, b: Moments, isAnswer: boolean): number {
  const pooled = (a.n * a.mean + b.n * b.mean) / (a.n + b.n);
  const error = isAnswer
    ? pooled * (1 - pooled) * (1 / a.n + 1 / b.n)
    : a.squares / (a.n - 1) / a.n + b.squares / (b.n - 1) / b.n;
  if (error > 0) return twoSided((a.mean - b.mean) / Math.sqrt(error));
  return a.mean === b.mean ? 1 : 0;
}
