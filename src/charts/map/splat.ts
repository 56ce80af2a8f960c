import type { Inks } from './inks.ts';
import { layersOf, type Layer } from './layers.ts';
import type { MapModel } from './model.ts';
import { largestPoint, sizeFactors, type Frame } from './painter.ts';
import { scaleOf, type Tally } from './tally.ts';
import { dataRect, visibleRanges } from './view.ts';

/** A picture of whole pixels with `pad` around it, so that no point needs clipping. Pixels are 0xAABBGGRR. */
export type Pixels = {
  /** [(width + 2 · pad) × (height + 2 · pad)], as signed 32-bit numbers. */
  readonly data: Int32Array;
  readonly width: number;
  readonly height: number;
  readonly pad: number;
};

/** Pixels that a stamp covers, as steps from its middle, and how much of each (0 to 256). */
type Stamp = { readonly steps: Int32Array; readonly cover: Int32Array };

/** Blending takes about one and a half times as long as overwriting: above this many stamped pixels, points are opaque. */
const blendLimit = 4_000_000;

/** Room around the picture for points of this diameter, device pixels. */
export const padFor = (diameter: number): number => 2 * Math.max(1, reachOf(diameter));
/** Pixels that a point of this diameter covers on each side of its middle one. */
const reachOf = (diameter: number): number => Math.max(0, Math.ceil(diameter / 2 - 0.5));

/** A disc with a soft edge, measured on a 5 × 5 grid in each pixel; its middle pixel is always whole. */
function stampOf(diameter: number, stride: number): Stamp {
  const radius = diameter / 2;
  const reach = reachOf(diameter);
  const steps: number[] = [];
  const cover: number[] = [];
  for (let y = -reach; y <= reach; y++)
    for (let x = -reach; x <= reach; x++) {
      let hits = 0;
      for (let v = -0.4; v < 0.5; v += 0.2)
        for (let u = -0.4; u < 0.5; u += 0.2) if (Math.hypot(x + u, y + v) <= radius) hits++;
      if (hits === 0) continue;
      steps.push(y * stride + x);
      cover.push(x === 0 && y === 0 ? 256 : Math.round((256 * hits) / 25));
    }
  return { steps: Int32Array.from(steps), cover: Int32Array.from(cover) };
}

/** Whether so many points in sight are blended, so that overlaps show; else they are opaque. */
export const isBlended = (inSight: number, diameter: number): boolean =>
  inSight * (2 * reachOf(diameter) + 1) ** 2 <= blendLimit;

/** The ranges of points to draw for a frame, and how many points are in them. */
export function inSightOf(model: MapModel, frame: Frame) {
  const ranges = frame.moving
    ? Uint32Array.of(0, model.count)
    : visibleRanges(model, dataRect(frame.view, frame.size, largestPoint(model, frame)));
  let count = 0;
  for (let r = 0; r < ranges.length; r += 2) count += ranges[r + 1]! - ranges[r]!;
  return { ranges, count };
}

/**
 * Draws the points of a frame into `pixels`, layer on layer: as points, as density where a pixel has many, or as both on the way from one
 * to the other. Grid rows out of sight are skipped, larger points lie below smaller ones. O(points in sight).
 */
export function splat(pixels: Pixels, model: MapModel, frame: Frame, tally: Tally): void {
  pixels.data.fill(frame.inks.ground);
  const { ranges, count } = inSightOf(model, frame);
  const layers = layersOf(model, frame);
  const dense = layers.filter(({ density }) => density > 0);
  if (dense.length > 0) tally.count(pixels, model, frame, { layers: dense, ranges });
  for (const layer of layers) {
    if (layer.density < 1) stampAll(pixels, model, frame, { layer, ranges, count });
    const index = dense.indexOf(layer);
    if (index >= 0) tally.lay(pixels, layer, index, scaleOf(model, frame));
  }
}

type Work = { readonly layer: Layer; readonly ranges: Uint32Array; readonly count: number };

function stampAll(pixels: Pixels, model: MapModel, frame: Frame, { layer, ranges, count }: Work) {
  const { data, width, height, pad } = pixels;
  const { inks, view, ratio } = frame;
  const { sizes, state: states } = model;
  const stride = width + 2 * pad;
  const widest = Math.max(1, largestPoint(model, frame) * ratio);
  const put = isBlended(count, widest) ? blend : overwrite;
  const where = frame.moving ?? model.positions;
  const k = view.k * ratio;
  const ox = view.x * ratio + pad;
  const oy = view.y * ratio + pad;
  const near = reachOf(widest);
  const right = stride - 1 - near;
  const bottom = height + 2 * pad - 1 - near;
  const { mask, wanted } = layer;
  for (const size of sizes ? sizeFactors.map((_, at) => at).reverse() : [-1]) {
    const stamp = stampOf(Math.max(1, frame.point * ratio * (sizeFactors[size] ?? 1)), stride);
    for (let r = 0; r < ranges.length; r += 2)
      for (let slot = ranges[r]!, to = ranges[r + 1]!; slot < to; slot++) {
        const state = states[slot]!;
        if ((state & mask) !== wanted || (sizes && sizes[slot] !== size)) continue;
        const x = Math.floor(ox + k * where[2 * slot]!);
        const y = Math.floor(oy - k * where[2 * slot + 1]!);
        if (x < near || x > right || y < near || y > bottom) continue;
        put(data, y * stride + x, state, stamp, inks);
      }
  }
}

function overwrite(data: Int32Array, at: number, state: number, { steps }: Stamp, inks: Inks) {
  const colour = inks.solid[state]!;
  for (let s = 0; s < steps.length; s++) data[at + steps[s]!] = colour;
}

/** Two channels at a time in one 32-bit number: red and blue, then green. */
function blend(data: Int32Array, at: number, state: number, stamp: Stamp, inks: Inks) {
  const { steps, cover } = stamp;
  const colour = inks.colour[state]!;
  const alpha = inks.alpha[state]!;
  for (let s = 0; s < steps.length; s++) {
    const p = at + steps[s]!;
    const under = data[p]!;
    const a = (alpha * cover[s]!) >> 8;
    const b = 256 - a;
    const redBlue = Math.imul(colour & 0xff00ff, a) + Math.imul(under & 0xff00ff, b);
    const green = Math.imul(colour & 0x00ff00, a) + Math.imul(under & 0x00ff00, b);
    data[p] = 0xff000000 | ((redBlue >>> 8) & 0xff00ff) | ((green >>> 8) & 0x00ff00);
  }
}
