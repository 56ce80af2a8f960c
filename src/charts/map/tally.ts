import type { Layer } from './layers.ts';
import { states, type MapModel } from './model.ts';
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

/** Exact sums of a picture's pixels, a sheet for each layer: red, green, blue and how many points, four numbers a pixel. */
export class Tally {
  #sums = new Uint32Array(0);
  #sheet = 0;

  /** Counts the points of all `layers` in one pass, however they are mixed. O(points in sight + pixels · layers). */
  count(pixels: Pixels, model: MapModel, frame: Frame, { layers, ranges }: Counted): void {
    const { width, height, pad } = pixels;
    const stride = width + 2 * pad;
    const rows = height + 2 * pad;
    this.#sheet = 4 * stride * rows;
    const length = this.#sheet * layers.length;
    if (this.#sums.length === length) this.#sums.fill(0);
    else this.#sums = new Uint32Array(length);
    const sums = this.#sums;
    const sheetOf = this.#sheets(layers);
    const { view, ratio, inks } = frame;
    const { colour } = inks;
    const { state: states } = model;
    const where = frame.moving ?? model.positions;
    const k = view.k * ratio;
    const ox = view.x * ratio + pad;
    const oy = view.y * ratio + pad;
    for (let r = 0; r < ranges.length; r += 2)
      for (let slot = ranges[r]!, to = ranges[r + 1]!; slot < to; slot++) {
        const state = states[slot]!;
        const x = Math.floor(ox + k * where[2 * slot]!);
        const y = Math.floor(oy - k * where[2 * slot + 1]!);
        const sheet = sheetOf[state]!;
        if (x < 0 || x >= stride || y < 0 || y >= rows || sheet < 0) continue;
        const at = sheet + 4 * (y * stride + x);
        const ink = colour[state]!;
        sums[at]! += ink & 255;
        sums[at + 1]! += (ink >> 8) & 255;
        sums[at + 2]! += ink >> 16;
        sums[at + 3]!++;
      }
  }

  /** Where the sheet of each state begins; −1: it is not counted. */
  #sheets(layers: readonly Layer[]): Int32Array {
    return Int32Array.from({ length: states }, (_, state) => {
      const at = layers.findIndex(({ mask, wanted }) => (state & mask) === wanted);
      return at < 0 ? -1 : at * this.#sheet;
    });
  }

  /** Lays the density of the layer that was counted as number `index` over `pixels`. */
  lay({ data, width, pad }: Pixels, layer: Layer, index: number, scale: Scale): void {
    const sums = this.#sums.subarray(index * this.#sheet, (index + 1) * this.#sheet);
    const stride = width + 2 * pad;
    const tone = (count: number) => Math.round(256 * layer.density * toneOf(layer, scale, count));
    const tones = Int32Array.from({ length: known }, (_, count) => tone(count));
    const around = [-4, 4, -4 * stride, 4 * stride] as const;
    for (let p = stride; p < data.length - stride; p++) {
      let at = 4 * p;
      let share = 256;
      if (sums[at + 3] === 0) {
        // Empty: it takes the tone of its fullest neighbour, paler.
        let fullest = 0;
        for (let i = 0; i < 4; i++) {
          const count = sums[4 * p + around[i]! + 3]!;
          if (count > fullest) {
            fullest = count;
            at = 4 * p + around[i]!;
          }
        }
        if (fullest === 0) continue;
        share = 256 * besideShare;
      }
      const count = sums[at + 3]!;
      const a = ((count < known ? tones[count]! : tone(count)) * share) >> 8;
      const under = data[p]!;
      const red = under & 255;
      const green = (under >> 8) & 255;
      const blue = (under >> 16) & 255;
      data[p] =
        0xff000000 |
        (red + (((sums[at]! / count - red) * a) >> 8)) |
        ((green + (((sums[at + 1]! / count - green) * a) >> 8)) << 8) |
        ((blue + (((sums[at + 2]! / count - blue) * a) >> 8)) << 16);
    }
  }
}
