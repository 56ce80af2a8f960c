import type { Single } from './dimension.ts';

/** Cells along the longer side of what customers cover. */
const ACROSS = 40;

/** Customers by the cell of a grid over where they are, and the mean place of those in each. */
export type PlaceCells = {
  readonly dimension: Single;
  readonly longitudes: Float64Array;
  readonly latitudes: Float64Array;
};

/** Degrees in, equirectangular at the middle latitude. Cells that hold nobody are left out. O(customers). Throws RangeError where a place is no number. */
export function placeCells(latitudes: Float32Array, longitudes: Float32Array): PlaceCells {
  const rows = latitudes.length;
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let r = 0; r < rows; r++) {
    const [y, x] = [latitudes[r]!, longitudes[r]!];
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new RangeError(`customer ${r} has no place`);
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  const shrink = squeeze((south + north) / 2);
  const side = Math.max((east - west) * shrink, north - south) / ACROSS || 1;
  const columns = Math.max(1, Math.ceil(((east - west) * shrink) / side)) || 1;
  const lines = Math.max(1, Math.ceil((north - south) / side)) || 1;
  const cellOf = new Uint16Array(rows);
  const sums = new Float64Array(3 * columns * lines);
  for (let r = 0; r < rows; r++) {
    const [y, x] = [latitudes[r]!, longitudes[r]!];
    const column = Math.min(columns - 1, Math.floor(((x - west) * shrink) / side));
    const line = Math.min(lines - 1, Math.floor((y - south) / side));
    const cell = line * columns + column;
    cellOf[r] = cell;
    sums[3 * cell]!++;
    sums[3 * cell + 1]! += x;
    sums[3 * cell + 2]! += y;
  }
  const filled = Array.from({ length: columns * lines }, (_, cell) => cell).filter(
    (cell) => sums[3 * cell]! > 0,
  );
  const binOf = new Uint16Array(columns * lines);
  filled.forEach((cell, bin) => (binOf[cell] = bin));
  const mean = (axis: 1 | 2) =>
    Float64Array.from(filled, (cell) => sums[3 * cell + axis]! / sums[3 * cell]!);
  const codes = cellOf.map((cell) => binOf[cell]!);
  const dimension = { bins: Math.max(1, filled.length), codes };
  return { dimension, longitudes: mean(1), latitudes: mean(2) };
}

/** How much shorter a degree of longitude is there than one of latitude: the cosine, by Bhaskara I (7th century, within 0.0017), since Math.cos differs between engines. */
export function squeeze(latitude: number): number {
  const square = latitude * latitude;
  return Math.max(0.05, (32_400 - 4 * square) / (32_400 + square));
}
