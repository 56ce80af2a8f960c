import { expect, it } from 'vitest';
import { partWords } from '../../src/segments/map/part-words.ts';
import { random } from '../../src/lib/random.ts';
import { featureTable } from '../support/results.ts';

const next = random(8);
/** 200 customers of one segment; the last 50 order far more, all else alike. */
const rows = Array.from({ length: 200 }, (_, i) => [
  10 + 5 * next(),
  Math.round((i >= 150 ? 30 : 5) + 4 * next()),
]);
const table = featureTable(
  rows.map((_, i) => String(i)),
  ['recency_days', 'orders'],
  rows,
);
const range = (from: number, to: number) =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);
const all = range(0, 200);

it('says what sets a part apart from its segment, with the medians behind it', () => {
  const { short, long } = partWords(table, all, range(150, 200), 'C');
  expect(short).toMatch(/^(more|higher) \S/);
  expect(short).not.toContain(',');
  const middle = (part: Int32Array) => {
    const own = [...part].map((r) => rows[r]![1]!).toSorted((a, b) => a - b);
    return (own[own.length / 2 - 1]! + own[own.length / 2]!) / 2;
  };
  expect(long).toContain(String(middle(range(150, 200))));
  expect(long).toContain(`all of C: ${middle(all)}`);
});

it('a part like its segment has no words', () => {
  expect(partWords(table, all, all, 'C')).toEqual({ short: null, long: 'Like all of C.' });
});

it('a category speaks by the value whose share differs most', () => {
  const made = featureTable(['1', '2', '3', '4'], ['country'], [[0], [0], [1], [1]]);
  const features = made.features.map((feature) => ({
    ...feature,
    ...{ unit: 'category' as const, categories: ['Norway', 'Peru'] },
  }));
  const words = partWords({ ...made, features }, range(0, 4), range(2, 4), 'A');
  expect(words.short).toBe('more with country Peru');
  expect(words.long).toContain('50 %');
});
