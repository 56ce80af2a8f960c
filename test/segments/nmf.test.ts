import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { atOnce } from '../../src/lib/steps.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { nmf, weightsOn, type Nmf } from '../../src/segments/methods/nmf.ts';
import { behaviour, chooseParts, nmfPartition } from '../../src/segments/methods/nmf-choice.ts';
import { noise } from '../support/blobs.ts';
import { cancelledAt } from '../support/cancelled.ts';
import { featureTable } from '../support/results.ts';

const golden = JSON.parse(readFileSync(new URL('../golden/nmf.json', import.meta.url), 'utf8')) as {
  x: number[][];
  fits: { loss: 'squares' | 'divergence'; k: number; error: number; divergence: number }[];
};
const x = matrix(golden.x.length, 12, Float32Array.from(golden.x.flat()));
const options = { loss: 'squares', seed: 1, restarts: 2 } as const;
const exact = { seed: 1, restarts: 12, tolerance: 1e-9, maxRounds: 6000 };

const made = ({ weights, parts }: Nmf): Float64Array => {
  const out = new Float64Array(weights.rows * parts.cols);
  for (let r = 0; r < weights.rows; r++)
    for (let m = 0; m < parts.rows; m++)
      for (let c = 0; c < parts.cols; c++)
        out[r * parts.cols + c]! +=
          weights.data[r * parts.rows + m]! * parts.data[m * parts.cols + c]!;
  return out;
};
const divergence = (x: Matrix, found: Nmf): number =>
  made(found).reduce((sum, q, i) => {
    const p = x.data[i]!;
    return sum + (p > 0 ? p * Math.log(p / q) : 0) - p + q;
  }, 0);

/** Customers who each do one kind of thing a lot and a little of the rest; some a hundred times as much. */
function kinds(rows: number, seed: number) {
  const next = random(seed);
  const truth = Int32Array.from({ length: rows }, (_, r) => r % 3);
  const x = matrix(rows, 9);
  truth.forEach((kind, r) => {
    const size = next() < 0.02 ? 100 : 1 + 4 * next();
    for (let c = 0; c < 9; c++)
      x.data[9 * r + c] = size * (Math.floor(c / 3) === kind ? 1 + next() : 0.15 * next());
  });
  return { x, truth };
}

