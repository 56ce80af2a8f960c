import { count, percent } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { log } from '../../lib/stats/log.ts';
import { breathing, type Steps } from '../../lib/steps.ts';
import { plainKernels, type Kernels } from '../kernels/types.ts';
import type { Partition } from '../partition.ts';
import { kmeans, rowsOf, type Clusters } from './kmeans.ts';

export type BisectingOptions = {
  /** Groups wanted; null: as many as make the best model (BIC, as in X-means) of all numbers on the way down. */
  readonly k: number | null;
  /** No group gets smaller than this; null: a five-hundredth of the rows, at least 20. */
  readonly smallest: number | null;
  readonly seed: number;
  readonly restarts: number;
};

export type Bisected = Clusters & {
  readonly smallest: number;
  /** Why there are no more groups. */
  readonly ended: 'enough' | 'none-can-be-split' | 'best-model';
};

const MOST = 1000;
const STARTS_MOST = 3;

type Group = { readonly rows: Int32Array; readonly inertia: number; split: Split | null };
type Split = { readonly parts: readonly [Group, Group]; readonly gain: number };

/**
 * Bisecting k-means for micro-segments (Steinbach, Karypis & Kumar 2000): the group that gains most is split in two until there are `k`,
 * none below `smallest`; then Lloyd's rounds over all rows, kept if no group falls below it. Where k is null groups are split as long
 * as they can be, at most to 1,000, and the number on the way whose spherical Gaussian model has the highest BIC is taken (the score of Pelleg &
 * Moore 2000; asked of each split alone, as they do, it stops early where many groups lie in a cloud). `x` is [rows × cols] on one scale; refuses NaN.
 * O(rows · cols · log k) where groups are even. Same bytes in every engine.
 */
export async function bisecting(
  x: Matrix,
  options: BisectingOptions,
  job: Job = unattended,
  kernels: Pick<Kernels, 'holdRows'> = plainKernels,
): Promise<Bisected> {
  const { k, seed, restarts } = options;
  const quiet = { ...job, progress: () => {} };
  const smallest = options.smallest ?? Math.max(20, Math.floor(x.rows / 500));
  if (!(smallest >= 1)) throw new RangeError(`groups of at least ${smallest} rows`);
  if (!(x.rows >= 1 && (k === null || (k >= 1 && k <= x.rows))))
    throw new RangeError(`cannot make ${k} groups of ${x.rows} rows`);
  const starts = Math.min(restarts, STARTS_MOST);
  const twoOf = async (group: Group): Promise<Split | null> => {
    if (group.rows.length < 2 * smallest || !(group.inertia > 0)) return null;
    const part = rowsOf(x, group.rows);
    await job.breathe();
    const fit = await kmeans(part, { k: 2, seed, restarts: starts }, quiet, kernels);
    if (fit.sizes.length < 2 || Math.min(...fit.sizes) < smallest) return null;
    const inertias = await breathing(inertiaOfEach(part, fit), job);
    const parts = [0, 1].map((id) => ({
      rows: group.rows.filter((_, i) => fit.labels[i] === id),
      inertia: inertias[id]!,
      split: null,
    }));
    return { parts: parts as [Group, Group], gain: group.inertia - fit.inertia };
  };

  const whole = await kmeans(x, { k: 1, seed, restarts: 1 }, job, kernels);
  const first: Group = {
    rows: Int32Array.from({ length: x.rows }, (_, r) => r),
    inertia: whole.inertia,
    split: null,
  };
  first.split = await twoOf(first);
  let groups: readonly Group[] = [first];
  let best = { groups, bic: bicOf(groups, x.cols) };
  const wanted = k ?? Math.min(MOST, x.rows);
  let inertia = whole.inertia;
  while (groups.length < wanted) {
    let next = -1;
    for (const [i, { split }] of groups.entries())
      if (split && (next < 0 || split.gain > groups[next]!.split!.gain)) next = i;
    if (next < 0) break;
    const { parts, gain } = groups[next]!.split!;
    for (const part of parts) part.split = await twoOf(part);
    groups = groups.toSpliced(next, 1, ...parts);
    inertia -= gain;
    const bic = bicOf(groups, x.cols);
    if (bic > best.bic) best = { groups, bic };
    job.progress('Splitting segments', groups.length, wanted, inertia);
    await job.breathe();
  }
  const ended =
    k === null ? 'best-model' : groups.length === wanted ? 'enough' : 'none-can-be-split';
  if (k === null) groups = best.groups;
  const clusters = await polished(x, groups, { smallest, seed }, job, kernels);
  return { ...clusters, smallest, ended };
}

