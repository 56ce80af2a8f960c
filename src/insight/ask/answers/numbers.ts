import {
  meanInterval,
  medianInterval,
  wilson,
  Z95,
  type Bounds,
} from '../../../lib/stats/intervals.ts';
import { deviation, mean } from '../../../lib/stats/moments.ts';
import { ascending } from '../../../lib/stats/quantile.ts';
import type { Statistic } from '../types.ts';
import { exact, figureOf, type Figure } from './types.ts';

/**
 * A statistic of `xs` with its 95 % interval, as if the customers at hand were drawn from many of their kind; null of nobody. `everyone`: how
 * many customers there are in all, of whom those not in `xs` add 0 to a total. An extreme has no interval. Means of yes or no are shares (Wilson).
 */
export function statisticOf(
  xs: Float64Array,
  statistic: Statistic,
  { everyone, isYesNo }: { readonly everyone: number; readonly isYesNo: boolean },
): Figure | null {
  if (xs.length === 0) return statistic === 'total' ? figureOf(totalOf(xs, everyone)) : null;
  switch (statistic) {
    case 'mean':
      if (isYesNo) return figureOf(wilson(sum(xs), xs.length));
      if (xs.length === 1) return exact(xs[0]!);
      return figureOf(meanInterval(mean(xs), deviation(xs), xs.length));
    case 'median':
      return figureOf(medianInterval(ascending(xs)));
    case 'total':
      return figureOf(totalOf(xs, everyone));
    case 'highest':
      return exact(xs.reduce((most, x) => Math.max(most, x), -Infinity));
    case 'lowest':
      return exact(xs.reduce((least, x) => Math.min(least, x), Infinity));
  }
}

export const sum = (xs: ArrayLike<number>): number => {
  let all = 0;
  for (let i = 0; i < xs.length; i++) all += xs[i]!;
  return all;
};

/** Sum of `xs` over `everyone` customers, of whom the others add 0: ± 1.96 √n standard deviations (Cochran 1977, §2.13). */
export function totalOf(xs: ArrayLike<number>, everyone: number): Bounds {
  const value = sum(xs);
  const m = value / Math.max(1, everyone);
  let squares = (everyone - xs.length) * m * m;
  for (let i = 0; i < xs.length; i++) squares += (xs[i]! - m) * (xs[i]! - m);
  const half = everyone > 1 ? Z95 * Math.sqrt((everyone * squares) / (everyone - 1)) : 0;
  return { value, low: value - half, high: value + half };
}

/** Sum of `ys` ÷ sum of `xs`, of the same customers, by linearisation (Cochran 1977, §2.11); null where the sum of `xs` is not above 0. */
export function ratioOf(ys: ArrayLike<number>, xs: ArrayLike<number>): Bounds | null {
  const [top, below, n] = [sum(ys), sum(xs), xs.length];
  if (!(below > 0)) return null;
  const value = top / below;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const rest = ys[i]! - value * xs[i]!;
    squares += rest * rest;
  }
  const half = n > 1 ? (Z95 * Math.sqrt((n * squares) / (n - 1))) / below : 0;
  return { value, low: value - half, high: value + half };
}

/** Mean of `a` − mean of `b`, with Welch's interval (Welch 1938, normal approximation); null where one is empty. */
export function differenceOf(a: Float64Array, b: Float64Array): Bounds | null {
  if (a.length === 0 || b.length === 0) return null;
  const [sa, sb] = [deviation(a), deviation(b)];
  const value = mean(a) - mean(b);
  const half = Z95 * Math.sqrt((sa * sa) / a.length + (sb * sb) / b.length);
  return { value, low: value - half, high: value + half };
}

/** Values of the rows that are inside. */
export function taken(values: ArrayLike<number>, inside: Uint8Array): Float64Array {
  let n = 0;
  for (let r = 0; r < inside.length; r++) n += inside[r]!;
  const out = new Float64Array(n);
  for (let r = 0, i = 0; r < inside.length; r++) if (inside[r] === 1) out[i++] = values[r]!;
  return out;
}

export function rowsIn(inside: Uint8Array): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(sum(inside));
  for (let r = 0, i = 0; r < inside.length; r++) if (inside[r] === 1) rows[i++] = r;
  return rows;
}
