import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { sampleRows } from '../../lib/stats/sample.ts';

/** A customer who stands for others of the same segment. */
export type Prototype = {
  readonly row: number;
  /** Of the customers looked at, the share for whom this is the nearest prototype. */
  readonly standsFor: number;
};

export type PrototypeOptions = { readonly most: number; readonly seed: number };

const LOOKED_AT = 600;

/**
 * Up to `most` customers of one segment (`rows`) who together stand for all its sorts, unlike the most typical ones, who are all alike: each next
 * one makes the mean distance to the nearest prototype smallest (the BUILD step of PAM; Kaufman & Rousseeuw 1990). It stops where one more
 * brings it down by less than a twentieth. Of more than 600 customers a seeded sample is looked at. O(most · 600² · cols).
 */
export async function prototypes(
  x: Matrix,
  rows: Int32Array,
  { most, seed }: PrototypeOptions,
  job: Job = unattended,
): Promise<readonly Prototype[]> {
  const some = sampleRows(rows.length, LOOKED_AT, seed).map((i) => rows[i]!);
  const n = some.length;
  const between = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    await job.breathe();
    for (let j = 0; j < i; j++)
      between[i * n + j] = between[j * n + i] = apart(x, some[i]!, some[j]!);
  }
  const nearest = new Float64Array(n).fill(Infinity);
  const whose = new Int32Array(n).fill(-1);
  const chosen: number[] = [];
  let before = Infinity;
  while (chosen.length < Math.min(most, n)) {
    await job.breathe();
    let [best, least] = [-1, Infinity];
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += Math.min(nearest[j]!, between[i * n + j]!);
      if (sum < least) [best, least] = [i, sum];
    }
    if (chosen.length > 0 && !(least < 0.95 * before)) break;
    for (let j = 0; j < n; j++) {
      const d = between[best * n + j]!;
      if (d < nearest[j]!) ((nearest[j] = d), (whose[j] = chosen.length));
    }
    chosen.push(best);
    before = least;
  }
  const counts = new Float64Array(chosen.length);
  for (const place of whose) counts[place]! += 1;
  return chosen.map((i, place) => ({ row: some[i]!, standsFor: counts[place]! / n }));
}

function apart({ data, cols }: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let c = 0, p = a * cols, q = b * cols; c < cols; c++, p++, q++) {
    const d = data[p]! - data[q]!;
    sum += d * d;
  }
  return Math.sqrt(sum);
}
