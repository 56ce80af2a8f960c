import { matrix, type Matrix } from '../../lib/matrix.ts';
import type { Layout } from '../types.ts';

/** `axes` is [components × cols], unit length, most variance first; `variances` belongs to them (divided by n − 1). */
export type Components = {
  readonly means: Float64Array;
  readonly axes: readonly Float64Array[];
  readonly variances: readonly number[];
};

/**
 * All principal components, exactly: eigenvectors of the covariance matrix by Jacobi's rotations (Golub & Van Loan 2013, §8.5).
 * The largest loading of each is positive, so the picture never flips. O(rows · cols² + cols³).
 */
export function components(x: Matrix): Components {
  const { rows, cols, data } = x;
  const means = new Float64Array(cols);
  for (let r = 0, p = 0; r < rows; r++) for (let c = 0; c < cols; c++, p++) means[c]! += data[p]!;
  for (let c = 0; c < cols; c++) means[c]! /= Math.max(1, rows);
  const covariance = Array.from({ length: cols }, () => new Float64Array(cols));
  const own = new Float64Array(cols);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) own[c] = data[r * cols + c]! - means[c]!;
    for (let i = 0; i < cols; i++) {
      const line = covariance[i]!;
      const a = own[i]!;
      for (let j = i; j < cols; j++) line[j]! += a * own[j]!;
    }
  }
  for (let i = 0; i < cols; i++)
    for (let j = i; j < cols; j++) covariance[j]![i] = covariance[i]![j]! /= Math.max(1, rows - 1);
  const { values, vectors } = jacobi(covariance);
  const order = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b);
  return {
    means,
    axes: order.map((i) => upright(vectors.map((row) => row[i]!))),
    variances: order.map((i) => Math.max(0, values[i]!)),
  };
}

/** The customers on their two strongest principal components: near means alike, as far as two axes can show it. */
export function pcaLayout(x: Matrix): Layout {
  const { means, axes, variances } = components(x);
  const positions = new Float32Array(2 * x.rows);
  for (let r = 0; r < x.rows; r++)
    for (let a = 0; a < 2; a++) {
      let sum = 0;
      for (let c = 0; c < x.cols; c++)
        sum += (x.data[r * x.cols + c]! - means[c]!) * (axes[a]?.[c] ?? 0);
      positions[2 * r + a] = sum;
    }
  fit(positions);
  const total = variances.reduce((sum, v) => sum + v, 0);
  const share = (a: number) => (total > 0 ? (variances[a] ?? 0) / total : 0);
  return { method: 'pca', positions, kept: [share(0), share(1)] };
}

/** The middle of each range goes to 0, and the larger range to −1 … 1. */
function fit(positions: Float32Array): void {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  positions.forEach((value, i) => {
    low[i % 2] = Math.min(low[i % 2]!, value);
    high[i % 2] = Math.max(high[i % 2]!, value);
  });
  const half = Math.max(high[0]! - low[0]!, high[1]! - low[1]!) / 2;
  const middle = [(high[0]! + low[0]!) / 2, (high[1]! + low[1]!) / 2];
  positions.forEach((value, i) => (positions[i] = half > 0 ? (value - middle[i % 2]!) / half : 0));
}

function upright(axis: readonly number[]): Float64Array {
  const largest = axis.reduce((a, b) => (Math.abs(b) > Math.abs(a) + 1e-9 ? b : a), 0);
  return Float64Array.from(axis, (value) => (largest < 0 ? -value : value));
}

/** Eigenvalues and, in columns, eigenvectors of a symmetric matrix, which is overwritten. */
function jacobi(a: readonly Float64Array[]): { values: number[]; vectors: Float64Array[] } {
  const n = a.length;
  const v = a.map((_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let all = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        all += a[i]![j]! * a[i]![j]!;
        if (i !== j) off += a[i]![j]! * a[i]![j]!;
      }
    if (off <= 1e-26 * all) break;
    for (let p = 0; p < n - 1; p++)
      for (let q = p + 1; q < n; q++) if (a[p]![q] !== 0) rotate(a, v, p, q);
  }
  return { values: a.map((row, i) => row[i]!), vectors: v };
}

/** One rotation in the plane of p and q that makes a[p][q] zero. */
function rotate(
  a: readonly Float64Array[],
  v: readonly Float64Array[],
  p: number,
  q: number,
): void {
  const slope = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
  const t = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.sqrt(slope * slope + 1));
  const cos = 1 / Math.sqrt(t * t + 1);
  const sin = t * cos;
  for (const row of a) turn(row, p, q, cos, sin);
  const [top, bottom] = [a[p]!, a[q]!];
  for (let j = 0; j < a.length; j++) {
    const [x, y] = [top[j]!, bottom[j]!];
    top[j] = cos * x - sin * y;
    bottom[j] = sin * x + cos * y;
  }
  for (const row of v) turn(row, p, q, cos, sin);
}

function turn(row: Float64Array, p: number, q: number, cos: number, sin: number): void {
  const [x, y] = [row[p]!, row[q]!];
  row[p] = cos * x - sin * y;
  row[q] = sin * x + cos * y;
}

/** [rows × components]: each row on each axis. */
export function onto(x: Matrix, { means, axes }: Components): Matrix {
  const out = matrix(x.rows, axes.length);
  for (let r = 0; r < x.rows; r++)
    axes.forEach((axis, a) => {
      let sum = 0;
      for (let c = 0; c < x.cols; c++) sum += (x.data[r * x.cols + c]! - means[c]!) * axis[c]!;
      out.data[r * out.cols + a] = sum;
    });
  return out;
}
