import type { Feature } from '../../features/types.ts';
import { headWords, unitWords, valueWords } from '../../features/value-words.ts';
import { textCell, type TextMode } from '../../lib/csv-cell.ts';
import { count, fixed, plural } from '../../lib/format.ts';
import type { Comparison, Difference } from './compare.ts';

type Of = Pick<Feature, 'label' | 'unit' | 'categories'>;

/** "City: Ulm" */
export function differenceLabel(
  { feature, category }: Difference,
  features: readonly Of[],
): string {
  const { label = '', categories } = features[feature] ?? {};
  return category === undefined ? label : `${label}: ${categories?.[category] ?? ''}`;
}

/** "City: Ulm", "Recency, days" */
export const differenceHead = (one: Difference, features: readonly Of[]): string =>
  one.category === undefined && features[one.feature]
    ? headWords(features[one.feature]!)
    : differenceLabel(one, features);

const measured = (one: Difference, features: readonly Of[]): Pick<Feature, 'unit'> =>
  one.isShare ? { unit: 'share' } : { unit: features[one.feature]?.unit ?? 'number' };

/** A typical value or a share as a person reads it. */
export const sideWords = (one: Difference, side: 'a' | 'b', features: readonly Of[]): string =>
  valueWords(one[side].value, measured(one, features));

/** "+50 (46 to 54)"; shares in percentage points. */
export function gapWords(one: Difference, features: readonly Of[]): string {
  if (!one.difference) return 'too few to tell';
  const { value, low, high } = one.difference;
  const unit = measured(one, features);
  const words = (x: number) =>
    (unit.unit === 'share' ? fixed(100 * x, 0) : valueWords(x, unit)).replace(/^[-−]0$/, '0');
  const points = unit.unit === 'share' ? ' points' : '';
  return `${value > 0 ? '+' : ''}${words(value)}${points} (${words(low)} to ${words(high)})`;
}

/** Size of a delta in words (Romano et al. 2006). */
export function sizeWords(delta: number): string {
  const size = Math.abs(delta);
  if (size < 0.147) return 'negligible';
  if (size < 0.33) return 'small';
  return size < 0.474 ? 'medium' : 'large';
}

/** Whether it holds though many features were compared. */
export const holds = ({ holm }: Difference): boolean => holm < 0.05;

/** What was found, in sentences: the largest difference, how many hold, who stands where. */
export function comparisonWords(found: Comparison, features: readonly Of[]): readonly string[] {
  const { a, b, differences, comparisons, shared } = found;
  const [first] = differences;
  const many = differences.filter(holds).length;
  const unit = first ? unitWords[measured(first, features).unit] : '';
  const top =
    first && holds(first)
      ? `Most apart by ${differenceLabel(first, features)}: ${sideWords(first, 'a', features)} against ${sideWords(first, 'b', features)}${unit && unit !== 'share' ? ` ${unit}` : ''}, ${gapWords(first, features)}.`
      : 'No difference is beyond what chance does with so many comparisons.';
  const both = {
    a: `All of ${a.words} are in ${b.words} too: they are compared with the others there.`,
    b: `All of ${b.words} are in ${a.words} too: the others there are compared with them.`,
    neither: `${plural(shared.shared, 'customer')} in both are left out.`,
  }[shared.sharedIn];
  return [
    top,
    `${count(many)} of ${plural(differences.length, 'feature')} differ at 5 % after Holm’s correction for ${plural(comparisons, 'comparison')}.`,
    ...(shared.shared > 0 ? [both] : []),
  ];
}

const heads = [
  ...['feature', 'value', 'statistic', 'a', 'a_low', 'a_high', 'b', 'b_low', 'b_high'],
  ...['difference', 'difference_low', 'difference_high', 'cliffs_delta', 'delta_low', 'delta_high'],
  ...['hedges_g', 'g_low', 'g_high', 'p', 'p_holm'],
];

/** Every figure of a comparison, one feature a line. */
export function comparisonCsv(
  { differences }: Comparison,
  features: readonly (Of & Pick<Feature, 'name'>)[],
  mode: TextMode,
): string {
  const figures = (bounds: Difference['g']) =>
    bounds ? [bounds.value, bounds.low, bounds.high].map(String) : ['', '', ''];
  const lines = differences.map((one) => {
    const { name = '', categories } = features[one.feature] ?? {};
    const value = one.category === undefined ? '' : (categories?.[one.category] ?? '');
    return [
      ...[textCell(name, mode), textCell(value, mode), one.isShare ? 'share' : 'median'],
      ...[one.a, one.b, one.difference, one.delta, one.g].flatMap(figures),
      ...[one.p, one.holm].map(String),
    ];
  });
  return [heads, ...lines].map((cells) => cells.join(',')).join('\r\n') + '\r\n';
}
