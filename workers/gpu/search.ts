import { TesseraError } from '../../src/lib/errors.ts';
import { matrix } from '../../src/lib/matrix.ts';
import {
  offer,
  type Lists,
  type OpenSearch,
  type Pause,
  type Search,
} from '../../src/segments/kernels/knn.ts';
import type { Rows } from '../../src/segments/kernels/lloyd.ts';
import type { Fallback } from './lloyd.ts';

/** `keep` nearest rows of `x` to each question, by any way to sum squares in float32; `own` as in `OpenSearch`. */
export type SearchTask = {
  readonly x: Rows;
  readonly questions: Rows;
  readonly own: Int32Array;
  readonly keep: number;
};
/** [questions × keep], nearest first; −1 where there are fewer. */
export type SearchNear = (task: SearchTask, pause: Pause) => Promise<Int32Array>;

/** Asked for beyond k, so that the rounding of float32 seldom leaves the k-th open. */
const SPARE = 8;
/** Rows to a question from which on it is worth to send the rows for the questions' sake. */
const MANY = 64;
/** Below this, float32 of a GPU may be 0 already. */
const TINY = 1e-35;

/**
 * `openSearch` with brute force on a GPU: the same bytes. What it finds is measured again in the steps of the plain form; questions that
 * rounding leaves open are put to `open`, which also goes on if the GPU is lost.
 */
export const openSearchWith =
  (near: SearchNear, open: OpenSearch, { onLost, least }: Fallback): OpenSearch =>
  (x, questions, own, k) => {
    const ids = new Int32Array(questions.rows * k).fill(-1);
    const squares = new Float32Array(questions.rows * k).fill(Infinity);
    const take = async (asked: Int32Array, pause: Pause): Promise<void> => {
      const part = matrix(asked.length, x.cols);
      asked.forEach((q, i) =>
        part.data.set(questions.data.subarray(q * x.cols, (q + 1) * x.cols), i * x.cols),
      );
      const search = open(
        x,
        part,
        Int32Array.from(asked, (q) => own[q]!),
        k,
      );
      try {
        await search.nearest(() => pause(questions.rows - asked.length));
        asked.forEach((q, i) => {
          ids.set(search.ids.subarray(i * k, (i + 1) * k), q * k);
          squares.set(search.squares.subarray(i * k, (i + 1) * k), q * k);
        });
      } finally {
        search.close();
      }
    };
    const isLarge = x.data.length >= least && questions.data.length >= least / MANY;
    const all = () => Int32Array.from({ length: questions.rows }, (_, q) => q);
    let ranking: Search | null = null;
    return {
      ids,
      squares,
      async nearest(pause) {
        const task = { x, questions, own, keep: Math.max(1, Math.min(k + SPARE, x.rows)) };
        let found: Int32Array | null = null;
        try {
          if (isLarge && x.cols > 0 && questions.rows > 0 && k > 0) found = await near(task, pause);
        } catch (error) {
          if (!(error instanceof TesseraError && error.code === 'gpu-failed')) throw error;
          onLost(error);
        }
        if (!found) return take(all(), pause);
        const open = await measure(task, k, found, { ids, squares }, pause);
        if (open.length > 0) await take(open, pause);
      },
      async ranks(pause) {
        ranking ??= open(x, questions, own, k);
        ranking.ids.set(ids);
        return ranking.ranks(pause);
      },
      close: () => ranking?.close(),
    };
  };

/** Fills `out` with the k nearest of what was found, in the steps of the plain form; gives the questions that this cannot settle. */
async function measure(
  { x, questions, own, keep }: SearchTask,
  k: number,
  found: Int32Array,
  out: Lists,
  pause: Pause,
): Promise<Int32Array> {
  const { fround } = Math;
  const { cols } = x;
  const share = 1 - 4 * (cols + 8) * 2 ** -24;
  const open: number[] = [];
  for (let q = 0; q < questions.rows; q++) {
    let last = Infinity;
    for (let i = q * keep; i < (q + 1) * keep; i++) {
      const id = found[i]!;
      if (id < 0) break;
      let sum = 0;
      for (let c = 0, a = q * cols, b = id * cols; c < cols; c++) {
        const apart = fround(x.data[b + c]! - questions.data[a + c]!);
        sum = fround(sum + fround(apart * apart));
      }
      offer(out, q * k, k, sum, id);
      last = sum;
    }
    const others = x.rows - (own[q]! >= 0 ? 1 : 0);
    const kth = out.squares[(q + 1) * k - 1]!;
    // All that was left out lies at least as far as the last that was kept.
    const bound = last * share - TINY;
    if (others > keep && !(kth < bound)) open.push(q);
    if (q % 256 === 255) await pause(q + 1);
  }
  return Int32Array.from(open);
}
