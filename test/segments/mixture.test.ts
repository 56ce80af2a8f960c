import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { belonging } from '../../src/segments/methods/mixture-belonging.ts';
import { chooseMixture, mixturePartition } from '../../src/segments/methods/mixture-choice.ts';
import { mixture, type MixtureOptions } from '../../src/segments/methods/mixture.ts';
import type { MixtureShape } from '../../src/segments/methods/mixture-model.ts';
import { bell, noise, planted } from '../support/blobs.ts';
import { cancelledAt } from '../support/cancelled.ts';

type Fit = {
  shape: MixtureShape;
  k: number;
  likelihood: number;
  bic: number;
  weights?: number[];
  means?: number[][];
  memberships?: number[][];
  labels?: number[];
};
const golden = JSON.parse(
  readFileSync(new URL('../golden/mixture.json', import.meta.url), 'utf8'),
) as {
  x: number[][];
  truth: number[];
  fits: Fit[];
  new: { x: number[][]; memberships: number[][]; densities: number[] };
};
const of = (rows: number[][]): Matrix =>
  matrix(rows.length, rows[0]!.length, Float32Array.from(rows.flat()));
const x = of(golden.x);
const options = { shape: 'full', seed: 1, restarts: 5 } as const satisfies Omit<
  MixtureOptions,
  'k'
>;
const exact = { ...options, restarts: 20, tolerance: 1e-9, maxRounds: 3000 };
const shapes = ['full', 'tied', 'diagonal', 'spherical'] as const;

/** Two long clouds that cross the view side by side: round groups cut them, ellipses do not. */
function sideBySide(rows: number): { x: Matrix; truth: number[] } {
  const next = random(4);
  const x = matrix(rows, 2);
  const truth = Array.from({ length: rows }, (_, r) => r % 2);
  truth.forEach((side, r) => {
    x.data[2 * r] = 6 * bell(next);
    x.data[2 * r + 1] = 3.5 * side + 0.5 * bell(next);
  });
  return { x, truth };
}

