import { expect, it } from 'vitest';
import { median } from './figures.ts';

it('the median is the middle, or the mean of both middles, and of nothing it is no number', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNaN();
});
