import type { Feature } from '../../features/types.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { ascending } from '../../lib/stats/quantile.ts';

/** Codes are bytes. */
export const MOST_BINS = 256;

/** One feature of some customers in at most 256 bins. */
export type Bins = {
  /** [customers looked at]; bins of a number ascend, of a category they are its places, all beyond the 255th in the last. */
  readonly codes: Uint8Array;
  readonly count: number;
  readonly isCategory: boolean;
  /** [bins]; smallest and largest value in each bin: between `high[b]` and `low[b + 1]` nobody is. Of categories empty. */
  readonly low: Float64Array;
  readonly high: Float64Array;
};

/**
 * One feature of the customers `rows` in bins: one a value where there are at most `most`, else bins of equally many customers. Throws
 * `RangeError` at a value that is not finite. O(rows · log rows).
 */
export function binsOf(
  { features, raw }: { readonly features: readonly Feature[]; readonly raw: Matrix },
  f: number,
  rows: Int32Array,
  most = MOST_BINS,
): Bins {
  const feature = features[f]!;
  const values = Float64Array.from(rows, (r) => raw.data[r * raw.cols + f]!);
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(`${feature.label} holds ${bad}`);
  if (feature.categories) {
    const count = Math.min(MOST_BINS, feature.categories.length);
    const codes = Uint8Array.from(values, (value) => Math.min(value, MOST_BINS - 1));
    return { codes, count, isCategory: true, low: new Float64Array(), high: new Float64Array() };
  }
  const sorted = ascending(values);
  const ends = endsOf(sorted, most);
  const low = new Float64Array(ends.length);
  let from = 0;
  for (let b = 0; b < ends.length; b++) {
    low[b] = sorted[from]!;
    while (from < sorted.length && sorted[from]! <= ends[b]!) from++;
  }
  const codes = Uint8Array.from(values, (value) => firstAtLeast(ends, value));
  return { codes, count: ends.length, isCategory: false, low, high: ends };
}

/** The largest value of each bin. */
function endsOf(sorted: Float64Array, most: number): Float64Array {
  const distinct: number[] = [];
  for (const value of sorted) {
    if (value !== distinct.at(-1)) distinct.push(value);
    if (distinct.length > most) break;
  }
  if (distinct.length <= most) return Float64Array.from(distinct);
  const ends: number[] = [];
  for (let b = 1; b <= most; b++) {
    const end = sorted[Math.ceil((b * sorted.length) / most) - 1]!;
    if (end !== ends.at(-1)) ends.push(end);
  }
  return Float64Array.from(ends);
}

/** Place of the first of `ascending` that is not below `value`. */
function firstAtLeast(ends: Float64Array, value: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
