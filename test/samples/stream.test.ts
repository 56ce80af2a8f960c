import { expect, it } from 'vitest';
import { purpose, steps, Stream } from '../../src/samples/stream.ts';

const first = (seed: number, customer: number, what: string, n = 4) => {
  const draw = new Stream(seed, customer, purpose(what));
  return Array.from({ length: n }, () => draw.whole());
};

it('a stream depends on seed, customer and purpose, and on nothing else', () => {
  const all = [first(1, 1, 'a'), first(2, 1, 'a'), first(1, 2, 'a'), first(1, 1, 'b')].map(String);
  expect(new Set(all).size).toBe(4);
  expect(first(1, 1, 'a')).toEqual(first(1, 1, 'a'));
});

it('the first number of neighbouring customers is spread evenly', () => {
  const counts = new Array<number>(16).fill(0);
  for (let c = 0; c < 32_000; c++) counts[first(7, c, 'x', 1)[0]! >>> 28]!++;
  const chi = counts.reduce((sum, n) => sum + (n - 2_000) ** 2 / 2_000, 0);
  expect(chi).toBeLessThan(37.7); // chi-squared, 15 degrees of freedom, one in a thousand
});

it('draws have the mean and spread that they promise', () => {
  const draw = new Stream(3, 0, 0);
  const n = 100_000;
  let [sum, squares, waits, picks] = [0, 0, 0, 0];
  const weights = steps([1, 0, 3]);
  for (let i = 0; i < n; i++) {
    const bell = draw.bell();
    sum += bell;
    squares += bell * bell;
    waits += draw.wait(5);
    const pick = draw.pick(weights);
    expect(pick).not.toBe(1);
    if (pick === 2) picks++;
  }
  expect(Math.abs(sum / n)).toBeLessThan(0.012);
  expect(Math.abs(squares / n - 1)).toBeLessThan(0.015);
  expect(Math.abs(waits / n - 5)).toBeLessThan(0.06);
  expect(Math.abs(picks / n - 0.75)).toBeLessThan(0.006);
});

it.each([[[0, 0]], [[]], [[1, -1]], [[NaN]]])('weights %j are refused', (weights) => {
  expect(() => steps(weights)).toThrow(RangeError);
});
