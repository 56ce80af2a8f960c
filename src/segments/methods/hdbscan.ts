import { count, percent, plural } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { fitHierarchy, placed, placeLater, type Hierarchy } from '../density/hierarchy.ts';
import { openTree } from '../kernels/plain-tree.ts';
import { OVERHEAD, type OpenTree } from '../kernels/tree.ts';
import type { Partition } from '../partition.ts';
import { rowsOf } from './kmeans.ts';

export type HdbscanOptions = {
  /** Rows that make a group, 2 at least; null: a hundredth of all, but no fewer than 10. */
  readonly smallest: number | null;
  /** A row's own distance is that to so many others; null: 10, or `smallest` where that is less. */
  readonly neighbours: number | null;
  readonly pick: 'excess-of-mass' | 'leaves';
  /** Values compared for the neighbours of all rows; above this they are those of a sample, and the others are placed in it. */
  readonly most?: number;
};

/** `hierarchy` is null where there are fewer than two rows. */
export type Hdbscan = { readonly partition: Partition; readonly hierarchy: Hierarchy | null };

/** What is taken for that which is left open. */
export function sizesFor(
  rows: number,
  { smallest, neighbours }: Pick<HdbscanOptions, 'smallest' | 'neighbours'>,
): { readonly smallest: number; readonly neighbours: number } {
  const size = smallest ?? Math.max(10, Math.round(rows / 100));
  return { smallest: size, neighbours: neighbours ?? Math.min(10, size) };
}

const SAMPLE_SEED = 1;
/** Half a minute of one core. */
const MOST = 1e11;

/**
 * HDBSCAN* (Campello, Moulavi & Sander 2013; McInnes & Healy 2017): the shortest tree by mutual reachability, its single linkage, the condensed
 * tree of that, and the groups picked from it, the largest first. `belongs` is the membership probability, `oddness` the GLOSH score. `x` is
 * [rows × cols] with its columns on one scale; refuses NaN. About O(rows · log rows) in few columns, at worst O(rows² · cols) a round, of at
 * most log₂ rows. The same bytes by every kernel, on any number of threads, and the same groups in whatever order the rows stand.
 */
export async function hdbscan(
  x: Matrix,
  { smallest, neighbours, pick, most = MOST }: HdbscanOptions,
  job: Job = unattended,
  open: OpenTree = openTree,
): Promise<Hdbscan> {
  const { smallest: size, neighbours: asked } = sizesFor(x.rows, { smallest, neighbours });
  if (!(size >= 2 && Number.isInteger(size))) throw new RangeError(`${size} rows make no group`);
  if (!(asked >= 1 && Number.isInteger(asked)))
    throw new RangeError(`cannot ask for ${asked} neighbours`);
  const how = `HDBSCAN, at least ${count(size)} in a group, ${plural(asked, 'neighbour')}${pick === 'leaves' ? ', the smallest branches' : ''}`;
  if (x.rows < 2) return { partition: alone(x.rows, how), hierarchy: null };
  const options = { smallest: size, neighbours: Math.min(asked, x.rows - 1), pick };
  const all = await fitHierarchy(x, options, most, job, open);
  if (all) return { partition: partitionOf(placed(all), all, how), hierarchy: all };

  const rows = sampleRows(x.rows, Math.ceil(most / (x.rows * (x.cols + OVERHEAD))), SAMPLE_SEED);
  const share = rows.length / x.rows;
  const fewer = { ...options, smallest: Math.max(5, Math.round(size * share)) };
  const some = await fitHierarchy(rowsOf(x, rows), fewer, Infinity, job, open);
  if (!some) throw new TypeError('a fit without a limit was given up');
  const everyone = await placeLater(some, x, job, open);
  const own = placed(some);
  rows.forEach((row, i) => {
    everyone.labels[row] = own.labels[i]!;
    everyone.belongs[row] = own.belongs[i]!;
    everyone.oddness[row] = own.oddness[i]!;
  });
  const sampled = `${how}, in a sample of ${count(rows.length)} with at least ${count(fewer.smallest)} in a group, where all others were placed, since the neighbours of all would take too long`;
  return { partition: partitionOf(everyone, some, sampled), hierarchy: some };
}

type Belonging = Pick<Partition, 'labels' | 'belongs' | 'oddness'>;

function partitionOf(found: Belonging, { flat }: Hierarchy, how: string): Partition {
  const groups = flat.branches.length;
  const none = found.labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  const words =
    groups === 0
      ? `${how}: nowhere do two groups of that size part, so all are in none.`
      : `${how}: ${plural(groups, 'group')}, and ${percent(none / found.labels.length)} of all in none.`;
  return { ...found, groups, names: null, words };
}

function alone(rows: number, how: string): Partition {
  const labels = new Int32Array(rows).fill(-1);
  const nothing = new Float32Array(rows);
  const words = `${how}: there are no two to compare.`;
  return { labels, groups: 0, belongs: nothing, oddness: nothing.slice(), names: null, words };
}
