import { blur2, contours, geoPath, geoTransform, max } from 'd3';
import type { Bounds } from './model.ts';

/** Where one group is densest, and lines around it, all in data units. */
export type GroupShape = {
  readonly group: number;
  readonly size: number;
  /** The densest place. */
  readonly place: readonly [number, number];
  /** SVG path data of the contour lines, outermost first. */
  readonly lines: readonly string[];
};

const side = 144;
const margin = 20;
/** Height of each contour, as a share of the densest place of its group; few points have no fine edge. */
const levelsFor = (size: number) => (size < 400 ? [0.16, 0.4] : [0.07, 0.3]);
/** Blur in cells: wider for fewer points, by Scott's rule in two dimensions (1992): n to the power of −1/6. */
const blurFor = (size: number) => 2.5 * Math.min(2.4, Math.max(1, (2000 / size) ** (1 / 6)));

/** How clearly the contours stand at a view, 0 to 1: past 40 pixels a cell of their grid says little beside the points, past 160 nothing. */
export function contourShare({ left, right, bottom, top }: Bounds, k: number): number {
  const step = (k * Math.max(right - left, top - bottom)) / (side - 2 * margin);
  return Math.min(1, Math.max(0, 1 - Math.log2(step / 40) / 2));
}

/** So many points of a group, evenly taken, draw its shape as well as all. */
const enough = 25_000;

/** A group's part of the grid, with room for the blur. */
type Grid = {
  readonly data: Float64Array;
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
};

/**
 * Shapes of groups 0 … `groups − 1`: a density on a 144² grid, blurred, and its contours (d3), each group only where it is. Groups of
 * fewer than 8 points have a place but no lines. O(points + cells around the groups).
 */
export function groupShapes(
  positions: Float32Array,
  labels: ArrayLike<number>,
  groups: number,
  bounds: Bounds,
): GroupShape[] {
  const stepX = (bounds.right - bounds.left || 1) / (side - 2 * margin);
  const stepY = (bounds.top - bounds.bottom || 1) / (side - 2 * margin);
  const count = positions.length / 2;
  const sizes = new Float64Array(groups);
  for (let i = 0; i < count; i++) {
    const group = labels[i] ?? -1;
    if (group >= 0 && group < groups) sizes[group]!++;
  }
  const every = sizes.map((size) => Math.ceil(size / enough));
  const until = new Float64Array(groups);
  const taken: number[] = [];
  const cells: number[] = [];
  const extents = Array.from({ length: groups }, () => Int32Array.of(side, -1, side, -1));
  for (let i = 0; i < count; i++) {
    const group = labels[i] ?? -1;
    const extent = extents[group];
    if (!extent || until[group]!-- > 0) continue;
    until[group] = every[group]! - 1;
    const column = Math.round((positions[2 * i]! - bounds.left) / stepX) + margin;
    const row = Math.round((positions[2 * i + 1]! - bounds.bottom) / stepY) + margin;
    taken.push(group);
    cells.push(row * side + column);
    if (column < extent[0]!) extent[0] = column;
    if (column > extent[1]!) extent[1] = column;
    if (row < extent[2]!) extent[2] = row;
    if (row > extent[3]!) extent[3] = row;
  }
  const grids = extents.map(([left = 0, right = 0, bottom = 0, top = 0]): Grid | null => {
    if (right < left) return null;
    const [column, row] = [left - margin, bottom - margin];
    const [width, height] = [right - column + margin + 1, top - row + margin + 1];
    return { data: new Float64Array(width * height), column, row, width, height };
  });
  for (let i = 0; i < cells.length; i++) {
    const grid = grids[taken[i]!];
    if (!grid) continue;
    const row = Math.floor(cells[i]! / side);
    grid.data[(row - grid.row) * grid.width + (cells[i]! - row * side - grid.column)]!++;
  }
  return grids.flatMap((grid, group) => {
    if (!grid) return [];
    const size = sizes[group]!;
    const { data, column, row, width, height } = grid;
    const toX = (cell: number) => bounds.left + (cell + column - margin) * stepX;
    const toY = (cell: number) => bounds.bottom + (cell + row - margin) * stepY;
    blur2({ data, width, height }, blurFor(size));
    const peak = max(data) ?? 0;
    const at = data.indexOf(peak);
    const place = [toX(at % width), toY(Math.floor(at / width))] as const;
    if (size < 8) return [{ group, size, place, lines: [] }];
    const path = geoPath(
      geoTransform({
        point(x, y) {
          this.stream.point(toX(x - 0.5), toY(y - 0.5)); // a contour's cell (0, 0) spans 0 to 1
        },
      }),
    ).digits(5);
    const rings = contours().size([width, height]);
    // Its types ask for a plain array; it only reads numbers by their place.
    const values = data as unknown as number[];
    const lines = levelsFor(size).map((level) => path(rings.contour(values, level * peak)) ?? '');
    return [{ group, size, place, lines }];
  });
}
