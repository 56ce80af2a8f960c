import { blur2, contours, interpolateRgb, max } from 'd3';
import type { Job } from '../../../lib/job.ts';
import type { Layer } from '../layers.ts';
import { dimmedBit, noGroup, slotMask } from '../model.ts';
import type { MapPicture } from '../picture.ts';
import { dataRect, visibleRanges } from '../view.ts';

/** Pixels a cell of the grids, and cells around the picture, so that contours leave it instead of ending at its edge. */
const CELL = 3;
const MARGIN = 4;
/** Blur of counts, in cells: they are many, and what is drawn is near to what was counted. */
const BLUR = 1.2;
/** Blur of the mean of a ramp, in cells, wider than that of counts; and into how many steps it is cut. */
const RAMP_BLUR = 2;
const RAMP_CLASSES = 8;
const RAMP_STEPS = 24;
/** Points a cell where density begins: below, single points are drawn. */
const LEAST = 1.5;
const MOST_LEVELS = 7;
/** What is below still shows through the densest. */
const STRONGEST = 0.88;

type Grid = { readonly wide: number; readonly high: number };

/** Paths of the density, and the places of points that stand outside of it: slots of the model. */
export type Density = { readonly paths: string; readonly alone: readonly number[] };

/**
 * Density as filled contours (marching squares by d3), in each colour a stack of steps that at least double, on one scale for all colours of a layer; where
 * fewer than 1.5 points stand on a cell of 3 pixels, they are `alone`. On a ramp a cell has the colour of its mean. Counts are exact, blurred by 1.2
 * cells. O(points in sight + colours · cells).
 */
export async function densityPaths(
  picture: MapPicture,
  layers: readonly Layer[],
  job: Job,
): Promise<Density> {
  const { model, frame } = picture;
  const { width, height } = frame.size;
  const grid = {
    wide: Math.ceil(width / CELL) + 2 * MARGIN,
    high: Math.ceil(height / CELL) + 2 * MARGIN,
  };
  const paths: string[] = [];
  const alone: number[] = [];
  for (const layer of layers) {
    const seen = cellsOf(picture, layer, grid);
    if (seen.slots.length === 0) continue;
    const isRamp = picture.isRamp && !(layer.wanted & dimmedBit);
    const inks = Int32Array.from(seen.slots, (slot) => frame.inks.colour[model.state[slot]!]!);
    const fields = isRamp
      ? rampFields(picture, seen, inks, grid)
      : countFields(seen.cells, inks, grid);
    const top = Math.max(...[...fields.values()].map(({ data }) => max(data) ?? 0));
    // Steps of a ramp meet: laid over each other they would be darker where they do.
    const ground = isRamp ? picture.theme.surface : null;
    const drawing = { levels: levelsTo(top), layer, ground, grid };
    const steps: (readonly string[])[] = [];
    for (const [ink, field] of [...fields].sort(([, a], [, b]) => b.size - a.size)) {
      steps.push(fieldPaths(field, ink, drawing));
      await job.breathe();
    }
    // Where colours meet on a ramp, no pale edge of one may lie on the other: step by step, all colours of each.
    if (isRamp) paths.push(...drawing.levels.flatMap((_, i) => steps.map((of) => of[i] ?? '')));
    else paths.push(...steps.flat());
    for (let i = 0; i < seen.slots.length; i++)
      if (fields.get(inks[i]!)!.data[seen.cells[i]!]! < LEAST) alone.push(seen.slots[i]!);
  }
  return { paths: paths.filter(Boolean).join('\n'), alone };
}

/** Steps of density from where it begins to nearly the most, each at least twice the one before. */
function levelsTo(top: number): number[] {
  const range = (0.9 * top) / LEAST;
  const many = range < 1 ? 0 : Math.min(MOST_LEVELS, Math.floor(Math.log2(range)) + 1);
  const ratio = range ** (1 / Math.max(1, many - 1));
  return Array.from({ length: many }, (_, i) => LEAST * ratio ** i);
}

type Seen = { readonly slots: Uint32Array; readonly cells: Uint32Array };

/** The points of a layer on the grid, and their cells. */
function cellsOf(
  { model, frame }: MapPicture,
  { mask, wanted }: Layer,
  { wide, high }: Grid,
): Seen {
  const { view, size } = frame;
  const ranges = visibleRanges(model, dataRect(view, size, MARGIN * CELL));
  let most = 0;
  for (let r = 0; r < ranges.length; r += 2) most += ranges[r + 1]! - ranges[r]!;
  const slots = new Uint32Array(most);
  const cells = new Uint32Array(most);
  let found = 0;
  for (let r = 0; r < ranges.length; r += 2)
    for (let slot = ranges[r]!; slot < ranges[r + 1]!; slot++) {
      if ((model.state[slot]! & mask) !== wanted) continue;
      const x = (view.x + view.k * model.positions[2 * slot]!) / CELL + MARGIN;
      const y = (view.y - view.k * model.positions[2 * slot + 1]!) / CELL + MARGIN;
      if (!(x >= 0 && x < wide && y >= 0 && y < high)) continue;
      slots[found] = slot;
      cells[found++] = Math.floor(y) * wide + Math.floor(x);
    }
  return { slots: slots.subarray(0, found), cells: cells.subarray(0, found) };
}