/** BIC of spherical Gaussians of one variance (Pelleg & Moore 2000, §3.2, with their maximum-likelihood variance). */
function bicOf(groups: readonly Group[], cols: number): number {
  const sizes = groups.map(({ rows }) => rows.length);
  const inertia = groups.reduce((sum, group) => sum + group.inertia, 0);
  const rows = sizes.reduce((a, b) => a + b, 0);
  const k = sizes.length;
  const variance = Math.max(inertia, Number.MIN_VALUE) / Math.max(1, cols * (rows - k));
  const mixing = sizes.reduce((sum, size) => sum + size * log(size / rows), 0);
  const likelihood = mixing - (rows * cols * log(2 * Math.PI * variance) + cols * (rows - k)) / 2;
  const parameters = k - 1 + k * cols + 1;
  return likelihood - (parameters / 2) * log(rows);
}

function* inertiaOfEach(
  { data, rows, cols }: Matrix,
  { labels, means }: Clusters,
): Steps<Float64Array> {
  const sums = new Float64Array(means.rows);
  for (let r = 0, p = 0; r < rows; r++) {
    const m = labels[r]!;
    for (let c = 0; c < cols; c++, p++) {
      const d = data[p]! - means.data[m * cols + c]!;
      sums[m]! += d * d;
    }
    if ((r & 4095) === 4095) yield;
  }
  return sums;
}

/** Rows may still lie nearer to another group's mean: Lloyd's rounds from the means of the splits, if no group gets too small by that. */
async function polished(
  x: Matrix,
  groups: readonly Group[],
  { smallest, seed }: { smallest: number; seed: number },
  job: Job,
  kernels: Pick<Kernels, 'holdRows'>,
): Promise<Clusters> {
  const warm = matrix(groups.length, x.cols);
  groups.forEach(({ rows }, m) => warm.data.set(meanOf(x, rows), m * x.cols));
  const fit = await kmeans(x, { k: groups.length, seed, restarts: 1, warm }, job, kernels);
  if (fit.sizes.length === groups.length && Math.min(...fit.sizes) >= smallest) return fit;
  const order = [...groups].sort(
    (a, b) => b.rows.length - a.rows.length || a.rows[0]! - b.rows[0]!,
  );
  const labels = new Int32Array(x.rows);
  const means = matrix(order.length, x.cols);
  order.forEach(({ rows }, m) => {
    for (const r of rows) labels[r] = m;
    means.data.set(meanOf(x, rows), m * x.cols);
  });
  const inertia = order.reduce((sum, group) => sum + group.inertia, 0);
  return { labels, means, sizes: order.map(({ rows }) => rows.length), inertia, capped: false };
}

function meanOf({ data, cols }: Matrix, rows: Int32Array): Float64Array {
  const sums = new Float64Array(cols);
  for (const r of rows) for (let c = 0; c < cols; c++) sums[c]! += data[r * cols + c]!;
  return sums.map((sum) => sum / rows.length);
}

const why = {
  enough: '',
  'none-can-be-split': '; no segment could be split further without one getting too small',
  'best-model': ', as many as make the best model (BIC)',
};

/** `bisecting` as the stage takes it. */
export function bisectingPartition({ labels, sizes, smallest, ended }: Bisected): Partition {
  const least = Math.min(...sizes);
  return {
    labels,
    groups: sizes.length,
    belongs: null,
    oddness: null,
    names: null,
    words: `Bisecting k-means: ${count(sizes.length)} micro-segments, none below ${count(smallest)} customers; the smallest has ${count(least)} (${percent(least / labels.length)})${why[ended]}`,
  };
}
