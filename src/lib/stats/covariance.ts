import type { Matrix } from '../matrix.ts';
import type { Steps } from '../steps.ts';

/** `means` is [cols]; `covariance` is [cols × cols], row-major, divided by n − 1. */
export type Moments = { readonly means: Float64Array; readonly covariance: Float64Array };

const CHUNK = 64;

/**
 * Means and covariances of all columns (Gram matrix of the centred rows), exact: summed in float64 in the order of the rows, whatever the
 * blocks, so the bytes do not depend on them. A block of rows is centred and turned once, then eight sums at a time run over it.
 * Throws `RangeError` naming a column that holds NaN or ∞. O(rows · cols² / 2); keeps cols² and 64 · cols numbers.
 */
export function* moments(x: Matrix): Steps<Moments> {
  const { rows, cols } = x;
  const means = yield* columnMeans(x);
  const covariance = new Float64Array(cols * cols);
  const block = new Float64Array((cols + 4) * CHUNK); // columns past the end stay 0
  for (let from = 0; from < rows; from += CHUNK) {
    const high = Math.min(CHUNK, rows - from);
    centre(x, from, high, means, block);
    for (let i = 0; i < cols; i += 2) addTiles(block, high, i, cols, covariance);
    yield;
  }
  const share = Math.max(1, rows - 1);
  for (let i = 0; i < cols; i++)
    for (let j = i; j < cols; j++)
      covariance[j * cols + i] = covariance[i * cols + j] = covariance[i * cols + j]! / share;
  return { means, covariance };
}

/** Mean of each column; refuses what is no number. */
export function* columnMeans({ data, rows, cols }: Matrix): Steps<Float64Array> {
  const means = new Float64Array(cols);
  for (let r = 0, p = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++, p++) means[c]! += data[p]!;
    if ((r & 4095) === 4095) yield;
  }
  for (let c = 0; c < cols; c++) {
    means[c]! /= Math.max(1, rows);
    if (!Number.isFinite(means[c]!))
      throw new RangeError(`column ${c} holds a value that is no number`);
  }
  return means;
}

/** `block[c · CHUNK + r]` becomes the centred value of row `from + r`. */
function centre(
  { data, cols }: Matrix,
  from: number,
  high: number,
  means: Float64Array,
  block: Float64Array,
): void {
  for (let r = 0, p = from * cols; r < high; r++)
    for (let c = 0, q = r; c < cols; c++, p++, q += CHUNK) block[q] = data[p]! - means[c]!;
}

/** Adds the products of columns i and i + 1 with every column from i on. */
function addTiles(
  block: Float64Array,
  high: number,
  i: number,
  cols: number,
  sums: Float64Array,
): void {
  const [top, low] = [i * CHUNK, (i + 1) * CHUNK];
  const second = i + 1 < cols;
  for (let j = i; j < cols; j += 4) {
    const q = j * CHUNK;
    const at = i * cols + j;
    const under = at + cols;
    const last = cols - j;
    let [a0, a1, a2, a3] = [
      sums[at]!,
      last > 1 ? sums[at + 1]! : 0,
      last > 2 ? sums[at + 2]! : 0,
      last > 3 ? sums[at + 3]! : 0,
    ];
    let [b0, b1, b2, b3] = [
      second ? sums[under]! : 0,
      second && last > 1 ? sums[under + 1]! : 0,
      second && last > 2 ? sums[under + 2]! : 0,
      second && last > 3 ? sums[under + 3]! : 0,
    ];
    for (let r = 0; r < high; r++) {
      const a = block[top + r]!;
      const b = block[low + r]!;
      const v0 = block[q + r]!;
      const v1 = block[q + CHUNK + r]!;
      const v2 = block[q + 2 * CHUNK + r]!;
      const v3 = block[q + 3 * CHUNK + r]!;
      a0 += a * v0;
      a1 += a * v1;
      a2 += a * v2;
      a3 += a * v3;
      b0 += b * v0;
      b1 += b * v1;
      b2 += b * v2;
      b3 += b * v3;
    }
    sums[at] = a0;
    if (last > 1) sums[at + 1] = a1;
    if (last > 2) sums[at + 2] = a2;
    if (last > 3) sums[at + 3] = a3;
    if (!second) continue;
    sums[under] = b0;
    if (last > 1) sums[under + 1] = b1;
    if (last > 2) sums[under + 2] = b2;
    if (last > 3) sums[under + 3] = b3;
  }
}
