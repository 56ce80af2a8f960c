import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { correlation } from '../../src/lib/stats/moments.ts';
import { chooseK, structureOf } from '../../src/segments/choose-k.ts';
import { withoutStructure } from '../../src/segments/reference.ts';
import { plainKernels } from '../../src/segments/kernels/types.ts';
import { sweep } from '../../src/segments/sweep.ts';
import type { KScore } from '../../src/segments/types.ts';
import { bell, blobs, noise, planted } from '../support/blobs.ts';

const from = (x: Matrix) => Array.from({ length: x.cols }, (_, c) => c);
const upTo = (top: number) => Array.from({ length: top - 1 }, (_, i) => i + 2);
const curveOf = async (x: Matrix, kTop = 8, columns = from(x)) =>
  (await sweep(x, columns, { ks: upTo(kTop), seed: 1, restarts: 6 }, unattended, plainKernels))
    .curve;
const score = (k: number, value: number, reference: number, smallest = 100): KScore => ({
  k,
  reference,
  smallest,
  inertia: 1,
  silhouette: { value, low: value - 0.01, high: value + 0.01 },
});
const column = ({ data, cols }: Matrix, c: number) => data.filter((_, i) => i % cols === c);

describe('choosing k', () => {
  it.each([2, 3, 4, 6])('finds that %i groups were planted, and says so', async (groups) => {
    const { x } = planted({ rows: 900, cols: 4, groups, apart: 7 }, groups + 20);
    const best = chooseK(await curveOf(x), x.rows);
    expect(best.k).toBe(groups);
    expect(structureOf(best).found).toBe(true);
  });

  it('finds three clouds on a line, where every column alone shows them', async () => {
    const x = blobs(300, 3);
    const best = chooseK(await curveOf(x), x.rows);
    expect(best.k).toBe(3);
    expect(structureOf(best)).toMatchObject({ found: true });
  });

  it.each([
    [50, 2],
    [400, 2],
    [1000, 5],
    [3000, 10],
  ])('finds nothing in noise of %i rows and %i columns', async (rows, cols) => {
    for (const seed of [1, 2, 3]) {
      const x = noise(rows, cols, seed);
      const { found, words } = structureOf(chooseK(await curveOf(x), rows));
      expect(found).toBe(false);
      expect(words).toMatch(
        /silhouette 0\.\d\d \(.+ to .+\) for \d+ segments, 0\.\d\d for made-up/,
      );
    }
  });

  it('finds nothing in one round cloud, nor in one long one', async () => {
    for (const stretch of [1, 6]) {
      const next = random(5);
      const x = matrix(800, 3);
      for (let i = 0; i < x.data.length; i++) x.data[i] = bell(next) * (i % 3 === 0 ? stretch : 1);
      expect(structureOf(chooseK(await curveOf(x), 800)).found).toBe(false);
    }
  });

  it('finds nothing in answers that have nothing to do with each other', async () => {
    const next = random(9);
    const x = matrix(600, 5);
    for (let i = 0; i < x.data.length; i++) x.data[i] = next() < 0.5 ? 0 : 1;
    expect(structureOf(chooseK(await curveOf(x), 600)).found).toBe(false);
  });

  it('takes the k that stands highest above customers without groups, not the highest silhouette', () => {
    expect(chooseK([score(2, 0.5, 0.45), score(3, 0.45, 0.3), score(4, 0.4, 0.3)], 1000).k).toBe(3);
  });

  it('takes the smaller k where a larger one is not clearly better', () => {
    expect(chooseK([score(3, 0.45, 0.3), score(4, 0.455, 0.3)], 1000).k).toBe(3);
  });

  it('passes over a k with a tiny segment only where another is as good', () => {
    expect(chooseK([score(3, 0.45, 0.3, 4), score(4, 0.455, 0.3)], 1000).k).toBe(4);
    expect(chooseK([score(3, 0.45, 0.1, 4), score(4, 0.4, 0.3)], 1000).k).toBe(3);
  });

  it('refuses an empty curve', () => {
    expect(() => chooseK([], 10)).toThrow(RangeError);
  });

  it('calls a low silhouette overlap even where it is above the reference', () => {
    const { found, words } = structureOf(score(4, 0.2, 0.05));
    expect(found).toBe(false);
    expect(words).toContain('overlap');
  });
});

describe('sweep', () => {
  it('tries every k up to the top, with falling inertia', async () => {
    const curve = await curveOf(noise(200, 2), 6);
    expect(curve.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6]);
    const inertias = curve.map(({ inertia }) => inertia);
    expect(inertias).toEqual(inertias.toSorted((a, b) => b - a));
    for (const { silhouette: s } of curve) expect(s.low < s.value && s.value < s.high).toBe(true);
  });

  it('above 6,000 rows scores a sample that agrees with all of them', async () => {
    const { x } = planted({ rows: 6500, cols: 2, groups: 3, apart: 6 }, 4);
    const few = matrix(5900, 2, x.data.slice(0, 2 * 5900));
    const [a, b] = [await curveOf(x, 4), await curveOf(few, 4)];
    a.forEach(({ silhouette }, i) =>
      expect(Math.abs(silhouette.value - b[i]!.silhouette.value)).toBeLessThan(0.03),
    );
  });

  it('stops at as many groups as rows differ', async () => {
    const x = matrix(
      30,
      1,
      Float32Array.from({ length: 30 }, (_, r) => r % 3),
    );
    expect((await curveOf(x, 8)).map(({ k }) => k)).toEqual([2, 3]);
    expect(await curveOf(matrix(30, 2), 8)).toEqual([]);
  });
});

describe('withoutStructure', () => {
  it('keeps the correlation of the columns and has no groups', () => {
    const next = random(3);
    const x = matrix(2000, 2);
    for (let r = 0; r < 2000; r++) {
      x.data[2 * r] = (r % 2) * 10 + bell(next);
      x.data[2 * r + 1] = x.data[2 * r]! + bell(next);
    }
    const made = withoutStructure(x, from(x), 2000, 1);
    expect(correlation(column(made, 0), column(made, 1))).toBeGreaterThan(0.8);
    const middle = column(made, 0).filter((value) => value > 4 && value < 6).length;
    expect(middle).toBeGreaterThan(100); // in x almost none
  });

  it('shuffles columns of few values, those of one feature together', () => {
    const x = matrix(300, 3);
    for (let r = 0; r < 300; r++) {
      x.data[3 * r] = r % 3 === 0 ? 1 : 0;
      x.data[3 * r + 1] = r % 3 === 0 ? 0 : 1;
      x.data[3 * r + 2] = r % 3 === 0 ? 1 : 0;
    }
    const made = withoutStructure(x, [0, 0, 1], 3000, 2);
    let agree = 0;
    for (let r = 0; r < 3000; r++) {
      expect(made.data[3 * r]! + made.data[3 * r + 1]!).toBe(1);
      if (made.data[3 * r] === made.data[3 * r + 2]) agree++;
    }
    expect(agree / 3000).toBeCloseTo(5 / 9, 1);
  });
});
