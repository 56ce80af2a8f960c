// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { buildModel } from '../../src/charts/map/model.ts';
import { MapStage } from '../../src/charts/map/stage.svelte.ts';
import { cloud } from './cloud.ts';

let frames: FrameRequestCallback[] = [];
const tick = (now: number) => frames.splice(0).forEach((each) => each(now));
const motion = (reduced: boolean) => vi.stubGlobal('matchMedia', () => ({ matches: reduced }));
beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (call: FrameRequestCallback) => frames.push(call));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
});
afterEach(() => {
  frames = [];
  vi.unstubAllGlobals();
});

const [before, after] = [buildModel(cloud(50, 1)), buildModel(cloud(50, 2))];
function stage() {
  const one = new MapStage(() => after.bounds);
  one.size = { width: 600, height: 400 };
  return one;
}

it('points travel to a new layout within 300 ms and have then arrived', () => {
  motion(false);
  const one = stage();
  one.arrive(before);
  expect(one.moving()).toBeNull();
  one.arrive(after);
  tick(1000);
  const slot = after.rank[7]!;
  expect(one.moving()?.[2 * slot]).toBe(before.positions[2 * before.rank[7]!]);
  tick(1150);
  const half = (before.positions[2 * before.rank[7]!]! + after.positions[2 * slot]!) / 2;
  expect(one.moving()?.[2 * slot]).toBeCloseTo(half, 5);
  tick(1300);
  expect(one.moving()).toBeNull();
  expect(frames).toHaveLength(0);
});

it('where the system asks for less motion, points are there at once', () => {
  motion(true);
  const one = stage();
  one.arrive(before);
  one.arrive(after);
  expect([one.moving(), frames.length]).toEqual([null, 0]);
});

it('other points do not travel, and everything is in sight again', () => {
  motion(false);
  const one = stage();
  one.arrive(before);
  one.zoomBy(4);
  one.arrive(buildModel(cloud(51, 2)));
  expect(one.moving()).toBeNull();
  expect(one.zoom).toBe(1);
});

it('zoom has limits, the map cannot be lost off screen, and fit brings it back', () => {
  motion(true);
  const one = stage();
  one.zoomBy(1e-9);
  expect(one.zoom).toBe(0.5);
  one.fit();
  one.zoomBy(1e9);
  expect(one.zoom).toBeCloseTo(2000);
  one.fit();
  one.pan(1e6, -1e6);
  const { x, y, k } = one.view;
  expect(x + k * after.bounds.left).toBeLessThanOrEqual(600);
  expect(y - k * after.bounds.bottom).toBeGreaterThanOrEqual(0);
  one.fit();
  expect(one.view).toEqual(one.fitted);
});
