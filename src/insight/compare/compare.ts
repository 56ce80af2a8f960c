import type { FeatureTable } from '../../features/types.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { ascendingInPlace } from '../../lib/stats/ascending.ts';
import { holm } from '../../lib/stats/holm.ts';
import { medianInterval, wilson, Z95, type Bounds } from '../../lib/stats/intervals.ts';
import { twoSided } from '../../lib/stats/normal.ts';
import { breathing } from '../../lib/steps.ts';
import type { Who } from '../who.ts';
import { sidesOf, type Sides } from './parts.ts';
import { compareRanks } from './ranks.ts';

/** How one feature differs between two sides. */
export type Difference = {
  /** Index in `FeatureTable.features`. */
  readonly feature: number;
  /** Of a category: the place in `Feature.categories` of the value that differs most. */
  readonly category?: number;
  /** Whether it is a share (of yes, of the category); otherwise a median, in the feature's unit. */
  readonly isShare: boolean;
  readonly a: Bounds;
  readonly b: Bounds;
  /** a − b, with its 95 % interval; null where a side has too few customers for one. */
  readonly difference: Bounds | null;
  /** Cliff's delta, −1 to 1; of shares their difference, which is the same number. */
  readonly delta: Bounds;
  /** Hedges' g, the difference of means in standard deviations; null of shares and where nothing varies. */
  readonly g: Bounds | null;
  readonly p: number;
  /** p as if it had been the only one looked at (Holm). */
  readonly holm: number;
};

export type Comparison = {
  readonly a: { readonly words: string; readonly size: number };
  readonly b: { readonly words: string; readonly size: number };
  /** Customers in both selections, and on which side they stand here. */
  readonly shared: Pick<Sides, 'shared' | 'sharedIn'>;
  /** Largest delta first; ties in the order of the features. */
  readonly differences: readonly Difference[];
  /** Comparisons made: of a category every value is one. */
  readonly comparisons: number;
  /** The naive baseline: of 20 divisions into two sides as large by chance, 19 show a smaller delta than this. */
  readonly byChance: number;
};

/** An order-statistic interval of the median cannot reach 95 % on fewer. */
const FEWEST = 6;

type Compared = Pick<FeatureTable, 'features' | 'raw'> & {
  /** The features that are looked at, by their place; without it all of them. */
  readonly on?: readonly number[];
};

/**
 * Any two selections feature by feature. Medians with the difference of independent intervals (MOVER, Zou & Donner 2008), shares by Newcombe's
 * (1998, the same of Wilson's intervals), Cliff's delta and Hedges' g as effects, Mann & Whitney's and the pooled two-share test, corrected by Holm.
 * Customers in both selections stand on one side or on neither (`sidesOf`). O(features · customers · log customers).
 */
export async function compare(
  { features, raw, on = [...features.keys()] }: Compared,
  a: Who,
  b: Who,
  job: Job = unattended,
): Promise<Comparison> {
  const sides = sidesOf(a, b);
  const found: (readonly Found[])[] = [];
  for (const [at, f] of on.entries()) {
    job.progress('Comparing', at, on.length);
    await job.breathe();
    const values = (rows: Int32Array) => {
      const own = new Float64Array(rows.length);
      for (let i = 0; i < own.length; i++)
        own[i] = checked(raw.data[rows[i]! * raw.cols + f]!, features[f]!.name);
      return own;
    };
    const [inA, inB] = [values(sides.a), values(sides.b)];
    const categories = features[f]!.categories?.length;
    found.push(
      categories === undefined
        ? [isYesNo(inA) && isYesNo(inB) ? ofYes(f, inA, inB) : await ofNumber(f, inA, inB, job)]
        : ofCategories(f, categories, inA, inB),
    );
  }
  const corrected = holm(found.flat().map(({ p }) => p));
  let at = 0;
  const all = found.map((list) => list.map((each) => ({ ...each, holm: corrected[at++]! })));
  const size = (each: Difference) => Math.abs(each.delta.value);
  const [n, m] = [sides.a.length, sides.b.length];
  return {
    a: { words: a.words, size: n },
    b: { words: b.words, size: m },
    shared: { shared: sides.shared, sharedIn: sides.sharedIn },
    differences: all
      .flatMap((list) => list.toSorted((x, y) => size(y) - size(x)).slice(0, 1))
      .sort((x, y) => size(y) - size(x) || x.feature - y.feature),
    comparisons: corrected.length,
    byChance: Math.min(1, Z95 * Math.sqrt((n + m + 1) / (3 * n * m))),
  };
}

