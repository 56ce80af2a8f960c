import { exp, log1p } from '../../lib/stats/log.ts';
import { ascending, quantile } from '../../lib/stats/quantile.ts';
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
 * Throws RangeError where a value is no number. O(n · log n).
 */
export function rangeOf(values: ArrayLike<number>): Range {
  const sorted = ascending(values);
  const [least, most] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  if (!(Number.isFinite(least) && Number.isFinite(most)))
    throw new RangeError('a value is no number');
  const middle = sorted.length > 0 ? quantile(sorted, 0.5) : 0;
  const isLog = least >= 0 && most >= 20 && middle - least < CROWDED * (most - least);
  const [low, high] = sorted.length > 0 ? [quantile(sorted, 0.02), quantile(sorted, 0.98)] : [0, 0];
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
