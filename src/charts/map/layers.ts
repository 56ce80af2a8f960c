import type { Inks } from './inks.ts';
import { countFlags, dimmedBit, selectedBit, slotBits, type MapModel } from './model.ts';
import type { Frame } from './painter.ts';

/** Points that are drawn together: those whose state has `wanted` under `mask`, and how. */
export type Layer = {
  readonly mask: number;
  readonly wanted: number;
  /** How many there are, in sight or not. */
  readonly count: number;
  /** How much of the layer is drawn as density, 0 to 1; the rest is points. */
  readonly density: number;
  /** Strength of one point's pixel and of the densest, 0 to 1. */
  readonly least: number;
  readonly most: number;
};

/** Which points go first: grey below, then those beside the selection, then the selection. */
function orderOf(hasSelection: boolean): readonly (readonly [mask: number, wanted: number])[] {
  if (!hasSelection)
    return [
      [dimmedBit, dimmedBit],
      [dimmedBit, 0],
    ];
  return [
    [dimmedBit, dimmedBit],
    [dimmedBit | selectedBit, 0],
    [dimmedBit | selectedBit, selectedBit],
  ];
}

/** Points on a typical pixel: where they begin to overlap (all points) and where they lie on each other (all density). */
const turn = [0.15, 0.6] as const;

/** Fewer points than this are always points: blended, they show their density themselves. */
const fewest = 5_000;

/** Share of density where a typical pixel has `crowd` points. */
export const densityOf = (crowd: number): number =>
  Math.min(1, Math.max(0, Math.log(crowd / turn[0]) / Math.log(turn[1] / turn[0])));

/** The layers of a frame that have points, from the lowest. Points of many sizes are never density. */
export function layersOf(model: MapModel, { inks, view, ratio }: LayerFrame): Layer[] {
  const counts = countFlags(model.state);
  const perPixel = 1 / (view.k * ratio) ** 2;
  return orderOf(inks.hasSelection).flatMap(([mask, wanted]) => {
    let count = 0;
    for (const [flags, points] of counts.entries())
      if (((flags << slotBits) & mask) === wanted) count += points;
    if (count === 0) return [];
    const crowd = (model.typical * perPixel * count) / model.count;
    const density = model.sizes || count < fewest ? 0 : densityOf(crowd);
    return [{ mask, wanted, count, density, ...strengthOf(inks, wanted) }];
  });
}
type LayerFrame = Pick<Frame, 'view' | 'ratio'> & { readonly inks: Pick<Inks, 'hasSelection'> };

function strengthOf({ hasSelection }: Pick<Inks, 'hasSelection'>, wanted: number) {
  if (wanted & dimmedBit) return { least: 0.25, most: 0.6 };
  if (hasSelection && !(wanted & selectedBit)) return { least: 0.15, most: 0.4 };
  return { least: 0.4, most: 1 };
}
