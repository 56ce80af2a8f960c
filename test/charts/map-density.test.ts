import { expect, it } from 'vitest';
import { contourShare, groupShapes } from '../../src/charts/map/density.ts';
import { makeInks, strengthFor } from '../../src/charts/map/inks.ts';
import { densityOf, layersOf } from '../../src/charts/map/layers.ts';
import { buildModel, countFlags, makeState, type PointStates } from '../../src/charts/map/model.ts';
import type { Frame } from '../../src/charts/map/painter.ts';
import { sampleOf } from '../../src/charts/map/sample.ts';
import { inSightOf, padFor, splat } from '../../src/charts/map/splat.ts';
import { scaleOf, Tally, toneOf } from '../../src/charts/map/tally.ts';
import { fitView, zoomAt, type View } from '../../src/charts/map/view.ts';
import { printTheme } from '../../src/charts/palette.ts';
import { random } from '../../src/lib/random.ts';
import { cloud } from './cloud.ts';

const count = 60_000;
const positions = cloud(count, 5);
const grid = buildModel(positions);
const size = { width: 90, height: 70 };
const modelOf = (states: PointStates) => ({ ...grid, state: makeState(grid, states) });
const frameOf = (view: View, hasSelection = false): Frame => ({
  ...{ view, size, ratio: 1, point: 2 },
  inks: makeInks(printTheme, strengthFor(count), hasSelection),
});
const fit = fitView(grid.bounds, size, 2);
const pixelsOf = () => {
  const pad = padFor(2);
  const data = new Int32Array((size.width + 2 * pad) * (size.height + 2 * pad));
  return { data, ...size, pad };
};
const channels = (pixel: number) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];

it('a pixel of the density has the mean colour of its points, as strong as the logarithm of their number', () => {
  const groups = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const model = modelOf({ groups });
  const frame = frameOf(fit);
  const [layer] = layersOf(model, frame);
  expect(layer?.density).toBe(1);
  const pixels = pixelsOf();
  splat(pixels, model, frame, new Tally());
  // The plain way: every point of the caller's own arrays.
  const at = new Map<string, number[]>();
  for (let i = 0; i < count; i++) {
    const x = Math.floor(fit.x + fit.k * positions[2 * i]!);
    const y = Math.floor(fit.y - fit.k * positions[2 * i + 1]!);
    const key = `${x},${y}`;
    at.set(key, [...(at.get(key) ?? []), groups[i]!]);
  }
  const surface = channels(frame.inks.ground);
  let seen = 0;
  for (const [key, list] of at) {
    const [x = 0, y = 0] = key.split(',').map(Number);
    const painted = channels(
      pixels.data[(y + pixels.pad) * (size.width + 2 * pixels.pad) + x + pixels.pad]!,
    );
    const a = toneOf(layer!, scaleOf(model, frame), list.length);
    seen += list.length;
    painted.forEach((value, c) => {
      const mean =
        list.reduce((sum, group) => sum + channels(frame.inks.colour[group]!)[c]!, 0) / list.length;
      expect(Math.abs(value - (surface[c]! + a * (mean - surface[c]!)))).toBeLessThanOrEqual(2);
    });
  }
  expect(seen).toBe(count);
});

it('density turns into points as one zooms in, and never the other way round', () => {
  const model = modelOf({ groups: new Uint8Array(count) });
  const shares = [1, 2, 4, 8, 16, 64].map(
    (zoom) => layersOf(model, frameOf(zoomAt(fit, zoom, [45, 35])))[0]!.density,
  );
  expect(shares[0]).toBe(1);
  expect(shares.at(-1)).toBe(0);
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  expect(shares.some((share) => share > 0 && share < 1)).toBe(true);
  expect([densityOf(0), densityOf(0.3), densityOf(1e9)]).toEqual([0, expect.closeTo(0.5), 1]);
});

it('a layer of few points, and points of many sizes, stay points', () => {
  const selected = Uint8Array.from({ length: count }, (_, i) => (i % 20 ? 0 : 1)); // 3,000
  const model = modelOf({ groups: new Uint8Array(count), selected });
  expect(layersOf(model, frameOf(fit, true)).map(({ density }) => density)).toEqual([1, 0]);
  const sized = { ...model, sizes: new Uint8Array(count) };
  expect(layersOf(sized, frameOf(fit, true)).map(({ density }) => density)).toEqual([0, 0]);
});

