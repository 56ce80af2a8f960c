import type { Feature, FeatureTable } from '../../features/types.ts';
import { valueWords } from '../../features/value-words.ts';
import { ascending, quantile } from '../../lib/stats/quantile.ts';

/** Differences below so many standard deviations of the segment are not worth a label (Cohen 1988: 0.2 small, 0.5 medium). */
const LEAST = 0.35;
const MOST = 2;

export type PartWords = {
  /** "more orders, lower recency"; null where nothing sets the part apart. */
  readonly short: string | null;
  /** The numbers behind it: "Orders 14 (all of C: 8); Recency 12 (30)". */
  readonly long: string;
};

type Difference = {
  readonly feature: number;
  readonly effect: number;
  /** Of a category. */
  readonly value?: number;
  /** Of yes or no. */
  readonly isAnswer?: boolean;
};

/**
 * What sets some customers of a segment apart from all of it: the features that segments are made of by difference of means in standard deviations of the
 * segment, on the scaled columns; of categories the value that is most over-represented. `whole` and `part` are rows. O(rows of the segment · columns).
 */
export function partWords(
  table: Pick<FeatureTable, 'features' | 'raw' | 'scaled' | 'scaledFrom'>,
  whole: Int32Array,
  part: Int32Array,
  letter: string,
): PartWords {
  const found = table.features
    .flatMap((feature, f): Difference[] => {
      if (!feature.used) return [];
      if (feature.categories) return ofCategory(table, f, whole, part);
      const column = table.scaledFrom.indexOf(f);
      return column < 0
        ? []
        : [
            {
              ...{ feature: f, effect: effectOf(table.scaled, column, whole, part) },
              isAnswer: feature.unit === 'share' && isYesNo(table.raw, f, whole),
            },
          ];
    })
    .filter(({ effect }) => Math.abs(effect) >= LEAST)
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || a.feature - b.feature)
    .slice(0, MOST);
  if (found.length === 0) return { short: null, long: `Like all of ${letter}.` };
  const { features, raw } = table;
  const typical = ({ feature: f, value, isAnswer }: Difference, rows: Int32Array): string => {
    const own = Float64Array.from(rows, (r) => raw.data[r * raw.cols + f]!);
    if (value !== undefined) {
      const share = own.reduce((sum, each) => sum + (each === value ? 1 : 0), 0) / own.length;
      return valueWords(share, { unit: 'share' });
    }
    const middle = isAnswer
      ? own.reduce((sum, each) => sum + each, 0) / own.length
      : quantile(ascending(own), 0.5);
    return valueWords(middle, features[f]!);
  };
  const long = found.map((difference, i) => {
    const { label, categories } = features[difference.feature]!;
    const about =
      difference.value === undefined ? label : `${label} ${categories?.[difference.value]}`;
    const beside = `${i === 0 ? `all of ${letter}: ` : ''}${typical(difference, whole)}`;
    return `${about} ${typical(difference, part)} (${beside})`;
  });
  return {
    short: found.map((each) => traitOf(features[each.feature]!, each)).join(', '),
    long: long.join('; '),
  };
}

const isYesNo = ({ data, cols }: FeatureTable['raw'], f: number, rows: Int32Array): boolean =>
  rows.every((r) => data[r * cols + f] === 0 || data[r * cols + f] === 1);

function traitOf({ label, unit, categories }: Feature, { effect, value, isAnswer }: Difference) {
  const name = /^[A-Z][a-z]+\b/.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label; // an abbreviation stays
  const amount = effect > 0 ? 'more' : 'fewer';
  if (value !== undefined) return `${amount} with ${name} ${categories?.[value]}`;
  if (isAnswer) return `${amount} with ${name}`;
  return unit === 'count' ? `${amount} ${name}` : `${effect > 0 ? 'higher' : 'lower'} ${name}`;
}

function effectOf(
  { data, cols }: FeatureTable['scaled'],
  column: number,
  whole: Int32Array,
  part: Int32Array,
): number {
  let [sum, here, squares] = [0, 0, 0];
  for (const r of whole) sum += data[r * cols + column]!;
  const mean = sum / whole.length;
  for (const r of whole) squares += (data[r * cols + column]! - mean) ** 2;
  for (const r of part) here += data[r * cols + column]!;
  const spread = Math.sqrt(squares / whole.length);
  return spread > 0 ? (here / part.length - mean) / spread : 0;
}

/** The value whose share is most above that of the segment, in standard deviations of its indicator. */
function ofCategory(
  { features, raw }: Pick<FeatureTable, 'features' | 'raw'>,
  f: number,
  whole: Int32Array,
  part: Int32Array,
): Difference[] {
  const many = features[f]!.categories?.length ?? 0;
  const shares = (rows: Int32Array) => {
    const counts = new Float64Array(many);
    for (const r of rows) counts[raw.data[r * raw.cols + f]!]!++;
    return counts.map((count) => count / rows.length);
  };
  const [all, here] = [shares(whole), shares(part)];
  let best: Difference | null = null;
  for (let value = 0; value < many; value++) {
    const p = all[value]!;
    const effect = p > 0 && p < 1 ? (here[value]! - p) / Math.sqrt(p * (1 - p)) : 0;
    if (!best || effect > best.effect) best = { feature: f, effect, value };
  }
  return best ? [best] : [];
}
