import { blur2 } from 'd3';
import { cellOf, type Bounds, type MapModel } from './model.ts';
import { visibleRanges } from './view.ts';

/** Points of one group that stand close together, as far as the present view shows. */
export type Part = {
  readonly group: number;
  /** Where they are densest, in data units. */
  readonly place: readonly [number, number];
  /** Indices in the caller's order. */
  readonly members: Int32Array;
};

/** A part as it is labelled: its words, and the numbers behind them. */
export type PartLabel = Part & { readonly short: string; readonly long: string };

const side = 48;
/** Smaller crowds of a group say nothing. */
const LEAST = 30;
const LEAST_SHARE = 0.08;
/** Two peaks are two parts where the way between them falls below so much of the lower one. */
const SADDLE = 0.6;
/** A group of which so much is in sight in one crowd is shown by its own label. */
const WHOLE = 0.6;
/** Blur in cells: wider for fewer points, as the power −1/6 of their number (Scott 1992). */
const blurFor = (size: number) => Math.min(5, Math.max(1.2, 10 * size ** (-1 / 6)));

/**
 * The crowds of each group inside `rect`: peaks of its density on a 48² grid over it, each with the cells that rise to it; shallow peaks join the one
 * that they lean on (persistence: Edelsbrunner, Letscher & Zomorodian 2002). `sizes` [groups] are all customers of each. Largest first.
 * O(points in sight + groups · cells · log cells).
 */
export function partsOf(
  model: MapModel,
  groups: ArrayLike<number>,
  sizes: readonly number[],
  rect: Bounds,
): Part[] {
  const view = { bounds: rect, side };
  const { positions, order } = model;
  const ranges = visibleRanges(model, rect);
  const seen = new Int32Array(sizes.length);
  const each = (visit: (slot: number, group: number, cell: number) => void) => {
    for (let r = 0; r < ranges.length; r += 2)
      for (let slot = ranges[r]!; slot < ranges[r + 1]!; slot++) {
        const group = groups[order[slot]!] ?? -1;
        if (group < 0 || group >= sizes.length) continue;
        const [column, row] = cellOf(view, positions[2 * slot]!, positions[2 * slot + 1]!);
        if (column >= 0 && row >= 0 && column < side && row < side)
          visit(slot, group, row * side + column);
      }
  };
  each((_slot, group) => void seen[group]!++);
  const grids = Array.from(seen, (size) => (size >= LEAST ? new Float64Array(side * side) : null));
  each((_slot, group, cell) => {
    const grid = grids[group];
    if (grid) grid[cell]!++;
  });
  const peaks = grids.map((grid, group) => grid && climb(grid, seen[group]!));
  const lists = new Map<number, number[]>();
  each((slot, group, cell) => {
    const peak = peaks[group]?.[cell] ?? -1;
    if (peak < 0) return;
    const key = group * side * side + peak;
    const list = lists.get(key);
    if (list) list.push(order[slot]!);
    else lists.set(key, [order[slot]!]);
  });
  const stepX = (rect.right - rect.left) / side;
  const stepY = (rect.top - rect.bottom) / side;
  const found = [...lists].map(([key, list]): Part => {
    const [group, peak] = [Math.floor(key / (side * side)), key % (side * side)];
    const x = rect.left + ((peak % side) + 0.5) * stepX;
    const y = rect.bottom + (Math.floor(peak / side) + 0.5) * stepY;
    return { group, place: [x, y], members: Int32Array.from(list) };
  });
  const large = found.filter(
    ({ group, members }) => members.length >= Math.max(LEAST, LEAST_SHARE * seen[group]!),
  );
  return large
    .filter(({ group, members }) => members.length < WHOLE * sizes[group]!)
    .sort((a, b) => b.members.length - a.members.length || a.group - b.group);
}

/** [cells]: the peak that each cell rises to, −1 where there is nearly nobody. */
function climb(counts: Float64Array, size: number): Int32Array {
  const height = counts.slice();
  blur2({ data: height, width: side, height: side }, blurFor(size));
  const top = height.reduce((most, value) => Math.max(most, value), 0);
  const cells = [...height.keys()].filter((cell) => height[cell]! > 0.03 * top);
  cells.sort((a, b) => height[b]! - height[a]! || a - b);
  const peak = new Int32Array(side * side).fill(-1);
  const rootOf = (cell: number): number => {
    let root = cell;
    while (peak[root] !== root) root = peak[root]!;
    return root;
  };
  for (const cell of cells) {
    const roots = neighbours(cell)
      .filter((other) => peak[other]! >= 0)
      .map(rootOf)
      .sort((a, b) => height[b]! - height[a]! || a - b);
    const highest = roots[0] ?? cell;
    peak[cell] = highest;
    for (const root of roots)
      if (root !== highest && height[cell]! > SADDLE * height[root]!) peak[root] = highest;
  }
  return peak.map((to, cell) => (to < 0 ? -1 : rootOf(cell)));
}

function neighbours(cell: number): number[] {
  const [column, row] = [cell % side, Math.floor(cell / side)];
  const out: number[] = [];
  for (let y = Math.max(0, row - 1); y <= Math.min(side - 1, row + 1); y++)
    for (let x = Math.max(0, column - 1); x <= Math.min(side - 1, column + 1); x++)
      if (x !== column || y !== row) out.push(y * side + x);
  return out;
}
