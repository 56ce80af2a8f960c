import { fixed, percent, plural } from '../../../lib/format.ts';
import type { Bounds } from '../../../lib/stats/intervals.ts';
import { amountWords } from '../say.ts';
import type { Measure, Statistic, Subject } from '../types.ts';
import type { Ground } from './group.ts';
import type { Figure } from './types.ts';

/** "7.1 % (6.4 to 7.9)", "30 days (28 to 32)": the unit once. */
export function withInterval({ value, low, high }: Figure, say: (n: number) => string): string {
  if (low === null || high === null) return say(value);
  const [below, above] = [low, high].map((end) => say(end).replace(/ (%|days)$/, ''));
  return `${say(value)} (${below} to ${above})`;
}

export const share = (n: number): string => percent(n);
/** A change as a share of what was: "−12.4 %", "+3.0 %". */
export const changed = (n: number): string => (n > 0 ? `+${percent(n)}` : percent(n));
/** Of a ratio: by how much it changed. What cannot be negative falls by all of it at most. */
export const changeOf = ({ value, low, high }: Bounds): Figure & Bounds => ({
  value: value - 1,
  low: value >= 0 ? Math.max(-1, low - 1) : low - 1,
  high: high - 1,
});
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

/** Where a feature could not be measured of somebody, and what stands in: it is in the answer too. */
export const gapNotes = (features: readonly number[], { table }: Ground): readonly string[] =>
  features.flatMap((f) => {
    const { label, gaps, gapRule } = table.features[f]!;
    return gaps > 0 && gapRule
      ? [`${label} could not be measured of ${plural(gaps, 'customer')}: ${gapRule} stands in.`]
      : [];
  });
export const gapNotesOf = (it: Measure, ground: Ground): readonly string[] =>
  it.is === 'feature' ? gapNotes([it.feature], ground) : [];

/** "0.012", "< 0.001" */
export const pWords = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));
