import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/lib/job.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { nearest } from '../../src/segments/methods/nearest.ts';
import { noise, planted } from '../support/blobs.ts';
import { feature, tableOf } from '../support/feature-table.ts';

type Case = { row: number; rows: number[]; distances: number[]; nearer: number; median: number };
const golden = JSON.parse(
  readFileSync(new URL('../golden/nearest.json', import.meta.url), 'utf8'),
) as { x: number[][]; cases: Case[] };
const goldenTable = tableOf(matrix(300, 5, Float32Array.from(golden.x.flat())));

describe('nearest', () => {
  it.each(golden.cases)('agrees with scikit-learn about customer $row', async (given) => {
    const found = await nearest(goldenTable, { row: given.row, k: 11, seed: 1 });
    expect(found.neighbours.map(({ row }) => row)).toEqual(given.rows);
    found.neighbours.forEach(({ distance }, i) =>
      expect(distance).toBeCloseTo(given.distances[i]!, 9),
    );
    expect(found.unusual.value).toBeCloseTo(given.nearer / 299, 12);
    expect(found.random.value).toBeCloseTo(given.median, 9);
    expect([found.base, found.isEveryone]).toEqual([299, true]);
  });

  it('finds customers of the same kind, and says with an interval that they are nearer than random ones', async () => {
    const { x, truth } = planted({ rows: 5000, cols: 6, groups: 5, apart: 12 });
    const found = await nearest(tableOf(x), { row: 40, k: 20, seed: 1 });
    expect(found.neighbours.every(({ row }) => truth[row] === truth[40])).toBe(true);
    expect(found.neighbours.at(-1)!.distance).toBeLessThan(found.random.low);
    expect([found.base, found.isEveryone]).toEqual([999, false]);
    const distances = found.neighbours.map(({ distance }) => distance);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });

  it('one who stands alone is very unusual, one in the middle is not', async () => {
    const { x } = planted({ rows: 3000, cols: 4, groups: 1, apart: 0 });
    x.data.fill(30, 0, 4);
    let middle = 1;
    const square = (r: number) =>
      x.data.subarray(4 * r, 4 * r + 4).reduce((sum, v) => sum + v * v, 0);
    const mean = [0, 1, 2, 3].map(
      (c) => x.data.reduce((sum, v, i) => sum + (i % 4 === c && i > 3 ? v : 0), 0) / 2999,
    );
    for (let r = 0; r < 3000; r++) for (let c = 0; c < 4; c++) x.data[4 * r + c]! -= mean[c]!;
    for (let r = 1; r < 3000; r++) if (square(r) < square(middle)) middle = r;
    const alone = await nearest(tableOf(x), { row: 0, k: 5, seed: 1 });
    expect([alone.unusual.value, alone.unusual.high]).toEqual([1, 1]);
    expect(alone.unusual.low).toBeGreaterThan(0.99);
    expect((await nearest(tableOf(x), { row: middle, k: 5, seed: 1 })).unusual.value).toBeLessThan(
      0.35,
    );
  });

  it('gives reasons in units and in spreads, for each feature, most alike first', async () => {
    const raw = matrix(4, 3, Float32Array.of(100, 5, 0, 90, 5, 0, 300, 6, 1, 310, 1, 2));
    const r2 = Math.fround(Math.SQRT1_2);
    const scaled = matrix(
      4,
      5,
      Float32Array.of(0, 0, r2, 0, 0, -0.1, 0, r2, 0, 0, 2, 1, 0, r2, 0, 2.1, -4, 0, 0, r2),
    );
    const features = [
      feature('spend', { unit: 'money' }),
      feature('orders'),
      feature('kind', { categories: ['a', 'b', 'c'] }),
    ];
    const table = { ...tableOf(raw), features, scaled, scaledFrom: [0, 1, 2, 2, 2] };
    const { neighbours, apart } = await nearest(table, { row: 0, k: 2, seed: 1 });
    expect(neighbours.map(({ row }) => row)).toEqual([1, 2]);
    expect(neighbours[0]!.alike.map((it) => [it.feature, it.difference])).toEqual([
      [1, 0],
      [2, 0],
      [0, -10],
    ]);
    expect(neighbours[1]!.alike.map((it) => [it.feature, it.difference])).toEqual([
      [2, 1],
      [1, 1],
      [0, 200],
    ]);
    expect(neighbours[1]!.alike[0]!.spreads).toBeCloseTo(1, 6);
    for (const { distance, alike } of neighbours)
      expect(Math.sqrt(alike.reduce((sum, { spreads }) => sum + spreads * spreads, 0))).toBeCloseTo(
        distance,
        6,
      );
    expect(apart.map((it) => it.feature)).toEqual([0, 1, 2]);
    const spend = apart[0]!;
    expect([spend.here, spend.neighbours, spend.everyone.value, spend.percentile!.value]).toEqual([
      100,
      195,
      300,
      1 / 3,
    ]);
    expect(spend.fromNeighbours).toBeCloseTo(0.95, 6);
    const kind = apart[2]!;
    expect([kind.here, kind.neighbours, kind.percentile]).toEqual([0, 0.5, null]);
    expect(kind.everyone.value).toBeCloseTo(1 / 3, 12);
  });

  it('takes 1 and 2 customers, equal ones, more neighbours than there are, 500 columns and 1e30', async () => {
    const one = await nearest(tableOf(matrix(1, 2)), { row: 0, k: 5, seed: 1 });
    expect([one.neighbours, one.base, one.unusual]).toEqual([[], 0, { value: 0, low: 0, high: 1 }]);
    const two = await nearest(tableOf(matrix(2, 1, Float32Array.of(1e30, -1e30))), {
      row: 1,
      k: 5,
      seed: 1,
    });
    expect(two.neighbours.map(({ row }) => row)).toEqual([0]);
    expect(two.neighbours[0]!.distance / 2e30).toBeCloseTo(1, 6);
    const same = await nearest(tableOf(matrix(50, 3)), { row: 7, k: 3, seed: 1 });
    expect(same.neighbours.map(({ row, distance }) => [row, distance])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
    expect([same.unusual.value, same.random.value]).toEqual([0.5, 0]);
    const wide = await nearest(tableOf(noise(60, 500)), { row: 59, k: 4, seed: 1 });
    expect(wide.apart).toHaveLength(500);
  });

  it('refuses what is no number, no customer, no k and no features', async () => {
    const odd = noise(40_000, 2);
    odd.data[70_001] = NaN;
    await expect(nearest(tableOf(odd), { row: 0, k: 3, seed: 1 })).rejects.toThrow(
      'column 1 of row 35000 is no number',
    );
    odd.data[70_001] = Infinity;
    await expect(nearest(tableOf(odd), { row: 0, k: 3, seed: 1 })).rejects.toThrow(RangeError);
    const table = tableOf(noise(9, 2));
    for (const row of [-1, 9, 0.5])
      await expect(nearest(table, { row, k: 3, seed: 1 })).rejects.toThrow(RangeError);
    await expect(nearest(table, { row: 0, k: 0, seed: 1 })).rejects.toThrow(RangeError);
    await expect(nearest(tableOf(matrix(9, 0)), { row: 0, k: 1, seed: 1 })).rejects.toMatchObject({
      code: 'no-features',
    });
  });

  it('gives the same for the same seed, and the same neighbours for any', async () => {
    const table = tableOf(noise(4000, 3));
    const found = await nearest(table, { row: 5, k: 8, seed: 1 });
    expect(await nearest(table, { row: 5, k: 8, seed: 1 })).toEqual(found);
    expect((await nearest(table, { row: 5, k: 8, seed: 2 })).neighbours).toEqual(found.neighbours);
  });

  it('breathes often, and hears a cancel before and during', async () => {
    const table = tableOf(noise(200_000, 4));
    const after = (breaths: number): [Job, () => number] => {
      let taken = 0;
      const breathe = () =>
        ++taken > breaths ? Promise.reject(new DOMException('', 'AbortError')) : Promise.resolve();
      return [{ signal: new AbortController().signal, progress: () => {}, breathe }, () => taken];
    };
    const [whole, taken] = after(Infinity);
    await nearest(table, { row: 0, k: 3, seed: 1 }, whole);
    expect(taken()).toBeGreaterThan(200_000 / 32_768);
    for (const breaths of [0, 3, 100]) {
      const [job] = after(breaths);
      await expect(nearest(table, { row: 0, k: 3, seed: 1 }, job)).rejects.toMatchObject({
        name: 'AbortError',
      });
    }
  });
});
