import { expect, it } from 'vitest';
import { matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { anchorOf, readAnchor, witnessesOf } from '../../src/segments/anchor.ts';
import { segment, segmenter } from '../../src/segments/segment.ts';
import { segmentDefaults } from '../../src/segments/types.ts';
import { planted } from '../support/blobs.ts';
import { tableOf } from '../support/feature-table.ts';
import { segmentation } from '../support/results.ts';

const ids = (n: number) => Array.from({ length: n }, (_, r) => `customer ${r}`);

it('witnesses are many, all different, and stay the same people when others come', () => {
  const few = ids(5000);
  const witnesses = witnessesOf(few);
  const rows = [...witnesses].filter((row) => row >= 0);
  expect(rows.length).toBeGreaterThan(1700); // 2048 · (1 − e^(−5000/2048)) = 1870
  expect(new Set(rows).size).toBe(rows.length);
  const more = witnessesOf([...few, ...Array.from({ length: 500 }, (_, r) => `new ${r}`)]);
  const moved = [...more].filter((row, place) => row !== witnesses[place]).length;
  expect(moved).toBeLessThan(400); // about one place for each new one that comes first or fills a gap
  expect([...witnessesOf([])]).toEqual(new Array(2048).fill(-1));
});

it('an anchor says the letter of each witness, and comes back from its text', () => {
  const customers = ids(900);
  const next = random(7);
  const labels = customers.map(() => Math.floor(next() * 3));
  const found = segmentation(['x', 'y', 'z'], labels);
  const witnesses = witnessesOf(customers);
  const text = anchorOf(found, witnesses, { named: [] });
  expect(text).toMatch(/^(([A-Z]|-)\d*( |$))+$/);
  expect([...readAnchor(text).layers[0]!]).toEqual(
    [...witnesses].map((row) => (row < 0 ? -1 : labels[row]!)),
  );
  expect([...readAnchor('AA3 -2 B').layers[0]!].slice(0, 7)).toEqual([26, 26, 26, -1, -1, 1, -1]);
  expect([...new Set(readAnchor('?!').layers[0]!)]).toEqual([-1]);
});

const { x } = planted({ rows: 600, cols: 3, groups: 4, apart: 8 }, 5);
const table = tableOf(x);
const witnesses = witnessesOf(table.customers);
const input = { ...table, witnesses };
const settings = { ...segmentDefaults, kMax: 6, restarts: 3 };

it('segments that turn up in another order keep letter and colour by the anchor', async () => {
  const first = (await segment(input, settings)).segmentation;
  const relabelled = anchorOf(
    {
      labels: first.labels,
      segments: first.segments.map((each) => ({ ...each, colour: [4, 1, 25, 2][each.id]! })),
    },
    witnesses,
    { named: [] },
  );
  const { segmentation: next } = await segment(input, { ...settings, anchor: relabelled });
  expect(next.segments.map(({ letter }) => letter)).toEqual(['B', 'C', 'E', 'Z']);
  expect(next.segments.map(({ colour }) => colour)).toEqual([1, 2, 4, 25]);
  const letterOf = (r: number) => next.segments[next.labels[r]!]!.letter;
  first.labels.forEach((label, r) => expect(letterOf(r)).toBe('EBZC'[label]));
});

it('a letter of a vanished segment stays free where a person named it, and is used again otherwise', async () => {
  const first = (await segment(input, settings)).segmentation;
  const run = segmenter();
  const three = (
    await run(input, { ...settings, k: 3, anchor: anchorOf(first, witnesses, { named: [] }) })
  ).segmentation;
  const gone = ['A', 'B', 'C', 'D'].find((each) => three.segments.every((s) => s.letter !== each))!;
  const four = async (named: readonly string[]) => {
    const anchor = anchorOf(three, witnesses, { named });
    return (await run(input, { ...settings, k: 4, anchor })).segmentation.segments;
  };
  expect((await four([])).map(({ letter }) => letter)).toEqual(['A', 'B', 'C', 'D']);
  const others = ['A', 'B', 'C', 'D', 'E'].filter((each) => each !== gone);
  expect((await four([gone])).map(({ letter }) => letter)).toEqual(others);
});

it('a name given afterwards changes no letter: the recipe still gives the same', async () => {
  const anchor = anchorOf((await segment(input, settings)).segmentation, witnesses, { named: [] });
  const five = { ...settings, k: 5, anchor };
  const before = await segment(input, five);
  const names = before.segmentation.segments.map(({ letter }) => ({ letter, name: 'Ours' }));
  expect(await segment(input, { ...five, names })).toEqual(before);
});

it('an anchor of other customers changes nothing', async () => {
  const others = { ...input, witnesses: witnessesOf(ids(600)) };
  const plain = await segment(others, settings);
  expect(await segment(others, { ...settings, anchor: '-2048' })).toEqual(plain);
  expect(await segment(table, { ...settings, anchor: 'B2048' })).toEqual(plain); // nobody to compare with
});

it('the same settings give the same bytes, whatever was run before', async () => {
  const anchor = anchorOf((await segment(input, { ...settings, k: 5 })).segmentation, witnesses, {
    named: [],
  });
  const asked = { ...settings, k: 3, anchor };
  const fresh = await segment(input, asked);
  const kept = segmenter();
  for (const k of [2, 6, null]) await kept(input, { ...settings, k });
  expect(await kept(input, asked)).toEqual(fresh);
});

it('vanished segments are remembered behind those on the screen, each letter once, four groupings at most', () => {
  const customers = ids(300);
  const rows = witnessesOf(customers);
  const grouping = (letters: readonly number[]) => {
    const found = segmentation(
      ['x', 'y'],
      customers.map((_, r) => r % 2),
    );
    return { ...found, segments: found.segments.map((s, i) => ({ ...s, colour: letters[i]! })) };
  };
  let before = '';
  for (const letters of [
    [0, 1],
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 0],
  ])
    before = anchorOf(grouping(letters), rows, { named: ['B'], before });
  const { layers, named } = readAnchor(before);
  const lettersIn = layers.map((layer) => [...new Set(layer)].filter((p) => p >= 0).sort());
  expect(lettersIn).toEqual([
    [0, 7],
    [5, 6],
    [3, 4],
    [1, 2],
  ]);
  expect([...named]).toEqual([1]);
  expect(before.length).toBeLessThan(8000);
});

it('a matrix of one column has its letters too', async () => {
  const line = tableOf(
    matrix(
      40,
      1,
      Float32Array.from({ length: 40 }, (_, r) => (r % 4) * 9),
    ),
  );
  const found = (await segment({ ...line, witnesses: witnessesOf(line.customers) }, settings))
    .segmentation;
  expect(found.segments.map(({ letter }) => letter)).toEqual(['A', 'B', 'C', 'D']);
});
