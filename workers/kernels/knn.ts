import type { OpenSearch, Pause } from '../../src/segments/kernels/knn.ts';
import type { Crew } from './crew.ts';
import kernel from './assembly/knn.ts?kernels';
import { Room, room } from './room.ts';

const QUESTIONS_A_PIECE = 32; // as in the kernel
/** Pairs of values that are compared between two breaths: about 40 ms on one thread. */
const AT_ONCE = 4e8;
/** Beyond all that is asked, and its square still within float32: rows that only fill a block up. */
const FAR = 1e15;

/** `openSearch` in wasm SIMD on `crew`: the same bytes. */
export const openSearchIn =
  (crew: Crew): OpenSearch =>
  (x, questions, own, k) => {
    const { rows, cols } = x;
    const wide = Math.ceil(rows / 8) * 8;
    const many = Math.ceil(questions.rows / 4) * 4;
    const bytes =
      room({ 4: wide * cols }) +
      room({ 4: many * cols }) +
      room({ 4: many }) +
      4 * room({ 4: many * k });
    const hall = new Room(kernel, { bytes: bytes + room({ 16: many * k }), crew });
    const blocks = hall.f32(wide * cols);
    blocks.view.fill(FAR);
    for (let r = 0, p = 0; r < rows; r++)
      for (let c = 0, at = (r >> 3) * 8 * cols + (r & 7); c < cols; c++, p++, at += 8)
        blocks.view[at] = x.data[p]!;
    const asked = hall.f32(many * cols);
    asked.view.set(questions.data);
    const self = hall.i32(many);
    self.view.fill(-1).set(own);
    const ids = hall.i32(many * k);
    ids.view.fill(-1);
    const squares = hall.f32(many * k);
    squares.view.fill(Infinity);
    const limits = hall.f32(many * k);
    const counts = hall.i32(4 * many * k);
    const held = [asked.at, self.at, cols, blocks.at, rows, k, ids.at] as const;
    const pieces = Math.max(1, Math.floor(AT_ONCE / (QUESTIONS_A_PIECE * wide * (cols + 4))));
    const run = async (name: string, pause: Pause, ...more: number[]) => {
      const step = pieces * QUESTIONS_A_PIECE;
      for (let from = 0; from < many; from += step) {
        const count = Math.ceil(Math.min(step, many - from) / QUESTIONS_A_PIECE);
        hall.run(name, count, from, many, ...held, ...more);
        await pause(Math.min(questions.rows, from + step));
      }
    };
    return {
      ids: ids.view.subarray(0, questions.rows * k),
      squares: squares.view.subarray(0, questions.rows * k),
      nearest: (pause) => run('nearest', pause, squares.at),
      async ranks(pause) {
        await run('ranks', pause, limits.at, counts.at);
        const out = new Int32Array(questions.rows * k);
        for (let q = 0; q < questions.rows; q++)
          out.set(counts.view.subarray(4 * q * k, (4 * q + 1) * k), q * k);
        return out;
      },
      close: () => hall.close(),
    };
  };
