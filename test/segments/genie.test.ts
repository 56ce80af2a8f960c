import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { finest } from '../../src/segments/density/parting.ts';
import { Sizes } from '../../src/segments/density/sizes.ts';
import { genie, type GenieOptions } from '../../src/segments/methods/genie.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { openTreeIn } from '../../workers/kernels/tree.ts';
import { densityGolden } from '../golden/density.ts';
import { noise, planted } from '../support/blobs.ts';
import { cancelledAt } from '../support/cancelled.ts';

const open = openTreeIn(solo);
const options: GenieOptions = { k: null, kMax: 10, evenness: 0.3, noise: null };
const alike = (rows: number, kinds: number): Matrix =>
  matrix(
    rows,
    2,
    Float32Array.from({ length: 2 * rows }, (_, i) => (i >> 1) % kinds),
  );
const sizesOf = (labels: Int32Array, groups: number) =>
  Array.from({ length: groups }, (_, g) => labels.filter((label) => label === g).length);

describe('genie', () => {
  it.each(densityGolden)('puts $name where genieclust puts them', async ({ x, genie: theirs }) => {
    const { partition } = await genie(x, { ...options, k: theirs.k });
    expect(adjustedRandIndex(partition.labels, theirs.labels)).toBe(1);
  });

  it.each(densityGolden)('chooses the true number of groups on $name', async (shape) => {
    const { partition, curve } = await genie(shape.x, options, unattended, open);
    expect(partition.groups).toBe(shape.genie.k);
    expect(adjustedRandIndex(partition.labels, shape.truth)).toBeGreaterThanOrEqual(
      shape.genie.ari - 1e-9,
    );
    expect(curve!.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each([2, 3, 4, 5, 6])('finds %i planted groups (ARI at least .95)', async (groups) => {
    const { x, truth } = planted({ rows: 1500, cols: 4, groups, apart: 9 }, groups * 10 + 9);
    const { partition } = await genie(x, options, unattended, open);
    expect(partition.groups).toBe(groups);
    expect(adjustedRandIndex(partition.labels, truth)).toBeGreaterThanOrEqual(0.95);
    expect(partition.words).toMatch(/^Genie, evenness 0\.30: \d groups, which part by 0\.\d\d/);
  });

  it('finds one group where nothing parts', async () => {
    const { partition } = await genie(noise(1000, 3, 1), options, unattended, open);
    expect(partition.groups).toBe(1);
    expect(partition.words).toContain('since no 2 to 10 lie farther apart than their own rows');
  });

  it('keeps groups even where single linkage gives one to a far row', async () => {
    const { x } = planted({ rows: 600, cols: 2, groups: 2, apart: 6 }, 3);
    x.data.set([100, 100]);
    const single = await genie(x, { ...options, k: 2, evenness: 1 }, unattended, open);
    expect(sizesOf(single.partition.labels, 2)).toEqual([599, 1]);
    const even = await genie(x, { ...options, k: 2 }, unattended, open);
    expect(sizesOf(even.partition.labels, 2)[1]).toBeGreaterThan(250);
  });

  it('leaves far rows out where it is asked to, and nobody else', async () => {
    const { x, truth } = planted({ rows: 900, cols: 2, groups: 3, apart: 12 }, 5);
    const far = [50, 300, 700];
    far.forEach((r, i) => x.data.set([[300, -300, 0][i]!, [0, 0, 300][i]!], 2 * r));
    const { partition } = await genie(x, { ...options, k: 3, noise: 5 }, unattended, open);
    expect(far.map((r) => partition.labels[r])).toEqual([-1, -1, -1]);
    const inside = [...truth.keys()].filter((r) => partition.labels[r]! >= 0);
    expect(inside.length).toBeGreaterThan(0.8 * x.rows);
    const score = adjustedRandIndex(
      inside.map((r) => partition.labels[r]!),
      inside.map((r) => truth[r]!),
    );
    expect(score).toBeGreaterThanOrEqual(0.99);
    expect(partition.words).toContain('of all in none');
  });

  it('gives the same bytes by every kernel, with the largest group first', async () => {
    const { x } = planted({ rows: 1200, cols: 3, groups: 6, apart: 5 }, 8);
    const plain = await genie(x, { ...options, k: 6, noise: 4 });
    expect(await genie(x, { ...options, k: 6, noise: 4 }, unattended, open)).toEqual(plain);
    const sizes = sizesOf(plain.partition.labels, 6);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  it('looks at a sample where all would take too long, and says so', async () => {
    const { x, truth } = planted({ rows: 6000, cols: 12, groups: 3, apart: 12 }, 3);
    const few = { ...options, most: 6000 * 150 * 20 };
    const { partition } = await genie(x, few, unattended, open);
    expect(partition.words).toContain('Of a sample of 150');
    expect(adjustedRandIndex(partition.labels, truth)).toBeGreaterThanOrEqual(0.95);
  });

  it.each([
    ['no rows', matrix(0, 2), 0],
    ['one row', noise(1, 2), 1],
    ['two rows', noise(2, 2), null],
    ['all alike, in thousands', alike(5000, 1), 1],
    ['three kinds of rows, in thousands', alike(6000, 3), 3],
    ['columns that never change', matrix(50, 3), 1],
    ['500 columns', planted({ rows: 120, cols: 500, groups: 2, apart: 90 }).x, 2],
  ] as const)('takes %s', async (_, x, groups) => {
    for (const noise of [null, 3]) {
      const { partition } = await genie(x, { ...options, noise }, unattended, open);
      expect(partition.labels).toHaveLength(x.rows);
      if (groups !== null && noise === null) expect(partition.groups).toBe(groups);
    }
  });

  it('makes as many groups as rows, and as many as are asked for of rows alike', async () => {
    const x = noise(40, 2, 2);
    const { labels } = (await genie(x, { ...options, k: 40 })).partition;
    expect([...labels]).toEqual([...Array(40).keys()]);
    expect((await genie(alike(30, 2), { ...options, k: 5 })).partition.groups).toBe(5);
  });

  it('takes values of 1e30', async () => {
    const { x, truth } = planted({ rows: 400, cols: 2, groups: 2, apart: 30 });
    const huge = matrix(
      400,
      2,
      x.data.map((value) => value * 1e29),
    );
    const { partition } = await genie(huge, options, unattended, open);
    expect(adjustedRandIndex(partition.labels, truth)).toBe(1);
  });

  it('refuses what has no meaning', async () => {
    const x = noise(30, 2);
    await expect(genie(x, { ...options, k: 0 })).rejects.toThrow(RangeError);
    await expect(genie(x, { ...options, k: 31 })).rejects.toThrow(RangeError);
    await expect(genie(x, { ...options, evenness: NaN })).rejects.toThrow(RangeError);
    await expect(genie(x, { ...options, noise: 0 })).rejects.toThrow(RangeError);
    x.data[5] = NaN;
    await expect(genie(x, options)).rejects.toThrow('column 1');
  });

  it.each([0, 2, 6, 12])(
    'can be cancelled at breath %i, and gives its memory back',
    async (stop) => {
      let rooms = 0;
      const counted: typeof open = (x, neighbours) => {
        const tree = open(x, neighbours);
        rooms++;
        return { ...tree, close: () => (rooms--, tree.close()) };
      };
      const run = genie(noise(4000, 3, 5), options, cancelledAt(stop).job, counted);
      await expect(run).rejects.toMatchObject({ name: 'AbortError' });
      expect(rooms).toBe(0);
      await genie(noise(400, 3, 5), options, unattended, counted);
      expect(rooms).toBe(0);
    },
  );
});

describe('Sizes', () => {
  it('knows the Gini index of groups that grow together', () => {
    const next = random(4);
    const sizes = new Sizes(60);
    const groups = new Array<number>(60).fill(1);
    while (groups.length > 1) {
      const a = groups.splice(Math.floor(next() * groups.length), 1)[0]!;
      const b = groups.splice(Math.floor(next() * groups.length), 1)[0]!;
      groups.push(a + b);
      sizes.merge(a, b);
      let sum = 0;
      groups.forEach((p, i) => groups.slice(i).forEach((q) => (sum += Math.abs(p - q))));
      expect(sizes.unevenness).toBe(groups.length > 1 ? sum / ((groups.length - 1) * 60) : 0);
      expect(sizes.least).toBe(Math.min(...groups));
    }
  });
});

describe('finest', () => {
  it('takes the finest division within a fifth of the best, and none where none parts', () => {
    const curve = [0.5, 0.9, 0.8, 0.4].map((parts, i) => ({ k: i + 2, parts }));
    expect(finest(curve)?.k).toBe(4);
    expect(finest(curve.map(({ k }) => ({ k, parts: -0.2 })))).toBeNull();
    expect(finest([])).toBeNull();
  });
});
