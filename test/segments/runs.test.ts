import { expect, it } from 'vitest';
import { moves } from '../../src/segments/moves.ts';
import { Selection } from '../../src/segments/map/selection.svelte.ts';
import { Runs } from '../../src/segments/runs.svelte.ts';
import { segmentDefaults, type SegmentSettings } from '../../src/segments/types.ts';
import { segmentation } from '../support/results.ts';

const customers = ['a', 'b', 'c'];
const of = (settings: SegmentSettings) => ({ features: {}, settings, tookMs: 5 });
const one = segmentation(['x', 'y'], [0, 1, 0]);
const two = segmentation(['x'], [0, 0, 0]);

it('runs are kept in order, the same decision once, at most twelve', () => {
  const runs = new Runs();
  runs.note(of(segmentDefaults), { customers }, one);
  runs.note(of({ ...segmentDefaults, k: 1 }), { customers: [...customers] }, two);
  expect(runs.list.map(({ settings }) => settings.k)).toEqual([null, 1]);
  const names = [{ letter: 'A', name: 'Ours' }];
  runs.note(of({ ...segmentDefaults, names, anchor: 'A3' }), { customers }, one);
  expect(runs.list.map(({ settings }) => settings.k)).toEqual([1, null]); // the same decision, now newest
  for (let k = 2; k < 30; k++) runs.note(of({ ...segmentDefaults, k }), { customers }, one);
  expect(runs.list).toHaveLength(12);
  expect(new Set(runs.list.map(({ id }) => id)).size).toBe(12);
});

it('runs over other customers are forgotten', () => {
  const runs = new Runs();
  runs.note(of(segmentDefaults), { customers }, one);
  runs.note(of({ ...segmentDefaults, k: 1 }), { customers: ['a', 'b', 'd'] }, two);
  expect(runs.list).toHaveLength(1);
  runs.clear();
  expect(runs.list).toEqual([]);
});

it('moves count each customer once', () => {
  const table = moves(
    { labels: Int32Array.of(0, 1, 0, 1), groups: 2 },
    { labels: Int32Array.of(2, 2, 0, 1), groups: 3 },
  );
  expect([...table]).toEqual([1, 0, 1, 0, 1, 1]);
  expect(() =>
    moves({ labels: Int32Array.of(0), groups: 1 }, { labels: Int32Array.of(), groups: 1 }),
  ).toThrow(RangeError);
});

it('a chosen segment stays chosen under its letter, and is let go where the letter is gone', () => {
  const selection = new Selection();
  const letters = (...all: string[]) => ({ segments: all.map((letter) => ({ letter })) });
  selection.segment = 1;
  selection.follow(letters('A', 'B', 'C'), letters('B', 'C', 'E', ''));
  expect(selection.segment).toBe(0);
  selection.follow(letters('B', 'C'), letters('C', 'D'));
  expect(selection.segment).toBeNull();
  selection.segment = 1;
  selection.follow(letters('A', ''), letters('A', 'B', ''));
  expect(selection.segment).toBe(2); // those in no segment
  selection.segment = null;
  selection.follow(null, letters('A'));
  expect(selection.segment).toBeNull();
});
