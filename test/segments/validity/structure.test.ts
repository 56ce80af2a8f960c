import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/lib/job.ts';
import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { correlation } from '../../../src/lib/stats/moments.ts';
import { hdbscan } from '../../../src/segments/methods/hdbscan.ts';
import { kmeans } from '../../../src/segments/methods/kmeans.ts';
import type { Fit, Shape } from '../../../src/segments/validity/fit.ts';
import { columnsOf, sameColumns } from '../../../src/segments/validity/same-columns.ts';
import { structureTest } from '../../../src/segments/validity/structure.ts';
import { blobs, noise, planted } from '../../support/blobs.ts';
import { moons, rings, unequal, withNoise, withoutGroups } from '../../support/shapes.ts';

const from = (x: Matrix) => Array.from({ length: x.cols }, (_, c) => c);
const means =
  (k: number): Fit =>
  async (x, seed, job) =>
    (await kmeans(x, { k: Math.min(k, x.rows), seed, restarts: 4 }, job)).labels;
const density: Fit = async (x, _, job) => {
  const smallest = Math.max(10, Math.round(x.rows / 50));
  return (await hdbscan(x, { smallest, neighbours: null, pick: 'excess-of-mass' }, job)).partition
    .labels;
};
const test = (x: Matrix, fit: Fit, shape: Shape, seed = 1) =>
  structureTest(x, from(x), fit, { seed, shape });

describe('customers without groups', () => {
  const sorts = Object.keys(withoutGroups);
  it.each(sorts)(
    '%s: k-means finds none in at least 19 of 20 seeds',
    async (sort) => {
      for (const [rows, cols] of [
        [300, 5],
        [600, 20],
      ] as const) {
        let wrong = 0;
        for (let seed = 1; seed <= 20; seed++) {
          const x = await withoutGroups[sort]!(rows, cols, 100 + seed);
          const { found, words } = await test(x, means(2 + (seed % 7)), 'round', seed);
          if (found) wrong++;
          else expect(words).toMatch(/^No clear segments here: .+ p = /);
        }
        expect(wrong, `${rows} × ${cols}`).toBeLessThanOrEqual(1);
      }
    },
    300_000,
  );

  it.each(sorts)(
    '%s: HDBSCAN finds none in at least 19 of 20 seeds',
    async (sort) => {
      let wrong = 0;
      for (let seed = 1; seed <= 20; seed++) {
        const x = await withoutGroups[sort]!(400, seed % 2 ? 5 : 12, 200 + seed);
        if ((await test(x, density, 'any', seed)).found) wrong++;
      }
      expect(wrong).toBeLessThanOrEqual(1);
    },
    300_000,
  );

  it.each(sorts)(
    '%s: none among 20,000 either',
    async (sort) => {
      const x = await withoutGroups[sort]!(20_000, 8, 7);
      const { found, evidence } = await test(x, means(5), 'round');
      expect(found).toBe(false);
      expect(evidence.rows).toBe(1000);
    },
    60_000,
  );
});

describe('planted groups are found', () => {
  const far = planted({ rows: 800, cols: 5, groups: 5, apart: 5 }, 2);
  it.each([
    ['clouds', far, means(5), 'round'],
    ['clouds that one column alone shows', { x: blobs(300, 3) }, means(3), 'round'],
    [
      'clouds among ten columns that say nothing',
      withNoise(planted({ rows: 800, cols: 3, groups: 4, apart: 6 }, 2), 10, 3),
      means(4),
      'round',
    ],
    ['clouds of unequal density', unequal(800, 1), means(3), 'round'],
    ['clouds', far, density, 'any'],
    ['clouds of unequal density', unequal(800, 1), density, 'any'],
    ['moons', moons(600, 1), density, 'any'],
    ['rings', rings(600, 1), density, 'any'],
  ] as const)(
    '%s',
    async (_, { x }, fit, shape) => {
      const found = await test(x, fit, shape);
      expect(found.found).toBe(true);
      expect(found.p).toBeLessThanOrEqual(0.05);
      expect(found.words).toMatch(/^There are groups: .+ p = 0\.0/);
      expect(found.evidence.references.map(({ kind }) => kind)).toEqual(['same-columns', 'even']);
      expect(await test(x, fit, shape)).toEqual(found);
    },
    60_000,
  );

  it('and the quick look sees clouds, and no humps in one', async () => {
    expect((await test(far.x, means(5), 'round')).evidence.humps.p).toBeLessThan(0.05);
    const one = await withoutGroups['one Gaussian']!(500, 5, 3);
    expect((await test(one, means(5), 'round')).evidence.humps.p).toBeGreaterThan(0.2);
  });
});

describe('odd customers', () => {
  it.each([
    ['none', matrix(0, 2)],
    ['one', noise(1, 2)],
    ['two', noise(2, 2)],
    ['equal ones', matrix(40, 3)],
  ])('%s have no groups', async (_, x) => {
    const found = await test(x, x.rows > 0 ? means(2) : async () => [], 'round');
    expect(found.found).toBe(false);
    expect(JSON.stringify(found)).not.toMatch(/NaN|Infinity/);
    expect((await test(x, async () => new Int32Array(x.rows).fill(-1), 'any')).words).toContain(
      'no group',
    );
  });

  it('huge values and a constant column change nothing', async () => {
    const { x } = planted({ rows: 200, cols: 3, groups: 3, apart: 8 }, 4);
    const wide = matrix(200, 4);
    for (let r = 0; r < 200; r++)
      for (let c = 0; c < 3; c++) wide.data[4 * r + c] = 1e30 * x.data[3 * r + c]!;
    expect((await test(wide, means(3), 'round')).found).toBe(true);
  });

  it.each([0, 10])('the test stops when cancelled after %i breaths', async (breaths) => {
    const controller = new AbortController();
    let left = breaths;
    const breathe = async () => {
      if (left-- <= 0) controller.abort();
      controller.signal.throwIfAborted();
    };
    const job: Job = { signal: controller.signal, progress: () => {}, breathe };
    const x = noise(300, 4);
    await expect(
      structureTest(x, from(x), means(3), { seed: 1, shape: 'round' }, job),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it('customers with the same columns keep values and correlations, and lose several humps', async () => {
  const x = await withoutGroups['one correlated Gaussian']!(800, 4, 5);
  const made = sameColumns(columnsOf(x, [0, 1, 2, 3]), 3);
  const column = (m: Matrix, c: number) => m.data.filter((_, i) => i % m.cols === c);
  for (let c = 0; c < 4; c++) {
    expect(column(made, c).sort()).toEqual(column(x, c).sort());
    for (let d = 0; d < c; d++) {
      const was = correlation(column(x, c), column(x, d));
      expect(Math.abs(correlation(column(made, c), column(made, d)) - was)).toBeLessThan(0.08);
    }
  }
  const line = blobs(300, 3);
  const even = column(sameColumns(columnsOf(line, [0, 1]), 3), 0).sort();
  for (let r = 1; r < 300; r++) expect(even[r]! - even[r - 1]!).toBeLessThan(0.2);
});
