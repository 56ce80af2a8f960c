import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  explainedBy,
  relativeWeights,
  shapley,
  type Covariances,
} from '../../../src/insight/why/importance.ts';
import { outcomeDrivers } from '../../../src/insight/why/outcome-drivers.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
import { bell, noise } from '../../support/blobs.ts';
import { cancelledAt } from '../../support/cancelled.ts';
import { feature, tableOf } from '../../support/feature-table.ts';

type Golden = {
  readonly x: number[][];
  readonly y: number[];
  readonly groups: number[][];
  readonly lmg: number[];
  readonly johnson: number[];
  readonly r2: number;
};
const golden = JSON.parse(
  readFileSync(new URL('../../golden/importance.json', import.meta.url), 'utf8'),
) as Golden; // written by the script beside it

function covariances(rows: readonly (readonly number[])[]): Covariances {
  const size = rows[0]!.length;
  const means = rows[0]!.map((_, c) => rows.reduce((sum, row) => sum + row[c]!, 0) / rows.length);
  const values = new Float64Array(size * size);
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++)
      values[a * size + b] = rows.reduce(
        (sum, row) => sum + (row[a]! - means[a]!) * (row[b]! - means[b]!),
        0,
      );
  return { values, size };
}
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
const given = covariances(golden.x.map((row, i) => [...row, golden.y[i]!]));

describe('shares of R²', () => {
  it('Shapley: the mean over all orders, as numpy by brute force', () => {
    const { shares, r2 } = shapley(given, golden.groups);
    shares.forEach((share, g) => expect(share).toBeCloseTo(golden.lmg[g]!, 10));
    expect(r2).toBeCloseTo(golden.r2, 10);
    expect(sum(shares)).toBeCloseTo(r2, 12);
    expect(explainedBy(given)).toBeCloseTo(r2, 12);
  });

  it('relative weights: as numpy through eigenvectors', () => {
    const { shares, r2 } = relativeWeights(given, golden.groups);
    shares.forEach((share, g) => expect(share).toBeCloseTo(golden.johnson[g]!, 8));
    expect(sum(shares)).toBeCloseTo(golden.r2, 10);
    expect(r2).toBeCloseTo(golden.r2, 10);
  });

  it.each([
    ['shapley', shapley],
    ['relative weights', relativeWeights],
  ] as const)('%s: a column twice shares out what it was worth once', (_, share) => {
    const rows = golden.x.map((row, i) => [row[0]!, row[0]!, row[3]!, golden.y[i]!]);
    const twice = share(covariances(rows), [[0], [1], [2]]);
    const once = share(covariances(rows.map((row) => row.slice(1))), [[0], [1]]);
    expect(twice.r2).toBeCloseTo(once.r2, 8);
    expect(twice.shares[0]).toBeCloseTo(twice.shares[1]!, 8);
    expect(twice.shares[0]! + twice.shares[1]!).toBeCloseTo(once.shares[0]!, 2);
  });

  it('no predictor, constant ones and a constant outcome explain nothing', () => {
    const none = { values: new Float64Array([2]), size: 1 };
    expect(shapley(none, []).r2).toBe(0);
    expect(relativeWeights(none, []).r2).toBe(0);
    const flat = { values: new Float64Array([0, 0, 0, 3]), size: 2 };
    expect([...shapley(flat, [[0]]).shares]).toEqual([0]);
    expect([...relativeWeights(flat, [[0]]).shares]).toEqual([0]);
    const still = { values: new Float64Array([3, 0, 0, 0]), size: 2 };
    expect(shapley(still, [[0]]).r2).toBe(0);
    expect(relativeWeights(still, [[0]]).r2).toBe(0);
  });
});

