import { describe, expect, it } from 'vitest';
import { densityReasons, densityWords } from '../../../src/insight/why/density-reasons.ts';
import { mixtureReasons } from '../../../src/insight/why/mixture-reasons.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { mixture } from '../../../src/segments/methods/mixture.ts';
import type { MixtureShape } from '../../../src/segments/methods/mixture-model.ts';
import { segment } from '../../../src/segments/segment.ts';
import { segmentDefaults } from '../../../src/segments/types.ts';
import { planted } from '../../support/blobs.ts';
import { cancelledAt } from '../../support/cancelled.ts';
import { tableOf } from '../../support/feature-table.ts';

const shapes: readonly MixtureShape[] = ['full', 'tied', 'diagonal', 'spherical'];
const { x } = planted({ rows: 400, cols: 4, groups: 3, apart: 2 }, 3);
const table = tableOf(x);

describe('reasons of one customer of a Gaussian mixture', () => {
  it.each(shapes)('add up to the log of the ratio of memberships (%s)', async (shape) => {
    const { model, labels, memberships } = await mixture(x, { k: 3, shape, seed: 1, restarts: 3 });
    const components = Int32Array.of(0, 1, 2);
    for (let row = 0; row < 60; row++) {
      const own = labels[row]!;
      const chances = memberships.data.subarray(3 * row, 3 * row + 3);
      const it = (await mixtureReasons(table, { model, components }, { row, own }))!;
      if (it.by.is !== 'chance') throw new Error('not by chance');
      expect(it.by.own).toBeCloseTo(chances[own]!, 5);
      expect(it.by.other).toBeCloseTo(chances[it.other]!, 5);
      expect(it.by.other).toBe(Math.min(it.by.own, it.by.other));
      const parts = it.parts.reduce((sum, { amount }) => sum + amount, 0);
      expect(it.by.start + parts).toBeCloseTo(it.total, 9);
      if (chances[it.other]! > 1e-4)
        expect(it.total).toBeCloseTo(Math.log(chances[own]! / chances[it.other]!), 2);
      expect(it.isNearest).toBe(true);
    }
  });

  it('a move makes another segment the more probable, and no nearer value of a customer does', async () => {
    const { model, labels } = await mixture(x, { k: 3, shape: 'full', seed: 1, restarts: 3 });
    const components = Int32Array.of(0, 1, 2);
    let found = 0;
    for (let row = 0; row < 25; row++) {
      const own = labels[row]!;
      const it = (await mixtureReasons(table, { model, components }, { row, own }))!;
      const landing = async (feature: number, to: number) => {
        const changed = tableOf(matrix(1, 4, x.data.slice(4 * row, 4 * row + 4)));
        changed.scaled.data[feature] = to;
        const there = (await mixtureReasons(changed, { model, components }, { row: 0, own }))!;
        return there.total < 0 ? there.other : own;
      };
      for (const { feature, to, segment: where, steps } of it.moves) {
        found++;
        expect(await landing(feature, to)).toBe(where);
        const now = x.data[4 * row + feature]!;
        for (let r = 0; r < 400; r += 7) {
          const value = x.data[4 * r + feature]!;
          if (Math.abs(value - now) < steps - 1e-6) expect(await landing(feature, value)).toBe(own);
        }
      }
    }
    expect(found).toBeGreaterThan(20);
  });

  it('the stage says which distribution each segment is, until a hand changes one', async () => {
    const method = { kind: 'mixture', k: 3, shape: 'full' } as const;
    const { segmentation } = await segment(table, { ...segmentDefaults, method });
    const { model, components } = segmentation.mixture!;
    for (let row = 0; row < 50; row++) {
      const own = segmentation.labels[row]!;
      const it = (await mixtureReasons(table, { model, components }, { row, own }))!;
      expect(it.isNearest).toBe(true);
      if (it.by.is === 'chance') expect(it.by.own).toBeCloseTo(segmentation.belongs![row]!, 4);
    }
    const edits = [{ kind: 'dissolve', letter: 'A', reason: '' }] as const;
    const edited = await segment(table, { ...segmentDefaults, method, edits });
    expect(edited.segmentation.mixture).toBeUndefined();
  });

  it('one segment has no other, other columns are refused, a cancel is heard', async () => {
    const { model } = await mixture(x, { k: 1, shape: 'full', seed: 1, restarts: 1 });
    const one = { model, components: Int32Array.of(0) };
    expect(await mixtureReasons(table, one, { row: 0, own: 0 })).toBeNull();
    const others = tableOf(matrix(400, 3));
    await expect(mixtureReasons(others, one, { row: 0, own: 0 })).rejects.toThrow(RangeError);
    await expect(mixtureReasons(table, one, { row: 400, own: 0 })).rejects.toThrow(RangeError);
    const two = await mixture(x, { k: 2, shape: 'full', seed: 1, restarts: 1 });
    const given = { model: two.model, components: Int32Array.of(0, 1) };
    const own = two.labels[0]!;
    const { job } = cancelledAt(2);
    await expect(mixtureReasons(table, given, { row: 0, own }, job)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('reasons of one customer by density', () => {
  /** Two heaps of 30 a tenth apart on a line, one more beside the first, one far from all. */
  const line = matrix(62, 1);
  for (let i = 0; i < 30; i++) ((line.data[i] = i / 10), (line.data[30 + i] = 100 + i / 10));
  line.data.set([3.35, 50], 60);
  const heaps = tableOf(line);
  const made = async (method: Parameters<typeof densityWords>[2]) =>
    (await segment(heaps, { ...segmentDefaults, method })).segmentation;
  const dbscan = { kind: 'dbscan', radius: 0.5, neighbours: 5 } as const;

  it('DBSCAN: a core, one at the edge, one in no segment', async () => {
    const found = await made(dbscan);
    const say = async (row: number) => {
      const it = await densityReasons(line, found, dbscan, row);
      return densityWords(it, found, dbscan, row);
    };
    const core = await densityReasons(line, found, dbscan, 15);
    expect(core).toMatchObject({ within: 11, neighbours: 4, other: { distance: 98.5 } });
    expect(core.reach).toBeCloseTo(0.2, 5);
    expect(core.where[found.labels[15]!]).toBe(4);
    expect((await say(15))[1]).toBe(
      'So it is a core of A: whoever is that near to it belongs to A too.',
    );
    expect((await say(60)).slice(0, 2)).toEqual([
      'Within 0.5 of it are 2 customers, itself among them; 5 make a core.',
      'It is no core itself, but one of A is that near: it stands at the edge.',
    ]);
    expect((await say(61)).slice(0, 2)).toEqual([
      'Within 0.5 of it is 1 customer, itself among them; 5 make a core.',
      'It is no core, and no core is that near: so it is in no segment.',
    ]);
    expect((await say(61)).at(-1)).toMatch(
      /^The nearest customer of a segment is 46.65 away, in A /,
    );
  });

  it('HDBSCAN: its nearest, how near, and how far it belongs', async () => {
    const method = {
      kind: 'hdbscan',
      smallest: 10,
      neighbours: 5,
      pick: 'excess-of-mass',
    } as const;
    const found = await made(method);
    const it = await densityReasons(line, found, method, 45);
    expect(it).toMatchObject({ neighbours: 5, within: null });
    expect(it.where[found.labels[45]!]).toBe(5);
    const words = densityWords(it, found, method, 45);
    expect(words[0]).toMatch(
      /^Of its 5 nearest customers 5 are in [AB]; the last of them is 0.30 away, with others/,
    );
    expect(words[1]).toMatch(/^It belongs to [AB] by [01]\.\d\d: 1 is as dense/);
  });

  it('nobody there, no radius, and a cancel are refused', async () => {
    const found = await made(dbscan);
    await expect(densityReasons(line, found, dbscan, 62)).rejects.toThrow(RangeError);
    const without = { ...dbscan, radius: null };
    await expect(densityReasons(line, found, without, 1)).rejects.toThrow(RangeError);
    await expect(densityReasons(line, found, dbscan, 1, cancelledAt(1).job)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
