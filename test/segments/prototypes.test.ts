import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { gower, medoids, silhouetteOf } from '../../src/segments/methods/gower.ts';
import { mixedOf, type Mixed } from '../../src/segments/methods/mixed.ts';
import { kPrototypes, usualWeight } from '../../src/segments/methods/prototypes.ts';
import { mixedGroups } from '../../src/segments/methods/prototypes-choice.ts';
import { bell, noise } from '../support/blobs.ts';
import { cancelledAt } from '../support/cancelled.ts';
import { featureTable } from '../support/results.ts';

const golden = JSON.parse(
  readFileSync(new URL('../golden/prototypes.json', import.meta.url), 'utf8'),
) as {
  numbers: number[][];
  codes: number[][];
  truth: number[];
  fits: { k: number; weight: number; cost: number; labels: number[] }[];
  usual: number;
  gower: number[][];
  silhouette: number;
};
const mixed: Mixed = {
  numbers: matrix(golden.numbers.length, 2, Float32Array.from(golden.numbers.flat())),
  codes: Int32Array.from(golden.codes.flat()),
  values: [4, 2],
};
const options = { weight: null, seed: 1, restarts: 8 };

/** Three kinds that numbers alone tell apart only in part, and categories alone too. */
function kinds(rows: number, seed: number) {
  const next = random(seed);
  const truth = Int32Array.from({ length: rows }, (_, r) => r % 3);
  const numbers = matrix(rows, 2);
  const codes = new Int32Array(rows * 2);
  truth.forEach((kind, r) => {
    numbers.data.set([(kind === 0 ? 6 : 0) + bell(next), bell(next)], 2 * r);
    codes.set([kind === 1 ? 1 : 0, kind], 2 * r);
  });
  return { mixed: { numbers, codes, values: [2, 3] }, truth };
}

describe('kPrototypes', () => {
  it.each(golden.fits)(
    'with $k groups at weight $weight costs within 0.2 % of the best of 25 starts of kmodes',
    async ({ k, weight, cost, labels }) => {
      const found = await kPrototypes(mixed, { k, weight, seed: 1, restarts: 25 });
      expect(found.cost).toBeLessThan(cost * 1.002);
      if (k <= 3 && found.cost > cost * 0.998)
        expect(adjustedRandIndex(found.labels, labels)).toBeGreaterThan(0.95);
    },
  );

  it('weighs categories by half the mean spread of the numbers', () => {
    expect(usualWeight(mixed)).toBeCloseTo(golden.usual, 6);
    expect(usualWeight({ numbers: matrix(3, 0), codes: Int32Array.of(0, 1, 0), values: [2] })).toBe(
      1,
    );
  });

  it('finds kinds that only both sides together tell apart, also from a sample of the rows', async () => {
    const { mixed, truth } = kinds(6000, 3);
    const { labels } = await kPrototypes(mixed, { ...options, k: 3, weight: 3, startRows: 1000 });
    expect(adjustedRandIndex(labels, truth)).toBeGreaterThan(0.98);
  });

  it('never costs more with more rounds, says when the cap was hit, and gives the same bytes again', async () => {
    const wide = { ...kinds(800, 5).mixed, numbers: noise(800, 2, 4) };
    const costs: number[] = [];
    for (const maxRounds of [1, 2, 4, 50]) {
      const found = await kPrototypes(wide, { ...options, k: 6, restarts: 1, maxRounds });
      costs.push(found.cost);
      if (maxRounds === 1) expect(found.capped).toBe(true);
    }
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    expect(await kPrototypes(wide, { ...options, k: 4 })).toEqual(
      await kPrototypes(wide, { ...options, k: 4 }),
    );
  });

  it('takes one row, equal rows, no numbers, no categories, k = rows and enormous values', async () => {
    const of = (numbers: number[][], codes: number[], values: number[]): Mixed => ({
      numbers: matrix(numbers.length, numbers[0]!.length, Float32Array.from(numbers.flat())),
      codes: Int32Array.from(codes),
      values,
    });
    expect([...(await kPrototypes(of([[1]], [0], [1]), { ...options, k: 1 })).labels]).toEqual([0]);
    expect([
      ...(await kPrototypes(of([[1], [1], [1]], [0, 0, 0], [1]), { ...options, k: 2 })).labels,
    ]).toEqual([0, 0, 0]);
    const modes = await kPrototypes(of([[], [], [], []], [0, 0, 1, 1], [2]), { ...options, k: 2 });
    expect([...modes.labels]).toEqual([0, 0, 1, 1]);
    expect([...modes.modes]).toEqual([0, 1]);
    const line = await kPrototypes(of([[0], [1], [9], [10]], [], []), { ...options, k: 2 });
    expect([...line.labels]).toEqual([0, 0, 1, 1]);
    expect(
      new Set((await kPrototypes(of([[0], [5], [9]], [], []), { ...options, k: 3 })).labels).size,
    ).toBe(3);
    const far = await kPrototypes(of([[0], [1e30], [1e30], [0]], [0, 1, 1, 0], [2]), {
      ...options,
      k: 2,
    });
    expect([...far.labels]).toEqual([0, 1, 1, 0]);
  });

  it('refuses what is no number or no value, and more groups than rows', async () => {
    await expect(kPrototypes({ ...mixed, values: [3, 2] }, { ...options, k: 2 })).rejects.toThrow(
      'category 0 has no value 3',
    );
    const bad = {
      numbers: matrix(2, 1, Float32Array.of(1, NaN)),
      codes: new Int32Array(),
      values: [],
    };
    await expect(kPrototypes(bad, { ...options, k: 1 })).rejects.toThrow('column 0');
    await expect(kPrototypes(mixed, { ...options, k: 151 })).rejects.toThrow(
      '151 groups of 150 rows',
    );
    await expect(
      kPrototypes(
        { numbers: matrix(0, 1), codes: new Int32Array(), values: [] },
        { ...options, k: 1 },
      ),
    ).rejects.toThrow(RangeError);
  });

  it('stops at the next breath when cancelled, as do Gower’s distances and medoids', async () => {
    for (const at of [0, 1, 5]) {
      const { job, breaths } = cancelledAt(at);
      await expect(
        mixedGroups(kinds(600, 1).mixed, { ...options, k: null, kMax: 5 }, job),
      ).rejects.toMatchObject({ name: 'AbortError' });
      expect(breaths()).toBe(Math.max(1, at));
      const other = cancelledAt(at);
      await expect(
        kPrototypes(kinds(600, 1).mixed, { ...options, k: 4 }, other.job),
      ).rejects.toMatchObject({ name: 'AbortError' });
    }
  });
});

