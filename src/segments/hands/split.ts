import { unattended, type Job } from '../../lib/job.ts';
import type { Kernels } from '../kernels/types.ts';
import { followed } from '../letters.ts';
import { kmeans, rowsOf } from '../methods/kmeans.ts';
import { ruleFaults, rules } from '../methods/rules.ts';
import type { Condition } from '../partition.ts';
import type { SegmentInput } from '../profile.ts';

export type SplitOptions = {
  /** Parts, 2 or more. */
  readonly parts: number;
  readonly seed: number;
  readonly restarts: number;
  /** [witnesses]; the part in which each was when the split was last seen, −1 where in none. Null: parts stand by size. */
  readonly before: Int32Array | null;
  readonly witnesses: Int32Array;
};

/**
 * The customers `rows` of one segment in parts by k-means on the scaled columns: [rows], 0 … parts − 1. Parts keep their number over runs by the
 * witnesses; without them 0 is the largest. Fewer parts where fewer customers differ. The same input gives the same bytes.
 */
export async function splitByMeans(
  { scaled }: Pick<SegmentInput, 'scaled'>,
  rows: Int32Array,
  { parts, seed, restarts, before, witnesses }: SplitOptions,
  kernels: Kernels,
  job: Job = unattended,
): Promise<Int32Array> {
  const k = Math.min(parts, rows.length);
  const found = await kmeans(rowsOf(scaled, rows), { k, seed, restarts }, job, kernels);
  if (!before) return found.labels;
  const now = witnesses.map((row) => found.labels[placeOf(rows, row)] ?? -1);
  const numbers = followed([before], now, found.means.rows);
  return found.labels.map((label) => numbers[label]!);
}

/** Place of a row among rows that ascend; −1 where it is not there. */
function placeOf(rows: Int32Array, row: number): number {
  let [low, high] = [0, rows.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return rows[low] === row ? low : -1;
}

/** Why a segment cannot be parted by these conditions, in a sentence; null where it can. */
export function splitFault(
  where: readonly Condition[],
  { features }: Pick<SegmentInput, 'features'>,
): string | null {
  if (where.length === 0) return 'There is no condition.';
  return ruleFaults({ name: '', when: { all: where } }, features)[0] ?? null;
}

/** Why nobody can be found by this rule, in a sentence; null where it can be asked. */
export function ruleFault(
  anyOf: readonly (readonly Condition[])[],
  input: Pick<SegmentInput, 'features'>,
): string | null {
  if (anyOf.length === 0) return 'There is no condition.';
  return anyOf.map((all) => splitFault(all, input)).find((fault) => fault !== null) ?? null;
}

/** [rows]; 1 of those for whom all of `where` holds, 0 of the others. */
export async function splitByCondition(
  input: Pick<SegmentInput, 'features' | 'raw'>,
  rows: Int32Array,
  where: readonly Condition[],
  job: Job = unattended,
): Promise<Int32Array> {
  const part = { features: input.features, raw: rowsOf(input.raw, rows) };
  const { labels } = await rules(part, [{ name: 'in', when: { all: where } }], [], job);
  return labels.map((label) => (label < 0 ? 0 : 1));
}
