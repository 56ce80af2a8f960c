import { expect, it } from 'vitest';
import { groupShapes } from '../../src/charts/map/density.ts';
import { stepTo, wishOf } from '../../src/charts/map/keys.ts';
import { labelHeight, placeLabels } from '../../src/charts/map/labels.ts';
import { random } from '../../src/lib/random.ts';

const size = { width: 400, height: 300 };

it('labels never cover each other and stay on the screen', () => {
  const next = random(6);
  for (let round = 0; round < 40; round++) {
    const wishes = Array.from({ length: 30 }, (_, group) => ({
      group,
      x: next() * 400,
      y: next() * 300,
      text: 20 + next() * 120,
      weight: next(),
    }));
    const labels = placeLabels(wishes, size);
    expect(labels.length).toBeGreaterThan(5);
    labels.forEach((a, i) => {
      expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= 400 && a.y + labelHeight <= 300).toBe(true);
      for (const b of labels.slice(i + 1))
        expect(
          a.x + a.width <= b.x ||
            b.x + b.width <= a.x ||
            a.y + labelHeight <= b.y ||
            b.y + labelHeight <= a.y,
        ).toBe(true);
    });
  }
});

it('where there is no room the smallest go first: to a tile, then altogether', () => {
  const wishes = Array.from({ length: 40 }, (_, group) => ({
    group,
    x: group === 0 ? 50 : 118,
    y: 40,
    text: 60,
    weight: 40 - group,
  }));
  const labels = placeLabels(wishes, { width: 130, height: 80 });
  expect(labels[0]).toMatchObject({ group: 0, named: true });
  expect(labels.some(({ named }) => !named)).toBe(true);
  expect(labels.length).toBeLessThan(40);
  expect(labels.map(({ group }) => group)).toEqual(
    labels.map(({ group }) => group).toSorted((a, b) => a - b),
  );
});

it('an anchor out of sight has no label', () => {
  expect(placeLabels([{ group: 0, x: -5, y: 20, text: 30, weight: 1 }], size)).toEqual([]);
});

it('a group’s label stands where it is densest, not at its mean', () => {
  const next = random(2);
  const positions = new Float32Array(2000);
  for (let i = 0; i < 1000; i++) {
    const dense = i < 700;
    positions[2 * i] = dense ? 0.5 + 0.05 * (next() - 0.5) : -0.8 + next();
    positions[2 * i + 1] = dense ? 0.5 + 0.05 * (next() - 0.5) : -0.8 + next();
  }
  const [shape] = groupShapes(positions, new Uint8Array(1000), 1, {
    left: -1,
    right: 1,
    bottom: -1,
    top: 1,
  });
  expect(shape?.size).toBe(1000);
  expect(shape?.place[0]).toBeCloseTo(0.5, 1);
  expect(shape?.place[1]).toBeCloseTo(0.5, 1);
  expect(shape?.lines).toHaveLength(2);
  expect(shape?.lines[0]).toMatch(/^M[-\d.e]+,/);
});

it('contours stand around their points, in data units', () => {
  const positions = new Float32Array(200).fill(0.4);
  const [shape] = groupShapes(positions, new Uint8Array(100), 1, {
    left: -1,
    right: 1,
    bottom: -1,
    top: 1,
  });
  const numbers = [...(shape?.lines[1] ?? '').matchAll(/(-?[\d.]+),(-?[\d.]+)/g)];
  expect(numbers.length).toBeGreaterThan(4);
  for (const axis of [1, 2]) {
    const places = numbers.map((found) => Number(found[axis]));
    const [low, high] = [Math.min(...places), Math.max(...places)];
    expect(Math.abs((low + high) / 2 - 0.4)).toBeLessThan(0.011); // half a cell
    expect(high - low).toBeLessThan(0.3);
  }
});

it('an empty group has no shape, a tiny one a place but no lines', () => {
  const shapes = groupShapes(Float32Array.of(0, 0, 1, 1), [2, 2], 3, {
    left: 0,
    right: 1,
    bottom: 0,
    top: 1,
  });
  expect(shapes.map(({ group, lines }) => [group, lines.length])).toEqual([[2, 0]]);
});

it('arrows go to the next group in their direction and stay where there is none', () => {
  const stops = [
    { group: 0, x: 100, y: 100 },
    { group: 1, x: 200, y: 110 },
    { group: 2, x: 110, y: 220 },
  ];
  expect(stepTo(stops, null, [1, 0])).toBe(0);
  expect(stepTo(stops, 0, [1, 0])).toBe(1);
  expect(stepTo(stops, 0, [0, 1])).toBe(2);
  expect(stepTo(stops, 0, [-1, 0])).toBe(0);
  expect(stepTo([], null, [1, 0])).toBeNull();
});

it('browser shortcuts are left alone', () => {
  const key = (name: string, more = {}) =>
    wishOf({
      key: name,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      ...more,
    } as KeyboardEvent); // the five fields it reads
  expect(key('+')).toMatchObject({ verb: 'zoom' });
  expect(key('+', { ctrlKey: true })).toBeNull();
  expect(key('ArrowLeft', { shiftKey: true })).toEqual({ verb: 'shift', dx: -1, dy: 0 });
  expect(key('Tab')).toBeNull();
});
