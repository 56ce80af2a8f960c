import type { MapModel } from './model.ts';

/** Corners [x, y, x, y, …] in data units, closed by itself; where it crosses itself the even–odd rule holds. */
export type Polygon = ArrayLike<number>;

/** The plain test: is (x, y) inside by the even–odd rule? Fewer than three corners hold nothing. */
export const isInside = (polygon: Polygon, x: number, y: number): boolean =>
  polygon.length >= 6 && crosses(edgesOf(polygon), polygon.length / 2, x, y);

/** Edges as [ax, ay, bx, by, …], each from the corner before. */
function edgesOf(polygon: Polygon): Float64Array {
  const n = polygon.length;
  const edges = new Float64Array(2 * n);
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    edges[2 * i] = polygon[j]!;
    edges[2 * i + 1] = polygon[j + 1]!;
    edges[2 * i + 2] = polygon[i]!;
    edges[2 * i + 3] = polygon[i + 1]!;
  }
  return edges;
}

/** Whether a ray from (x, y) crosses an odd number of the first `count` edges. */
function crosses(edges: Float64Array, count: number, x: number, y: number): boolean {
  let inside = false;
  for (let e = 0; e < 4 * count; e += 4) {
    const ay = edges[e + 1]!;
    const by = edges[e + 3]!;
    if (ay > y === by > y) continue;
    const ax = edges[e]!;
    if (x < ((edges[e + 2]! - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Copies the edges that reach between two heights into `into`; a ray at any height between crosses no others. Returns how many. */
function edgesBetween(edges: Float64Array, low: number, high: number, into: Float64Array): number {
  let found = 0;
  for (let e = 0; e < edges.length; e += 4) {
    const ay = edges[e + 1]!;
    const by = edges[e + 3]!;
    if ((ay < low && by < low) || (ay > high && by > high)) continue;
    for (let i = 0; i < 4; i++) into[4 * found + i] = edges[e + i]!;
    found++;
  }
  return found;
}

/** 1 for every cell that an edge may touch. Generous by a hundredth of a cell, so that no rounding can make it miss one. */
function edgeCells({ side, bounds }: MapModel, polygon: Polygon): Uint8Array {
  const marked = new Uint8Array(side * side);
  const wide = side / (bounds.right - bounds.left || 1);
  const high = side / (bounds.top - bounds.bottom || 1);
  const slack = 0.01;
  const last = side - 1;
  const n = polygon.length;
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    let ax = (polygon[j]! - bounds.left) * wide;
    let ay = (polygon[j + 1]! - bounds.bottom) * high;
    let bx = (polygon[i]! - bounds.left) * wide;
    let by = (polygon[i + 1]! - bounds.bottom) * high;
    if (ay > by) [ax, ay, bx, by] = [bx, by, ax, ay];
    const from = Math.max(0, Math.floor(ay - slack));
    const to = Math.min(last, Math.floor(by + slack));
    for (let row = from; row <= to; row++) {
      const at = (y: number) => ax + ((bx - ax) * (Math.min(by, Math.max(ay, y)) - ay)) / (by - ay);
      const [p, q] = by - ay < slack ? [ax, bx] : [at(row - slack), at(row + 1 + slack)];
      const first = Math.max(0, Math.floor(Math.min(p, q) - slack));
      const end = Math.min(last, Math.floor(Math.max(p, q) + slack));
      if (first <= end) marked.fill(1, row * side + first, row * side + end + 1);
    }
  }
  return marked;
}

/**
 * 1 for each point inside the polygon, in the caller's order: exactly the points of the plain test. Cells without an edge are in or out
 * as a whole; only points in edge cells are tested, and only against the edges that pass their row.
 * O(cells + corners · rows + points in edge cells · edges that pass a row).
 */
export function selectInside(model: MapModel, polygon: Polygon): Uint8Array {
  const { count, side, bounds, cellStart, positions, order } = model;
  const mask = new Uint8Array(count);
  if (polygon.length < 6) return mask;
  const touched = edgeCells(model, polygon);
  const edges = edgesOf(polygon);
  const near = new Float64Array(edges.length);
  const stepX = (bounds.right - bounds.left || 1) / side;
  const stepY = (bounds.top - bounds.bottom || 1) / side;
  for (let row = 0; row < side; row++) {
    const low = bounds.bottom + (row - 0.01) * stepY; // a hundredth of a cell: no rounding may miss an edge
    const passing = edgesBetween(edges, low, low + 1.02 * stepY, near);
    let inside = false;
    for (let column = 0, known = false; column < side; column++) {
      const cell = row * side + column;
      const [from, to] = [cellStart[cell]!, cellStart[cell + 1]!];
      if (touched[cell]) {
        known = false;
        for (let slot = from; slot < to; slot++)
          if (crosses(near, passing, positions[2 * slot]!, positions[2 * slot + 1]!))
            mask[order[slot]!] = 1;
        continue;
      }
      // Neighbours without an edge between them share the answer, so the test runs once a stretch.
      if (!known) {
        const x = bounds.left + (column + 0.5) * stepX;
        inside = crosses(near, passing, x, bounds.bottom + (row + 0.5) * stepY);
        known = true;
      }
      if (inside) for (let slot = from; slot < to; slot++) mask[order[slot]!] = 1;
    }
  }
  return mask;
}

/** A smoother hand: drops corners nearer than `step` to the one kept before. */
export function thin(polygon: readonly number[], step: number): number[] {
  const kept: number[] = [];
  for (let i = 0; i < polygon.length; i += 2) {
    const dx = polygon[i]! - (kept.at(-2) ?? Infinity);
    const dy = polygon[i + 1]! - (kept.at(-1) ?? Infinity);
    if (!(Math.hypot(dx, dy) < step)) kept.push(polygon[i]!, polygon[i + 1]!);
  }
  return kept;
}

/**
 * A new mask over what was selected before (null: nobody, and everyone where something is taken away). Nothing is changed in place. O(points).
 */
export function combine(
  before: Uint8Array | null,
  mask: Uint8Array,
  how: 'replace' | 'add' | 'subtract',
): Uint8Array {
  if (how === 'replace') return mask;
  if (how === 'add') return before ? mask.map((bit, i) => bit | before[i]!) : mask;
  return mask.map((bit, i) => (before ? before[i]! : 1) & ~bit & 1);
}