/** Orders go with visits most, then with age, then with the plan, and not with luck; spend is made of orders. */
function loyal(rows: number, extra = 0, seed = 1) {
  const next = random(seed);
  const cols = 6 + extra;
  const x = matrix(rows, cols);
  for (let r = 0; r < rows; r++) {
    const [visits, age, luck] = [bell(next), bell(next), bell(next)];
    const plan = Math.floor(3 * next());
    const orders = 2 * visits + age + (plan === 1 ? 1 : 0) + bell(next);
    x.data.set([orders, visits, age, plan, luck, 10 * orders + bell(next)], r * cols);
    for (let c = 6; c < cols; c++) x.data[r * cols + c] = bell(next);
  }
  const features = [
    feature('orders', { label: 'Orders' }),
    ...[feature('visits'), feature('age')],
    feature('plan', { unit: 'category', categories: ['a', 'b', 'c'] }),
    ...[feature('luck'), feature('spend')],
    ...Array.from({ length: extra }, (_, i) => feature(`extra${i}`)),
  ];
  return tableOf(x, { features });
}
const options = { outcome: 0, seed: 1 };

describe('what goes with an outcome', () => {
  it.each([
    ['shapley', 0],
    ['weights', 12],
  ] as const)(
    'planted reasons come in their order, add up to R², and beat chance (%s)',
    async (how, extra) => {
      const found = await outcomeDrivers(loyal(3000, extra), options);
      expect(found.how).toBe(how);
      expect(found.drivers.slice(0, 3).map((driver) => driver.feature)).toEqual([1, 2, 3]);
      expect(sum(found.drivers.map(({ share }) => share.value))).toBeCloseTo(found.r2.value, 8);
      const total = 4 + 1 + 2 / 9 + 1; // variances of what orders were made of, noise among them
      expect(found.r2.value).toBeCloseTo((total - 1) / total, 1);
      expect(found.drivers[0]!.share.value).toBeCloseTo(4 / total, 1);
      for (const { share } of [...found.drivers, { share: found.r2 }]) {
        expect(share.low).toBeLessThanOrEqual(share.value + 1e-9);
        expect(share.high).toBeGreaterThanOrEqual(share.value - 1e-9);
      }
      expect(found.chance).toBeLessThan(0.02);
      expect(found.leftOut).toEqual([{ feature: 5, why: 'is orders × average order' }]);
    },
    30_000,
  );

  it('where nothing goes with it, R² is what chance reaches', async () => {
    const found = await outcomeDrivers(tableOf(noise(500, 6)), options);
    expect(found.r2.value).toBeLessThan(2 * found.chance);
  });

  it('what repeats the outcome or never changes is left out, with the reason', async () => {
    const x = matrix(100, 3);
    for (let r = 0; r < 100; r++) x.data.set([r, 2 * r + 1, 7], 3 * r);
    const found = await outcomeDrivers(tableOf(x), options);
    expect(found.drivers).toEqual([]);
    expect(found.r2.value).toBe(0);
    expect(found.leftOut).toEqual([
      { feature: 1, why: 'says nearly the same' },
      { feature: 2, why: 'is the same for everyone' },
    ]);
  });

  it('refuses a category as outcome, and too few customers; values of 1e30 are no trouble', async () => {
    await expect(outcomeDrivers(loyal(100), { outcome: 3, seed: 1 })).rejects.toThrow(RangeError);
    await expect(outcomeDrivers(loyal(100), { outcome: 99, seed: 1 })).rejects.toThrow(RangeError);
    for (const rows of [0, 1, 2, 29])
      await expect(outcomeDrivers(loyal(rows), options)).rejects.toMatchObject({
        code: 'too-few-customers',
      });
    const large = noise(200, 3);
    large.data.forEach((value, i) => (large.data[i] = 1e30 * value));
    const found = await outcomeDrivers(tableOf(large), options);
    expect(Number.isFinite(found.r2.value)).toBe(true);
  });

  it('the same seed twice; stops where it is cancelled', async () => {
    const table = loyal(300);
    expect(await outcomeDrivers(table, options)).toEqual(await outcomeDrivers(table, options));
    for (const at of [0, 20, 150])
      await expect(outcomeDrivers(table, options, cancelledAt(at).job)).rejects.toThrow();
  });
});
