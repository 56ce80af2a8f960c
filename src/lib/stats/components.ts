import { matrix, type Matrix } from '../matrix.ts';
import { atOnce, type Steps } from '../steps.ts';
import { moments } from './covariance.ts';
import { eigen } from './eigen.ts';

/** `axes` is [components × cols], unit length, most variance first; `variances` belongs to them (divided by n − 1). */
export type Components = {
  readonly means: Float64Array;
  readonly axes: readonly Float64Array[];
  readonly variances: readonly number[];
};

/**
 * All principal components, exactly: eigenvectors of the covariance matrix. The largest loading of each is positive, so the picture never
 * flips. Throws `RangeError` naming a column that holds NaN or ∞. O(rows · cols² / 2 + cols³).
 */
export const components = (x: Matrix): Components => atOnce(principal(x));

/** `components` in steps, for wide or long tables. */
export function* principal(x: Matrix): Steps<Components> {
  const { means, covariance } = yield* moments(x);
  const { values, vectors } = yield* eigen(covariance, x.cols);
  return {
    means,
    axes: Array.from(values, (_, a) => upright(vectors.slice(a * x.cols, (a + 1) * x.cols))),
    variances: Array.from(values, (value) => Math.max(0, value)),
  };
}

/** Turned so that its largest loading is positive; of nearly equal ones the first. */
export function upright(axis: Float64Array): Float64Array {
  const largest = axis.reduce((a, b) => (Math.abs(b) > Math.abs(a) + 1e-9 ? b : a), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}

/** [rows × components]: each row on each axis. */
export const onto = (x: Matrix, { means, axes }: Components): Matrix =>
  atOnce(project(x, means, axes));

/**
 * Every centred row on every axis ([axes × cols]), in steps: sums in float64, four axes at a time, in the order of the columns.
 * O(rows · cols · axes).
 */
export function* project(
  x: Matrix,
  means: Float64Array,
  axes: readonly Float64Array[],
): Steps<Matrix> {
  const { data, rows, cols } = x;
  const out = matrix(rows, axes.length);
  const wide = Math.ceil(axes.length / 4) * 4;
  const across = new Float64Array(cols * wide); // one load of x serves four axes
  axes.forEach((axis, a) => axis.forEach((value, c) => (across[c * wide + a] = value)));
  const row = new Float64Array(cols);
  for (let r = 0; r < rows; r++) {
    for (let c = 0, p = r * cols; c < cols; c++, p++) row[c] = data[p]! - means[c]!;
    for (let a = 0; a < wide; a += 4) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let c = 0, q = a; c < cols; c++, q += wide) {
        const value = row[c]!;
        s0 += value * across[q]!;
        s1 += value * across[q + 1]!;
        s2 += value * across[q + 2]!;
        s3 += value * across[q + 3]!;
      }
      const at = r * axes.length + a;
      const last = axes.length - a;
      out.data[at] = s0;
      if (last > 1) out.data[at + 1] = s1;
      if (last > 2) out.data[at + 2] = s2;
      if (last > 3) out.data[at + 3] = s3;
    }
    if ((r & 255) === 255) yield;
  }
  return out;
}
