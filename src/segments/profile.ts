import type { FeatureTable } from '../features/types.ts';
import { unattended, type Job } from '../lib/job.ts';
import type { Matrix } from '../lib/matrix.ts';
import { bootstrap, type Bounds } from '../lib/stats/intervals.ts';
import { breathing } from '../lib/steps.ts';
import { describeFeature, type Groups } from './drivers.ts';
import { distanceTo } from './methods/silhouette.ts';
import type { TypedHolds } from './methods/rules.ts';
import type { Driver } from './types.ts';

/** What the segments are made and described from; the ids of the customers stay behind. */
export type SegmentInput = Pick<
  FeatureTable,
  'features' | 'raw' | 'scaled' | 'scaledFrom' | 'spend'
> & {
  /** Rows of the customers by whom letters are kept (anchor.ts); absent: letters are not kept. */
  readonly witnesses?: Int32Array;
  /** What the database said of rules in SQL: workers have none. */
  readonly typed?: TypedHolds;
  /** For each of the edits (hands/edits.ts) the rows of the customers that it names. */
  readonly named?: readonly Int32Array[];
};

/** For each segment: every feature, strongest first. Ties: the order of the features. */
export async function drivers(input: SegmentInput, groups: Groups, job: Job): Promise<Driver[][]> {
  const all: Driver[][] = groups.rows.map(() => []);
  for (let f = 0; f < input.features.length; f++) {
    const each = await breathing(describeFeature(input, f, groups), job);
    each.forEach((driver, id) => all[id]!.push(driver));
    job.progress('Describing segments', f + 1, input.features.length);
    await job.breathe();
  }
  return all.map((list) => list.sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)));
}

/**
 * Share of each segment in the sum of column `spend` of `raw`, with percentile bootstrap over customers; null where there is no such column
 * or the sum is not above 0. 400 draws, fewer above 50,000 customers, where they hardly differ.
 */
export async function revenueShares(
  { raw, spend }: SegmentInput,
  { labels, k, seed }: { readonly labels: Int32Array; readonly k: number; readonly seed: number },
  job: Job,
): Promise<Bounds[] | null> {
  if (spend < 0 || raw.rows === 0) return null;
  const values = new Float64Array(raw.rows);
  for (let r = 0; r < raw.rows; r++) values[r] = raw.data[r * raw.cols + spend]!;
  if (!(values.reduce((sum, value) => sum + value, 0) > 0)) return null;
  const draws = Math.max(100, Math.min(400, Math.round(2e7 / raw.rows)));
  const sharesOf = (times: Int32Array) => {
    const sums = new Float64Array(k);
    for (let r = 0; r < values.length; r++) sums[labels[r]!]! += times[r]! * values[r]!;
    const total = sums.reduce((sum, value) => sum + value, 0);
    return Array.from(sums, (sum) => (total > 0 ? sum / total : 0));
  };
  return bootstrap({ n: raw.rows, draws, seed }, sharesOf, job);
}

export type Places = {
  /** Rows nearest to the mean, nearest first. */
  readonly typical: readonly number[];
  /** Rows that would change sides soonest, with the side. */
  readonly border: readonly { readonly row: number; readonly other: number }[];
};

/**
 * Who is typical of each of the k segments and who stands at its border, up to `most` each. `means` is [k × cols]; labels from k on are in none.
 * O(rows · k · cols).
 */
export async function places(
  x: Matrix,
  labels: Int32Array,
  { means, most }: { readonly means: Matrix; readonly most: number },
  job: Job = unattended,
): Promise<Places[]> {
  const typical = Array.from({ length: means.rows }, () => new Least<number>(most));
  const border = Array.from(
    { length: means.rows },
    () => new Least<{ row: number; other: number }>(most),
  );
  for (let row = 0; row < x.rows; row++) {
    const id = labels[row]!;
    if (row % 1024 === 0) await job.breathe();
    if (id >= means.rows) continue;
    const own = distanceTo(x, row, means, id);
    typical[id]!.offer(own, row);
    let near = Infinity;
    let other = -1;
    for (let m = 0; m < means.rows; m++) {
      if (m === id) continue;
      const d = distanceTo(x, row, means, m);
      if (d < near) ((near = d), (other = m));
    }
    if (other >= 0) border[id]!.offer(near - own, { row, other });
  }
  return typical.map((nearest, id) => ({ typical: nearest.items, border: border[id]!.items }));
}

/** Keeps the few things with the least value, least first; the earlier of equals. */
class Least<T> {
  readonly #most: number;
  readonly #kept: { readonly value: number; readonly item: T }[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  offer(value: number, item: T): void {
    const kept = this.#kept;
    if (kept.length === this.#most && value >= kept.at(-1)!.value) return;
    let at = kept.length;
    while (at > 0 && kept[at - 1]!.value > value) at--;
    kept.splice(at, 0, { value, item });
    if (kept.length > this.#most) kept.pop();
  }

  get items(): readonly T[] {
    return this.#kept.map(({ item }) => item);
  }
}
