import { describe, expect, it } from 'vitest';
import { segmentRules, type FoundRule } from '../../../src/insight/why/segment-rules.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
import { rules as ruleMethod } from '../../../src/segments/methods/rules.ts';
import type { Feature } from '../../../src/features/types.ts';
import { noise, planted } from '../../support/blobs.ts';
import { cancelledAt } from '../../support/cancelled.ts';
import { feature, tableOf } from '../../support/feature-table.ts';
import { sampleFeatures } from '../../support/sample-features.ts';

/** 2,000 customers; segment 1 is recency ≤ 30 and orders ≥ 8, or kind "c": everything in whole numbers. */
function shop(rows = 2000, seed = 1) {
  const next = random(seed);
  const x = matrix(rows, 4);
  const labels = new Int32Array(rows);
  for (let r = 0; r < rows; r++) {
    const recency = Math.floor(365 * next());
    const orders = 1 + Math.floor(15 * next());
    const kind = Math.floor(5 * next() * next());
    x.data.set([recency, orders, kind, next()], 4 * r);
    labels[r] = (recency <= 30 && orders >= 8) || kind === 3 ? 1 : 0;
  }
  const features: Feature[] = [
    feature('recency_days', { label: 'Recency', unit: 'days' }),
    feature('orders', { label: 'Orders', unit: 'count' }),
    feature('kind', { unit: 'category', categories: ['a', 'b', 'd', 'c', 'e'] }),
    feature('luck'),
  ];
  return { input: tableOf(x, { features }), labels };
}
const options = { segments: 2, seed: 1 };

describe('segment rules', () => {
  it('finds the rule that customers were put together by, word for word', async () => {
    const { input, labels } = shop();
    const [, rule] = await segmentRules(input, labels, options);
    expect(
      rule!.anyOf.map((all) => all.toSorted((a, b) => a.feature.localeCompare(b.feature))),
    ).toEqual([
      [{ feature: 'kind', is: 'one-of', values: ['c'] }],
      [
        { feature: 'orders', is: 'at-least', value: 8 },
        { feature: 'recency_days', is: 'at-most', value: 30 },
      ],
    ]);
    expect(rule!.precision.value).toBe(1);
    expect(rule!.recall.value).toBe(1);
    expect(rule!.size).toBe(labels.reduce((sum, is) => sum + is, 0));
    expect([rule!.made, rule!.judged]).toEqual([1000, 1000]);
  });

  it('its figures are those of the rule as a segment rule, on the customers that did not make it', async () => {
    const { x, truth } = planted({ rows: 900, cols: 4, groups: 4, apart: 3 });
    const input = tableOf(x);
    const found = await segmentRules(input, truth, { segments: 4, seed: 3 });
    for (const rule of found) {
      const list = rule!.anyOf.map((all) => ({ name: 'it', when: { all } }));
      const { labels } = await ruleMethod(input, list);
      expect(labels.filter((label) => label === 0).length).toBe(rule!.size);
      expect(rule!.precision.low).toBeLessThanOrEqual(rule!.precision.value);
      expect(rule!.precision.high).toBeGreaterThanOrEqual(rule!.precision.value);
      for (const all of rule!.anyOf) expect(all.length).toBeLessThanOrEqual(3);
    }
  });

  it('tells nothing that is not there: on noise the precision is about the share of the segment', async () => {
    const labels = Int32Array.from({ length: 4000 }, (_, r) => (r % 4 === 0 ? 1 : 0));
    const [, rule] = await segmentRules(tableOf(noise(4000, 6)), labels, options);
    expect(Math.abs(rule!.precision.value - rule!.baseline)).toBeLessThan(0.06);
  });

  it.each([
    ['no customers', 0, 2],
    ['one', 1, 2],
    ['two', 2, 2],
    ['all in one segment', 500, 1],
  ])('%s: no rule', async (_, rows, segments) => {
    const { input } = shop(rows);
    const labels = new Int32Array(rows);
    const found = await segmentRules(input, labels, { segments, seed: 1 });
    expect(found).toEqual(new Array<FoundRule | null>(segments).fill(null));
  });

  it('constant columns, 500 columns and values of 1e30 are no trouble', async () => {
    const constant = tableOf(matrix(200, 2));
    const labels = Int32Array.from({ length: 200 }, (_, r) => r % 2);
    expect(await segmentRules(constant, labels, options)).toEqual([null, null]);
    const wide = noise(200, 500);
    labels.forEach((label, r) => (wide.data[r * 500 + 77] = label === 1 ? 1e30 : -1e30));
    const [, rule] = await segmentRules(tableOf(wide), labels, options);
    expect(rule!.anyOf).toHaveLength(1);
    expect(rule!.precision.value).toBe(1);
  });

  it('refuses a value that is no number, naming its feature', async () => {
    const { input, labels } = shop(100);
    input.raw.data[5] = NaN;
    await expect(segmentRules(input, labels, options)).rejects.toThrow('Orders holds NaN');
  });

  it('the same seed gives the same rules', async () => {
    const { input, labels } = shop();
    const [first, second] = [1, 1].map((seed) =>
      segmentRules(input, labels, { segments: 2, seed }),
    );
    expect(await first).toEqual(await second);
  });

  it('stops where it is cancelled', async () => {
    const { input, labels } = shop();
    for (const at of [0, 3, 6])
      await expect(segmentRules(input, labels, options, cancelledAt(at).job)).rejects.toThrow();
  });
});

describe('planted segments of the sample maker', () => {
  it.each(['coffee', 'fashion', 'phone'] as const)(
    '%s: the rule of each planted segment has a precision of at least .9 on other customers',
    async (id) => {
      const { table, truth } = await sampleFeatures(id, { customers: 3000 });
      const kinds = [...new Set(truth)];
      const labels = Int32Array.from(truth, (kind) => kinds.indexOf(kind));
      const found = await segmentRules(table, labels, { segments: kinds.length, seed: 1 });
      for (const rule of found) {
        expect(rule!.precision.value).toBeGreaterThanOrEqual(0.9);
        expect(rule!.recall.value).toBeGreaterThanOrEqual(0.75);
        expect(rule!.precision.low).toBeGreaterThan(3 * rule!.baseline);
      }
    },
    60_000,
  );
});