it('grey context lies under coloured density, with both counted in one pass', () => {
  const dimmed = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const model = modelOf({ groups: new Uint8Array(count).fill(3), dimmed });
  const frame = frameOf(fit);
  const layers = layersOf(model, frame);
  expect(layers.map(({ count: points, wanted }) => [points, wanted > 0])).toEqual([
    [count / 2, true],
    [count / 2, false],
  ]);
  const both = pixelsOf();
  splat(both, model, frame, new Tally());
  // One after the other, each alone in a tally of its own.
  const apart = pixelsOf();
  apart.data.fill(frame.inks.ground);
  const { ranges } = inSightOf(model, frame);
  for (const layer of layers) {
    const tally = new Tally();
    tally.count(apart, model, frame, { layers: [layer], ranges });
    tally.lay(apart, layer, 0, scaleOf(model, frame));
  }
  expect(both.data).toEqual(apart.data);
});

it('flags are counted once for each array, and where there are none that is known at once', () => {
  const groups = Uint8Array.from({ length: count }, (_, i) => i % 4);
  const dimmed = Uint8Array.from({ length: count }, (_, i) => (i % 3 ? 0 : 1));
  const marked = modelOf({ groups, dimmed, selectedGroup: 1 });
  const counts = countFlags(marked.state);
  expect(counts).toEqual([30_000, 10_000, 15_000, 5_000]);
  expect(countFlags(marked.state)).toBe(counts);
  const plain = modelOf({ groups });
  expect(countFlags(plain.state)).toEqual(countFlags(plain.state.slice()));
});

it('a sample keeps places, states and the grid, the same points each time, and stands for all', () => {
  const groups = Uint8Array.from({ length: count }, (_, i) => i % 7);
  const model = modelOf({ groups });
  const sample = sampleOf(model, 6_000);
  expect(Math.abs(sample.count - 6_000)).toBeLessThan(400);
  expect(sample.whole).toBe(count);
  expect(sample.cellStart.at(-1)).toBe(sample.count);
  const next = random(1);
  for (let round = 0; round < 500; round++) {
    const at = Math.floor(next() * sample.count);
    const i = sample.order[at]!;
    expect(sample.positions[2 * at]).toBe(positions[2 * i]);
    expect(sample.state[at]).toBe(i % 7);
  }
  for (let cell = 0; cell < grid.side ** 2; cell++)
    for (let at = sample.cellStart[cell]!; at < sample.cellStart[cell + 1]!; at++) {
      const slot = grid.rank[sample.order[at]!]!;
      expect(slot >= grid.cellStart[cell]! && slot < grid.cellStart[cell + 1]!).toBe(true);
    }
  const again = sampleOf(modelOf({ groups: groups.map((group) => group + 1) }), 6_000);
  expect(again.order).toEqual(sample.order);
  expect(again.state[0]).toBe(sample.state[0]! + 1);
  expect(sampleOf(model, count)).toBe(model);
  // Its density is as strong as that of all.
  const [few, all] = [scaleOf(sample, frameOf(fit)), scaleOf(model, frameOf(fit))];
  expect(few.peak).toBe(all.peak);
  expect(few.weight).toBeCloseTo(count / sample.count);
});

it('each of two hundred groups has the shape that it has alone', () => {
  const groups = Uint8Array.from({ length: count }, (_, i) => {
    const [x, y] = [positions[2 * i]! + 1, positions[2 * i + 1]! + 1];
    return Math.min(199, Math.max(0, Math.floor(x * 10) * 10 + Math.floor(y * 5)));
  });
  const all = groupShapes(positions, groups, 200, grid.bounds);
  expect(all.length).toBeGreaterThan(50);
  const { place, lines, size: members, group } = all.toSorted((a, b) => b.size - a.size)[0]!;
  const alone = groups.map((each) => (each === group ? 0 : 255));
  const [shape] = groupShapes(positions, alone, 1, grid.bounds);
  expect(shape).toEqual({ group: 0, size: members, place, lines });
});

it('contours stand by the whole map and fade as one zooms in', () => {
  const shares = [1, 4, 8, 64].map((zoom) =>
    contourShare(grid.bounds, fitView(grid.bounds, { width: 1200, height: 800 }).k * zoom),
  );
  expect(shares[0]).toBe(1);
  expect(shares[3]).toBe(0);
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
});
