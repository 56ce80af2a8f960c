import { expect, it } from 'vitest';
import { placeLabels } from '../../src/charts/map/labels.ts';
import { buildModel } from '../../src/charts/map/model.ts';
import { partsOf } from '../../src/charts/map/peaks.ts';
import { random } from '../../src/lib/random.ts';

/** Crowds of `size` points around each place, of the group that is given. */
function crowds(places: readonly (readonly [x: number, y: number, group: number])[], size: number) {
  const next = random(11);
  const normal = () => next() + next() + next() + next() - 2;
  const groups = places.flatMap(([, , group]) => new Array<number>(size).fill(group));
  const positions = Float32Array.from(
    places.flatMap(([x, y]) =>
      Array.from({ length: size }, () => [x + 0.12 * normal(), y + 0.12 * normal()]).flat(),
    ),
  );
  return { model: buildModel(positions), groups };
}
const whole = { left: -1.2, right: 1.2, bottom: -1.2, top: 1.2 };

it('a group of three planted crowds has three parts, at their places, with their points', () => {
  const places = [
    [-0.7, -0.7, 0],
    [0.7, -0.6, 0],
    [0, 0.8, 0],
  ] as const;
  const { model, groups } = crowds(places, 400);
  const parts = partsOf(model, groups, [1200], whole);
  expect(parts).toHaveLength(3);
  for (const [crowd, [x, y]] of places.entries()) {
    const part = parts.find(({ place }) => Math.hypot(place[0] - x, place[1] - y) < 0.15)!;
    const own = part.members.filter((i) => Math.floor(i / 400) === crowd).length;
    expect(own).toBeGreaterThan(390);
    expect(own / part.members.length).toBeGreaterThan(0.97);
  }
});

it('a group of one crowd has no parts while all of it is in sight', () => {
  for (const size of [40, 400, 4000]) {
    const { model, groups } = crowds([[0.2, 0.1, 0]], size);
    expect(partsOf(model, groups, [size], whole)).toEqual([]);
  }
});

it('points of two groups in one place are parts of each, and points of no group of none', () => {
  const { model, groups } = crowds(
    [
      [-0.6, 0, 0],
      [0.6, 0, 0],
      [-0.6, 0, 1],
      [0.6, 0, 1],
      [0, 0.9, -1],
    ],
    200,
  );
  const parts = partsOf(model, groups, [400, 400], whole);
  expect(parts.map(({ group }) => group).toSorted()).toEqual([0, 0, 1, 1]);
  for (const { group, members } of parts)
    expect([...members].every((i) => groups[i] === group)).toBe(true);
});

it('only what is in sight counts; every member is in sight', () => {
  const { model, groups } = crowds(
    [
      [-0.7, 0, 0],
      [0.7, 0, 0],
    ],
    300,
  );
  const rect = { left: 0.2, right: 1.2, bottom: -0.5, top: 0.5 };
  const parts = partsOf(model, groups, [600], rect);
  expect(parts).toHaveLength(1);
  expect([...parts[0]!.members].every((i) => i >= 300)).toBe(true);
});

it('nobody, few, points on one spot and no groups are no parts', () => {
  const empty = buildModel(new Float32Array(0));
  expect(partsOf(empty, [], [0], whole)).toEqual([]);
  expect(partsOf(buildModel(Float32Array.of(0, 0, 0.1, 0.1)), [0, 0], [2], whole)).toEqual([]);
  const spot = buildModel(new Float32Array(200).fill(0.25));
  expect(partsOf(spot, new Uint8Array(100), [100], whole)).toEqual([]);
  expect(partsOf(spot, new Uint8Array(100), [], whole)).toEqual([]);
});

it('200 groups with two crowds each are labelled without any overlap, the groups first', () => {
  const places = Array.from({ length: 400 }, (_, i) => {
    const cell = i % 400;
    return [((cell % 20) - 9.5) / 10, (Math.floor(cell / 20) - 9.5) / 10, i % 200] as const;
  });
  const { model, groups } = crowds(places, 40);
  const parts = partsOf(model, groups, new Array<number>(200).fill(80), whole);
  const wish = (group: number, x: number, y: number, weight: number, wordsOnly: boolean) => ({
    ...{ group, x: 500 + 400 * x, y: 400 - 300 * y, text: 90, weight, wordsOnly },
  });
  const wishes = [
    ...places.slice(0, 200).map(([x, y, group]) => wish(group, x, y, 80, false)),
    ...parts.map(({ place: [x, y] }, i) => wish(200 + i, x, y, 1e-9, true)),
  ];
  const placed = placeLabels(wishes, { width: 1000, height: 800 });
  expect(placed.length).toBeGreaterThan(100);
  for (const [i, a] of placed.entries())
    for (const b of placed.slice(i + 1))
      expect(
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + 24 <= b.y || b.y + 24 <= a.y,
      ).toBe(true);
  expect(placed.filter(({ group }) => group >= 200).every(({ named }) => named)).toBe(true);
});
