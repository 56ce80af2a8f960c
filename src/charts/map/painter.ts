import type { Inks } from './inks.ts';
import type { MapModel } from './model.ts';
import type { Size, View } from './view.ts';

/** One picture of the model. */
export type Frame = {
  readonly view: View;
  /** CSS pixels. */
  readonly size: Size;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  /** Diameter of a point, CSS pixels; where the model has sizes, of one whose factor is 1. */
  readonly point: number;
  readonly inks: Inks;
  /** Where points are on their way, [count × 2] in grid order: drawn instead of the model's own, without culling. */
  readonly moving?: Float32Array | null;
  /** The map is being moved and a calm frame follows: a sample of the points will do where all take too long. */
  readonly isHurried?: boolean;
};

/** Draws a model and only reads it. */
export type Painter = {
  paint(model: MapModel, frame: Frame): unknown;
  /** Frees what it holds; the canvas stays. */
  dispose(): void;
};

/** Diameters of the size classes 0 to 7, as multiples of `Frame.point`: areas grow evenly from a half to eight times. */
export const sizeFactors: readonly number[] = Array.from({ length: 8 }, (_, size) =>
  Math.sqrt(0.5 + (7.5 * size) / 7),
);

/** Diameter of the largest point of a frame, CSS pixels. */
export const largestPoint = ({ sizes }: MapModel, { point }: Pick<Frame, 'point'>): number =>
  sizes ? point * sizeFactors[7]! : point;

/** Diameter of a point in CSS pixels: 2 for many, 4 for few, and growing a little as one zooms in. */
export function pointSize(count: number, zoom: number): number {
  const base = count > 60_000 ? 2 : count > 8_000 ? 2.4 : count > 1_500 ? 3 : 4;
  return Math.min(base + 2, base * Math.max(1, zoom) ** 0.25);
}
