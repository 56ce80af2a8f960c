import { expect, it } from 'vitest';
import { isInside, selectInside, thin } from '../../src/charts/map/lasso.ts';
import { buildModel } from '../../src/charts/map/model.ts';
import { random } from '../../src/lib/random.ts';
import { cloud } from './cloud.ts';

const positions = cloud(4000, 11);
const plain = (polygon: readonly number[]) =>
  Uint8Array.from({ length: 4000 }, (_, i) =>
    isInside(polygon, positions[2 * i]!, positions[2 * i + 1]!) ? 1 : 0,
  );

it('the plain test knows a square, its outside and a figure of eight', () => {
  const square = [0, 0, 1, 0, 1, 1, 0, 1];
  expect(isInside(square, 0.5, 0.5)).toBe(true);
  expect(isInside(square, 1.5, 0.5)).toBe(false);
  const eight = [0, 0, 1, 1, 1, 0, 0, 1]; // crosses itself in the middle
  expect(isInside(eight, 0.9, 0.5)).toBe(true);
  expect(isInside(eight, 0.5, 0.9)).toBe(false);
});

it.each([1, 3, 16, 64, 200])(
  'selects exactly what the plain test does, on a grid of %i²',
  (side) => {
    const model = buildModel(positions, side);
    const next = random(side);
    let selected = 0;
    for (let round = 0; round < 60; round++) {
      const corners = 3 + Math.floor(next() * 30);
      const reach = [0.02, 0.5, 1, 3][round % 4]!; // smaller than a cell, inside, across, beyond the map
      const polygon = Array.from({ length: 2 * corners }, () => (next() * 2 - 1) * reach); // crosses itself
      const mask = selectInside(model, polygon);
      expect(mask).toEqual(plain(polygon));
      selected += mask.reduce((sum, bit) => sum + bit, 0);
    }
    expect(selected).toBeGreaterThan(0);
  },
);

it('selects exactly along cell borders and through points themselves', () => {
  const model = buildModel(positions, 20);
  const { left, right, bottom, top } = model.bounds;
  const at = (c: number, r: number) => [
    left + ((right - left) * c) / 20,
    bottom + ((top - bottom) * r) / 20,
  ];
  const box = [...at(3, 4), ...at(15, 4), ...at(15, 16), ...at(3, 16)];
  expect(selectInside(model, box)).toEqual(plain(box));
  const whole = [left, bottom, right, bottom, right, top, left, top];
  expect(selectInside(model, whole)).toEqual(plain(whole));
  const throughPoints = [...positions.subarray(0, 24)];
  expect(selectInside(model, throughPoints)).toEqual(plain(throughPoints));
});

it('fewer than three corners, or no points, select nothing', () => {
  expect(selectInside(buildModel(positions), [0, 0, 1, 1]).some(Boolean)).toBe(false);
  expect(selectInside(buildModel(new Float32Array(0)), [0, 0, 1, 1, 1, 0])).toHaveLength(0);
});

it('thinning drops corners that are closer than a step', () => {
  expect(thin([0, 0, 0.5, 0, 3, 0, 3.1, 0.1, 6, 0], 1)).toEqual([0, 0, 3, 0, 6, 0]);
});
