import type { Bounds, MapModel } from './model.ts';

/** Where the map stands on the screen: `k` pixels a unit, the origin at (`x`, `y`) in CSS pixels; y grows upward in the data. */
export type View = { readonly k: number; readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };

/** Every point in sight with `margin` pixels around; both axes on one scale, since distance means something. */
export function fitView(bounds: Bounds, { width, height }: Size, margin = 40): View {
  const inner = (size: number) => Math.max(1, size - 2 * Math.min(margin, size / 4));
  const across = bounds.right - bounds.left;
  const up = bounds.top - bounds.bottom;
  const k = Math.min(inner(width) / (across || up || 1), inner(height) / (up || across || 1));
  return {
    k,
    x: width / 2 - (k * (bounds.left + bounds.right)) / 2,
    y: height / 2 + (k * (bounds.bottom + bounds.top)) / 2,
  };
}

/** Zooms by `factor` so that what is under (px, py) stays there; `k` is kept within `limits`. */
export function zoomAt(
  view: View,
  factor: number,
  [px, py]: readonly [number, number],
  [low, high]: readonly [number, number] = [0, Infinity],
): View {
  const k = Math.min(high, Math.max(low, view.k * factor));
  const f = k / view.k;
  return { k, x: px - (px - view.x) * f, y: py - (py - view.y) * f };
}

/** Moves by (dx, dy) pixels. */
export const panBy = (view: View, dx: number, dy: number): View => ({
  ...view,
  x: view.x + dx,
  y: view.y + dy,
});

/** From data to CSS pixels. */
export const toScreen = (view: View, x: number, y: number): readonly [number, number] => [
  view.x + view.k * x,
  view.y - view.k * y,
];

/** From CSS pixels to data. */
export const toData = (view: View, px: number, py: number): readonly [number, number] => [
  (px - view.x) / view.k,
  (view.y - py) / view.k,
];

/** Keeps some of the map in sight: its middle may not leave the screen. */
export function keepInSight(view: View, bounds: Bounds, { width, height }: Size): View {
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  return {
    k: view.k,
    x: clamp(view.x, 40 - view.k * bounds.right, width - 40 - view.k * bounds.left),
    y: clamp(view.y, 40 + view.k * bounds.bottom, height - 40 + view.k * bounds.top),
  };
}

/** Part way from one view to another, scale on a log axis. */
export function between(from: View, to: View, share: number): View {
  const mix = (a: number, b: number) => a + (b - a) * share;
  return {
    k: Math.exp(mix(Math.log(from.k), Math.log(to.k))),
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
  };
}

/**
 * Ranges of points whose cells touch the data rectangle, one for each row of cells: [from, to, from, to, …] into the grid order.
 * The last row and column also hold points on the far border.
 */
export function visibleRanges(model: MapModel, rect: Bounds): Uint32Array {
  const { bounds, side, cellStart, count } = model;
  const across = bounds.right - bounds.left || 1;
  const up = bounds.top - bounds.bottom || 1;
  const cell = (value: number) => Math.min(side - 1, Math.max(0, Math.floor(value * side)));
  // One cell more on each side: a float may round across a border.
  const first = Math.max(0, cell((rect.left - bounds.left) / across) - 1);
  const last = Math.min(side - 1, cell((rect.right - bounds.left) / across) + 1);
  const low = Math.max(0, cell((rect.bottom - bounds.bottom) / up) - 1);
  const high = Math.min(side - 1, cell((rect.top - bounds.bottom) / up) + 1);
  if (count === 0 || last < first || high < low) return new Uint32Array(0);
  const ranges = new Uint32Array(2 * (high - low + 1));
  for (let row = low, at = 0; row <= high; row++) {
    ranges[at++] = cellStart[row * side + first]!;
    ranges[at++] = cellStart[row * side + last + 1]!;
  }
  return ranges;
}

/** The part of the data that a screen shows, with `margin` pixels around. */
export function dataRect(view: View, { width, height }: Size, margin = 0): Bounds {
  const [left, top] = toData(view, -margin, -margin);
  const [right, bottom] = toData(view, width + margin, height + margin);
  return { left, right, bottom, top };
}
