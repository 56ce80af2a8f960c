import { exp, log1p } from '../../lib/stats/log.ts';
import { quantilesOf } from '../../lib/stats/quantiles.ts';
import type { AxisScale } from '../types.ts';

/** How values are spread, for an axis, a ramp or sizes. */
export type Range = {
  readonly scale: AxisScale;
  readonly least: number;
  readonly most: number;
  /** 2nd and 98th percentile: where a ramp begins and ends, so that a few customers far out do not take all of it. */
  readonly low: number;
  readonly high: number;
};

/** From this share of the range on, a median says that few values take most of the room. */
const CROWDED = 0.1;

/**
 * Log where no value is below 0, the largest is 20 or more, and the median stands in the lowest tenth of the range; linear elsewhere.
 * Throws RangeError where a value is no number. O(values).
 */
export function rangeOf(values: Float64Array): Range {
  const [least = 0, low = 0, middle = 0, high = 0, most = 0] =
    values.length > 0 ? quantilesOf(values, [0, 0.02, 0.5, 0.98, 1]) : [];
  const isLog = least >= 0 && most >= 20 && middle - least < CROWDED * (most - least);
  return {
    scale: isLog ? 'log' : 'linear',
    least,
    most,
    ...(low < high ? { low, high } : { low: least, high: most }),
  };
}

/** Whether a log scale can show these values. */
export const canBeLog = ({ least }: Pick<Range, 'least'>): boolean => least >= 0;

/** A value on its scale, where distances are drawn. */
export const onScale = (scale: AxisScale, value: number): number =>
  scale === 'log' ? log1p(value) : value;

/** The value that stands there. */
export const offScale = (scale: AxisScale, place: number): number =>
  scale === 'log' ? exp(place) - 1 : place;

/** Where a value stands between `low` and `high` on their scale, 0 to 1, those beyond at the ends; 0.5 where there is no room. */
export function shareOf({
  scale,
  low,
  high,
}: Pick<Range, 'scale' | 'low' | 'high'>): (value: number) => number {
  const [from, to] = [onScale(scale, low), onScale(scale, high)];
  if (!(to > from)) return () => 0.5;
  return (value) =>
    Math.min(1, Math.max(0, (onScale(scale, Math.max(value, low)) - from) / (to - from)));
}

/** Places of `values` in `many` steps that divide a range evenly on its scale, 0 … many − 1; those beyond at its ends. O(values · log many). */
export function stepsOn(
  range: Pick<Range, 'scale' | 'low' | 'high'>,
  values: Float64Array,
  many: number,
  out: Int8Array<ArrayBuffer> | Uint8Array<ArrayBuffer>,
): void {
  const share = shareOf(range);
  const stepOf = (value: number) => Math.min(many - 1, Math.floor(many * share(value)));
  // Where each step begins, found once to the last bit: a logarithm a customer would take most of the time.
  const starts = Float64Array.from({ length: many - 1 }, (_, i) =>
    leastWith((value) => stepOf(value) > i, range.low, range.high),
  );
  for (let r = 0; r < values.length; r++) {
    const value = values[r]!;
    let [from, to] = [0, starts.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (value >= starts[middle]!) from = middle + 1;
      else to = middle;
    }
    out[r] = from;
  }
}

/** The least value from `low` to `high` for which `is` holds, where it holds for all above; ∞ where it holds for none. */
function leastWith(is: (value: number) => boolean, low: number, high: number): number {
  if (is(low)) return -Infinity;
  if (!is(high)) return Infinity;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) return high;
    if (is(middle)) high = middle;
    else low = middle;
  }
}
