import type { Matrix } from '../lib/matrix.ts';
import { medianInterval, wilson, Z95, type Bounds } from '../lib/stats/intervals.ts';
import { exp } from '../lib/stats/log.ts';
import { ascendingInPlace } from '../lib/stats/ascending.ts';
import { quantile } from '../lib/stats/quantile.ts';
import type { Steps } from '../lib/steps.ts';
import type { SegmentInput } from './profile.ts';
import type { Driver } from './types.ts';

/** The rows of each segment. */
export type Groups = { readonly rows: readonly Int32Array[] };

export function groupRows(labels: Int32Array, k: number): Groups {
  const sizes = new Int32Array(k);
  for (let r = 0; r < labels.length; r++) sizes[labels[r]!]!++;
  const rows = Array.from(sizes, (size) => new Int32Array(size));
  const next = new Int32Array(k);
  for (let r = 0; r < labels.length; r++) rows[labels[r]!]![next[labels[r]!]!++] = r;
  return { rows };
}

/** How feature `f` sets each segment apart: a driver a segment, in order. O(rows · log rows + groups), of a category times its values. */
export function* describeFeature(input: SegmentInput, f: number, groups: Groups): Steps<Driver[]> {
  const values = columnOf(input.raw, f);
  const { categories } = input.features[f]!;
  if (categories) return yield* ofCategory(f, values, categories.length, groups);
  const answers = values.every((value) => value === 0 || value === 1);
  const sorted = yield* ascendingInPlace(values.slice());
  const even = yield* evenColumn(input, f, sorted);
  const bothSigns = sorted[Math.floor(0.05 * sorted.length)]! < 0 && sorted.at(-1)! > 0;
  const everyone = answers ? mean(values) : quantile(sorted, 0.5);
  const [whole, wholeEven] = [wholeOf(values), wholeOf(even)];
  const drivers: Driver[] = [];
  for (const rows of groups.rows) {
    yield;
    const own = new Float64Array(rows.length);
    for (let i = 0; i < own.length; i++) own[i] = values[rows[i]!]!;
    drivers.push({
      feature: f,
      here: answers ? wilson(sum(own), own.length) : medianInterval(yield* ascendingInPlace(own)),
      everyone,
      index: bothSigns ? null : indexOf(values, whole, rows),
      effect: effectOf(even, wholeEven, rows),
    });
  }
  return drivers;
}

function* ofCategory(
  f: number,
  values: Float64Array,
  categories: number,
  groups: Groups,
): Steps<Driver[]> {
  const best = new Array<Driver | null>(groups.rows.length).fill(null);
  for (let category = 0; category < categories; category++) {
    const is = Float64Array.from(values, (value) => (value === category ? 1 : 0));
    const whole = wholeOf(is);
    yield;
    groups.rows.forEach((rows, group) => {
      const effect = effectOf(is, whole, rows);
      const before = best[group];
      if (before && Math.abs(effect) <= Math.abs(before.effect)) return;
      const hits = rows.reduce((all, r) => all + is[r]!, 0);
      best[group] = {
        feature: f,
        here: wilson(hits, rows.length),
        everyone: whole.mean,
        index: indexOf(is, whole, rows),
        effect,
        category,
      };
    });
  }
  return best.map((driver) => {
    if (!driver) throw new RangeError(`feature ${f} has no category`);
    return driver;
  });
}

/** What every segment is compared with: mean, standard deviation, and the sum of squares of value ÷ mean − 1. */
type Whole = { readonly mean: number; readonly spread: number; readonly squares: number };

function wholeOf(values: Float64Array): Whole {
  const all = mean(values);
  let [variance, squares] = [0, 0];
  for (const value of values) {
    variance += (value - all) * (value - all);
    const d = -(value / all - 1);
    squares += d * d;
  }
  return { mean: all, spread: Math.sqrt(variance / values.length), squares };
}

/** Mean of the segment's rows minus mean of all, in standard deviations of all; 0 of a constant. */
function effectOf(values: Float64Array, { mean: all, spread }: Whole, rows: Int32Array): number {
  if (!(spread > 0) || rows.length === 0) return 0;
  return (rows.reduce((s, r) => s + values[r]!, 0) / rows.length - all) / spread;
}

/**
 * 100 × mean here ÷ mean of all, which includes them. Its 95 % interval: Taylor linearisation of a ratio of two means over the same sample
 * (Särndal, Swensson & Wretman 1992, §5.6), on the log scale so that it stays above 0.
 */
function indexOf(
  values: Float64Array,
  { mean: all, squares }: Whole,
  rows: Int32Array,
): Bounds | null {
  const n = values.length;
  const here = rows.reduce((s, r) => s + values[r]!, 0) / rows.length;
  const ratio = here / all;
  if (!(ratio >= 0 && Number.isFinite(ratio))) return null;
  if (ratio === 0) return { value: 0, low: 0, high: 0 };
  const share = rows.length / n;
  let own = squares;
  for (const r of rows) {
    const off = -(values[r]! / all - 1);
    const on = off + (values[r]! - here) / (share * here);
    own += on * on - off * off;
  }
  const factor = exp((Z95 * Math.sqrt(Math.max(0, own))) / n);
  return { value: 100 * ratio, low: (100 * ratio) / factor, high: 100 * ratio * factor };
}

/** A number as it is compared: on the common scale where it is grouped by, else in its unit with its ends pulled in. */
export function* evenColumn(
  input: Pick<SegmentInput, 'raw' | 'scaled' | 'scaledFrom'>,
  f: number,
  sorted?: Float64Array,
): Steps<Float64Array> {
  const scaled = input.scaledFrom.indexOf(f);
  if (scaled >= 0) return columnOf(input.scaled, scaled);
  const values = columnOf(input.raw, f);
  return withinEnds(values, sorted ?? (yield* ascendingInPlace(values.slice())));
}

/** Not on the common scale: its ends are pulled in, so that one customer does not decide. */
function withinEnds(values: Float64Array, sorted: Float64Array): Float64Array {
  const [low, high] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
  return values.map((value) => Math.min(high, Math.max(low, value)));
}

const sum = (values: Float64Array): number => values.reduce((s, v) => s + v, 0);
const mean = (values: Float64Array): number => sum(values) / Math.max(1, values.length);

function columnOf({ data, rows, cols }: Matrix, c: number): Float64Array {
  const values = new Float64Array(rows);
  for (let r = 0; r < rows; r++) values[r] = data[r * cols + c]!;
  return values;
}