describe('gower', () => {
  it('gives the distances of the package gower, and silhouettes of scikit-learn on them', async () => {
    const d = await gower(mixed, 1);
    golden.gower.flat().forEach((value, i) => expect(d[i]).toBeCloseTo(value, 5));
    expect(silhouetteOf(d, golden.truth, 3)).toBeCloseTo(golden.silhouette, 5);
  });

  it('leads medoids to the best of all pairs of rows, found by trying every one', async () => {
    const few: Mixed = {
      numbers: noise(40, 2, 6),
      codes: Int32Array.from({ length: 40 }, (_, r) => r % 3),
      values: [3],
    };
    const d = await gower(few, 1);
    let least = Infinity;
    for (let a = 0; a < 40; a++)
      for (let b = 0; b < a; b++) {
        let sum = 0;
        for (let r = 0; r < 40; r++) sum += Math.min(d[a * 40 + r]!, d[b * 40 + r]!);
        least = Math.min(least, sum);
      }
    const found = await medoids(d, 40, { k: 2 });
    expect(found.cost).toBeLessThan(least * 1.02);
    expect(found.capped).toBe(false);
    expect(found.medoids.map((row) => found.labels[row])).toEqual([0, 1]);
  });

  it('refuses too many rows, and distances that do not fit', async () => {
    await expect(
      gower({ numbers: matrix(4001, 1), codes: new Int32Array(), values: [] }, 1),
    ).rejects.toThrow('too many');
    await expect(medoids(new Float32Array(5), 2, { k: 1 })).rejects.toThrow(RangeError);
    expect([...(await medoids(new Float32Array(9), 3, { k: 2 })).labels]).toEqual([0, 0, 0]);
  });
});

describe('mixedGroups', () => {
  it.each([600, 2400])(
    'chooses three kinds of %i customers by silhouette and says how',
    async (rows) => {
      const { mixed, truth } = kinds(rows, 7);
      const weight = rows > 1500 ? 3 : null;
      const found = await mixedGroups(mixed, { ...options, k: null, kMax: 6, restarts: 4, weight });
      expect(found.k).toBe(3);
      expect(adjustedRandIndex(found.partition.labels, truth)).toBeGreaterThan(0.9);
      expect(found.curve.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6]);
      expect(found.partition.words).toContain(rows > 1500 ? '3 prototypes' : 'Gower’s distances');
      expect(found.weight).toBe(weight ?? 1);
    },
  );

  it('takes numbers as scaled and categories as they are from the features', () => {
    const table = featureTable(
      ['a', 'b'],
      ['age', 'place'],
      [
        [1, 1],
        [2, 0],
      ],
    );
    const features = [table.features[0]!, { ...table.features[1]!, categories: ['x', 'y'] }];
    const scaled = matrix(2, 3, Float32Array.of(-1, 0, 0.7, 1, 0.7, 0));
    const { numbers, codes, values } = mixedOf({
      features,
      raw: table.raw,
      scaled,
      scaledFrom: [0, 1, 1],
    });
    expect([...numbers.data]).toEqual([-1, 1]);
    expect([...codes]).toEqual([1, 0]);
    expect(values).toEqual([2]);
  });
});
