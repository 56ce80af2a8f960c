import { expect, it } from 'vitest';
import {
  buildModel,
  dimmedBit,
  makeState,
  noGroup,
  selectedBit,
} from '../../src/charts/map/model.ts';
import { nearest } from '../../src/charts/map/hit.ts';
import {
  fitView,
  dataRect,
  toData,
  toScreen,
  visibleRanges,
  zoomAt,
} from '../../src/charts/map/view.ts';
import { along, startOf } from '../../src/charts/map/travel.ts';
import { random } from '../../src/lib/random.ts';
import { cloud } from './cloud.ts';

it('the grid keeps every point once, and order and rank undo each other', () => {
  const positions = cloud(5000, 1);
  const model = buildModel(positions);
  expect(model.cellStart.at(-1)).toBe(5000);
  for (let i = 0; i < 5000; i++) {
    const slot = model.rank[i]!;
    expect(model.order[slot]).toBe(i);
    expect(model.positions[2 * slot]).toBe(positions[2 * i]);
    expect(model.positions[2 * slot + 1]).toBe(positions[2 * i + 1]);
  }
});

it.each([
  ['no points', new Float32Array(0)],
  ['one point', Float32Array.of(0.5, -0.5)],
  ['points on one spot', new Float32Array(40).fill(0.25)],
  ['points on a line', Float32Array.of(0, 1, 1, 1, 2, 1, 3, 1)],
])('a model of %s can be built, viewed and searched', (_, positions) => {
  const model = buildModel(positions);
  const view = fitView(model.bounds, { width: 300, height: 200 });
  expect(Number.isFinite(view.k) && view.k > 0).toBe(true);
  const ranges = visibleRanges(model, dataRect(view, { width: 300, height: 200 }));
  let seen = 0;
  for (let r = 0; r < ranges.length; r += 2) seen += ranges[r + 1]! - ranges[r]!;
  expect(seen).toBe(positions.length / 2);
  expect(nearest(model, positions[0] ?? 0, positions[1] ?? 0, 0.1)).toBe(positions.length ? 0 : -1);
});

it('a place that is not a number is refused', () => {
  expect(() => buildModel(Float32Array.of(0, 0, NaN, 1))).toThrow(RangeError);
});

it('a state says group, selection and filter; hundreds of groups keep states of their own', () => {
  const model = buildModel(Float32Array.of(0, 0, 1, 0, 2, 0, 3, 0, 4, 0));
  const state = makeState(model, {
    groups: [0, 327, -1, 2, 5000],
    dimmed: [0, 0, 0, 1, 0],
    selectedGroup: 327,
  });
  const of = (i: number) => state[model.rank[i]!]!;
  expect([of(0), of(1), of(2), of(3)]).toEqual([0, 327 | selectedBit, noGroup, 2 | dimmedBit]);
  expect(of(4) % 36).toBe(5000 % 36); // slots are shared by groups of one look
  const coloured = makeState(model, { groups: [0, 1, 2, 3, 4], colours: [7, -1, 40] });
  expect([0, 1, 2, 3].map((i) => coloured[model.rank[i]!]!)).toEqual([7, noGroup, 40, 3]);
});

it('a mask goes before the selected group', () => {
  const model = buildModel(Float32Array.of(0, 0, 1, 0));
  const state = makeState(model, { groups: [0, 1], selectedGroup: 0, selected: [0, 1] });
  expect(state[model.rank[0]!]! & selectedBit).toBe(0);
  expect(state[model.rank[1]!]! & selectedBit).toBe(selectedBit);
});

it('hover finds the nearest point, as a look at every point does', () => {
  const positions = cloud(3000, 2);
  const model = buildModel(positions);
  const next = random(3);
  for (let round = 0; round < 300; round++) {
    const [x, y, radius] = [next() * 2.4 - 1.2, next() * 2.4 - 1.2, next() * 0.1];
    let best = radius ** 2;
    let found = -1;
    for (let i = 0; i < 3000; i++) {
      const distance = (positions[2 * i]! - x) ** 2 + (positions[2 * i + 1]! - y) ** 2;
      if (distance <= best) [best, found] = [distance, i];
    }
    expect(nearest(model, x, y, radius)).toBe(found);
  }
});

it('zooming keeps what is under the pointer, and screen and data undo each other', () => {
  const view = fitView({ left: -1, right: 1, bottom: -1, top: 1 }, { width: 800, height: 400 });
  const before = toData(view, 123, 77);
  const after = toData(zoomAt(view, 3.7, [123, 77]), 123, 77);
  expect(after[0]).toBeCloseTo(before[0], 10);
  expect(after[1]).toBeCloseTo(before[1], 10);
  expect(toScreen(view, ...before).map(Math.round)).toEqual([123, 77]);
  expect(toScreen(view, 0, 1)[1]).toBeLessThan(toScreen(view, 0, -1)[1]); // y grows upward
});

it('points travel from where they stood, each as itself', () => {
  const [before, after] = [buildModel(cloud(500, 4)), buildModel(cloud(500, 5))];
  const start = startOf(before, after)!;
  const into = new Float32Array(1000);
  along(start, after, 1, into);
  expect(into).toEqual(after.positions);
  along(start, after, 0, into);
  for (let i = 0; i < 500; i++)
    expect(into[2 * after.rank[i]!]).toBe(before.positions[2 * before.rank[i]!]);
  expect(startOf(buildModel(cloud(3, 1)), after)).toBeNull();
});
