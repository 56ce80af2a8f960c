import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { exp, log } from '../../lib/stats/log.ts';
import { rowsOf } from '../methods/kmeans.ts';
import { checkLabels } from './agreement.ts';
import { drawStrata } from './strata.ts';

const MOST = 2000;

/** −1 to 1: above 0 where groups are denser inside than between. Rows in no group lower it by their share. */
export type DensityScore = {
  readonly value: number;
  /** Of each group. */
  readonly each: readonly number[];
  /** Whether all grouped rows were looked at; else `rows` of them, whose densities are then those of the sample. */
  readonly exact: boolean;
  readonly rows: number;
};

/**
 * Density-based validity, DBCV (Moulavi, Jaskowiak, Campello, Zimek & Sander 2014), which fits groups of any shape: the sparsest place inside
 * a group against the densest place between it and another, on minimum spanning trees of mutual reachability. `labels` 0 … groups − 1, −1 for noise.
 * A group of one row counts 0; rows that are the same do not count as near. null below two groups. On up to 2,000 rows, drawn from each group by
 * itself. O(rows² · cols).
 */
export async function densityValidity(
  x: Matrix,
  labels: ArrayLike<number>,
  { seed, most = MOST }: { readonly seed: number; readonly most?: number },
  job: Job = unattended,
): Promise<DensityScore | null> {
  if (labels.length !== x.rows) throw new RangeError(`${labels.length} labels, ${x.rows} rows`);
  checkLabels(labels);
  const { rows, sizes, grouped } = drawStrata(labels, most, seed);
  if (sizes.filter((size) => size > 0).length < 2 || rows.length > 4 * MOST) return null;
  const part = rowsOf(x, rows);
  const members = Array.from(sizes, () => [] as number[]);
  rows.forEach((r, i) => members[labels[r]!]!.push(i));
  const core = new Float64Array(rows.length);
  const inside = new Uint8Array(rows.length);
  const sparse = new Float64Array(sizes.length);
  for (const [m, own] of members.entries()) {
    await coreDistances(part, own, core, job);
    sparse[m] = await sparsest(part, own, core, inside, job);
  }
  const between = await nearestOther(part, members, core, inside, job);
  const each = members.map((own, m) => {
    const most = Math.max(between[m]!, sparse[m]!);
    return own.length > 1 && most > 0 ? (between[m]! - sparse[m]!) / most : 0;
  });
  const value = each.reduce((sum, one, m) => sum + (one * sizes[m]!) / x.rows, 0);
  return { value, each, exact: rows.length === grouped, rows: rows.length };
}

function between2({ data, cols }: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let c = 0, p = a * cols, q = b * cols; c < cols; c++) {
    const d = data[p + c]! - data[q + c]!;
    sum += d * d;
  }
  return Math.sqrt(sum);
}

/** All-points core distance: (mean of 1/distance^cols over the others)^(−1/cols), taken relative to the nearest so that no power overflows. */
async function coreDistances(
  x: Matrix,
  own: readonly number[],
  core: Float64Array,
  job: Job,
): Promise<void> {
  const distance = new Float64Array(own.length);
  for (const row of own) {
    let nearest = Infinity;
    own.forEach((other, i) => {
      distance[i] = between2(x, row, other);
      if (distance[i]! > 0 && distance[i]! < nearest) nearest = distance[i]!;
    });
    if (nearest === Infinity) core[row] = 0;
    else {
      let sum = 0;
      for (const each of distance) if (each > 0) sum += power(nearest / each, x.cols);
      core[row] = nearest * exp(-log(sum / (own.length - 1)) / x.cols);
    }
    await job.breathe();
  }
}

function power(base: number, times: number): number {
  let out = 1;
  for (let left = times, square = base; left > 0; left >>= 1, square *= square)
    if (left & 1) out *= square;
  return out;
}

/** Longest edge of the spanning tree between rows that are no leaves, which become `inside`; of all edges where there is no such edge. */
async function sparsest(
  x: Matrix,
  own: readonly number[],
  core: Float64Array,
  inside: Uint8Array,
  job: Job,
): Promise<number> {
  const reach = new Float64Array(own.length).fill(Infinity);
  const parent = new Int32Array(own.length).fill(-1);
  const degree = new Int32Array(own.length);
  const isIn = new Uint8Array(own.length);
  for (let step = 0, at = 0; step < own.length; step++) {
    isIn[at] = 1;
    if (parent[at]! >= 0) (degree[at]!++, degree[parent[at]!]!++);
    let next = -1;
    for (let i = 0; i < own.length; i++) {
      if (isIn[i]) continue;
      const d = Math.max(core[own[at]!]!, core[own[i]!]!, between2(x, own[at]!, own[i]!));
      if (d < reach[i]! || (d === reach[i] && at < parent[i]!)) ((reach[i] = d), (parent[i] = at));
      if (next < 0 || reach[i]! < reach[next]!) next = i;
    }
    at = next;
    await job.breathe();
  }
  const isInner = (i: number) => degree[i]! > 1;
  own.forEach((row, i) => (inside[row] = isInner(i) ? 1 : 0));
  if (!own.some((_, i) => isInner(i)) && own.length > 0) inside[own[0]!] = 1;
  const edges = own.map((_, i) => i).filter((i) => parent[i]! >= 0);
  const inner = edges.filter((i) => isInner(i) && isInner(parent[i]!));
  return (inner.length > 0 ? inner : edges).reduce((most, i) => Math.max(most, reach[i]!), 0);
}

/** Of each group: the smallest mutual reachability from its inner rows to those of another. */
async function nearestOther(
  x: Matrix,
  members: readonly (readonly number[])[],
  core: Float64Array,
  inside: Uint8Array,
  job: Job,
): Promise<Float64Array> {
  const nearest = new Float64Array(members.length).fill(Infinity);
  const inner = members.map((own) => own.filter((row) => inside[row] === 1));
  for (let m = 0; m < members.length; m++)
    for (const row of inner[m]!) {
      for (let n = 0; n < m; n++)
        for (const other of inner[n]!) {
          const d = Math.max(core[row]!, core[other]!, between2(x, row, other));
          if (d < nearest[m]!) nearest[m] = d;
          if (d < nearest[n]!) nearest[n] = d;
        }
      await job.breathe();
    }
  return nearest.map((each) => (each === Infinity ? 0 : each));
}
