import { expect, it } from 'vitest';
import { makeInks, strengthFor, type Strength } from '../../src/charts/map/inks.ts';
import {
  buildModel,
  dimmedBit,
  inGridOrder,
  makeState,
  selectedBit,
  type PointStates,
} from '../../src/charts/map/model.ts';
import { largestPoint, pointSize, type Frame } from '../../src/charts/map/painter.ts';
import { padFor, splat } from '../../src/charts/map/splat.ts';
import { Tally } from '../../src/charts/map/tally.ts';
import type { View } from '../../src/charts/map/view.ts';
import { printTheme } from '../../src/charts/palette.ts';
import { random } from '../../src/lib/random.ts';
import { cloud } from './cloud.ts';

const full: Strength = { plain: 1, selected: 1, beside: 0.3, dimmed: 1 };
/** '#rrggbb' as a pixel 0xAABBGGRR. */
const pixel = (hex: string) =>
  (0xff000000 |
    (parseInt(hex.slice(5, 7), 16) << 16) |
    (parseInt(hex.slice(3, 5), 16) << 8) |
    parseInt(hex.slice(1, 3), 16)) >>>
  0;

type Options = {
  view: View;
  states: PointStates;
  point?: number;
  strength?: Strength;
  width?: number;
  height?: number;
  ratio?: number;
  uncut?: boolean;
  sizes?: readonly number[];
};

/** Paints in memory and reads a pixel of the picture, without its rim. */
function paint(positions: Float32Array, options: Options) {
  const { view, states, point = 1, strength = full, width = 20, height = 20, ratio = 1 } = options;
  const grid = buildModel(positions);
  const sizes = options.sizes ? inGridOrder(grid, options.sizes) : null;
  const model = { ...grid, state: makeState(grid, states), sizes };
  const hasSelection = !!states.selected || (states.selectedGroup ?? null) !== null;
  const inks = makeInks(printTheme, strength, hasSelection);
  const pad = padFor(largestPoint(model, { point }) * ratio);
  const [w, h] = [width * ratio, height * ratio];
  const data = new Int32Array((w + 2 * pad) * (h + 2 * pad));
  const frame: Frame = {
    view,
    size: { width, height },
    ratio,
    point,
    inks,
    moving: options.uncut ? grid.positions : null,
  };
  splat({ data, width: w, height: h, pad }, model, frame, new Tally());
  return {
    at: (x: number, y: number) => data[(y + pad) * (w + 2 * pad) + x + pad]! >>> 0,
    data,
    inks,
  };
}
const view: View = { k: 1, x: 0, y: 20 }; // data unit = pixel, y upward

it('a point of one pixel paints its pixel in its colour and leaves the surface elsewhere', () => {
  const { at } = paint(Float32Array.of(3.5, 4.5), { view, states: { groups: [1] } });
  expect(at(3, 15)).toBe(pixel(printTheme.segments[1]!));
  expect(at(4, 15)).toBe(pixel(printTheme.surface));
  expect(at(3, 14)).toBe(pixel(printTheme.surface));
});

it('twice the device pixels put the point at twice the place', () => {
  const { at } = paint(Float32Array.of(3.25, 4.25), {
    view,
    states: { groups: [0] },
    ratio: 2,
    point: 0.5,
  });
  expect(at(6, 31)).toBe(pixel(printTheme.segments[0]!));
});

it('grey context lies under coloured points, whatever the order of the data', () => {
  const here = Float32Array.of(5.5, 5.5, 5.5, 5.5);
  for (const dimmed of [
    [1, 0],
    [0, 1],
  ]) {
    const { at } = paint(here, { view, states: { groups: [2, 2], dimmed } });
    expect(at(5, 14)).toBe(pixel(printTheme.segments[2]!));
  }
  const { at } = paint(here, { view, states: { groups: [2, 2], dimmed: [1, 1] } });
  expect(at(5, 14)).toBe(pixel(printTheme.context));
});

it('the selection lies on top, and everyone beside it keeps 30 % of their colour', () => {
  const apart = Float32Array.of(5.5, 5.5, 9.5, 5.5, 5.5, 5.5);
  const { at } = paint(apart, { view, states: { groups: [0, 1, 1], selectedGroup: 0 } });
  expect(at(5, 14)).toBe(pixel(printTheme.segments[0]!));
  const [colour, surface] = [printTheme.segments[1]!, printTheme.surface];
  for (const channel of [0, 1, 2]) {
    const of = (hex: string) => parseInt(hex.slice(1 + 2 * channel, 3 + 2 * channel), 16);
    const painted = (at(9, 14) >>> (8 * channel)) & 255;
    expect(Math.abs(painted - (0.3 * of(colour) + 0.7 * of(surface)))).toBeLessThanOrEqual(2);
  }
});

