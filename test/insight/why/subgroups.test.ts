import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { beam } from '../../../src/insight/why/beam.ts';
import { binsOf } from '../../../src/insight/why/bins.ts';
import { subgroups } from '../../../src/insight/why/subgroups.ts';
import { benjaminiHochberg } from '../../../src/lib/stats/false-discoveries.ts';
import { unattended } from '../../../src/lib/job.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
import { twoSided } from '../../../src/lib/stats/normal.ts';
import { rules } from '../../../src/segments/methods/rules.ts';
import { bell, noise } from '../../support/blobs.ts';
import { cancelledAt } from '../../support/cancelled.ts';
import { feature, tableOf } from '../../support/feature-table.ts';

type Best = { readonly quality: number; readonly size: number };
type Golden = {
  readonly x: number[][];
  readonly y: number[];
  readonly number: number[];
  readonly singles: Best[];
  readonly pair: Best[];
  readonly meanPair: Best[];
  readonly normal: [z: number, p: number][];
  readonly p: number[];
  readonly adjusted: number[];
};
const golden = JSON.parse(
  readFileSync(new URL('../../golden/subgroups.json', import.meta.url), 'utf8'),
) as Golden; // written by the script beside it

describe('p-values', () => {
  it.each(golden.normal)('two-sided p of z = %f as scipy', (z, p) => {
    expect(Math.abs(twoSided(z) / p - 1)).toBeLessThan(1e-11);
    expect(twoSided(-z)).toBe(twoSided(z));
  });
  it('is 0 far out, falls all the way, and refuses what is no number', () => {
    expect(twoSided(Infinity)).toBe(0);
    for (let z = 0; z < 8; z += 0.01) expect(twoSided(z + 0.01)).toBeLessThan(twoSided(z));
    expect(() => twoSided(NaN)).toThrow(RangeError);
  });
  it('adjusted for false discoveries as scipy; of nothing nothing', () => {
    benjaminiHochberg(golden.p).forEach((q, i) => expect(q).toBeCloseTo(golden.adjusted[i]!, 12));
    expect(benjaminiHochberg([])).toEqual([]);
  });
});

describe('beam search', () => {
  const table = tableOf(matrix(600, 4, Float32Array.from(golden.x.flat())), {
    features: [
      feature('a'),
      feature('b'),
      feature('c', { unit: 'category', categories: ['0', '1', '2', '3'] }),
      feature('d'),
    ],
  });
  const rows = Int32Array.from(golden.x.keys());
  const bins = table.features.map((_, f) => binsOf(table, f, rows));
  const search = (target: readonly number[], depth: number, how: 'wracc' | 'mean') =>
    beam(bins, Float64Array.from(target), { depth, width: 30, least: 1, how }, unattended);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

  it('finds the singles and the best pair that pysubgroup finds by trying all', async () => {
    const base = mean(golden.y);
    const above = (await search(golden.y, 1, 'wracc')).filter(
      (found) => mean([...found.rows].map((r) => golden.y[r]!)) > base,
    );
    golden.singles.forEach(({ quality, size }, i) => {
      expect(above[i]!.quality).toBeCloseTo(quality, 12);
      expect(above[i]!.rows.length).toBe(size);
    });
    const [best] = await search(golden.y, 2, 'wracc');
    expect(best!.quality).toBeCloseTo(golden.pair[0]!.quality, 12);
    expect(best!.rows.length).toBe(golden.pair[0]!.size);
  });

  it('the same for the mean of a number', async () => {
    const [best] = await search(golden.number, 2, 'mean');
    expect(best!.quality * Math.sqrt(600)).toBeCloseTo(golden.meanPair[0]!.quality, 9);
    expect(best!.rows.length).toBe(golden.meanPair[0]!.size);
  });
});

/** Churn is 10 %, but 60 % of those on plan "b" with few visits; spend is higher by 2 from age 60 on. */
function telco(rows: number, seed = 1) {
  const next = random(seed);
  const x = matrix(rows, 5);
  for (let r = 0; r < rows; r++) {
    const plan = Math.floor(3 * next());
    const [visits, age] = [Math.floor(20 * next()), 18 + Math.floor(60 * next())];
    const churn = next() < (plan === 1 && visits < 8 ? 0.6 : 0.1) ? 1 : 0;
    x.data.set([churn, plan, visits, age, bell(next) + (age >= 60 ? 2 : 0)], 5 * r);
  }
  const features = [
    feature('churn', { unit: 'share' }),
    feature('plan', { unit: 'category', categories: ['a', 'b', 'c'] }),
    ...[feature('visits'), feature('age'), feature('bill')],
  ];
  return tableOf(x, { features });
}

