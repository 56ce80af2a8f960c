import { percent, plural } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { wilson } from '../../lib/stats/intervals.ts';
import { breathing } from '../../lib/steps.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { growTree, inRuns } from '../density/grow.ts';
import type { Descent } from '../kernels/descent.ts';
import { MOST_NEIGHBOURS, type Lists, type Pause } from '../kernels/knn.ts';
import { plainKernels, type Kernels } from '../kernels/types.ts';
import type { Interval } from '../types.ts';
import { withinOne } from './distinct.ts';

export type Neighbours = {
  readonly k: number;
  /** [rows × k], without the row itself, nearest first; of equal distances the lower row. */
  readonly ids: Int32Array;
  /** [rows × k], Euclidean, in units of the columns. */
  readonly distances: Float32Array;
  /** Of the true neighbours of a sample the share that was found; 1 where the search is exact. */
  readonly recall: Interval;
  /** "exact", or how near to it. */
  readonly words: string;
};

export type NeighbourOptions = { readonly k: number; readonly seed: number };

/** Up to so many products of rows, rows and columns the search is exact: about 0.3 s on one core. */
export const EXACT_WORK = 4e9;
/** Up to so many columns a k-d tree finds the true neighbours of any number of rows. */
const TREE_COLS = 8;
/** Trees are planted in eights until they find so many of the true neighbours; then rounds are the cheaper way. */
const TREES = 8;
const MOST_TREES = 40;
const ENOUGH = 0.75;
const GOOD = 0.98;
/** A round that changes a smaller share of the places is the last. */
const STILL = 0.001;
const MOST_ROUNDS = 12;
const SAMPLE = 500;

/**
 * The k nearest others of every row, k at most 64 (rows − 1 where there are fewer). Exact while cheap, and up to 8 columns in a k-d tree; above, lists from random-projection trees
 * become better by NN-descent (Dong, Moses & Li 2011) until 0.98 of the true neighbours of a sample of 500 rows are found, or hardly a place changes:
 * 40 trees and 12 rounds at most.
 * O(rows² · cols) or about O(rows · log rows · cols).
 */
export async function neighbours(
  given: Matrix,
  { k: wanted, seed }: NeighbourOptions,
  job: Job = unattended,
  kernels: Pick<Kernels, 'openSearch' | 'openDescent' | 'openTree'> = plainKernels,
): Promise<Neighbours> {
  if (!(wanted >= 1 && wanted <= MOST_NEIGHBOURS))
    throw new RangeError(`between 1 and ${MOST_NEIGHBOURS} neighbours, not ${wanted}`);
  const { x, unit } = await breathing(withinOne(given), job);
  const k = Math.max(0, Math.min(wanted, x.rows - 1));
  const inUnits = (squares: Float32Array) => squares.map((square) => Math.sqrt(square) * unit);
  if (x.rows * x.rows * (x.cols + 4) <= EXACT_WORK || k === 0) {
    const { ids, squares } = await exactly(x, everyRow(x.rows), k, job, kernels);
    return { k, ids, distances: inUnits(squares), ...exact };
  }
  if (x.cols <= TREE_COLS) return inTree(x, unit, k, job, kernels);
  const sample = sampleRows(x.rows, SAMPLE, seed);
  const truth = await exactly(x, sample, k, job, kernels);
  const descent = kernels.openDescent(x, k, seed);
  try {
    const { hits, trees, rounds } = await improve(descent, sample, truth.ids, k, x.rows, job);
    const recall = wilson(hits, sample.length * k);
    const { ids, squares } = descent.lists();
    await fill(x, { ids, squares }, k, job, kernels);
    const words = `neighbours by NN-descent from ${trees} trees in ${plural(rounds, 'round')}, ${percent(recall.value)} of the true ones in a sample`;
    return { k, ids: ids.slice(), distances: inUnits(squares), recall, words };
  } finally {
    descent.close();
  }
}

const exact = { recall: { value: 1, low: 1, high: 1 }, words: 'exact neighbours' };

