import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import type { Job } from '../../src/lib/job.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { kmeans, type Clusters } from '../../src/segments/methods/kmeans.ts';
import { distanceTo } from '../../src/segments/methods/silhouette.ts';
import { goldenLabels } from '../golden/labels.ts';
import { blobs, noise, planted } from '../support/blobs.ts';

const golden = JSON.parse(
  readFileSync(new URL('../golden/segments.json', import.meta.url), 'utf8'),
) as { x: number[][]; sweep: { k: number; inertia: number }[]; labels: number[] };
const x = matrix(golden.x.length, 3, Float32Array.from(golden.x.flat()));
const options = { seed: 1, restarts: 10 };

const nearest = (x: Matrix, means: Matrix, r: number) => {
  let best = 0;
  for (let m = 1; m < means.rows; m++)
    if (distanceTo(x, r, means, m) < distanceTo(x, r, means, best)) best = m;
  return best;
};
const inertia = (x: Matrix, { labels, means }: Clusters) =>
  labels.reduce((sum, label, r) => sum + distanceTo(x, r, means, label) ** 2, 0);

describe('kmeans', () => {
  it.each(golden.sweep)(
    'with $k groups fits as well as the best of 200 starts of scikit-learn',
    async ({ k, inertia }) => {
      const found = await kmeans(x, { k, ...options });
      expect(found.inertia).toBeGreaterThan(inertia * (1 - 1e-6));
      expect(found.inertia).toBeLessThan(inertia * 1.001);
    },
  );

  it('puts customers where scikit-learn puts them', async () => {
    const { labels } = await kmeans(x, { k: 4, ...options });
    expect(adjustedRandIndex(labels, golden.labels)).toBeGreaterThan(0.98);
  });

  it.each([2, 3, 5, 8])('finds %i planted groups (ARI at least .95)', async (groups) => {
    const { x, truth } = planted({ rows: 2000, cols: 4, groups, apart: 8 }, groups + 6);
    const { labels } = await kmeans(x, { k: groups, ...options });
    expect(adjustedRandIndex(labels, truth)).toBeGreaterThanOrEqual(0.95);
  });

  it('finds planted groups among more rows than the starts look at', async () => {
    const { x, truth } = planted({ rows: 30_000, cols: 4, groups: 5, apart: 8 }, 3);
    const found = await kmeans(x, { k: 5, ...options });
    expect(adjustedRandIndex(found.labels, truth)).toBeGreaterThanOrEqual(0.95);
    expect(found.sizes.reduce((a, b) => a + b)).toBe(30_000);
  });

  it('gives the same bytes for the same seed, here and in the golden file a browser is compared with', async () => {
    const file = new URL('../golden/labels.json', import.meta.url);
    const golden: unknown = JSON.parse(readFileSync(file, 'utf8'));
    expect(await goldenLabels()).toEqual(golden);
    expect(await goldenLabels()).toEqual(golden);
  });

  it('numbers groups by size, the largest first', async () => {
    const { sizes, labels } = await kmeans(noise(500, 2), { k: 6, ...options });
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes).toEqual(sizes.map((_, m) => labels.filter((label) => label === m).length));
  });

  it('leaves every row with its nearest mean, and every mean in the middle of its rows', async () => {
    const rows = noise(700, 3, 4);
    const found = await kmeans(rows, { k: 6, ...options });
    found.labels.forEach((label, r) =>
      expect(distanceTo(rows, r, found.means, label)).toBeCloseTo(
        distanceTo(rows, r, found.means, nearest(rows, found.means, r)),
        5,
      ),
    );
    expect(found.capped).toBe(false);
    expect(found.inertia).toBeCloseTo(inertia(rows, found), 3);
  });

  it('never fits worse with more rounds, and says when the cap was hit', async () => {
    const rows = noise(600, 2, 9);
    const fits = [];
    for (const maxRounds of [1, 2, 4, 8])
      fits.push(await kmeans(rows, { k: 5, seed: 3, restarts: 1, maxRounds }));
    const values = fits.map(({ inertia }) => inertia);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(fits[0]!.capped).toBe(true);
  });

  it('is not disturbed by a column far from 0', async () => {
    const { x, truth } = planted({ rows: 500, cols: 3, groups: 3, apart: 8 }, 2);
    for (let r = 0; r < x.rows; r++) x.data[r * 3]! += 10_000;
    const { labels } = await kmeans(x, { k: 3, ...options });
    expect(adjustedRandIndex(labels, truth)).toBeGreaterThanOrEqual(0.95);
  });

  it('handles k = rows, one column, one row, one group', async () => {
    const apart = await kmeans(blobs(5, 5), { k: 5, ...options });
    expect([...apart.labels].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(apart.inertia).toBeLessThan(1e-9);
    const line = matrix(6, 1, Float32Array.of(0, 1, 2, 10, 11, 12));
    expect(
      adjustedRandIndex((await kmeans(line, { k: 2, ...options })).labels, [0, 0, 0, 1, 1, 1]),
    ).toBe(1);
    expect([...(await kmeans(matrix(1, 1), { k: 1, ...options })).labels]).toEqual([0]);
    const one = await kmeans(line, { k: 1, ...options });
    expect([...one.labels]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(one.means.data[0]).toBe(6);
  });

  it('makes only as many groups as rows differ', async () => {
    const same = await kmeans(matrix(4, 2), { k: 3, ...options });
    expect([...same.labels]).toEqual([0, 0, 0, 0]);
    expect(same.means.rows).toBe(1);
    const two = await kmeans(matrix(5, 1, Float32Array.of(1, 1, 9, 9, 9)), { k: 4, ...options });
    expect([...two.labels]).toEqual([1, 1, 0, 0, 0]);
    expect(two.sizes).toEqual([3, 2]);
  });

  it('refuses more groups than rows, none, and values that are no numbers', async () => {
    await expect(kmeans(matrix(2, 1), { k: 3, ...options })).rejects.toThrow(
      'cannot make 3 groups of 2 rows',
    );
    await expect(kmeans(matrix(0, 2), { k: 1, ...options })).rejects.toThrow(RangeError);
    await expect(kmeans(matrix(2, 1), { k: NaN, ...options })).rejects.toThrow(RangeError);
    for (const bad of [NaN, Infinity])
      await expect(
        kmeans(matrix(2, 1, Float32Array.of(0, bad)), { k: 1, ...options }),
      ).rejects.toThrow('column 0');
  });

  it('stops at the next breath when cancelled', async () => {
    const controller = new AbortController();
    let breaths = 0;
    const job: Job = {
      signal: controller.signal,
      progress: () => {},
      breathe: async () => {
        if (++breaths === 5) controller.abort();
        controller.signal.throwIfAborted();
      },
    };
    await expect(kmeans(noise(2000, 3), { k: 5, ...options }, job)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(breaths).toBe(5);
  });
});
