/** Bits of a point's state: 0–9 hold its slot, its place in the table of inks, so one table of 4,096 entries colours everything. */
export const slotBits = 10;
export const slotMask = 0b0011_1111_1111;
/** Set where the point is in the selection. */
export const selectedBit = 0b0100_0000_0000;
/** Set where a filter or brush leaves the point out: grey context. */
export const dimmedBit = 0b1000_0000_0000;
/** How many states there are. */
export const states = 4096;
/** Slot of a point that belongs to no group. */
export const noGroup = 1023;
/** Groups from here on share slots with earlier ones of the same look: the largest multiple of 36 looks below 1023. */
export const slots = 1008;

export type Bounds = {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
};

/**
 * What every painter reads. `positions` is [count × 2], y upward, in grid order: the cells of a grid over `bounds`, row by row from the
 * bottom, so the visible part of a row of cells is one range of `cellStart`. `order[slot]` is the caller's index, `rank` its inverse.
 */
export type MapModel = {
  readonly count: number;
  readonly positions: Float32Array;
  readonly order: Uint32Array;
  readonly rank: Uint32Array;
  readonly side: number;
  readonly cellStart: Uint32Array;
  readonly bounds: Bounds;
  /** Points in a square data unit: around a typical point, and in the fullest cell. */
  readonly typical: number;
  readonly peak: number;
  /** How many points this model stands for, where it is a sample of them; absent: `count`. */
  readonly whole?: number;
  /** Two bytes a point, in grid order; replaced as a whole by `makeState`. */
  readonly state: Uint16Array;
  /** Size class of each point (0 to 7, `sizeFactors` in painter.ts), in grid order; absent or null: all alike. */
  readonly sizes?: Uint8Array | null;
};

const sideFor = (count: number) => Math.min(512, Math.max(1, Math.round(Math.sqrt(count / 4))));

function boundsOf(positions: Float32Array): Bounds {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < positions.length; i += 2) {
    const x = positions[i]!;
    const y = positions[i + 1]!;
    if (!(Number.isFinite(x) && Number.isFinite(y)))
      throw new RangeError(`point ${i / 2} has no place`);
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  return left > right ? { left: -1, right: 1, bottom: -1, top: 1 } : { left, right, bottom, top };
}

/** Column and row of the cell that holds (x, y), which may lie outside the grid. */
export function cellOf(
  { bounds, side }: Pick<MapModel, 'bounds' | 'side'>,
  x: number,
  y: number,
): readonly [column: number, row: number] {
  const { left, right, bottom, top } = bounds;
  return [
    Math.floor(((x - left) / (right - left || 1)) * side),
    Math.floor(((y - bottom) / (top - bottom || 1)) * side),
  ];
}

/** `positions` is [n × 2], finite. One counting sort: O(n + cells). Throws RangeError where a position is not a number. */
export function buildModel(positions: Float32Array, side?: number): MapModel {
  const count = positions.length / 2;
  const grid = { bounds: boundsOf(positions), side: side ?? sideFor(count) };
  const cells = grid.side ** 2;
  const cell = new Uint32Array(count);
  const cellStart = new Uint32Array(cells + 1);
  const last = grid.side - 1;
  const { left, right, bottom, top } = grid.bounds;
  const [across, up] = [right - left || 1, top - bottom || 1];
  for (let i = 0; i < count; i++) {
    // As `cellOf` has it, which makes a pair a point: too dear here.
    const column = Math.floor(((positions[2 * i]! - left) / across) * grid.side);
    const row = Math.floor(((positions[2 * i + 1]! - bottom) / up) * grid.side);
    const c = Math.min(last, row) * grid.side + Math.min(last, column);
    cell[i] = c;
    cellStart[c + 1]!++;
  }
  for (let c = 0; c < cells; c++) cellStart[c + 1]! += cellStart[c]!;
  const next = cellStart.slice();
  const sorted = new Float32Array(2 * count);
  const order = new Uint32Array(count);
  const rank = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const slot = next[cell[i]!]!++;
    order[slot] = i;
    rank[i] = slot;
    sorted[2 * slot] = positions[2 * i]!;
    sorted[2 * slot + 1] = positions[2 * i + 1]!;
  }
  const state = new Uint16Array(count);
  return {
    ...grid,
    ...crowding(grid, cellStart),
    count,
    positions: sorted,
    order,
    rank,
    cellStart,
    state,
  };
}

const built = new WeakMap<Float32Array, MapModel>();

