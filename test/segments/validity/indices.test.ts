import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import type { Job } from '../../../src/lib/job.ts';
import { densityValidity } from '../../../src/segments/validity/density.ts';
import {
  calinskiHarabasz,
  daviesBouldin,
  dispersion,
} from '../../../src/segments/validity/dispersion.ts';
import { silhouetteScores } from '../../../src/segments/validity/silhouette-score.ts';
import { noise, planted } from '../../support/blobs.ts';

type Case = {
  name: string;
  x: number[][];
  labels: number[];
  silhouettes: number[];
  calinski: number;
  davies: number;
  density: number;
};
const { cases } = JSON.parse(
  readFileSync(new URL('../../golden/validity.json', import.meta.url), 'utf8'),
) as { cases: Case[] };
const of = ({ x }: Case): Matrix => matrix(x.length, x[0]!.length, Float32Array.from(x.flat()));
const silhouette = async (x: Matrix, labels: ArrayLike<number>, exactUpTo?: number) =>
  (await silhouetteScores(x, [labels], { seed: 1, ...(exactUpTo && { exactUpTo }) }))[0]!;
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe.each(cases)('of $name, rows in no group left out', (golden) => {
  it('the silhouette is that of scikit-learn', async () => {
    const found = await silhouette(of(golden), golden.labels);
    expect(found.value).toBeCloseTo(mean(golden.silhouettes), 6);
    expect(found).toMatchObject({ exact: true, low: found.value, high: found.value });
    const own = golden.labels.filter((label) => label >= 0);
    found.each.forEach((value, m) =>
      expect(value).toBeCloseTo(mean(golden.silhouettes.filter((_, i) => own[i] === m)), 6),
    );
  });

  it('Calinski–Harabasz and Davies–Bouldin are those of scikit-learn', async () => {
    const found = await dispersion(of(golden), golden.labels);
    expect(calinskiHarabasz(found)! / golden.calinski).toBeCloseTo(1, 6);
    expect(daviesBouldin(found)! / golden.davies).toBeCloseTo(1, 6);
  });

  it('density validity is that of hdbscan', async () => {
    const found = await densityValidity(of(golden), golden.labels, { seed: 1 });
    expect(found!.value).toBeCloseTo(golden.density, 6);
  });
});

const labelsOf = (rows: number, groups: number) =>
  Int32Array.from({ length: rows }, (_, r) => r % groups);
const all = async (x: Matrix, labels: ArrayLike<number>) => {
  const spread = await dispersion(x, labels);
  return {
    silhouette: (await silhouetteScores(x, [labels], { seed: 1 }))[0]!?.value ?? null,
    calinski: calinskiHarabasz(spread),
    davies: daviesBouldin(spread),
    density: (await densityValidity(x, labels, { seed: 1 }))?.value ?? null,
  };
};

describe('indices of odd rows', () => {
  it('say nothing of no row, of one, and where nobody is in a group', async () => {
    const nothing = { silhouette: null, calinski: null, davies: null, density: null };
    expect(await all(matrix(0, 2), [])).toEqual(nothing);
    expect(await all(noise(30, 2), new Int32Array(30).fill(-1))).toEqual(nothing);
    expect(await all(noise(1, 2), [0])).toEqual({ ...nothing, silhouette: 0 });
    expect(await all(noise(20, 2), new Int32Array(20))).toEqual({ ...nothing, silhouette: 0 });
  });

  it('count rows that are all alone, all equal, constant in a column, or huge', async () => {
    expect(await all(noise(12, 2), labelsOf(12, 12))).toEqual({
      silhouette: 0,
      calinski: null,
      davies: null,
      density: 0,
    });
    expect(await all(matrix(20, 3, new Float32Array(60).fill(7)), labelsOf(20, 2))).toEqual({
      silhouette: 0,
      calinski: 1,
      davies: 0,
      density: 0,
    });
    const { x, truth } = planted({ rows: 90, cols: 3, groups: 3, apart: 9 }, 4);
    const usual = await all(x, truth);
    const huge = await all(
      matrix(
        90,
        3,
        x.data.map((value) => 1e30 * value),
      ),
      truth,
    );
    const wide = matrix(90, 4);
    for (let r = 0; r < 90; r++) wide.data.set(x.data.subarray(3 * r, 3 * r + 3), 4 * r);
    const constant = await all(wide, truth);
    for (const name of ['silhouette', 'calinski', 'davies', 'density'] as const) {
      expect(huge[name]! / usual[name]!, name).toBeCloseTo(1, 5);
      if (name !== 'density') expect(constant[name]! / usual[name]!, name).toBeCloseTo(1, 6);
    }
    const many = await all(
      planted({ rows: 60, cols: 500, groups: 3, apart: 60 }, 2).x,
      labelsOf(60, 3),
    );
    for (const value of Object.values(many)) expect(Number.isFinite(value)).toBe(true);
  });

  it('refuse NaN, labels that are none, and labels of other rows', async () => {
    const x = noise(10, 2);
    x.data[7] = NaN;
    await expect(dispersion(x, new Int32Array(10))).rejects.toThrow('column 1');
    await expect(dispersion(noise(3, 2), [0, 0.5, 1])).rejects.toThrow('row 1');
    await expect(dispersion(noise(3, 2), [0, -2, 1])).rejects.toThrow(RangeError);
    await expect(densityValidity(noise(3, 2), [0, 1], { seed: 1 })).rejects.toThrow(RangeError);
    await expect(silhouetteScores(noise(3, 2), [[0, 1]], { seed: 1 })).rejects.toThrow(RangeError);
  });

  it('density validity is high on rings, where the silhouette is not', async () => {
    const x = noise(400, 2, 6);
    const labels = labelsOf(400, 2);
    for (let r = 0; r < 400; r++) {
      const [a, b] = [x.data[2 * r]! - 0.5, x.data[2 * r + 1]! - 0.5];
      const length = Math.hypot(a, b) / (labels[r] === 0 ? 1 : 5 + a / 4);
      x.data[2 * r] = a / length;
      x.data[2 * r + 1] = b / length;
    }
    const { silhouette, density } = await all(x, labels);
    expect(silhouette).toBeLessThan(0.3);
    expect(density).toBeGreaterThan(0.6);
  });
});

