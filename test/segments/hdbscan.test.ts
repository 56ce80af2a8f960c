import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { placeLater } from '../../src/segments/density/hierarchy.ts';
import { hdbscan, type HdbscanOptions } from '../../src/segments/methods/hdbscan.ts';
import { rowsOf } from '../../src/segments/methods/kmeans.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { openTreeIn } from '../../workers/kernels/tree.ts';
import { densityGolden } from '../golden/density.ts';
import { noise, planted } from '../support/blobs.ts';
import { cancelledAt } from '../support/cancelled.ts';

const open = openTreeIn(solo);
const chosen: HdbscanOptions = { smallest: null, neighbours: null, pick: 'excess-of-mass' };
const like = { smallest: 15, neighbours: 5 };
const alike = (rows: number, kinds: number): Matrix =>
  matrix(
    rows,
    2,
    Float32Array.from({ length: 2 * rows }, (_, i) => (i >> 1) % kinds),
  );
const times = (x: Matrix, by: number) =>
  matrix(
    x.rows,
    x.cols,
    x.data.map((v) => v * by),
  );

describe('hdbscan', () => {
  describe.each(densityGolden)('on $name', ({ x, truth, hdbscan: runs }) => {
    it.each(runs)(
      'agrees with hdbscan about every row that it can know of ($pick)',
      async (run) => {
        const { partition, hierarchy } = await hdbscan(x, { ...like, pick: run.pick });
        const { tree } = hierarchy!;
        // A row whose own distance held two branches together: hdbscan gives it to one of them, whichever its sort happens to put first.
        const held = new Set(
          [...tree.parents.keys()].slice(1).map((b) => `${tree.parents[b]} ${tree.births[b]}`),
        );
        const isBridge = [...tree.branchOf].map((branch, r) =>
          held.has(`${branch} ${tree.lambdas[r]}`),
        );
        const bridges = isBridge.filter(Boolean).length;
        expect(bridges).toBeLessThanOrEqual(0.03 * x.rows);
        const known = [...truth.keys()].filter((r) => !isBridge[r]);
        for (const r of known) {
          expect(partition.belongs![r]).toBeCloseTo(run.belongs[r]!, 5);
          expect(partition.labels[r]! < 0).toBe(run.labels[r]! < 0);
        }
        expect(
          adjustedRandIndex(
            known.map((r) => partition.labels[r]!),
            known.map((r) => run.labels[r]!),
          ),
        ).toBe(1);
        const odd = known.filter((r) => Math.abs(partition.oddness![r]! - run.oddness[r]!) > 1e-5);
        expect(odd).toEqual([]);
        // The same branches at the same densities; a bridge counts in one of them there.
        const births = [...tree.births].slice(1).sort((a, b) => a - b);
        const theirs = run.splits.map(([, lambda]) => lambda).sort((a, b) => a - b);
        expect(births).toHaveLength(theirs.length);
        births.forEach((birth, i) => expect(birth).toBeCloseTo(theirs[i]!, 4));
        const sizes = [...tree.sizes].slice(1).sort((a, b) => a - b);
        run.splits.forEach(([size], i) => {
          expect(sizes[i]).toBeLessThanOrEqual(size);
          expect(sizes[i]).toBeGreaterThanOrEqual(size - bridges);
        });
      },
    );

    it('is at least as near to the true classes as hdbscan', async () => {
      const { partition } = await hdbscan(x, { ...like, pick: 'excess-of-mass' });
      const theirs = runs.find(({ pick }) => pick === 'excess-of-mass')!;
      expect(adjustedRandIndex(partition.labels, truth)).toBeGreaterThanOrEqual(theirs.ari - 1e-9);
    });
  });

  it.each([2, 3, 6])(
    'finds %i planted groups with what it chooses itself (ARI at least .95)',
    async (groups) => {
      const { x, truth } = planted({ rows: 3000, cols: 4, groups, apart: 9 }, groups);
      const { partition } = await hdbscan(x, chosen, unattended, open);
      expect(partition.groups).toBe(groups);
      expect(adjustedRandIndex(partition.labels, truth)).toBeGreaterThanOrEqual(0.95);
      expect(partition.words).toMatch(
        /^HDBSCAN, at least 30 in a group, 10 neighbours: \d groups, and \d\.\d % of all in none\.$/,
      );
    },
  );

  it('says so where there are no groups', async () => {
    const { partition } = await hdbscan(
      noise(2000, 3, 5),
      { ...chosen, smallest: 300 },
      unattended,
      open,
    );
    expect(partition.groups).toBe(0);
    expect(partition.words).toContain('nowhere do two groups of that size part');
    expect([...new Set(partition.labels)]).toEqual([-1]);
  });

  it('gives the same groups in whatever order the rows stand, and the same bytes by every kernel', async () => {
    const { x } = planted({ rows: 1500, cols: 3, groups: 5, apart: 5 }, 9);
    const order = Int32Array.from({ length: x.rows }, (_, r) => (r * 701) % x.rows);
    const plain = await hdbscan(x, chosen);
    expect(await hdbscan(x, chosen, unattended, open)).toEqual(plain);
    const mixed = await hdbscan(rowsOf(x, order), chosen, unattended, open);
    expect([...mixed.partition.belongs!]).toEqual(
      [...order].map((r) => plain.partition.belongs![r]),
    );
    expect([...mixed.partition.labels]).toEqual([...order].map((r) => plain.partition.labels[r]));
  });

  it('numbers groups by size, and keeps shares between 0 and 1', async () => {
    const { x } = planted({ rows: 2000, cols: 2, groups: 5, apart: 6 }, 4);
    const { labels, groups, belongs, oddness } = (await hdbscan(x, chosen, unattended, open))
      .partition;
    const sizes = Array.from(
      { length: groups },
      (_, g) => labels.filter((label) => label === g).length,
    );
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    for (const share of [...belongs!, ...oddness!]) expect(share >= 0 && share <= 1).toBe(true);
    labels.forEach((label, r) => expect(belongs![r]! > 0).toBe(label >= 0));
  });

  it('finds the odd ones: those planted far off have the highest scores', async () => {
    const { x } = planted({ rows: 1000, cols: 3, groups: 3, apart: 10 }, 2);
    const odd = [100, 400, 900];
    for (const r of odd) for (let c = 0; c < 3; c++) x.data[3 * r + c] = 60 + r / 10 + 7 * c;
    const { oddness, labels } = (await hdbscan(x, chosen, unattended, open)).partition;
    const worst = [...oddness!.keys()].sort((a, b) => oddness![b]! - oddness![a]!).slice(0, 3);
    expect(worst.sort((a, b) => a - b)).toEqual(odd);
    expect(odd.map((r) => labels[r])).toEqual([-1, -1, -1]);
  });

  it('places later rows where they would have been, and changes nothing', async () => {
    const { x, truth } = planted({ rows: 4000, cols: 3, groups: 4, apart: 9 }, 6);
    const half = Int32Array.from({ length: 2000 }, (_, r) => r);
    const { partition, hierarchy } = await hdbscan(rowsOf(x, half), chosen, unattended, open);
    const before = [...partition.labels];
    const rest = Int32Array.from({ length: 2000 }, (_, r) => r + 2000);
    const later = await placeLater(hierarchy!, rowsOf(x, rest), unattended, open);
    expect(adjustedRandIndex(later.labels, truth.subarray(2000))).toBeGreaterThanOrEqual(0.95);
    expect(await placeLater(hierarchy!, rowsOf(x, rest))).toEqual(later);
    expect([...partition.labels]).toEqual(before);
    const far = await placeLater(
      hierarchy!,
      matrix(1, 3, Float32Array.of(1e6, 1e6, 1e6)),
      unattended,
      open,
    );
    expect([far.labels[0], far.belongs[0]]).toEqual([-1, 0]);
    expect(far.oddness[0]).toBeGreaterThan(0.99);
    const same = await placeLater(hierarchy!, rowsOf(x, half), unattended, open);
    const agree = same.labels.filter((label, r) => label === partition.labels[r]).length;
    expect(agree).toBeGreaterThan(0.98 * 2000);
    await expect(placeLater(hierarchy!, matrix(1, 3, Float32Array.of(0, NaN, 0)))).rejects.toThrow(
      'column 1',
    );
    await expect(placeLater(hierarchy!, noise(1, 2))).rejects.toThrow(RangeError);
  });

  it('looks at a sample where all would take too long, says so, and places the others', async () => {
    const { x, truth } = planted({ rows: 6000, cols: 12, groups: 3, apart: 12 }, 3);
    const { partition } = await hdbscan(x, { ...chosen, most: 6000 * 1500 * 20 }, unattended, open);
    expect(partition.words).toContain('in a sample of 1,500 with at least 15 in a group');
    expect(partition.groups).toBe(3);
    expect(adjustedRandIndex(partition.labels, truth)).toBeGreaterThanOrEqual(0.95);
    const whole = await hdbscan(x, chosen, unattended, open);
    expect(adjustedRandIndex(partition.labels, whole.partition.labels)).toBeGreaterThanOrEqual(
      0.95,
    );
  });

  it.each([
    ['no rows', matrix(0, 2), 0],
    ['one row', noise(1, 2), 0],
    ['two rows', noise(2, 2), 0],
    ['nine rows', noise(9, 2), 0],
    ['all alike, in thousands', alike(5000, 1), 0],
    ['three kinds of rows, in thousands', alike(6000, 3), 3],
    ['columns that never change', matrix(50, 3), 0],
    ['500 columns', planted({ rows: 120, cols: 500, groups: 2, apart: 90 }).x, 2],
    ['values of 1e30', times(planted({ rows: 400, cols: 2, groups: 2, apart: 30 }).x, 1e29), 2],
    ['values of 1e-30', times(planted({ rows: 400, cols: 2, groups: 2, apart: 30 }).x, 1e-30), 2],
  ] as const)('takes %s', async (_, x, groups) => {
    for (const pick of ['excess-of-mass', 'leaves'] as const) {
      const { partition } = await hdbscan(
        x,
        { smallest: 20, neighbours: null, pick },
        unattended,
        open,
      );
      if (pick === 'excess-of-mass') expect(partition.groups).toBe(groups);
      expect(partition.labels).toHaveLength(x.rows);
      for (const share of [...partition.belongs!, ...partition.oddness!])
        expect(share >= 0 && share <= 1).toBe(true);
    }
  });

  it('refuses what has no meaning', async () => {
    const x = noise(30, 2);
    await expect(hdbscan(x, { ...chosen, smallest: 1 })).rejects.toThrow(RangeError);
    await expect(hdbscan(x, { ...chosen, smallest: 2.5 })).rejects.toThrow(RangeError);
    await expect(hdbscan(x, { ...chosen, neighbours: 0 })).rejects.toThrow(RangeError);
    x.data[4] = NaN;
    await expect(hdbscan(x, chosen)).rejects.toThrow('column 0');
  });

  it.each([0, 1, 4, 9, 14])('can be cancelled at breath %i', async (stop) => {
    const x = noise(4000, 3, 5);
    await expect(hdbscan(x, chosen, cancelledAt(stop).job, open)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
