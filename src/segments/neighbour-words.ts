import type { Feature } from '../features/types.ts';
import { valueWords } from '../features/value-words.ts';
import { percent } from '../lib/format.ts';
import type { Bounds } from '../lib/stats/intervals.ts';
import type { Apart, Likeness } from './methods/nearest-reasons.ts';

/** "Orders the same", "Spend 12.50 more", "Region another". */
export function likenessWords(
  { difference, feature }: Likeness,
  features: readonly Feature[],
): string {
  const of = features[feature]!;
  if (difference === 0) return `${of.label} the same`;
  if (of.categories) return `${of.label} another`;
  return `${of.label} ${valueWords(Math.abs(difference), of)} ${difference > 0 ? 'more' : 'less'}`;
}

/** How unusual, in a sentence with its interval. */
export function unusualWords({ value, low, high }: Bounds): string {
  const how =
    low >= 0.95
      ? 'Very unusual'
      : low >= 0.8
        ? 'Unusual'
        : high <= 0.5
          ? 'Quite usual'
          : 'Not unusual';
  return `${how}: it stands further from its nearest than ${percent(value, 0)} of customers do (${percent(low, 0)} to ${percent(high, 0)}).`;
}

/** One line of what sets the customer apart, as it is read. */
export type ApartRow = {
  readonly label: string;
  readonly here: string;
  readonly neighbours: string;
  readonly everyone: string;
  /** Share of customers below, with its interval; '' of a category. */
  readonly below: string;
};

export function apartRow(
  { feature, here, neighbours, everyone, percentile }: Apart,
  features: readonly Feature[],
): ApartRow {
  const of = features[feature]!;
  const measured = of.categories ? ({ unit: 'share' } as const) : of;
  const say = (value: number) => valueWords(value, measured);
  return {
    label: of.label,
    here: valueWords(here, of),
    neighbours: of.categories ? `${say(neighbours)} the same` : say(neighbours),
    everyone: `${say(everyone.value)} (${say(everyone.low)} to ${say(everyone.high)})${of.categories ? ' the same' : ''}`,
    below: percentile
      ? `${percent(percentile.value, 0)} (${percent(percentile.low, 0)} to ${percent(percentile.high, 0)})`
      : '',
  };
}
