import { expect, it } from 'vitest';
import { random } from '../../../src/lib/random.ts';
import { ascending, quantile } from '../../../src/lib/stats/quantile.ts';
import { quantilesOf } from '../../../src/lib/stats/quantiles.ts';

const ps = [0, 0.02, 0.3, 0.5, 0.98, 1];
const next = random(3);
const made = (count: number, value: (share: number, i: number) => number) =>
  Float64Array.from({ length: count }, (_, i) => value(next(), i));

it.each([
  ['none', made(0, () => 0)],
  ['one', made(1, () => 7)],
  ['two', made(2, (_, i) => i)],
  ['all equal', made(9_000, () => -3.5)],
  ['even', made(50_000, (share) => share - 0.5)],
  ['few values', made(50_000, (share) => Math.floor(8 * share))],
  ['far above the rest', made(50_000, (share) => 1e-3 / (share + 1e-12))],
  ['nearly all in one place', made(50_000, (share, i) => (i % 1000 === 0 ? 1e30 : share * 1e-9))],
  ['each a thousand times the one before', made(9_000, (_, i) => 10 ** ((i % 200) * 3 - 300))],
  ['as far apart as numbers are', made(9_000, (share) => (share - 0.5) * 1.7e308 * 2)],
])('%s: the same bits as of sorted values', (_, values) => {
  const sorted = ascending(values);
  expect(quantilesOf(values, ps)).toEqual(ps.map((p) => quantile(sorted, p)));
});

it('refuses what is no number, and leaves the values alone', () => {
  expect(() => quantilesOf(Float64Array.of(1, NaN, 2), [0.5])).toThrow(RangeError);
  expect(() => quantilesOf(Float64Array.of(1, Infinity), [0.5])).toThrow(RangeError);
  const values = made(9_000, (share) => share);
  const before = values.slice();
  quantilesOf(values, ps);
  expect(values).toEqual(before);
});