type Found = Omit<Difference, 'holm'>;

function checked(value: number, name: string): number {
  if (!Number.isFinite(value)) throw new RangeError(`${name} has a value that is no number`);
  return value;
}

const isYesNo = (values: Float64Array) => values.every((value) => value === 0 || value === 1);
const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);

/** Of two independent estimates, from the intervals of each (Zou & Donner 2008). */
export function minus(a: Bounds, b: Bounds): Bounds {
  const value = a.value - b.value;
  const reach = (down: number, up: number) => Math.sqrt(down * down + up * up);
  return {
    value,
    low: value - reach(a.value - a.low, b.high - b.value),
    high: value + reach(a.high - a.value, b.value - b.low),
  };
}

async function ofNumber(
  feature: number,
  a: Float64Array,
  b: Float64Array,
  job: Job,
): Promise<Found> {
  const g = hedges(a, b);
  await breathing(ascendingInPlace(a), job);
  await breathing(ascendingInPlace(b), job);
  const own = { a: medianInterval(a), b: medianInterval(b) };
  const few = a.length < FEWEST || b.length < FEWEST;
  const difference = few ? null : minus(own.a, own.b);
  return { feature, isShare: false, ...own, difference, g, ...compareRanks(a, b) };
}

const ofYes = (feature: number, a: Float64Array, b: Float64Array): Found =>
  ofShare(feature, [sum(a), a.length], [sum(b), b.length]);

/** One for each value that anybody has. */
function ofCategories(feature: number, many: number, a: Float64Array, b: Float64Array): Found[] {
  const counts = (values: Float64Array) => {
    const out = new Float64Array(many);
    for (const value of values) out[value]!++;
    return out;
  };
  const [inA, inB] = [counts(a), counts(b)];
  const out: Found[] = [];
  for (let category = 0; category < many; category++)
    if (inA[category]! + inB[category]! > 0) {
      const share = ofShare(feature, [inA[category]!, a.length], [inB[category]!, b.length]);
      out.push({ ...share, category });
    }
  return out;
}

type HitsOf = readonly [hits: number, of: number];

function ofShare(feature: number, [hitsA, n]: HitsOf, [hitsB, m]: HitsOf): Found {
  const [a, b] = [wilson(hitsA, n), wilson(hitsB, m)];
  const pooled = (hitsA + hitsB) / (n + m);
  const variance = pooled * (1 - pooled) * (1 / n + 1 / m);
  const difference = minus(a, b);
  return {
    ...{ feature, isShare: true, a, b, difference, delta: difference, g: null },
    p: variance > 0 ? twoSided(difference.value / Math.sqrt(variance)) : 1,
  };
}

/** Hedges' g with the interval of its large-sample error (Hedges 1981; Borenstein et al. 2009, ch. 4). Null where nothing varies. */
export function hedges(a: Float64Array, b: Float64Array): Bounds | null {
  const [n, m] = [a.length, b.length];
  const free = n + m - 2;
  if (free < 2) return null;
  const [meanA, meanB] = [sum(a) / n, sum(b) / m];
  let squares = 0;
  for (const value of a) squares += (value - meanA) * (value - meanA);
  for (const value of b) squares += (value - meanB) * (value - meanB);
  const deviation = Math.sqrt(squares / free);
  if (!(deviation > 0)) return null;
  const small = 1 - 3 / (4 * free - 1);
  const d = (meanA - meanB) / deviation;
  const error = small * Math.sqrt((n + m) / (n * m) + (d * d) / (2 * (n + m)));
  const value = small * d;
  return { value, low: value - Z95 * error, high: value + Z95 * error };
}
