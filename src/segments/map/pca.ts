import type { Matrix } from '../../lib/matrix.ts';
import { atOnce } from '../../lib/steps.ts';
import { components, project } from '../../lib/stats/components.ts';
import type { Layout } from '../types.ts';

export { components, onto } from '../../lib/stats/components.ts';

/** The customers on their two strongest principal components: near means alike, as far as two axes can show it. */
export function pcaLayout(x: Matrix): Layout {
  const { means, axes, variances } = components(x);
  const positions = new Float32Array(2 * x.rows);
  const drawn = atOnce(project(x, means, axes.slice(0, 2)));
  for (let r = 0, p = 0; r < x.rows; r++)
    for (let a = 0; a < drawn.cols; a++, p++) positions[2 * r + a] = drawn.data[p]!;
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
