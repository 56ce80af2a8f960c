import { fixed, percent } from '../../../lib/format.ts';
import { amountWords } from '../say.ts';
import type { Measure, Statistic, Subject } from '../types.ts';
import type { Figure } from './types.ts';

/** "7.1 % (6.4 % to 7.9 %)". */
export function withInterval({ value, low, high }: Figure, say: (n: number) => string): string {
  return low === null || high === null ? say(value) : `${say(value)} (${say(low)} to ${say(high)})`;
}

export const share = (n: number): string => percent(n);
/** A change as a share of what was: "−12.4 %", "+3.0 %". */
export const changed = (n: number): string => (n > 0 ? `+${percent(n)}` : percent(n));
export const effect = (n: number): string => fixed(n);

/** Means of counts have decimals, as medians of an even number of customers may have; totals and extremes do not. */
export function sayer(
  it: Measure,
  statistic: Statistic,
  subject: Subject,
): (value: number) => string {
  const isYes = it.is === 'feature' && subject.yesNo.includes(it.feature);
  if (isYes && statistic === 'mean') return share;
  return (value) => amountWords(value, it, subject);
}

export const INTERVAL =
  'Ranges are 95 % intervals: how far the figure may be off if these customers were drawn from many like them.';
