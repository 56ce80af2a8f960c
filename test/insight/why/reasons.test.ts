import { describe, expect, it } from 'vitest';
import { middlesOf, reasonsOf } from '../../../src/insight/why/reasons.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
import { kmeans } from '../../../src/segments/methods/kmeans.ts';
import { planted } from '../../support/blobs.ts';
import { cancelledAt } from '../../support/cancelled.ts';
import { feature, tableOf } from '../../support/feature-table.ts';

const seeds = [1, 2, 3, 4, 5];

async function made(seed: number) {
  const { x } = planted({ rows: 400, cols: 4, groups: 4, apart: 3 }, seed);
  const { labels } = await kmeans(x, { k: 4, seed, restarts: 3 });
  const table = tableOf(x);
  return { table, labels, middles: await middlesOf(table, labels, 4) };
}

/** Independent of the code under test: squared distance of given values to a middle. */
const squared = (values: ArrayLike<number>, means: Float32Array, m: number) =>
  Array.from(values).reduce((sum, v, c) => sum + (v - means[m * values.length + c]!) ** 2, 0);

describe('reasons of one customer', () => {
  it.each(seeds)(
    'the parts add up to the difference of squared distances (seed %i)',
    async (seed) => {
      const { table, labels, middles } = await made(seed);
      for (let row = 0; row < 40; row++) {
        const own = labels[row]!;
        const it = (await reasonsOf(table, middles, { row, own }))!;
        const values = table.scaled.data.slice(row * 4, row * 4 + 4);
        const all = [0, 1, 2, 3].map((m) => squared(values, middles.means.data, m));
        const next = all.map((d, m) => (m === own ? Infinity : d));
        expect(it.other).toBe(next.indexOf(Math.min(...next)));
        const difference = all[it.other]! - all[own]!;
        expect(it.parts.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(difference, 4);
        expect(it.total).toBeCloseTo(difference, 4);
        expect(it.isNearest).toBe(difference >= 0);
        expect(it.by.own).toBeCloseTo(Math.sqrt(all[own]!), 4);
      }
    },
  );

  it.each(seeds)(
    'a move brings another middle nearest, and no customer has a nearer value that does (seed %i)',
    async (seed) => {
      const { table, labels, middles } = await made(seed);
      let found = 0;
      for (let row = 0; row < 40; row++) {
        const own = labels[row]!;
        const it = (await reasonsOf(table, middles, { row, own }))!;
        if (!it.isNearest) continue;
        const values = [...table.scaled.data.slice(row * 4, row * 4 + 4)];
        const landing = (f: number, to: number) => {
          const all = [0, 1, 2, 3].map((m) => squared(values.with(f, to), middles.means.data, m));
          return all.indexOf(Math.min(...all));
        };
        for (let f = 0; f < 4; f++) {
          const flips = Array.from({ length: 400 }, (_, r) => table.raw.data[r * 4 + f]!)
            .filter((to) => landing(f, to) !== own)
            .sort((a, b) => Math.abs(a - values[f]!) - Math.abs(b - values[f]!));
          const move = it.moves.find((each) => each.feature === f);
          expect(move?.to).toBe(flips[0]);
          if (!move) continue;
          found++;
          expect(landing(f, move.to)).toBe(move.segment);
          expect(move.steps).toBeCloseTo(Math.abs(move.to - values[f]!), 5);
        }
        expect(it.moves).toEqual(it.moves.toSorted((a, b) => a.steps - b.steps));
      }
      expect(found).toBeGreaterThan(0);
    },
  );

  it('speaks of what grouped them: a category counts as one, in its own words, and an unused feature not at all', async () => {
    const next = random(1);
    const raw = matrix(200, 3);
    const scaled = matrix(200, 3);
    const labels = Int32Array.from({ length: 200 }, (_, r) => r % 2);
    labels.forEach((label, r) => {
      raw.data.set([label, 100 * next(), next()], 3 * r);
      scaled.data.set(
        [label === 0 ? Math.SQRT1_2 : 0, label === 1 ? Math.SQRT1_2 : 0, next()],
        3 * r,
      );
    });
    const features = [
      feature('plan', { unit: 'category', categories: ['A', 'B'] }),
      feature('unused', { used: false }),
      feature('luck'),
    ];
    const table = tableOf(raw, { features, scaled, scaledFrom: [0, 0, 2] });
    const middles = await middlesOf(table, labels, 2);
    expect(middles.fidelity.value).toBe(1);
    const it = (await reasonsOf(table, middles, { row: 0, own: 0 }))!;
    expect(it.parts.map((part) => part.feature)).toEqual([0, 2]);
    expect(it.parts[0]!.amount).toBeCloseTo(1, 1);
    expect(it.moves).toEqual([{ feature: 0, to: 1, segment: 1, steps: expect.closeTo(1, 6) }]);
  });

  it('where the nearest middle is of another segment it says so and suggests no move', async () => {
    const table = tableOf(matrix(4, 1, Float32Array.of(0, 1, 10, 10)));
    const middles = await middlesOf(table, Int32Array.of(0, 0, 1, 0), 2); // row 3 stands among the others
    const it = (await reasonsOf(table, middles, { row: 3, own: 0 }))!;
    expect(it.isNearest).toBe(false);
    expect(it.moves).toEqual([]);
    expect(middles.fidelity.value).toBe(0.75);
  });

  it('one segment has no other; a row or segment that is not there is refused; so is an empty segment', async () => {
    const table = tableOf(matrix(3, 1, Float32Array.of(1, 2, 3)));
    const one = await middlesOf(table, new Int32Array(3), 1);
    expect(await reasonsOf(table, one, { row: 0, own: 0 })).toBeNull();
    await expect(reasonsOf(table, one, { row: 3, own: 0 })).rejects.toThrow(RangeError);
    await expect(reasonsOf(table, one, { row: 0, own: 1 })).rejects.toThrow(RangeError);
    await expect(middlesOf(table, new Int32Array(3), 2)).rejects.toThrow(
      'segment 1 has no customer',
    );
  });

  it('stops where it is cancelled', async () => {
    const { table, labels, middles } = await made(1);
    await expect(middlesOf(table, labels, 4, cancelledAt(0).job)).rejects.toThrow();
    await expect(
      reasonsOf(table, middles, { row: 0, own: labels[0]! }, cancelledAt(2).job),
    ).rejects.toThrow();
  });
});
