import type { Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { MOST_AT_ONCE, PIECE, type Found, type OpenTree, type Tree } from '../kernels/tree.ts';

/** Effort, in values compared, between two breaths: well below 0.1 s of one thread. */
const EFFORT = 6e7;
/** What a slot costs beside its columns. */
const OVERHEAD = 8;

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
      const atOnce = Math.ceil((nodes * EFFORT) / (4 * x.rows * (x.cols + OVERHEAD)));
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

async function refuseGaps({ data, cols }: Matrix, job: Job): Promise<void> {
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i]!))
      throw new RangeError(`column ${i % cols} holds a value that is no number`);
    if (i % 1e6 === 0) await job.breathe();
  }
}

/**
 * Does all pieces with `verb`, which gives its effort in slots compared: as many at a time as the last ones let expect to be soon over.
 * Efforts are counted, not timed, and what comes out does not depend on them.
 */
export async function inRuns(
  { pieces, slots, cols }: Pick<Tree, 'pieces' | 'slots' | 'cols'>,
  verb: (from: number, many: number) => number,
  job: Job,
  stage: string,
): Promise<void> {
  let many = Math.max(1, Math.min(4, EFFORT / (PIECE * slots * (cols + OVERHEAD))) | 0);
  for (let from = 0; from < pieces;) {
    const now = Math.min(many, pieces - from);
    const effort = verb(from, now) * (cols + OVERHEAD);
    from += now;
    many = Math.max(1, Math.min(8 * now, MOST_AT_ONCE, (now * EFFORT) / (effort + 1)) | 0);
    job.progress(stage, from, pieces);
    await job.breathe();
  }
}

/** Puts every row of `questions` to the tree; `take` gets what was found for those from row `from` on. */
export async function askAll(
  tree: Tree,
  questions: Matrix,
  take: (found: Found, from: number) => void,
  job: Job,
  stage: string,
): Promise<void> {
  const { cols, slots } = tree;
  const pieces = Math.ceil(questions.rows / PIECE);
  const ask = (piece: number, many: number): number => {
    const from = piece * PIECE;
    const to = Math.min(questions.rows, from + many * PIECE);
    const found = tree.nearestTo(
      matrix(to - from, cols, questions.data.slice(from * cols, to * cols)),
    );
    take(found, from);
    return found.effort;
  };
  await inRuns({ pieces, slots, cols }, ask, job, stage);
}
