import type { Matrix } from '../../lib/matrix.ts';
import { principal, project, type Components } from '../../lib/stats/components.ts';
import { atOnce, type Steps } from '../../lib/steps.ts';
import type { Layout } from '../types.ts';

export { components, onto } from '../../lib/stats/components.ts';

export type PlainLayout = Layout & { readonly kept: readonly [number, number] };

/** The customers on their two strongest principal components: near means alike, as far as two axes can show it. */
export const pcaLayout = (x: Matrix): PlainLayout => atOnce(plainLayout(x));

/** `pcaLayout` in steps, for wide or long tables. */
export function* plainLayout(x: Matrix): Steps<PlainLayout> {
  const found = yield* principal(x);
  const positions = yield* onTwo(x, found);
  fit(positions);
  const { variances } = found;
  const total = variances.reduce((sum, v) => sum + v, 0);
  const share = (a: number) => (total > 0 ? (variances[a] ?? 0) / total : 0);
  return { method: 'pca', positions, kept: [share(0), share(1)] };
}

/** [rows × 2]: each row on the two strongest axes. */
export function* onTwo(x: Matrix, { means, axes }: Components): Steps<Float32Array<ArrayBuffer>> {
  const positions = new Float32Array(2 * x.rows);
  const drawn = yield* project(x, means, axes.slice(0, 2));
  for (let r = 0, p = 0; r < x.rows; r++)
    for (let a = 0; a < drawn.cols; a++, p++) positions[2 * r + a] = drawn.data[p]!;
  return positions;
}

/** Half of the larger range, and the middles of both. */
export type Frame = { readonly half: number; readonly middle: readonly number[] };

/** The middle of each range goes to 0, and the larger range, whose half is given back with the middles, to −1 … 1. */
export function fit(positions: Float32Array): Frame {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  positions.forEach((value, i) => {
    low[i % 2] = Math.min(low[i % 2]!, value);
    high[i % 2] = Math.max(high[i % 2]!, value);
  });
  const half = Math.max(high[0]! - low[0]!, high[1]! - low[1]!) / 2;
  const middle = [(high[0]! + low[0]!) / 2, (high[1]! + low[1]!) / 2];
  positions.forEach((value, i) => (positions[i] = half > 0 ? (value - middle[i % 2]!) / half : 0));
  return { half, middle };
}
