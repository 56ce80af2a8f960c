import { expect, it } from 'vitest';
import { nearRange } from '../../src/charts/near-range.ts';

const row = (low: number, high: number, strong: boolean) => ({
  ...{ value: (low + high) / 2, low, high, strong },
});

it('rows that stand out are in sight wholly, others as far as one more width', () => {
  const asked = [row(-59, -52, true), row(-100, -83, true)];
  expect(nearRange([...asked, row(-9, 1, false)], 64)).toEqual([-100, 64]);
  expect(nearRange([...asked, row(80, 90, false)], 64)).toEqual([-100, 90]);
  expect(nearRange([...asked, row(8_383, 288_363, false)], 64)).toEqual([-100, 228]);
  expect(nearRange([...asked, row(-9_000, 5, false)], null)).toEqual([-200, 5]);
});

it('where all or none stand out, all are in sight', () => {
  expect(nearRange([row(1, 1_000, true), row(2, 3, true)], null)).toEqual([0, 1_000]);
  expect(nearRange([row(1, 1_000, false), row(-2, 3, false)], null)).toEqual([-2, 1_000]);
  expect(nearRange([], null)).toEqual([0, 0]);
  expect(nearRange([{ value: null, low: null, high: null }, row(NaN, 4, true)], 7)).toEqual([0, 7]);
});
