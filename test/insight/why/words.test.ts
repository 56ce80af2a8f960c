import { expect, it } from 'vitest';
import { explainedWords } from '../../../src/insight/why/outcome-words.ts';
import { answersOf, conditionWords, ruleWords } from '../../../src/segments/condition-words.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { feature, tableOf } from '../../support/feature-table.ts';

const features = [
  feature('recency_days', { label: 'Recency', unit: 'days' }),
  feature('share', { label: 'Returns', unit: 'share' }),
  feature('left', { label: 'Left', unit: 'share' }),
  feature('plan', { label: 'Plan', unit: 'category', categories: ['a', 'b'] }),
];
const table = tableOf(matrix(2, 4, Float32Array.of(1, 0.5, 0, 0, 2, 1, 1, 1)), { features });

it('conditions in words with their units; yes-no as an answer; rules joined by and and or', () => {
  const answers = answersOf(table);
  expect([...answers]).toEqual(['left']);
  const say = (condition: Parameters<typeof conditionWords>[0]) =>
    conditionWords(condition, features, answers);
  expect(say({ feature: 'recency_days', is: 'at-most', value: 30 })).toBe('Recency ≤ 30 days');
  expect(say({ feature: 'recency_days', is: 'at-least', value: 1 })).toBe('Recency ≥ 1 day');
  expect(say({ feature: 'recency_days', is: 'between', low: 3, high: 8 })).toBe(
    'Recency from 3 to 8 days',
  );
  expect(say({ feature: 'share', is: 'at-least', value: 0.045 })).toBe('Returns ≥ 4.5 %');
  expect(say({ feature: 'left', is: 'at-least', value: 0.5 })).toBe('Left is yes');
  expect(say({ feature: 'left', is: 'at-most', value: 0.5 })).toBe('Left is no');
  expect(say({ feature: 'plan', is: 'none-of', values: ['a', 'b'] })).toBe('Plan is not a or b');
  expect(say({ feature: 'gone', is: 'at-most', value: 1 })).toBe('gone');
  const anyOf = [
    [
      { feature: 'recency_days', is: 'at-most', value: 30 },
      { feature: 'left', is: 'at-most', value: 0 },
    ],
    [{ feature: 'plan', is: 'one-of', values: ['b'] }],
  ] as const;
  expect(ruleWords(anyOf, features, answers)).toBe(
    'Recency ≤ 30 days and Left is no, or Plan is b',
  );
});

it('R² no better than chance is said to be nothing', () => {
  const common = { outcome: 0, drivers: [], how: 'shapley', leftOut: [], customers: 9 } as const;
  const r2 = { value: 0.3, low: 0.2, high: 0.4 };
  expect(explainedWords({ ...common, r2, chance: 0.05 }, 'Orders')).toContain('by chance it would');
  expect(explainedWords({ ...common, r2, chance: 0.25 }, 'Orders')).toContain('nothing here goes');
});
