import { expect, it } from 'vitest';
import { ticksOf, type MapAxis } from '../../src/charts/map/axes.ts';

const axis = (more: Partial<MapAxis> = {}): MapAxis => ({
  ...{ title: 'Spend', scale: 'linear', low: 0, high: 100, whole: false, words: String },
  ...more,
});

it('ticks are round values at their places, far enough apart to be read', () => {
  const ticks = ticksOf(axis(), [-1, 1], 600, 'across');
  expect(ticks.length).toBeGreaterThan(3);
  for (const { value, at } of ticks) {
    expect(value % 5).toBe(0);
    expect(at).toBeCloseTo(value / 50 - 1, 10);
  }
  for (let i = 1; i < ticks.length; i++)
    expect((ticks[i]!.at - ticks[i - 1]!.at) * 300).toBeGreaterThan(50);
});

it('a log axis has decades, and even steps where one is near', () => {
  const log = axis({ scale: 'log', high: 10_000 });
  const values = ticksOf(log, [-1, 1], 900, 'across').map(({ value }) => value);
  expect(values).toContain(0);
  expect(values).toContain(1000);
  for (const { value, at } of ticksOf(log, [-1, 1], 900, 'across'))
    expect(at).toBeCloseTo((2 * Math.log1p(value)) / Math.log1p(10_000) - 1, 10);
  const near = ticksOf(log, [0.5, 0.6], 900, 'across');
  expect(near.length).toBeGreaterThan(2);
});

it('categories have ticks at whole numbers only; beyond the data there are none', () => {
  const names = axis({ low: -0.3, high: 3.3, whole: true });
  expect(ticksOf(names, [-1, 1], 800, 'across').map(({ value }) => value)).toEqual([0, 1, 2, 3]);
  expect(ticksOf(axis(), [-8, 8], 600, 'across').every(({ at }) => Math.abs(at) <= 1)).toBe(true);
  expect(ticksOf(axis({ high: 0 }), [-1, 1], 600, 'across')).toEqual([]);
});