describe('surprising subgroups', () => {
  it('finds the planted one first, in its own words, with figures of other customers', async () => {
    const table = telco(4000);
    const { found, isAnswer, tested, made, judged } = await subgroups(table, {
      outcome: 0,
      seed: 1,
    });
    const [first] = found;
    expect(isAnswer).toBe(true);
    expect([made, judged]).toEqual([2000, 2000]);
    expect(found.length).toBeLessThanOrEqual(tested);
    const byName = Object.fromEntries(first!.all.map((each) => [each.feature, each]));
    expect(byName['plan']).toEqual({ feature: 'plan', is: 'one-of', values: ['b'] });
    expect(byName['visits']).toMatchObject({ is: 'at-most' });
    expect(first!.here.low).toBeGreaterThan(0.5);
    expect(first!.others.high).toBeLessThan(0.17);
    expect(first!.effect).toBeGreaterThan(1);
    const { labels } = await rules(table, [{ name: 'it', when: { all: first!.all } }]);
    expect(first!.size).toBe(labels.filter((label) => label === 0).length);
    for (const each of found) {
      expect(each.adjusted).toBeLessThanOrEqual(0.05);
      expect(each.adjusted).toBeGreaterThanOrEqual(each.p);
    }
  });

  it('of a number it tells medians', async () => {
    const { found, isAnswer } = await subgroups(telco(4000), { outcome: 4, seed: 1 });
    expect(isAnswer).toBe(false);
    expect(found[0]!.all).toEqual([expect.objectContaining({ feature: 'age', is: 'at-least' })]);
    expect(found[0]!.here.value - found[0]!.others.value).toBeCloseTo(2, 0);
  });

  it('"none" is an answer: on noise, in at least 18 of 20 draws', async () => {
    let none = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { found } = await subgroups(tableOf(noise(600, 6, seed)), { outcome: 0, seed });
      if (found.length === 0) none++;
    }
    expect(none).toBeGreaterThanOrEqual(18);
  });

  it('does not describe an outcome by what is made of it', async () => {
    const x = matrix(400, 2);
    for (let r = 0; r < 400; r++) x.data.set([r, 10 * r], 2 * r);
    const table = tableOf(x, { features: [feature('orders'), feature('spend')] });
    expect((await subgroups(table, { outcome: 0, seed: 1 })).found).toEqual([]);
  });

  it.each([0, 1, 2, 30])('%i customers: none', async (rows) => {
    expect((await subgroups(telco(rows), { outcome: 0, seed: 1 })).found).toEqual([]);
  });

  it('constant outcome, 500 columns, values of 1e30; a category is no outcome; NaN is refused', async () => {
    expect((await subgroups(tableOf(matrix(200, 3)), { outcome: 0, seed: 1 })).found).toEqual([]);
    const wide = noise(300, 500);
    for (let r = 0; r < 300; r++) {
      wide.data[r * 500] = r % 2 === 0 ? 1e30 : -1e30;
      wide.data[r * 500 + 9] = r % 2;
    }
    const { found } = await subgroups(tableOf(wide), { outcome: 0, seed: 1 });
    expect(found[0]!.all).toEqual([expect.objectContaining({ feature: 'f9' })]);
    await expect(subgroups(telco(100), { outcome: 1, seed: 1 })).rejects.toThrow(RangeError);
    const odd = telco(100);
    odd.raw.data.fill(NaN, 0, 500);
    await expect(subgroups(odd, { outcome: 0, seed: 1 })).rejects.toThrow('holds NaN');
  });

  it('the same seed twice; stops where it is cancelled', async () => {
    const table = telco(500);
    const options = { outcome: 0, seed: 3 };
    expect(await subgroups(table, options)).toEqual(await subgroups(table, options));
    for (const at of [0, 3, 20])
      await expect(subgroups(table, options, cancelledAt(at).job)).rejects.toThrow();
  });
});
