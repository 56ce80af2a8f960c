import type { Feature } from '../features/types.ts';
import type { Condition, SegmentRule } from './partition.ts';

/** The same list with one item replaced, left out (null) or put elsewhere. */
export const replaced = <T>(list: readonly T[], place: number, item: T | null): readonly T[] =>
  item === null ? list.toSpliced(place, 1) : list.with(place, item);

export function moved<T>(list: readonly T[], place: number, by: -1 | 1): readonly T[] {
  const to = place + by;
  if (to < 0 || to >= list.length) return list;
  return list.with(place, list[to]!).with(to, list[place]!);
}

/** A new rule, under a name that no other has. */
export function newRule(rules: readonly SegmentRule[], features: readonly Feature[]): SegmentRule {
  const taken = new Set(rules.map(({ name }) => name));
  let number = rules.length + 1;
  while (taken.has(`Rule ${number}`)) number++;
  const [first] = features;
  return { name: `Rule ${number}`, when: { all: first ? [startOf(first)] : [] } };
}

/** A rule told by these conditions, of which all or any have to hold. */
export const withConditions = (
  rule: SegmentRule,
  list: readonly Condition[],
  isAny: boolean,
): SegmentRule => ({ ...rule, when: isAny ? { any: list } : { all: list } });

type Operator = Condition['is'];
export const operatorsOf = ({ categories }: Pick<Feature, 'categories'>): readonly Operator[] =>
  categories ? ['one-of', 'none-of'] : ['at-least', 'at-most', 'between'];

export const operatorWords: Record<Operator, string> = {
  'at-least': 'at least',
  'at-most': 'at most',
  between: 'from … to',
  'one-of': 'is one of',
  'none-of': 'is none of',
};

/** A condition on another feature: nothing can be taken over but the operator, where it fits. */
export const startOf = (feature: Feature, is: Operator = operatorsOf(feature)[0]!): Condition =>
  withOperator(
    { feature: feature.name, is: 'at-least', value: 0 },
    operatorsOf(feature).includes(is) ? is : operatorsOf(feature)[0]!,
  );

/** Another operator on what is compared with already. */
export function withOperator(condition: Condition, is: Operator): Condition {
  const { feature } = condition;
  const value = 'value' in condition ? condition.value : 'low' in condition ? condition.low : 0;
  const high = 'high' in condition ? condition.high : value;
  const values = 'values' in condition ? condition.values : [];
  if (is === 'between') return { feature, is, low: value, high };
  if (is === 'one-of' || is === 'none-of') return { feature, is, values };
  return { feature, is, value: is === 'at-most' ? high : value };
}
