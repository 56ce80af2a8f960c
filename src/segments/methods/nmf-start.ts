import type { Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { random } from '../../lib/random.ts';
import { project } from '../../lib/stats/components.ts';
import { moments } from '../../lib/stats/covariance.ts';
import { eigen } from '../../lib/stats/eigen.ts';
import { breathing } from '../../lib/steps.ts';

/**
 * Weights [rows × k] and parts [k × cols] from the singular vectors of `x`: of each pair the half that is of one sign and weighs more
 * (Boutsidis & Gallopoulos 2008). `fill` puts the mean of x where they are 0, for rounds that cannot leave it. Pairs without any strength get small
 * numbers by `seed`. O(rows · cols² / 2 + cols³).
 */
export async function startParts(
  x: Matrix,
  k: number,
  { fill, seed }: { readonly fill: boolean; readonly seed: number },
  job: Job,
): Promise<{ readonly weights: Float64Array; readonly parts: Float64Array }> {
  const { rows, cols } = x;
  const { means, covariance } = await breathing(moments(x), job);
  for (let i = 0; i < cols; i++)
    for (let j = 0; j < cols; j++)
      covariance[i * cols + j] =
        covariance[i * cols + j]! * Math.max(0, rows - 1) + rows * means[i]! * means[j]!;
  const { values, vectors } = await breathing(eigen(covariance, cols), job);
  const axes = Array.from({ length: k }, (_, m) => vectors.slice(m * cols, (m + 1) * cols));
  const along = await breathing(project(x, new Float64Array(cols), axes), job); // column m: u · σ
  const weights = new Float64Array(rows * k);
  const parts = new Float64Array(k * cols);
  const next = random(seed);
  const middle = means.reduce((sum, value) => sum + value, 0) / cols;
  for (let m = 0; m < k; m++) {
    const strength = Math.sqrt(Math.max(0, values[m]!));
    const axis = axes[m]!;
    const isNone = !(strength > 1e-7 * Math.sqrt(Math.max(0, values[0]!)));
    if (isNone) {
      const small = Math.sqrt(middle / k) / 10;
      for (let r = 0; r < rows; r++) weights[r * k + m] = small * next();
      for (let c = 0; c < cols; c++) parts[m * cols + c] = small * next();
      continue;
    }
    const halves = ([1, -1] as const).map((sign) => {
      let [up, across] = [0, 0];
      for (let r = 0; r < rows; r++) {
        const value = Math.max(0, (sign * along.data[r * k + m]!) / strength);
        up += value * value;
      }
      for (const value of axis) if (sign * value > 0) across += value * value;
      return { sign, up: Math.sqrt(up), across: Math.sqrt(across) };
    });
    const [plus, minus] = [halves[0]!, halves[1]!];
    const { sign, up, across } = plus.up * plus.across >= minus.up * minus.across ? plus : minus;
    const stretch = Math.sqrt(strength * up * across);
    for (let r = 0; r < rows; r++)
      weights[r * k + m] = (stretch * Math.max(0, (sign * along.data[r * k + m]!) / strength)) / up;
    for (let c = 0; c < cols; c++)
      parts[m * cols + c] = (stretch * Math.max(0, sign * axis[c]!)) / across;
  }
  if (fill)
    for (const values of [weights, parts])
      values.forEach((value, i) => (values[i] = value > 0 ? value : middle));
  return { weights, parts };
}

/** Weights and parts drawn evenly, together about as large as `x`. */
export function drawnParts(
  x: Matrix,
  k: number,
  next: () => number,
): { readonly weights: Float64Array; readonly parts: Float64Array } {
  const middle = x.data.reduce((sum, value) => sum + value, 0) / Math.max(1, x.data.length);
  const size = 2 * Math.sqrt(middle / k);
  const drawn = (length: number) => Float64Array.from({ length }, () => size * next());
  return { weights: drawn(x.rows * k), parts: drawn(k * x.cols) };
}