it('two pale points on one pixel are stronger than one', () => {
  const pale = { ...full, plain: 0.4 };
  const one = paint(Float32Array.of(5.5, 5.5), { view, states: { groups: [0] }, strength: pale });
  const two = paint(Float32Array.of(5.5, 5.5, 5.5, 5.5), {
    view,
    states: { groups: [0, 0] },
    strength: pale,
  });
  expect(two.at(5, 14) & 255).toBeLessThan(one.at(5, 14) & 255); // less of the white surface
});

it.each([
  ['zoomed in', { k: 900, x: 40, y: 30 }],
  ['at the edge', { k: 300, x: -200, y: 300 }],
  ['beyond the map', { k: 300, x: 5000, y: 0 }],
  ['whole', { k: 40, x: 60, y: 50 }],
])('culling paints the same picture as drawing every point, %s', (_, at) => {
  const positions = cloud(6000, 8);
  const states = {
    groups: Uint8Array.from({ length: 6000 }, (_, i) => i % 5),
    dimmed: Uint8Array.from({ length: 6000 }, (_, i) => (i % 3 ? 0 : 1)),
    selectedGroup: 2,
  };
  const options = {
    view: at,
    states,
    point: 3,
    strength: strengthFor(6000),
    width: 120,
    height: 100,
  };
  expect(paint(positions, options).data).toEqual(
    paint(positions, { ...options, uncut: true }).data,
  );
});

it('above the limit of blended pixels, points are painted opaque in their group’s colour', () => {
  const next = random(12);
  const positions = Float32Array.from({ length: 1_000_000 }, () => 4000 * next());
  positions.set([5.5, 5.5]);
  const { at, inks } = paint(positions, {
    view,
    states: { groups: new Uint8Array(500_000) },
    point: 4,
    uncut: true,
  });
  expect(at(5, 14)).toBe(inks.solid[0]! >>> 0);
});

it('every state has an ink, grey where a filter leaves the point out', () => {
  const inks = makeInks(printTheme, strengthFor(1000), true);
  const grey = inks.colour[dimmedBit];
  for (let group = 0; group < 1008; group++) {
    expect(inks.colour[group | dimmedBit | selectedBit]).toBe(grey);
    expect(inks.alpha[group | selectedBit]).toBeGreaterThan(inks.alpha[group]!);
  }
});

it('36 groups have 36 colours, and a palette of its own takes their place', () => {
  const { colour } = makeInks(printTheme, strengthFor(1000), false);
  expect(new Set(colour.subarray(0, 36)).size).toBe(36);
  expect(colour[36 + 5]).toBe(colour[5]);
  const ramp = makeInks(printTheme, full, false, ['#000000', '#808080', '#ffffff']);
  expect([...ramp.colour.subarray(0, 4)]).toEqual([0, 0x808080, 0xffffff, 0]);
});

it('points are 2 to 4 pixels, larger for few and nearer', () => {
  expect(pointSize(100_000, 1)).toBe(2);
  expect(pointSize(200, 1)).toBe(4);
  expect(pointSize(100_000, 10)).toBeGreaterThan(pointSize(100_000, 1));
  expect(pointSize(100_000, 1e6)).toBeLessThanOrEqual(4);
});

it('an ink of its own goes before the colour of the group; a negative one is grey', () => {
  const apart = Float32Array.of(5.5, 5.5, 9.5, 5.5);
  const { at } = paint(apart, { view, states: { groups: [0, 0], inks: [3, -1] } });
  expect(at(5, 14)).toBe(pixel(printTheme.segments[3]!));
  expect(at(9, 14)).toBe(pixel(printTheme.context));
});

it('a point of a larger class covers as much more as its factor says, and lies below smaller ones', () => {
  const here = Float32Array.of(10.5, 9.5, 10.5, 9.5);
  const { at, data } = paint(here, {
    view,
    states: { groups: [0, 1] },
    point: 3,
    sizes: [7, 0],
  });
  expect(at(10, 10)).toBe(pixel(printTheme.segments[1]!));
  expect(at(13, 10)).toBe(pixel(printTheme.segments[0]!));
  const big = pixel(printTheme.segments[0]!);
  const covered = data.filter((value) => value >>> 0 === big).length;
  const alone = paint(here, { view, states: { groups: [1, 1] }, point: 3 });
  const small = pixel(printTheme.segments[1]!);
  const plain = alone.data.filter((value) => value >>> 0 === small).length;
  expect(covered).toBeGreaterThan(5 * plain);
});