/** The model of places, made once as long as they live: the map, small maps and a file show the same points. */
export function modelOf(positions: Float32Array): MapModel {
  const known = built.get(positions) ?? buildModel(positions);
  built.set(positions, known);
  return known;
}

/** How dense it is where the points are: the mean over points of the others in their cell, and the most of any cell, an area. */
function crowding({ side, bounds }: Pick<MapModel, 'side' | 'bounds'>, cellStart: Uint32Array) {
  const { left, right, bottom, top } = bounds;
  const area = ((right - left || 1) / side) * ((top - bottom || 1) / side);
  let others = 0;
  let most = 0;
  for (let c = 0; c + 1 < cellStart.length; c++) {
    const count = cellStart[c + 1]! - cellStart[c]!;
    others += count * (count - 1);
    if (count > most) most = count;
  }
  return { typical: others / Math.max(1, cellStart.at(-1) ?? 0) / area, peak: most / area };
}

/** Everything that can be said of points, each in the caller's order; absent means nobody is dimmed or selected. */
export type PointStates = {
  /** Group of each point; negative: none. */
  readonly groups: ArrayLike<number>;
  /** Place in the palette of each group, −1 for grey; absent: the group itself. */
  readonly colours?: ArrayLike<number> | undefined;
  /** 1 where a filter leaves the point out. */
  readonly dimmed?: ArrayLike<number> | null | undefined;
  readonly selectedGroup?: number | null | undefined;
  /** 1 where selected; goes before `selectedGroup`. */
  readonly selected?: ArrayLike<number> | null | undefined;
  /** Ink of each point, 0 to 1,007, negative for grey: goes before the colours of the groups. */
  readonly inks?: ArrayLike<number> | null | undefined;
};

const counted = new WeakMap<Uint16Array, readonly number[]>();

/** How many points have each of the four flags (state >> slotBits); kept as long as the array. */
export function countFlags(state: Uint16Array): readonly number[] {
  const kept = counted.get(state);
  if (kept) return kept;
  const counts = [0, 0, 0, 0];
  for (let slot = 0; slot < state.length; slot++) counts[state[slot]! >> slotBits]!++;
  counted.set(state, counts);
  return counts;
}

/** Groups up to here are looked up. */
const known = 2048;

/** The states of a model, in its grid order. O(count). */
export function makeState({ count, order }: MapModel, given: PointStates): Uint16Array {
  const { groups, colours, dimmed, selected, selectedGroup = null, inks } = given;
  const state = new Uint16Array(count);
  const stateOf = (group: number) => {
    const colour = group < 0 ? -1 : (colours?.[group] ?? group);
    const chosen = !selected && selectedGroup !== null && group === selectedGroup;
    return (colour < 0 ? noGroup : colour % slots) | (chosen ? selectedBit : 0);
  };
  // What a group is drawn as, worked out once: in the loop stand only reads and one write.
  const byGroup = Uint16Array.from({ length: known }, (_, group) => stateOf(group));
  for (let slot = 0; slot < count; slot++) {
    const group = groups[order[slot]!]!;
    state[slot] = group >= 0 && group < known ? byGroup[group]! : stateOf(group ?? -1);
  }
  if (inks)
    for (let slot = 0; slot < count; slot++) {
      const ink = inks[order[slot]!] ?? -1;
      state[slot] = (state[slot]! & ~slotMask) | (ink < 0 ? noGroup : ink % slots);
    }
  if (selected) mark(state, order, selected, selectedBit);
  if (dimmed) mark(state, order, dimmed, dimmedBit);
  if (!selected && !dimmed && selectedGroup === null) counted.set(state, [count, 0, 0, 0]);
  return state;
}

/** Values in the caller's order, one a point, in the grid order of a model. */
export function inGridOrder({ count, order }: MapModel, values: ArrayLike<number>): Uint8Array {
  const out = new Uint8Array(count);
  for (let slot = 0; slot < count; slot++) out[slot] = values[order[slot]!]!;
  return out;
}

function mark(state: Uint16Array, order: Uint32Array, flags: ArrayLike<number>, bit: number): void {
  // A product, not a branch: where every other point is marked, a branch costs more than the work.
  for (let slot = 0; slot < state.length; slot++)
    state[slot]! |= Number((flags[order[slot]!] ?? 0) !== 0) * bit;
}

/** The states of a model in which all points but those of `id` are grey context. `of` is in the caller's order. O(count). */
export function partState(
  { state, order }: Pick<MapModel, 'state' | 'order'>,
  of: ArrayLike<number>,
  id: number,
): Uint16Array {
  return state.map((bits, slot) => (of[order[slot]!] === id ? bits : bits | dimmedBit));
}
