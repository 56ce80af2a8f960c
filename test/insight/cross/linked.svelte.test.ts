// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { Linked } from '../../../src/insight/cross/linked.svelte.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
import { Selection } from '../../../src/segments/map/selection.svelte.ts';
import type { Segmentation } from '../../../src/segments/types.ts';
import { feature, tableOf } from '../../support/feature-table.ts';

const rows = 600;

function scene(seed = 1) {
  const next = random(seed);
  const raw = matrix(rows, 3);
  for (let r = 0; r < rows; r++)
    raw.data.set([Math.floor(100 * next()), next() * next(), Math.floor(3 * next())], 3 * r);
  const table = tableOf(raw, {
    features: [
      feature('days', { label: 'Recency', unit: 'days' }),
      feature('spend', { label: 'Spend', unit: 'money' }),
      feature('kind', { label: 'Kind', unit: 'category', categories: ['x', 'y', 'z'] }),
    ],
  });
  const labels = Int32Array.from({ length: rows }, () => Math.floor(4 * next()));
  const drivers = [0, 1, 2].map((f) => ({ feature: f, effect: 3 - f }));
  const segments = [0, 1, 2, 3].map((id) => ({ id, drivers, rest: false }));
  const segmentation = { labels, segments } as unknown as Segmentation; // only what is linked
  let before = $state.raw({ table, segmentation });
  let settings = $state.raw<{ readonly views?: readonly string[] }>({});
  const decided: string[] = [];
  const selection = new Selection();
  const linked = new Linked({
    features: {
      get table() {
        return before.table;
      },
    },
    tables: { dataset: null },
    segments: {
      get segmentation() {
        return before.segmentation;
      },
      get settings() {
        return settings;
      },
    },
    choose: (label, views) => {
      decided.push(label);
      settings = { views };
    },
    selection,
    query: () => Promise.reject(new Error('nothing to ask')),
  });
  const set = (next: typeof before) => (before = next);
  const open = (views: readonly string[]) => (settings = { views });
  const views = () => settings.views;
  return { table, labels, segmentation, selection, linked, set, decided, views, open };
}

it('brushes, picks, the lasso and the chosen segment filter everything but themselves', () => {
  const { table, labels, selection, linked } = scene();
  const value = (r: number, f: number) => table.raw.data[3 * r + f]!;
  const stop = $effect.root(() => {
    expect(linked.strip.shown.map(({ name }) => name)).toEqual([
      'feature:days',
      'feature:spend',
      'feature:kind',
    ]);
    expect(linked.now).toMatchObject({ isFiltered: false, total: rows });
    expect(linked.now?.counts.get('feature:days')).toBeNull();
    expect([linked.dimmed, linked.inside, linked.who]).toEqual([null, null, null]);

    const lasso = Uint8Array.from({ length: rows }, (_, r) => (r % 5 ? 1 : 0));
    selection.brush(0, [20, 60]);
    selection.pick('feature:kind', [0, 2]);
    selection.lasso = lasso;
    selection.segment = 1;
    const brushed = (r: number) => value(r, 0) >= 20 && value(r, 0) <= 60;
    const picked = (r: number) => value(r, 2) !== 1;
    const all = Array.from({ length: rows }, (_, r) => r);
    const inside = all.filter((r) => brushed(r) && picked(r) && lasso[r]);
    expect(linked.now?.total).toBe(inside.length);
    expect(linked.now?.bySegment).toEqual(
      [0, 1, 2, 3].map((s) => inside.filter((r) => labels[r] === s).length),
    );
    expect([...linked.now!.counts.get('feature:kind')!]).toEqual(
      [0, 1, 2].map(
        (k) =>
          all.filter((r) => brushed(r) && lasso[r] && labels[r] === 1 && value(r, 2) === k).length,
      ),
    );
    expect([...linked.inside!]).toEqual(all.map((r) => Number(inside.includes(r))));
    expect([...linked.dimmed!]).toEqual(all.map((r) => Number(!(brushed(r) && picked(r)))));
    expect(linked.filters.map(({ words }) => words)).toEqual([
      'Recency 20–60 days',
      'Kind x or z',
      'Inside the lasso',
    ]);
    for (const { clear } of linked.filters) clear();
    selection.segment = null;
    expect(linked.now).toMatchObject({ isFiltered: false, total: rows });
  });
  stop();
});

it('a view that leaves the strip takes its brush along, and comes back without one', () => {
  const { selection, linked } = scene();
  selection.brush(1, [0, 0.1]);
  expect(linked.now?.total).toBeLessThan(rows);
  linked.hide('feature:spend');
  expect(selection.brushes).toEqual([]);
  expect([linked.strip.shown.length, linked.now?.total]).toEqual([2, rows]);
  linked.strip.add('feature:spend');
  expect(linked.strip.shown.at(-1)?.name).toBe('feature:spend');
});

it('each choice of views is one decision, in words; what stands in a recipe is shown in its order, each once', () => {
  const { linked, decided, views, open } = scene();
  expect(views()).toBeUndefined();
  linked.strip.move('feature:kind', -1);
  linked.hide('feature:spend');
  linked.strip.add('feature:spend');
  linked.strip.add('feature:spend');
  linked.strip.move('feature:days', -1); // it is the first already
  expect(views()).toEqual(['feature:days', 'feature:kind', 'feature:spend']);
  expect(decided).toEqual(['Move Kind left', 'Remove Spend from the strip', 'Show Spend']);
  open(['feature:spend', 'gone', 'feature:days', 'feature:spend']);
  expect(linked.strip.shown.map(({ name }) => name)).toEqual(['feature:spend', 'feature:days']);
  linked.strip.move('feature:days', -1);
  expect(views()).toEqual(['feature:days', 'gone', 'feature:spend']); // it may come back
  open([]);
  expect(linked.strip.shown).toEqual([]);
});

it('a brush on a feature that is not in the strip filters all the same', () => {
  const { table, selection, linked } = scene();
  linked.hide('feature:spend');
  selection.brush(1, [0.2, 0.4]);
  const plain = Array.from({ length: rows }, (_, r) => table.raw.data[3 * r + 1]!);
  expect(linked.now?.total).toBe(plain.filter((v) => v >= 0.2 && v <= 0.4).length);
});

it('other segments of the same customers are counted at once; others than the customers of the table never', () => {
  const { segmentation, selection, linked, set, table } = scene();
  selection.brush(0, [0, 50]);
  const total = linked.now?.total;
  const labels = segmentation.labels.map((label) => label % 2);
  set({ table, segmentation: { ...segmentation, labels } });
  flushSync();
  expect(linked.now?.bySegment.slice(2)).toEqual([0, 0]);
  expect(linked.now?.total).toBe(total);
  set({ table, segmentation: { ...segmentation, labels: new Int32Array(3) } });
  expect(linked.now).toBeNull();
});
