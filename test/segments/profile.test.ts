import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { groupRows } from '../../src/segments/drivers.ts';
import { drivers, places, revenueShares } from '../../src/segments/profile.ts';
import { bell } from '../support/blobs.ts';
import { feature, tableOf } from '../support/feature-table.ts';

const x = matrix(6, 2, Float32Array.of(1, 0, 2, 0, 3, 1, 10, 1, 20, 1, 30, 1));
const labels = Int32Array.of(1, 1, 1, 0, 0, 0);

describe('drivers', () => {
  it('compare medians, means and answers with everyone, by hand', async () => {
    const table = tableOf(x);
    const [rich, poor] = await drivers(table, groupRows(labels, 2), unattended);
    const amount = rich!.find(({ feature }) => feature === 0)!;
    expect(amount.here.value).toBe(20);
    expect(amount.everyone).toBe(6.5);
    expect(amount.index!.value).toBeCloseTo((100 * 20) / 11, 6);
    expect(amount.index!.low).toBeLessThan(amount.index!.value);
    const answer = poor!.find(({ feature }) => feature === 1)!;
    expect(answer.here.value).toBeCloseTo(1 / 3, 9);
    expect(answer.everyone).toBeCloseTo(2 / 3, 9);
    expect(answer.effect).toBeCloseTo((1 / 3 - 2 / 3) / Math.sqrt(2 / 9), 6);
  });

  it('come strongest first, and every feature is among them', async () => {
    const next = random(2);
    const many = matrix(300, 4);
    const groups = Int32Array.from({ length: 300 }, (_, r) => r % 3);
    for (let r = 0; r < 300; r++)
      for (let c = 0; c < 4; c++) many.data[4 * r + c] = bell(next) + c * (r % 3);
    for (const list of await drivers(tableOf(many), groupRows(groups, 3), unattended)) {
      expect(list.map(({ feature }) => feature).sort()).toEqual([0, 1, 2, 3]);
      const sizes = list.map(({ effect }) => Math.abs(effect));
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    }
  });

  it('pick the value of a category that differs most', async () => {
    const codes = matrix(6, 1, Float32Array.of(0, 0, 1, 2, 2, 2));
    const table = tableOf(codes, {
      features: [feature('colour', { unit: 'category', categories: ['red', 'blue', 'green'] })],
    });
    const [last] = await drivers(table, groupRows(labels, 2), unattended);
    expect(last![0]).toMatchObject({ category: 2, here: { value: 1 }, everyone: 0.5 });
    expect(last![0]!.index!.value).toBeCloseTo(200, 9);
  });

  it('give no index where it would mean nothing', async () => {
    const signs = matrix(6, 2, Float32Array.of(-1, 0, 1, 0, -1, 0, 1, 0, -1, 0, 1, 0));
    for (const list of await drivers(tableOf(signs), groupRows(labels, 2), unattended))
      for (const { index, effect } of list)
        expect([index, Number.isFinite(effect)]).toEqual([null, true]);
  });

  it('give an index whose interval covers the true one in about 95 of 100 samples', async () => {
    let covered = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const next = random(seed);
      const own = Int32Array.from({ length: 200 }, () => (next() < 0.3 ? 0 : 1));
      const spend = matrix(
        200,
        1,
        Float32Array.from(own, (id) => (id === 0 ? 20 : 10) + 2 * bell(next)),
      );
      const [list] = await drivers(tableOf(spend), groupRows(own, 2), unattended);
      const { low, high } = list![0]!.index!;
      const truth = (100 * 20) / 13;
      covered += low <= truth && truth <= high ? 1 : 0;
    }
    expect(covered / 300).toBeGreaterThan(0.91);
    expect(covered / 300).toBeLessThan(0.99);
  });
});

describe('revenueShares', () => {
  it('add up to 1, lie in their intervals, and are the same for the same seed', async () => {
    const table = tableOf(x, { spend: 0 });
    const options = { labels, k: 2, seed: 1 };
    const shares = (await revenueShares(table, options, unattended))!;
    expect(shares[0]!.value).toBeCloseTo(60 / 66, 9);
    expect(shares[0]!.value + shares[1]!.value).toBeCloseTo(1, 9);
    for (const { value, low, high } of shares) expect(low <= value && value <= high).toBe(true);
    expect(await revenueShares(table, options, unattended)).toEqual(shares);
  });

  it('are unknown without spend, and where all of it is 0', async () => {
    const options = { labels, k: 2, seed: 1 };
    expect(await revenueShares(tableOf(x), options, unattended)).toBeNull();
    expect(
      await revenueShares(tableOf(matrix(6, 1), { spend: 0 }), options, unattended),
    ).toBeNull();
    expect(
      await revenueShares(
        tableOf(matrix(0, 1), { spend: 0 }),
        { ...options, labels: new Int32Array() },
        unattended,
      ),
    ).toBeNull();
  });
});

describe('places', () => {
  it('name who is nearest to the mean and who leans to another segment', async () => {
    const line = matrix(6, 1, Float32Array.of(0, 1, 2, 6, 10, 11));
    const own = Int32Array.of(0, 0, 0, 1, 1, 1);
    const [left, right] = await places(line, own, {
      means: matrix(2, 1, Float32Array.of(1, 9)),
      most: 2,
    });
    expect(left!.typical).toEqual([1, 0]);
    expect(left!.border).toEqual([
      { row: 2, other: 1 },
      { row: 0, other: 1 },
    ]);
    expect(right!.border[0]).toEqual({ row: 3, other: 0 });
  });

  it('name no border where there is one segment', async () => {
    const [only] = await places(x, new Int32Array(6), { means: matrix(1, 2), most: 10 });
    expect(only!.border).toEqual([]);
  });
});
