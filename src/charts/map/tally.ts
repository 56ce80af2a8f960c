import type { Layer } from './layers.ts';
import { slotBits, slotMask, states, type MapModel } from './model.ts';
import type { Frame } from './painter.ts';
import type { Pixels } from './splat.ts';

/** Largest number of points whose tone is looked up; beyond, it is worked out. */
const known = 4096;
/** Strength of an empty pixel beside one with points, so that a lone point is larger than a pixel. */
export const besideShare = 0.55;

/** How strong a pixel of `count` points is, 0 to 1: the logarithm, on a scale that depends on the zoom alone, so panning never flickers. */
export function toneOf(layer: Layer, scale: Scale, count: number): number {
  const tone = Math.min(1, Math.log(1 + count * scale.weight) / Math.log(1 + scale.peak));
  return layer.least + (layer.most - layer.least) * tone;
}

export type Scale = {
  /** Points that one drawn point stands for. */
  readonly weight: number;
  /** Points on a pixel of the fullest cell, at least 2. */
  readonly peak: number;
};

export function scaleOf({ count, whole = count, peak }: MapModel, frame: Frame): Scale {
  return { weight: whole / count, peak: Math.max(2, peak / (frame.view.k * frame.ratio) ** 2) };
}

type Counted = { readonly layers: readonly Layer[]; readonly ranges: Uint32Array };

/**
 * Exact sums of a picture's pixels, a sheet for each layer: red, green, blue and how many points, four numbers a pixel. All are zero
 * between frames; of each row it is known from where to where there are points, so empty parts cost nothing.
 */
export class Tally {
  #sums = new Uint32Array(0);
  /** First and last touched pixel of each row of each sheet. */
  #first = new Int32Array(0);
  #last = new Int32Array(0);

  /** Counts the points of all `layers` in one pass, however they are mixed. O(points in sight). */
  count(pixels: Pixels, model: MapModel, frame: Frame, { layers, ranges }: Counted): void {
    const { width, height, pad } = pixels;
    const stride = width + 2 * pad;
    const rows = height + 2 * pad;
    this.#room(stride, rows * layers.length);
    const [sums, first, last] = [this.#sums, this.#first, this.#last];
    // Which sheet: the flags of a state decide.
    const sheetOf = Int32Array.from({ length: states / (slotMask + 1) }, (_, flags) =>
      layers.findIndex(({ mask, wanted }) => ((flags * (slotMask + 1)) & mask) === wanted),
    );
    const { view, ratio, inks } = frame;
    const { colour } = inks;
    const { state: stateOf } = model;
    const where = frame.moving ?? model.positions;
    const k = view.k * ratio;
    const ox = view.x * ratio + pad;
    const oy = view.y * ratio + pad;
    for (let r = 0; r < ranges.length; r += 2)
      for (let slot = ranges[r]!, to = ranges[r + 1]!; slot < to; slot++) {
        const x = ox + k * where[2 * slot]!;
        const y = oy - k * where[2 * slot + 1]!;
        const state = stateOf[slot]!;
        const sheet = sheetOf[state >> slotBits]!;
        if (!(x >= 0 && x < stride && y >= 0 && y < rows) || sheet < 0) continue;
        const row = sheet * rows + (y | 0);
        const column = x | 0;
        if (column < first[row]!) first[row] = column;
        if (column > last[row]!) last[row] = column;
        const at = 4 * (row * stride + column);
        const ink = colour[state]!;
        sums[at]! += ink & 255;
        sums[at + 1]! += (ink >> 8) & 255;
        sums[at + 2]! += ink >> 16;
        sums[at + 3]!++;
      }
  }

  /** Lays the density of the layer that was counted as number `index` over `pixels`, and forgets it. O(pixels with points). */
  lay({ data, width, height, pad }: Pixels, layer: Layer, index: number, scale: Scale): void {
    const stride = width + 2 * pad;
    const rows = height + 2 * pad;
    const sums = this.#sums.subarray(4 * index * rows * stride, 4 * (index + 1) * rows * stride);
    const first = this.#first.subarray(index * rows, (index + 1) * rows);
    const last = this.#last.subarray(index * rows, (index + 1) * rows);
    const tone = (count: number) => Math.round(256 * layer.density * toneOf(layer, scale, count));
    const tones = Int32Array.from({ length: known }, (_, count) => tone(count));
    for (let row = 1; row < rows - 1; row++) {
      const from = Math.min(first[row - 1]!, first[row]!, first[row + 1]!) - 1;
      const to = Math.max(last[row - 1]!, last[row]!, last[row + 1]!) + 1;
      const end = row * stride + Math.min(stride - 2, to);
      for (let p = row * stride + Math.max(1, from); p <= end; p++) {
        let at = 4 * p;
        let share = 256;
        if (sums[at + 3] === 0) {
          at = fullest(sums, at, 4 * stride);
          if (sums[at + 3] === 0) continue;
          share = 256 * besideShare;
        }
        const count = sums[at + 3]!;
        const a = ((count < known ? tones[count]! : tone(count)) * share) >> 8;
        const each = 1 / count;
        const under = data[p]!;
        const red = under & 255;
        const green = (under >> 8) & 255;
        const blue = (under >> 16) & 255;
        data[p] =
          0xff000000 |
          (red + (((sums[at]! * each - red) * a) >> 8)) |
          ((green + (((sums[at + 1]! * each - green) * a) >> 8)) << 8) |
          ((blue + (((sums[at + 2]! * each - blue) * a) >> 8)) << 16);
      }
    }
    for (let row = 0; row < rows; row++)
      if (last[row]! >= 0)
        sums.fill(0, 4 * (row * stride + first[row]!), 4 * (row * stride + last[row]! + 1));
    first.fill(stride);
    last.fill(-1);
  }

  #room(stride: number, rows: number): void {
    if (this.#first.length === rows && this.#sums.length === 4 * stride * rows) return;
    this.#sums = new Uint32Array(4 * stride * rows);
    this.#first = new Int32Array(rows).fill(stride);
    this.#last = new Int32Array(rows).fill(-1);
  }
}

/** Where the fullest of the four neighbours of the pixel at `at` stands. */
function fullest(sums: Uint32Array, at: number, row: number): number {
  let best = at - 4;
  if (sums[at + 7]! > sums[best + 3]!) best = at + 4;
  if (sums[at - row + 3]! > sums[best + 3]!) best = at - row;
  if (sums[at + row + 3]! > sums[best + 3]!) best = at + row;
  return best;
}
