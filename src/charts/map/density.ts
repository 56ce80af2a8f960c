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

/**
 * Shapes of groups 0 … `groups − 1`: a density on a 144² grid, blurred, and its contours (d3). Groups of fewer
 * than 8 points have a place but no lines. O(points + groups · grid).
 */
export function groupShapes(
  positions: Float32Array,
  labels: ArrayLike<number>,
  groups: number,
  bounds: Bounds,
): GroupShape[] {
  const stepX = (bounds.right - bounds.left || 1) / (side - 2 * margin);
  const stepY = (bounds.top - bounds.bottom || 1) / (side - 2 * margin);
  const grids = Array.from({ length: groups }, () => new Float64Array(side * side));
  const sizes = new Array<number>(groups).fill(0);
  for (let i = 0; i < positions.length / 2; i++) {
    const group = labels[i] ?? -1;
    const grid = grids[group];
    if (!grid) continue;
    const column = Math.round((positions[2 * i]! - bounds.left) / stepX) + margin;
    const row = Math.round((positions[2 * i + 1]! - bounds.bottom) / stepY) + margin;
    grid[row * side + column]!++;
    sizes[group]!++;
  }
  const toX = (column: number) => bounds.left + (column - margin) * stepX;
  const toY = (row: number) => bounds.bottom + (row - margin) * stepY;
  const path = geoPath(
    geoTransform({
      point(x, y) {
        this.stream.point(toX(x - 0.5), toY(y - 0.5)); // a contour's cell (0, 0) spans 0 to 1
      },
    }),
  ).digits(5);
  return grids.flatMap((grid, group) => {
    const size = sizes[group] ?? 0;
    if (size === 0) return [];
    blur2({ data: grid, width: side, height: side }, blurFor(size));
    const peak = max(grid) ?? 0;
    const at = grid.indexOf(peak);
    const place = [toX(at % side), toY(Math.floor(at / side))] as const;
    const rings = contours().size([side, side]);
    const lines =
      size < 8
        ? []
        : levelsFor(size).map((level) => path(rings.contour([...grid], level * peak)) ?? '');
    return [{ group, size, place, lines }];
  });
}
