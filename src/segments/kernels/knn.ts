import type { Matrix } from '../../lib/matrix.ts';

/** Told how many rows are done; awaited between two pieces of work of well below 0.1 s. */
export type Pause = (done: number) => Promise<void>;

/** Questions put to rows that a kernel holds. */
export type Search = {
  /** [questions × k]; rows, nearest first, ties the lower row first; −1 where there are fewer. */
  readonly ids: Int32Array;
  /** [questions × k]; squared distances to them, float32, Infinity where there are none. */
  readonly squares: Float32Array;
  /** Fills both. O(questions · rows · cols). */
  nearest(pause: Pause): Promise<void>;
  /** [questions × k]: how many rows are strictly nearer than each of the rows in `ids`, as they stand or were written there. */
  ranks(pause: Pause): Promise<Int32Array<ArrayBuffer>>;
  close(): void;
};

/** `own` [questions]: the row that a question itself is and that is no answer to it, or −1. k ≤ 64. |values| ≤ 1e15. */
export type OpenSearch = (x: Matrix, questions: Matrix, own: Int32Array, k: number) => Search;

export const MOST_NEIGHBOURS = 64;

/** The plain form: what the others are held against. Squares are summed column by column in float32. */
export const openSearch: OpenSearch = (x, questions, own, k) => {
  const ids = new Int32Array(questions.rows * k).fill(-1);
  const squares = new Float32Array(questions.rows * k).fill(Infinity);
  const { fround } = Math;
  const square = (q: number, r: number): number => {
    let sum = 0;
    for (let c = 0, a = q * x.cols, b = r * x.cols; c < x.cols; c++) {
      const apart = fround(x.data[b + c]! - questions.data[a + c]!);
      sum = fround(sum + fround(apart * apart));
    }
    return sum;
  };
  return {
    ids,
    squares,
    async nearest(pause) {
      for (let q = 0; q < questions.rows; q++) {
        for (let r = 0; r < x.rows; r++)
          if (r !== own[q]) offer({ ids, squares }, q * k, k, square(q, r), r);
        if (q % 16 === 15) await pause(q + 1);
      }
    },
    async ranks(pause) {
      const out = new Int32Array(questions.rows * k);
      for (let q = 0; q < questions.rows; q++) {
        const all = Float32Array.from({ length: x.rows }, (_, r) => square(q, r));
        for (let j = q * k; j < (q + 1) * k; j++) {
          const id = ids[j]!;
          if (id < 0) continue;
          for (let r = 0; r < x.rows; r++) if (r !== own[q] && all[r]! < all[id]!) out[j]!++;
        }
        if (q % 16 === 15) await pause(q + 1);
      }
      return out;
    },
    close: () => {},
  };
};

export type Lists = { readonly ids: Int32Array; readonly squares: Float32Array };

/** Puts row `id` into the sorted list of k at `from`, if it is near enough and not there yet; whether it got in. */
export function offer(
  { ids, squares }: Lists,
  from: number,
  k: number,
  square: number,
  id: number,
): boolean {
  let at = from + k - 1;
  if (square > squares[at]! || (square === squares[at]! && id >= ids[at]!)) return false;
  while (at > from) {
    const [other, row] = [squares[at - 1]!, ids[at - 1]!];
    if (other === square && row === id) return false;
    if (other < square || (other === square && row < id)) break;
    at--;
  }
  squares.copyWithin(at + 1, at, from + k - 1);
  ids.copyWithin(at + 1, at, from + k - 1);
  squares[at] = square;
  ids[at] = id;
  return true;
}
