import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { dbscan, kDistances } from '../../src/segments/methods/dbscan.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { openTreeIn } from '../../workers/kernels/tree.ts';
import { densityGolden } from '../golden/density.ts';
import { noise, planted } from '../support/blobs.ts';
import { cancelledAt } from '../support/cancelled.ts';

/** DBSCAN as scikit-learn does it, pair by pair: numbers in the order of discovery, a border row to whoever comes first. */
function byPairs(x: Matrix, radius: number, neighbours: number): number[] {
  const within = Array.from({ length: x.rows }, (_, a) =>
    [...Array(x.rows).keys()].filter((b) => {
      let sum = 0;
      for (let c = 0; c < x.cols; c++) {
        const d = x.data[a * x.cols + c]! - x.data[b * x.cols + c]!;
        sum += d * d;
      }
      return sum <= radius * radius;
    }),
  );
  const labels = new Array<number>(x.rows).fill(-1);
  let groups = 0;
  for (let r = 0; r < x.rows; r++) {
    if (labels[r]! >= 0 || within[r]!.length < neighbours) continue;
    const stack = [r];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (labels[at]! >= 0) continue;
      labels[at] = groups;
      if (within[at]!.length >= neighbours) stack.push(...within[at]!);
    }
    groups++;
  }
  return labels;
}

const repeated = (rows: number, kinds: number): Matrix =>
  matrix(
    rows,
    2,
    Float32Array.from({ length: 2 * rows }, (_, i) => (i >> 1) % kinds),
  );
const moved = (x: Matrix, by: number): Matrix =>
  matrix(
    x.rows,
    x.cols,
    x.data.map((value) => value * by),
  );

describe('dbscan', () => {
  it.each(densityGolden)(
    'puts $name where scikit-learn puts them, number by number',
    async (shape) => {
      const { radius, labels, cores } = shape.dbscan;
      const found = await dbscan(shape.x, { radius, neighbours: 5 });
      expect([...found.partition.labels]).toEqual(labels);
      expect([...found.cores.keys()].filter((r) => found.cores[r])).toEqual(cores);
      expect(found.partition.groups).toBe(Math.max(...labels) + 1);
    },
  );

  it.each([
    { rows: 900, cols: 2, groups: 4, apart: 5, radius: 0.35, neighbours: 5 },
    { rows: 900, cols: 2, groups: 4, apart: 5, radius: 3, neighbours: 30 },
    { rows: 700, cols: 8, groups: 3, apart: 6, radius: 2, neighbours: 4 },
    { rows: 400, cols: 30, groups: 3, apart: 9, radius: 6.4, neighbours: 6 },
    { rows: 300, cols: 2, groups: 2, apart: 9, radius: 0.5, neighbours: 1 },
  ])(
    'gives the labels that looking at every pair gives: $cols columns, radius $radius',
    async (of) => {
      const { x } = planted(of, of.rows + of.cols);
      const expected = byPairs(x, of.radius, of.neighbours);
      for (const open of [undefined, openTreeIn(solo)])
        expect([...(await dbscan(x, of, unattended, open)).partition.labels]).toEqual(expected);
    },
  );

  it.each([2, 3, 5])(
    'tells %i planted groups apart with the radius it chooses itself, and leaves few out',
    async (groups) => {
      const { x, truth } = planted({ rows: 3000, cols: 2, groups, apart: 9 }, groups);
      const found = await dbscan(x, { radius: null, neighbours: 5 }, unattended, openTreeIn(solo));
      const { labels, words } = found.partition;
      const inside = [...labels.keys()].filter((r) => labels[r]! >= 0);
      const score = adjustedRandIndex(
        inside.map((r) => labels[r]!),
        inside.map((r) => truth[r]!),
      );
      expect(score).toBeGreaterThanOrEqual(0.98);
      expect(inside.length).toBeGreaterThan(0.9 * x.rows);
      expect(words).toContain('the bend of the 5-distance curve');
    },
  );

  it('measures k-distances to all rows, of a sample where there are many', async () => {
    const x = noise(12_000, 2, 4);
    const all = openTreeIn(solo);
    const curve = await kDistances(x, 4, unattended, all);
    expect(curve.sampled).toBe(true);
    expect(curve.values).toHaveLength(10_000);
    expect(curve.values).toEqual(curve.values.toSorted());
    const few = await kDistances(matrix(3, 1, Float32Array.of(0, 1, 5)), 2);
    expect([...few.values]).toEqual([1, 1, 4]);
    expect(few.sampled).toBe(false);
  });

  it.each([
    ['no rows', matrix(0, 2), 0],
    ['one row', noise(1, 2), 0],
    ['two rows', noise(2, 2), 0],
    ['thousands of rows alike', repeated(5000, 1), 1],
    ['thousands of rows of three kinds', repeated(6000, 3), 3],
    ['a column that never changes', matrix(40, 1), 1],
    ['values of 1e30', moved(planted({ rows: 400, cols: 2, groups: 2, apart: 30 }).x, 1e29), 2],
  ] as const)('takes %s', async (_, x, groups) => {
    for (const radius of [null, x.rows === 400 ? 1.5e29 : 0.5]) {
      const { partition } = await dbscan(
        x,
        { radius, neighbours: 5 },
        unattended,
        openTreeIn(solo),
      );
      expect(partition.groups).toBe(groups);
      expect(partition.labels).toHaveLength(x.rows);
      if (radius) expect([...partition.labels]).toEqual(byPairsOf(x, radius));
    }
  });

  const byPairsOf = (x: Matrix, radius: number) =>
    x.rows > 1000
      ? Array.from({ length: x.rows }, (_, r) => r % (x.rows === 6000 ? 3 : 1))
      : byPairs(x, radius, 5);

  it('takes 500 columns, and as many groups as rows', async () => {
    const x = noise(60, 500, 3);
    expect((await dbscan(x, { radius: 0.001, neighbours: 1 })).partition.groups).toBe(60);
    expect((await dbscan(x, { radius: 1e200, neighbours: 60 })).partition.groups).toBe(1);
    expect((await dbscan(x, { radius: 1e200, neighbours: 61 })).partition.groups).toBe(0);
  });

  it('refuses what has no meaning', async () => {
    const x = noise(10, 2);
    await expect(dbscan(x, { radius: 0, neighbours: 5 })).rejects.toThrow(RangeError);
    await expect(dbscan(x, { radius: NaN, neighbours: 5 })).rejects.toThrow(RangeError);
    await expect(dbscan(x, { radius: 1, neighbours: 0 })).rejects.toThrow(RangeError);
    x.data[3] = Infinity;
    await expect(dbscan(x, { radius: 1, neighbours: 5 })).rejects.toThrow('column 1');
  });

  it('can be cancelled before and during', async () => {
    const x = noise(4000, 2, 5);
    for (const stop of [0, 1, 5, 12]) {
      const run = dbscan(
        x,
        { radius: null, neighbours: 5 },
        cancelledAt(stop).job,
        openTreeIn(solo),
      );
      await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    }
  });
});
