import type { Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import {
  MOST_ASKED,
  MOST_AT_ONCE,
  OVERHEAD,
  type Found,
  type OpenTree,
  type Tree,
} from '../kernels/tree.ts';

/** Rows that are sorted into nodes between two breaths, in columns. */
const SORTED = 1.5e7;

/** The rows of `x` in a k-d tree, to be closed by whoever asked for it. Refuses, by RangeError, what is no number. O(rows · cols · log rows). */
export async function growTree(
  open: OpenTree,
  x: Matrix,
  neighbours: number,
  job: Job,
): Promise<Tree> {
  await refuseGaps(x, job);
  const tree = open(x, neighbours);
  try {
    for (let level = 0; level <= tree.levels; level++) {
      const nodes = 2 ** level;
      const atOnce = Math.min(
        MOST_AT_ONCE,
        Math.ceil((nodes * SORTED) / (x.rows * (x.cols + OVERHEAD))),
      );
      for (let from = 0; from < nodes; from += atOnce) {
        await job.breathe();
        tree.split(level, from, Math.min(atOnce, nodes - from));
      }
    }
    return tree;
  } catch (error) {
    tree.close();
    throw error;
  }
}

/** By RangeError, naming the column. */
export async function refuseGaps({ data, cols }: Matrix, job: Job): Promise<void> {
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i]!))
      throw new RangeError(`column ${i % cols} holds a value that is no number`);
    if (i % 1e6 === 0) await job.breathe();
  }
}

/** Does all pieces with `verb`, which gives how many it did. */
export async function inRuns(
  { pieces }: Tree,
  verb: (from: number, many: number) => number,
  job: Job,
  stage: string,
): Promise<void> {
  for (let from = 0; from < pieces;) {
    from += verb(from, Math.min(MOST_AT_ONCE, pieces - from));
    job.progress(stage, from, pieces);
    await job.breathe();
  }
}

/** What finding all neighbours will cost, in values compared: from 64 pieces, evenly spread. */
export async function expectedCost(tree: Tree, job: Job): Promise<number> {
  const step = Math.ceil(tree.pieces / 64);
  let [effort, pieces] = [0, 0];
  for (let from = 0; from < tree.pieces; from += step, pieces++) {
    tree.nearest(from, 1);
    effort += tree.effort();
    await job.breathe();
  }
  return ((effort * tree.pieces) / pieces) * (tree.cols + OVERHEAD);
}

/** Puts every row of `questions` to the tree; `take` gets what was found for those from row `from` on. */
export async function askAll(
  tree: Tree,
  { data, rows, cols }: Matrix,
  take: (found: Found, from: number) => void,
  job: Job,
  stage: string,
): Promise<void> {
  for (let from = 0; from < rows;) {
    const to = Math.min(rows, from + MOST_ASKED);
    const found = tree.nearestTo(matrix(to - from, cols, data.subarray(from * cols, to * cols)));
    take(found, from);
    from += found.many;
    job.progress(stage, from, rows);
    await job.breathe();
  }
}