describe('nmf', () => {
  it.each(golden.fits)(
    'with $k parts by $loss fits as well as the best of 13 starts of scikit-learn',
    async ({ loss, k, error, divergence: theirs }) => {
      const found = await nmf(x, { ...exact, loss, k });
      if (loss === 'squares') expect(found.error).toBeLessThan(error * 1.01);
      else expect(divergence(x, found)).toBeLessThan(theirs * 1.02 + 0.01);
      if (k === 1) expect(found.error).toBeCloseTo(error, 4);
    },
  );

  it.each(['squares', 'divergence'] as const)(
    'by %s puts customers with their kind, however much they do',
    async (loss) => {
      const { x, truth } = kinds(900, 2);
      const { labels, parts } = await nmf(x, { ...options, loss, k: 3 });
      expect(adjustedRandIndex(labels, truth)).toBeGreaterThan(0.97);
      for (let m = 0; m < 3; m++)
        expect(parts.data.subarray(9 * m, 9 * m + 9).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    },
  );

  it('chooses as many parts as there are kinds, and one where columns have nothing in common', async () => {
    const { k, curve } = await chooseParts(kinds(600, 4).x, { ...options, kMax: 7 });
    expect(k).toBe(3);
    expect(curve.map((each) => each.k)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    for (const seed of [1, 2, 3])
      expect((await chooseParts(noise(500, 8, seed), { ...options, kMax: 5 })).k).toBe(1);
  });

  it('finds the kinds in parts learned from a sample, and places new customers', async () => {
    const { x, truth } = kinds(5000, 3);
    const found = await nmf(x, { ...options, k: 3, partRows: 500 });
    expect(adjustedRandIndex(found.labels, truth)).toBeGreaterThan(0.97);
    const again = await weightsOn(x, found.parts, 'squares');
    again.data.forEach((value, i) => expect(value).toBeCloseTo(found.weights.data[i]!, 3));
  });

  it.each(['squares', 'divergence'] as const)(
    'by %s never fits worse with more rounds, is never below 0, and says when the cap was hit',
    async (loss) => {
      const losses: number[] = [];
      for (const maxRounds of [1, 2, 4, 8, 32, 128]) {
        const found = await nmf(x, { loss, seed: 1, restarts: 1, k: 4, maxRounds, tolerance: 0 });
        losses.push(loss === 'squares' ? found.error : divergence(x, found));
        expect(Math.min(...found.weights.data, ...found.parts.data)).toBeGreaterThanOrEqual(0);
        expect(found.rounds).toBeLessThanOrEqual(maxRounds);
        if (maxRounds < 10) expect(found.capped).toBe(true);
      }
      losses
        .slice(1)
        .forEach((value, i) => expect(value).toBeLessThan(losses[i]! + 1e-4 * losses[0]!));
    },
  );

  it('tells the stage who belongs how much, and that customers of nothing are in no part', async () => {
    const { x } = kinds(300, 5);
    x.data.fill(0, 0, 9);
    const partition = nmfPartition(await nmf(x, { ...options, k: 3 }), null);
    expect(partition.labels[0]).toBe(-1);
    expect(partition.belongs![0]).toBe(0);
    expect(partition.groups).toBe(3);
    expect(Math.min(...partition.belongs!.slice(1))).toBeGreaterThan(0.33);
    expect(partition.words).toContain('1 customers did nothing of this');
  });

  it('takes what customers did from features that count something', () => {
    const table = featureTable(
      ['a', 'b', 'c'],
      ['orders', 'trend', 'visits', 'never'],
      [
        [1, -1, 3, 0],
        [0, 2, 5, 0],
        [7, 1, 0, 0],
      ],
    );
    const { x, features } = atOnce(behaviour(table));
    expect(features).toEqual([0, 2]);
    for (const c of [0, 1])
      expect(x.data.reduce((sum, v, i) => sum + (i % 2 === c ? v * v : 0), 0) / 3).toBeCloseTo(
        1,
        5,
      );
    expect(() => atOnce(behaviour(featureTable(['a'], ['trend'], [[-1]])))).toThrow(
      'at least two features',
    );
  });

  it('gives the same bytes for the same seed', async () => {
    expect(await nmf(x, { ...options, k: 5 })).toEqual(await nmf(x, { ...options, k: 5 }));
  });

  it('takes one row, all zeros, equal rows, k = columns, 500 columns and enormous values', async () => {
    expect([
      ...(await nmf(matrix(1, 2, Float32Array.of(1, 3)), { ...options, k: 1 })).labels,
    ]).toEqual([0]);
    const zero = await nmf(matrix(4, 3), { ...options, k: 2 });
    expect([...zero.labels]).toEqual([-1, -1, -1, -1]);
    expect(zero.error).toBe(0);
    const same = await nmf(matrix(5, 3, new Float32Array(15).fill(2)), { ...options, k: 2 });
    expect(same.error).toBeLessThan(1e-3);
    expect(
      (await nmf(noise(30, 4), { ...options, k: 4, maxRounds: 3000, tolerance: 0 })).error,
    ).toBeLessThan(0.1);
    const wide = await nmf(noise(40, 500), { ...options, k: 3, maxRounds: 20 });
    expect(wide.error).toBeLessThan(0.6);
    const { x, truth } = kinds(300, 6);
    const far = matrix(
      300,
      9,
      x.data.map((value) => value * 1e30),
    );
    expect(adjustedRandIndex((await nmf(far, { ...options, k: 3 })).labels, truth)).toBeGreaterThan(
      0.95,
    );
  });

  it('refuses values below 0 or no numbers, naming the column, and more parts than columns or rows', async () => {
    for (const bad of [NaN, Infinity, -1])
      await expect(
        nmf(matrix(2, 2, Float32Array.of(1, 2, 3, bad)), { ...options, k: 1 }),
      ).rejects.toThrow('column 1');
    await expect(nmf(matrix(5, 2), { ...options, k: 3 })).rejects.toThrow('3 parts of 5 × 2');
    await expect(nmf(matrix(0, 2), { ...options, k: 1 })).rejects.toThrow(RangeError);
  });

  it('stops at the next breath when cancelled, before and during', async () => {
    for (const at of [0, 1, 6]) {
      const { job, breaths } = cancelledAt(at);
      await expect(nmf(noise(9000, 12), { ...options, k: 4 }, job)).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(breaths()).toBe(Math.max(1, at));
    }
  });
});