describe('silhouettes of many rows', () => {
  it('sample with an interval that holds the exact value in at least 17 of 20 samples', async () => {
    const { x, truth } = planted({ rows: 3000, cols: 4, groups: 5, apart: 3 }, 8);
    const labels = truth.map((label, r) => (r % 50 === 0 ? 5 : r % 31 === 0 ? -1 : label));
    const exact = await silhouette(x, labels);
    expect(exact.exact).toBe(true);
    let held = 0;
    for (let seed = 0; seed < 20; seed++) {
      const [found] = await silhouetteScores(x, [labels], { seed, exactUpTo: 600 });
      expect(found!.exact).toBe(false);
      expect(found!.rows).toBeLessThan(650);
      expect(found!.value).toBeCloseTo(exact.value, 1);
      if (found!.low <= exact.value && exact.value <= found!.high) held++;
    }
    expect(held).toBeGreaterThanOrEqual(17);
  });

  it('give the same bytes for the same seed, and for several labelings what each gives alone', async () => {
    const { x, truth } = planted({ rows: 700, cols: 3, groups: 4, apart: 5 }, 3);
    const labelings = [truth, labelsOf(700, 3), truth.map((label) => label - 1)];
    const together = await silhouetteScores(x, labelings, { seed: 4, exactUpTo: 300 });
    expect(await silhouetteScores(x, labelings, { seed: 4, exactUpTo: 300 })).toEqual(together);
    for (const [i, labels] of labelings.entries())
      expect(await silhouetteScores(x, [labels], { seed: 4, exactUpTo: 300 })).toEqual([
        together[i],
      ]);
  });

  it('draw from small groups too', async () => {
    const { x } = planted({ rows: 5000, cols: 2, groups: 2, apart: 9 }, 3);
    const labels = Int32Array.from({ length: 5000 }, (_, r) => (r % 500 === 0 ? 1 : 0));
    const found = await silhouette(x, labels, 400);
    expect(found.each).toHaveLength(2);
    expect(found.each[1]).not.toBe(0);
  });
});

describe('a job that is cancelled', () => {
  const after = (breaths: number): Job => {
    const controller = new AbortController();
    let left = breaths;
    const breathe = async () => {
      if (left-- <= 0) controller.abort();
      controller.signal.throwIfAborted();
    };
    return { signal: controller.signal, progress: () => {}, breathe };
  };
  const { x, truth } = planted({ rows: 2000, cols: 3, groups: 3, apart: 5 }, 3);
  it.each([0, 3])('stops after %i breaths', async (breaths) => {
    const aborted = { name: 'AbortError' };
    const job = () => after(breaths);
    await expect(dispersion(noise(99_000, 2), new Int32Array(99_000), job())).rejects.toMatchObject(
      aborted,
    );
    await expect(silhouetteScores(x, [truth], { seed: 1 }, job())).rejects.toMatchObject(aborted);
    await expect(densityValidity(x, truth, { seed: 1 }, job())).rejects.toMatchObject(aborted);
  });
});
