import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { columnMeans } from '../../lib/stats/covariance.ts';
import { log } from '../../lib/stats/log.ts';
import { breathing } from '../../lib/steps.ts';
import type { MixtureModel } from './mixture-model.ts';
import { pass } from './mixture-pass.ts';

export type Belonging = {
  /** [rows]; the group of `model` each belongs to most, the first of equals. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** [rows × k] */
  readonly memberships: Matrix;
  /** [rows]; log density, the lower the odder. */
  readonly densities: Float32Array<ArrayBuffer>;
  readonly likelihood: number;
  /** −Σ p log p over rows and groups: 0 where everyone belongs wholly. */
  readonly entropy: number;
};

/** To which groups of a mixture rows belong, also rows that it was not made from. `x` is [rows × cols of the model]. */
export async function belonging(
  x: Matrix,
  model: MixtureModel,
  job: Job = unattended,
): Promise<Belonging> {
  if (x.cols !== model.cols)
    throw new RangeError(`${x.cols} columns for a mixture of ${model.cols}`);
  await breathing(columnMeans(x), job); // refuses what is no number
  const { k } = model;
  const memberships = matrix(x.rows, k);
  const labels = new Int32Array(x.rows);
  const densities = new Float32Array(x.rows);
  let entropy = 0;
  const eachRow = (row: number, own: Float64Array, at: number, density: number) => {
    let most = 0;
    for (let m = 0; m < k; m++) {
      const p = own[at + m]!;
      memberships.data[row * k + m] = p;
      if (p > own[at + most]!) most = m;
      if (p > 0 && p < 1) entropy -= p * log(p);
    }
    labels[row] = most;
    densities[row] = density;
  };
  const likelihood = await breathing(pass(x, model, null, eachRow), job);
  return { labels, memberships, densities, likelihood, entropy };
}

/** Groups, the largest first; of equals the one with the earlier row. */
export function bySize(labels: Int32Array, k: number): number[] {
  const sizes = new Int32Array(k);
  const first = new Int32Array(k).fill(labels.length);
  for (let r = labels.length - 1; r >= 0; r--) (sizes[labels[r]!]!++, (first[labels[r]!] = r));
  return [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || first[a]! - first[b]! || a - b);
}

/** The same mixture with its groups in this order. */
export function reordered(model: MixtureModel, order: readonly number[]): MixtureModel {
  const { k, cols, whiten } = model;
  const rowsIn = (values: Float64Array, size: number) => {
    const out = new Float64Array(values.length);
    order.forEach((m, i) => out.set(values.subarray(m * size, (m + 1) * size), i * size));
    return out;
  };
  return {
    ...model,
    weights: rowsIn(model.weights, 1),
    means: rowsIn(model.means, cols),
    whiten: model.shape === 'tied' ? whiten : rowsIn(whiten, whiten.length / k),
    floors: rowsIn(model.floors, 1),
  };
}