async function inTree(
  x: Matrix,
  unit: number,
  k: number,
  job: Job,
  { openTree }: Pick<Kernels, 'openTree'>,
): Promise<Neighbours> {
  const tree = await growTree(openTree, x, k, job);
  try {
    await inRuns(tree, (from, many) => tree.nearest(from, many), job, 'Finding neighbours');
    const ids = new Int32Array(x.rows * k);
    const distances = new Float32Array(ids.length);
    for (let slot = 0; slot < tree.slots; slot++) {
      const r = tree.rowOf[slot]!;
      for (let j = 0; j < k && r >= 0; j++) {
        const other = tree.rowOf[tree.near[slot * k + j]!]!;
        let square = 0;
        for (let c = 0, p = r * x.cols, q = other * x.cols; c < x.cols; c++, p++, q++)
          square += (x.data[p]! - x.data[q]!) ** 2;
        ids[r * k + j] = other;
        distances[r * k + j] = Math.sqrt(square) * unit;
      }
      if (slot % 16_384 === 0) await job.breathe();
    }
    return { k, ids, distances, ...exact };
  } finally {
    tree.close();
  }
}

const everyRow = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, r) => r);

async function exactly(
  x: Matrix,
  rows: Int32Array,
  k: number,
  job: Job,
  { openSearch }: Pick<Kernels, 'openSearch'>,
) {
  const search = openSearch(x, rowsOf(x, rows), rows, k);
  try {
    await search.nearest(pauses('Finding neighbours', rows.length, job));
    return { ids: search.ids.slice(), squares: search.squares.slice() };
  } finally {
    search.close();
  }
}

async function improve(
  descent: Descent,
  sample: Int32Array,
  truth: Int32Array,
  k: number,
  rows: number,
  job: Job,
): Promise<{ hits: number; trees: number; rounds: number }> {
  const found = () => shared(truth, descent.lists().ids, sample, k);
  let [hits, trees, rounds, changed] = [0, 0, 0, Infinity];
  while (hits < ENOUGH * truth.length && trees < MOST_TREES) {
    await descent.grow(trees, trees + TREES, pauses('Finding neighbours', MOST_TREES, job));
    trees += TREES;
    hits = found();
  }
  while (hits < GOOD * truth.length && rounds < MOST_ROUNDS && changed >= STILL * rows * k) {
    changed = await descent.explore(pauses('Improving neighbours', rows, job));
    rounds++;
    hits = found();
  }
  return { hits, trees, rounds };
}

/** Rows that met too few others get their neighbours exactly; there are hardly ever any. */
async function fill(
  x: Matrix,
  { ids, squares }: Lists,
  k: number,
  job: Job,
  kernels: Pick<Kernels, 'openSearch'>,
): Promise<void> {
  const short = everyRow(x.rows).filter((r) => ids[(r + 1) * k - 1]! < 0);
  if (short.length === 0) return;
  const found = await exactly(x, short, k, job, kernels);
  short.forEach((r, i) => {
    ids.set(found.ids.subarray(i * k, (i + 1) * k), r * k);
    squares.set(found.squares.subarray(i * k, (i + 1) * k), r * k);
  });
}

/** How many of the neighbours of the sample, [sample × k], are in the lists [rows × k]. */
export function shared(
  truth: Int32Array,
  lists: Int32Array,
  sample: Int32Array,
  k: number,
): number {
  let hits = 0;
  sample.forEach((r, i) => {
    const list = lists.subarray(r * k, (r + 1) * k);
    for (const id of truth.subarray(i * k, (i + 1) * k)) if (list.includes(id)) hits++;
  });
  return hits;
}

/** Those rows of x, in that order. */
export function rowsOf(x: Matrix, rows: Int32Array): Matrix {
  const out = matrix(rows.length, x.cols);
  rows.forEach((r, i) => out.data.set(x.data.subarray(r * x.cols, (r + 1) * x.cols), i * x.cols));
  return out;
}

/** Tells and breathes between pieces of a kernel's work. */
export const pauses =
  (stage: string, total: number, job: Job): Pause =>
  (done) => {
    job.progress(stage, Math.min(done, total), total);
    return job.breathe();
  };
