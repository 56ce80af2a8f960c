import { count, fixed, percent, plural } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { cut, evenMerges } from '../density/even-merges.ts';
import { askAll, expectedCost, growTree } from '../density/grow.ts';
import { finest, partings, type Parting } from '../density/parting.ts';
import { spanningTree, type SpanningTree } from '../density/spanning-tree.ts';
import { openTree } from '../kernels/plain-tree.ts';
import { OVERHEAD, type Found, type OpenTree } from '../kernels/tree.ts';
import type { Partition } from '../partition.ts';
import { rowsOf } from './kmeans.ts';

export type GenieOptions = {
  /** null: the finest division of up to `kMax` groups that parts nearly as well as the best (`partings`). */
  readonly k: number | null;
  readonly kMax: number;
  /** How uneven sizes may become before the smallest groups must be joined: Gini index, 0 (never uneven) to 1 (single linkage). */
  readonly evenness: number;
  /** null: everyone is in a group. Else rows at the ends of the tree by mutual reachability that are not among so many nearest of their neighbour are in none. */
  readonly noise: number | null;
  /** Values compared for the nearest of all rows; above this they are those of a sample, and the others go with their nearest. */
  readonly most?: number;
};

/** `curve` is what k was chosen from; null where it was given. */
export type Genie = { readonly partition: Partition; readonly curve: readonly Parting[] | null };

const SAMPLE_SEED = 1;
const MOST = 1e11;

/**
 * Genie (Gagolewski, Bartoszuk & Cena 2016): hierarchical clustering along the shortest tree over all rows that joins the smallest groups first
 * whenever sizes become too uneven. Labels: 0 the largest group; ties: the one with the earlier row. `x` is [rows × cols] with its columns on
 * one scale; refuses NaN. As `hdbscan` for the tree, then O(rows · √rows). The same bytes by every kernel, on any number of threads.
 */
export async function genie(
  x: Matrix,
  options: GenieOptions,
  job: Job = unattended,
  open: OpenTree = openTree,
): Promise<Genie> {
  const { k, kMax, evenness, noise, most = MOST } = options;
  if (!(k === null || (k >= 1 && k <= Math.max(1, x.rows) && Number.isInteger(k))))
    throw new RangeError(`cannot make ${k} groups of ${x.rows} rows`);
  if (!(evenness >= 0 && evenness <= 1))
    throw new RangeError(`a Gini index is 0 to 1, not ${evenness}`);
  if (!(kMax >= 2 && (noise === null || noise >= 1)))
    throw new RangeError('Genie needs 2 groups to try and 1 neighbour');
  const all = await divide(x, options, most, job, open);
  if (all) return all;

  const rows = sampleRows(x.rows, Math.ceil(most / (x.rows * (x.cols + OVERHEAD))), SAMPLE_SEED);
  const part = rowsOf(x, rows);
  const some = await divide(part, options, Infinity, job, open);
  if (!some) throw new TypeError('a division without a limit was given up');
  const labels = await likeNearest(part, some.partition.labels, x, job, open);
  const words = `${some.partition.words} Of a sample of ${count(rows.length)}; all others went with their nearest, since the nearest of all would take too long.`;
  return { ...some, partition: { ...some.partition, labels, words } };
}

/** null where finding the nearest would take too long. */
async function divide(
  x: Matrix,
  { k, kMax, evenness, noise }: GenieOptions,
  most: number,
  job: Job,
  open: OpenTree,
): Promise<Genie | null> {
  const told = (labels: Int32Array<ArrayBuffer>, how: string, curve: Parting[] | null): Genie => {
    const groups = labels.reduce((top, label) => Math.max(top, label), -1) + 1;
    const none = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
    const out = noise ? `, and ${percent(none / Math.max(1, x.rows))} of all in none` : '';
    const words = `Genie, evenness ${fixed(evenness)}: ${plural(groups, 'group')}${out}${how}.`;
    const partition = { labels, groups, belongs: null, oddness: null, names: null, words };
    return { partition, curve };
  };
  if (x.rows < 2) return told(new Int32Array(x.rows), '', null);
  const searched = await growTree(open, x, Math.min(noise ?? 1, x.rows - 1), job);
  try {
    const isFew = x.rows * x.rows * (x.cols + OVERHEAD) <= most;
    if (!isFew && (await expectedCost(searched, job)) > most) return null;
    const tree = await spanningTree(searched, job);
    await job.breathe();
    const isOut = new Uint8Array(x.rows);
    if (noise) {
      const cores = new Float64Array(x.rows);
      searched.rowOf.forEach((row, slot) => void (row >= 0 && (cores[row] = searched.far[slot]!)));
      leaveOut(x, tree, cores, isOut);
    }
    const order = evenMerges(tree, evenness, isOut);
    await job.breathe();
    if (k !== null) return told(cut(tree, order, isOut, k), '', null);
    const curve = await partings(tree, order, kMax, job);
    const found = finest(curve);
    const best = curve.reduce((top, { parts }) => Math.max(top, parts), -1);
    const how = found
      ? `, which part by ${fixed(found.parts)} (${fixed(best)} at best)`
      : `, since no 2 to ${count(kMax)} lie farther apart than their own rows`;
    return told(cut(tree, order, isOut, found?.k ?? 1), how, curve);
  } finally {
    searched.close();
  }
}

/**
 * Who stands at an end of the tree and is not among the nearest of the row that it hangs on (the noise points of genieclust, Gagolewski 2021).
 * `cores` are squared distances to the last of the nearest.
 */
function leaveOut(x: Matrix, { a, b }: SpanningTree, cores: Float64Array, isOut: Uint8Array): void {
  const degrees = new Int32Array(x.rows);
  a.forEach((row, e) => {
    degrees[row]!++;
    degrees[b[e]!]!++;
  });
  const look = (end: number, other: number): void => {
    if (degrees[end] === 1 && degrees[other]! > 1 && square(x, end, other) > cores[other]!)
      isOut[end] = 1;
  };
  a.forEach((row, e) => {
    look(row, b[e]!);
    look(b[e]!, row);
  });
}

function square({ data, cols }: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let c = 0; c < cols; c++) {
    const d = data[a * cols + c]! - data[b * cols + c]!;
    sum += d * d;
  }
  return sum;
}

async function likeNearest(
  part: Matrix,
  known: Int32Array,
  x: Matrix,
  job: Job,
  open: OpenTree,
): Promise<Int32Array<ArrayBuffer>> {
  const labels = new Int32Array(x.rows);
  const tree = await growTree(open, part, 1, job);
  try {
    const take = ({ many, ids }: Found, from: number): void => {
      for (let q = 0; q < many; q++) labels[from + q] = known[tree.rowOf[ids[q]!]!]!;
    };
    await askAll(tree, x, take, job, 'Finding the nearest');
  } finally {
    tree.close();
  }
  return labels;
}