describe('mixture', () => {
  it.each(golden.fits)(
    'with $k $shape groups is as likely as the best of 28 starts of scikit-learn',
    async ({ shape, k, likelihood, bic }) => {
      const found = await mixture(x, { ...exact, k, shape });
      const hill = k > 3 ? 0.01 : 1e-4; // beyond the planted three there are many tops, nearly as high
      expect(found.likelihood).toBeGreaterThan(likelihood - hill);
      if (Math.abs(found.likelihood - likelihood) > 1e-6) return; // another top than theirs
      expect(found.bic).toBeCloseTo(bic, 0);
      expect(found.capped).toBe(false);
    },
  );

  it.each(golden.fits.filter(({ k }) => k === 3))(
    'with 3 $shape groups has the weights, means and memberships of scikit-learn',
    async ({ shape, weights, means, memberships, labels }) => {
      const { model, memberships: own, labels: ours } = await mixture(x, { ...exact, k: 3, shape });
      weights!.forEach((weight, m) => expect(model.weights[m]).toBeCloseTo(weight, 3));
      means!
        .flat()
        .forEach((value, i) => expect(Math.abs(model.means[i]! - value)).toBeLessThan(0.01));
      memberships!.flat().forEach((value, i) => expect(own.data[i]).toBeCloseTo(value, 2));
      expect(adjustedRandIndex(ours, labels!)).toBeGreaterThan(0.99);
      if (shape === 'full')
        expect(adjustedRandIndex(ours, golden.truth)).toBeGreaterThanOrEqual(
          adjustedRandIndex(labels!, golden.truth),
        );
    },
  );

  it('places new rows as scikit-learn does, and says how odd they are', async () => {
    const { model } = await mixture(x, { ...exact, k: 3 });
    const found = await belonging(of(golden.new.x), model);
    golden.new.memberships
      .flat()
      .forEach((value, i) => expect(found.memberships.data[i]).toBeCloseTo(value, 2));
    golden.new.densities.forEach((value, r) =>
      expect(Math.abs(found.densities[r]! - value)).toBeLessThan(1e-3 * Math.abs(value) + 0.01),
    );
  });

  it.each(shapes)('chooses the three planted groups by BIC with %s groups', async (shape) => {
    const { x, truth } = planted({ rows: 1500, cols: 4, groups: 3, apart: 7 }, 5);
    const { best, curve } = await chooseMixture(x, { ...options, shape, kMax: 6, by: 'bic' });
    expect(best.model.k).toBe(3);
    expect(curve.map(({ k }) => k)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(best.bic).toBe(Math.min(...curve.map(({ bic }) => bic)));
    expect(adjustedRandIndex(best.labels, truth)).toBeGreaterThanOrEqual(0.98);
    const { words, belongs, groups } = mixturePartition(best, curve);
    expect(groups).toBe(3);
    expect(words).toContain('k = 3 with the least BIC of 6 tried');
    expect(Math.min(...belongs!)).toBeGreaterThan(1 / 3);
  });

  it('finds one cloud in one cloud, by BIC and by ICL', async () => {
    const next = random(8);
    const cloud = matrix(800, 3);
    cloud.data.forEach((_, i) => (cloud.data[i] = bell(next)));
    for (const by of ['bic', 'icl'] as const)
      expect((await chooseMixture(cloud, { ...options, kMax: 4, by })).best.model.k).toBe(1);
  });

  it('tells long clouds apart that lie side by side, where k-means cannot', async () => {
    const { x, truth } = sideBySide(1200);
    for (const shape of ['full', 'tied'] as const) {
      const { labels } = await mixture(x, { ...options, k: 2, shape, restarts: 10 });
      expect(adjustedRandIndex(labels, truth)).toBeGreaterThan(0.98);
    }
  });

  it('fits all rows, not only the sample that its starts look at', async () => {
    const { x, truth } = planted({ rows: 20_000, cols: 3, groups: 4, apart: 7 }, 3);
    const found = await mixture(x, { ...options, k: 4, startRows: 1000 });
    expect(adjustedRandIndex(found.labels, truth)).toBeGreaterThanOrEqual(0.97);
    const whole = await mixture(x, { ...options, k: 4, startRows: Infinity });
    expect(found.likelihood).toBeCloseTo(whole.likelihood, 3);
  });

  it('gives the same bytes for the same seed', async () => {
    expect(await mixture(x, { ...options, k: 4 })).toEqual(await mixture(x, { ...options, k: 4 }));
  });

  it('never becomes less likely with more rounds, says when the cap was hit, and memberships sum to 1', async () => {
    const rows = noise(900, 3, 6);
    const likely: number[] = [];
    for (const maxRounds of [1, 2, 4, 8, 16, 32]) {
      const found = await mixture(rows, { ...options, k: 4, restarts: 1, tolerance: 0, maxRounds });
      likely.push(found.likelihood);
      expect(found.capped).toBe(true);
      expect(found.rounds).toBe(maxRounds);
      for (let r = 0; r < 900; r++) {
        const own = found.memberships.data.subarray(4 * r, 4 * r + 4);
        expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
        expect(own[found.labels[r]!]).toBe(Math.max(...own));
      }
    }
    likely.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(likely[i]! - 1e-9));
  });

  it.each(shapes)(
    'takes one row, equal rows, constant columns and k = rows with %s groups',
    async (shape) => {
      const one = await mixture(matrix(1, 2), { ...options, shape, k: 1 });
      expect([...one.labels]).toEqual([0]);
      const same = await mixture(matrix(5, 2), { ...options, shape, k: 3 });
      expect(same.groups).toBe(1);
      expect(same.model.k).toBe(1);
      const flat = matrix(6, 2, Float32Array.of(0, 7, 0, 7, 1, 7, 9, 7, 9, 7, 10, 7));
      expect([...(await mixture(flat, { ...options, shape, k: 2 })).labels].sort()).toEqual([
        0, 0, 0, 1, 1, 1,
      ]);
      const all = await mixture(matrix(4, 1, Float32Array.of(0, 5, 10, 20)), {
        ...options,
        shape,
        k: 4,
      });
      expect(all.groups).toBe(4);
      expect(all.likelihood).toBeGreaterThan(-10);
    },
  );

  it('takes enormous values and many columns', async () => {
    const { x, truth } = planted({ rows: 300, cols: 2, groups: 2, apart: 9 }, 2);
    const far = matrix(
      300,
      2,
      x.data.map((value) => value * 1e30),
    );
    expect(adjustedRandIndex((await mixture(far, { ...options, k: 2 })).labels, truth)).toBe(1);
    const wide = await mixture(noise(60, 500), { ...options, k: 2, shape: 'tied', restarts: 1 });
    expect(Number.isFinite(wide.likelihood)).toBe(true);
  });

  it('refuses more groups than rows, no rows, no columns, and values that are no numbers', async () => {
    await expect(mixture(matrix(2, 1), { ...options, k: 3 })).rejects.toThrow('3 groups of 2 rows');
    await expect(mixture(matrix(0, 2), { ...options, k: 1 })).rejects.toThrow(RangeError);
    await expect(mixture(matrix(3, 0), { ...options, k: 1 })).rejects.toThrow(RangeError);
    for (const bad of [NaN, Infinity]) {
      const rows = matrix(2, 2, Float32Array.of(0, 1, 2, bad));
      await expect(mixture(rows, { ...options, k: 1 })).rejects.toThrow('column 1');
    }
  });

  it('stops at the next breath when cancelled, before and during', async () => {
    for (const at of [0, 1, 7]) {
      const { job, breaths } = cancelledAt(at);
      await expect(mixture(noise(3000, 3), { ...options, k: 5 }, job)).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(breaths()).toBe(Math.max(1, at));
    }
  });
});
