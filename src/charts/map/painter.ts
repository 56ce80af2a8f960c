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
  /** Diameter of a point, CSS pixels. */
  readonly point: number;
  readonly inks: Inks;
  /** Where points are on their way, [count × 2] in grid order: drawn instead of the model's own, without culling. */
  readonly moving?: Float32Array | null;
};

/** Draws a model and only reads it. A second painter (WebGL2) has this shape and is chosen by timing one frame of each. */
export type Painter = {
  paint(model: MapModel, frame: Frame): void;
  /** Frees what it holds; the canvas stays. */
  dispose(): void;
};

/** Diameter of a point in CSS pixels: 2 for many, 4 for few, and growing a little as one zooms in. */
export function pointSize(count: number, zoom: number): number {
  const base = count > 60_000 ? 2 : count > 8_000 ? 2.4 : count > 1_500 ? 3 : 4;
  return Math.min(base + 2, base * Math.max(1, zoom) ** 0.25);
}
