import { describe, expect, it } from 'vitest';
import type { Feature } from '../../src/features/types.ts';
import { names, withNames } from '../../src/segments/names.ts';
import type { Driver, Segmentation } from '../../src/segments/types.ts';
import { feature } from '../support/feature-table.ts';

const orders: Feature[] = [
  'recency_days',
  'orders',
  'spend',
  'tenure_days',
  'discount_share',
  'weekend_share',
].map((name) => feature(name, { used: name !== 'weekend_share' }));
const driver = (features: readonly Feature[], name: string, effect: number, value = 5): Driver => ({
  feature: features.findIndex((f) => f.name === name),
  here: { value, low: value, high: value },
  everyone: 1,
  index: null,
  effect,
});
const nameOf = (...drivers: Driver[]) => names(orders, [drivers])[0];

describe('names', () => {
  it('say in plain words what sets a segment of buyers apart', () => {
    expect(nameOf(driver(orders, 'spend', 1.4), driver(orders, 'orders', 1.3))).toBe(
      'Frequent big spenders',
    );
    expect(nameOf(driver(orders, 'recency_days', 1.2), driver(orders, 'orders', -0.9, 1))).toBe(
      'Lapsed one-time buyers',
    );
    expect(nameOf(driver(orders, 'weekend_share', 2), driver(orders, 'discount_share', 1.4))).toBe(
      'Weekend bargain hunters',
    );
    expect(nameOf(driver(orders, 'tenure_days', -1))).toBe('New buyers');
  });

  it('call a segment one-time buyers only if its typical customer ordered once', () => {
    expect(nameOf(driver(orders, 'orders', -0.9, 2))).toBe('Occasional buyers');
  });

  it('say one noun, and not twice the same thing', () => {
    expect(
      nameOf(
        driver(orders, 'spend', -1.4),
        driver(orders, 'orders', -1.3, 1),
        driver(orders, 'recency_days', 1),
      ),
    ).toBe('Lapsed small spenders');
    expect(
      nameOf(
        driver(orders, 'tenure_days', -1.4),
        driver(orders, 'recency_days', -1.3),
        driver(orders, 'spend', 1),
      ),
    ).toBe('New big spenders');
  });

  it('claim nothing that the average customer of the segment contradicts', () => {
    const spend = { ...driver(orders, 'spend', 0.7), index: { value: 79, low: 70, high: 89 } };
    expect(nameOf(spend, driver(orders, 'tenure_days', 0.6))).toBe('Long-standing buyers');
    expect(nameOf({ ...spend, index: { value: 150, low: 120, high: 180 } })).toBe('Big spenders');
  });

  it('claim nothing where nothing is clear', () => {
    expect(nameOf(driver(orders, 'spend', 0.2))).toBe('Average customers');
    expect(nameOf()).toBe('Average customers');
  });

  it('use the words of the file for columns of its own', () => {
    const own = [
      feature('MonthlyCharges'),
      feature('tenure'),
      feature('Partner', { unit: 'share' }),
      feature('Contract', { unit: 'category', categories: ['Monthly', 'Two year'] }),
      feature('Income (k$)'),
      feature('Churn', { used: false }),
    ];
    const of = (...drivers: Driver[]) => names(own, [drivers])[0];
    expect(of(driver(own, 'MonthlyCharges', 1.2), driver(own, 'tenure', -1))).toBe(
      'High MonthlyCharges, short tenure',
    );
    expect(of(driver(own, 'Partner', -1), driver(own, 'Income (k$)', 0.9))).toBe(
      'Without partner, high income',
    );
    expect(of({ ...driver(own, 'Contract', 1.1), category: 1 })).toBe('Contract Two year');
    expect(of({ ...driver(own, 'Contract', -1.1), category: 0 })).toBe('Contract not Monthly');
    expect(of(driver(own, 'Churn', 3))).toBe('Average customers');
  });

  it('differ from each other: they say more, and at last add their letter', () => {
    const both = [driver(orders, 'spend', 1.4), driver(orders, 'orders', 1.3)];
    expect(
      names(orders, [
        [...both, driver(orders, 'recency_days', -1)],
        both,
        [...both, driver(orders, 'recency_days', 1)],
      ]),
    ).toEqual([
      'Recent, frequent big spenders',
      'Frequent big spenders',
      'Lapsed, frequent big spenders',
    ]);
    expect(names(orders, [both, both])).toEqual([
      'Frequent big spenders A',
      'Frequent big spenders B',
    ]);
  });

  it('given by a person stand over them, by letter; an empty one does not', () => {
    const made = {
      segments: [
        { letter: 'A', name: 'One' },
        { letter: 'B', name: 'Two' },
      ],
    } as unknown as Segmentation; // all that is read
    const given = withNames(made, [
      { letter: 'B', name: ' Regulars ' },
      { letter: 'A', name: ' ' },
      { letter: 'Q', name: 'x' },
    ]);
    expect(given.segments.map(({ name }) => name)).toEqual(['One', 'Regulars']);
    expect(made.segments[1]!.name).toBe('Two');
  });
});
