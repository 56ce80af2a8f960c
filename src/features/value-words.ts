import { count, fixed, measure, percent } from '../lib/format.ts';
import type { Feature, Unit } from './types.ts';

/** One value of a feature as a person reads it, with its unit where the head of the column does not say it. */
export function valueWords(
  value: number,
  { unit, categories }: Pick<Feature, 'unit' | 'categories'>,
): string {
  if (!Number.isFinite(value)) return '–';
  if (categories) return categories[Math.round(value)] ?? '–';
  if (unit === 'share') return percent(value, 0);
  if (unit === 'count') return Number.isInteger(value) ? count(value) : measure(value, 3);
  if (unit === 'money') return Math.abs(value) >= 1000 ? count(value) : fixed(value, 2);
  return measure(value, 3);
}

/** The same where no head says the unit: "71 days". */
export function unitValue(value: number, feature: Pick<Feature, 'unit' | 'categories'>): string {
  const words = valueWords(value, feature);
  if (feature.unit !== 'days' || feature.categories) return words;
  return `${words} ${value === 1 ? 'day' : 'days'}`;
}

/** "Recency, days": over values that do not say their unit. "Days between orders" says it. */
export const headWords = ({ label, unit }: Pick<Feature, 'label' | 'unit'>): string =>
  unit === 'days' && !/\bdays\b/i.test(label) ? `${label}, days` : label;

/** "days", "of spend": what stands beside a label. */
export const unitWords: Record<Unit, string> = {
  days: 'days',
  count: '',
  money: 'in the currency of the file',
  share: 'share',
  number: '',
  category: '',
};
