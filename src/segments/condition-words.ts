import type { Feature, FeatureTable } from '../features/types.ts';
import { unitValue, valueWords } from '../features/value-words.ts';
import { percent } from '../lib/format.ts';
import type { Condition } from './partition.ts';

/** Which features are yes or no: their values are 0 and 1 alone. */
export const answersOf = ({
  features,
  raw,
}: Pick<FeatureTable, 'features' | 'raw'>): ReadonlySet<string> =>
  new Set(
    features
      .filter(({ unit }, f) => {
        if (unit !== 'share') return false;
        for (let p = f; p < raw.data.length; p += raw.cols)
          if (raw.data[p] !== 0 && raw.data[p] !== 1) return false;
        return true;
      })
      .map(({ name }) => name),
  );

/** "Recency ≤ 30 days", "Orders from 3 to 8", "Churn is yes", "Plan is family or student". */
export function conditionWords(
  condition: Condition,
  features: readonly Feature[],
  answers: ReadonlySet<string> = new Set(),
): string {
  const feature = features.find(({ name }) => name === condition.feature);
  if (!feature) return condition.feature;
  const { label } = feature;
  const say = (value: number) => withUnit(value, feature);
  switch (condition.is) {
    case 'one-of':
      return `${label} is ${condition.values.join(' or ')}`;
    case 'none-of':
      return `${label} is not ${condition.values.join(' or ')}`;
    case 'between':
      return `${label} from ${valueWords(condition.low, feature)} to ${say(condition.high)}`;
    case 'at-least':
      return answers.has(feature.name) ? `${label} is yes` : `${label} ≥ ${say(condition.value)}`;
    case 'at-most':
      return answers.has(feature.name) ? `${label} is no` : `${label} ≤ ${say(condition.value)}`;
  }
}

/** A bound as precise as it is: "30 days", "2.5", "45 %", "4.5 %". */
function withUnit(value: number, feature: Feature): string {
  if (feature.unit === 'share' && !Number.isInteger(100 * value)) return percent(value, 1);
  return unitValue(value, feature);
}

/** "Recency ≤ 30 days and Orders ≥ 8, or Plan is family". */
export const ruleWords = (
  anyOf: readonly (readonly Condition[])[],
  features: readonly Feature[],
  answers?: ReadonlySet<string>,
): string =>
  anyOf
    .map((all) => all.map((each) => conditionWords(each, features, answers)).join(' and '))
    .join(', or ');
