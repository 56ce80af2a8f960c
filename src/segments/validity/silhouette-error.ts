import type { Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { distanceTo } from '../methods/silhouette.ts';
import type { Strata } from './strata.ts';

/**
 * Standard error of the mean silhouette of a sample. A row counts by its own silhouette and, as one of those that others are compared with, by
 * what it does to theirs; the error comes from the sum of both (linearisation, Demnati & Rao 2004), by group, finite population corrected.
 * `x` and `labels` are the rows that were drawn. O(rows² · cols).
 */
export async function silhouetteError(
  x: Matrix,
  labels: Int32Array,
  { sizes, drawn, grouped }: Strata,
  job: Job,
): Promise<number> {
  const weight = Float64Array.from(sizes, (size, m) => size / grouped / Math.max(1, drawn[m]!));
  const influence = new Float64Array(x.rows);
  const own = new Float64Array(x.rows);
  const each = new Float64Array(sizes.length);
  const distance = new Float64Array(x.rows);
  const sums = new Float64Array(sizes.length);
  for (let i = 0; i < x.rows; i++) {
    sums.fill(0);
    for (let j = 0; j < x.rows; j++) sums[labels[j]!]! += distance[j] = distanceTo(x, i, x, j);
    const label = labels[i]!;
    const other = nearestGroup(sums, drawn, label);
    if (drawn[label]! > 1 && other >= 0) {
      const a = sums[label]! / (drawn[label]! - 1);
      const b = sums[other]! / drawn[other]!;
      const most = Math.max(a, b);
      if (most > 0) {
        own[i] = (b - a) / most;
        each[label]! += own[i]! / drawn[label]!;
        const byA = (weight[label]! * (a < b ? -1 / b : -b / (a * a))) / (drawn[label]! - 1);
        const byB = (weight[label]! * (a < b ? a / (b * b) : 1 / a)) / drawn[other]!;
        for (let j = 0; j < x.rows; j++)
          if (labels[j] === other) influence[j]! += byB * (distance[j]! - b);
          else if (labels[j] === label && j !== i) influence[j]! += byA * (distance[j]! - a);
      }
    }
    await job.breathe();
  }
  let variance = 0;
  for (let i = 0; i < x.rows; i++) {
    const label = labels[i]!;
    if (drawn[label]! < 2) continue;
    const value = influence[i]! + weight[label]! * (own[i]! - each[label]!);
    const unseen = 1 - drawn[label]! / sizes[label]!;
    variance += (value * value * unseen * drawn[label]!) / (drawn[label]! - 1);
  }
  return Math.sqrt(variance);
}

/** The group with the smallest mean distance, but for `own`; −1 where there is none. */
function nearestGroup(sums: Float64Array, drawn: Int32Array, own: number): number {
  let nearest = -1;
  for (let m = 0; m < sums.length; m++)
    if (m !== own && drawn[m]! > 0)
      if (nearest < 0 || sums[m]! / drawn[m]! < sums[nearest]! / drawn[nearest]!) nearest = m;
  return nearest;
}