type Field = { readonly data: Float64Array; size: number };

function fieldOf(fields: Map<number, Field>, ink: number, { wide, high }: Grid): Field {
  const field = fields.get(ink) ?? { data: new Float64Array(wide * high), size: 0 };
  fields.set(ink, field);
  return field;
}

/** Points a cell of each colour, blurred. */
function countFields(cells: Uint32Array, inks: Int32Array, grid: Grid): Map<number, Field> {
  const fields = new Map<number, Field>();
  for (let i = 0; i < cells.length; i++) {
    const field = fieldOf(fields, inks[i]!, grid);
    field.data[cells[i]!]!++;
    field.size++;
  }
  for (const { data } of fields.values())
    blur2({ data, width: grid.wide, height: grid.high }, BLUR);
  return fields;
}

/**
 * Of a ramp each cell has the colour of the mean around it, and all density: so its steps are regions side by side. `inks` becomes the colour of each
 * point's cell; those without a value keep theirs.
 */
function rampFields(
  { model, frame }: MapPicture,
  { slots, cells }: Seen,
  inks: Int32Array,
  grid: Grid,
) {
  const { wide, high } = grid;
  const [sum, near, counts] = [0, 1, 2].map(() => new Float64Array(wide * high));
  const stateOf = (i: number) => model.state[slots[i]!]!;
  const isOn = (i: number) => (stateOf(i) & slotMask) !== noGroup;
  const without = [...slots.keys()].filter((i) => !isOn(i));
  for (let i = 0; i < slots.length; i++) {
    if (!isOn(i)) continue;
    sum![cells[i]!]! += stateOf(i) & slotMask;
    near![cells[i]!]!++;
    counts![cells[i]!]!++;
  }
  for (const data of [sum!, near!]) blur2({ data, width: wide, height: high }, RAMP_BLUR);
  blur2({ data: counts!, width: wide, height: high }, BLUR);
  const inkAt = (cell: number) => {
    const share = sum![cell]! / near![cell]! / RAMP_STEPS;
    const step = Math.min(RAMP_CLASSES - 1, Math.max(0, Math.floor(RAMP_CLASSES * share)));
    return frame.inks.colour[Math.round(((step + 0.5) / RAMP_CLASSES) * (RAMP_STEPS - 1))]!;
  };
  const fields = countFields(
    Uint32Array.from(without, (i) => cells[i]!),
    Int32Array.from(without, (i) => inks[i]!),
    grid,
  );
  for (let cell = 0; cell < counts!.length; cell++) {
    if (!(counts![cell]! > 1e-6 && near![cell]! > 0)) continue;
    // A cell belongs to the colours beside it too, so that no gap is left between them.
    for (const beside of [cell, cell - 1, cell + 1, cell - wide, cell + wide])
      if (near![beside]! > 0) fieldOf(fields, inkAt(beside), grid).data[cell] = counts![cell]!;
  }
  for (let i = 0; i < slots.length; i++) if (isOn(i)) inks[i] = inkAt(cells[i]!);
  return fields;
}

type Drawing = {
  readonly levels: readonly number[];
  readonly layer: Layer;
  /** What an opaque colour is mixed with; null: colours are laid over what is below. */
  readonly ground: string | null;
  readonly grid: Grid;
};

/** One path a level, together as strong as the density asks. */
function fieldPaths(
  { data }: Field,
  ink: number,
  { levels, layer, ground, grid }: Drawing,
): string[] {
  const rings = contours().size([grid.wide, grid.high]);
  // Its types ask for a plain array; it only reads numbers by their place.
  const values = data as unknown as number[];
  const strength = (level: number) =>
    Math.min(STRONGEST, layer.least + ((layer.most - layer.least) * (level + 1)) / levels.length);
  const out: string[] = [];
  for (const [i, level] of levels.entries()) {
    const d = rings
      .contour(values, level)
      .coordinates.flat()
      .map(
        (ring) =>
          `M${ring
            .slice(0, -1)
            .map(([x, y]) => placed(x!, y!))
            .join('L')}Z`,
      )
      .join('');
    if (d === '') break;
    const below = i === 0 ? 0 : strength(i - 1);
    const look = ground
      ? `fill="${interpolateRgb(ground, rgbOf(ink))(strength(i))}"`
      : `fill="${rgbOf(ink)}" fill-opacity="${(1 - (1 - strength(i)) / (1 - below)).toFixed(3)}"`;
    out.push(`<path d="${d}" ${look}/>`);
  }
  return out;
}

const placed = (x: number, y: number): string =>
  `${((x - MARGIN) * CELL).toFixed(1)} ${((y - MARGIN) * CELL).toFixed(1)}`;

/** 0x00BBGGRR as SVG says it. */
export const rgbOf = (ink: number): string =>
  `rgb(${ink & 255},${(ink >> 8) & 255},${(ink >> 16) & 255})`;
