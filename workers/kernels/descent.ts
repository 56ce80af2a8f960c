import { backLinks, LEAF, type OpenDescent } from '../../src/segments/kernels/descent.ts';
import type { Lists, Pause } from '../../src/segments/kernels/knn.ts';
import type { Crew } from './crew.ts';
import kernel from './assembly/descent.ts?kernels';
import { Room, room } from './room.ts';

const ROWS_A_PIECE = 512; // these three as in the kernel
const SCRATCH = 2048 * 8 + 128 * 65 * 4 + 16;
const STATE = 512;
/** Pieces, trees and rows of a tree between two breaths. */
const AT_ONCE = 32;
const TREES_AT_ONCE = 4;
const BUDGET = 1e6;

/** `openDescent` in wasm SIMD on `crew`: the same bytes. */
export const openDescentIn =
  (crew: Crew): OpenDescent =>
  (x, k, seed) => {
    const { rows, cols } = x;
    const stride = Math.ceil(cols / 4) * 4;
    const pieces = Math.ceil(rows / ROWS_A_PIECE);
    const trees = TREES_AT_ONCE;
    const bytes =
      room({ 4: rows * stride }) +
      5 * room({ 4: rows * k }) +
      2 * room({ 8: rows }) +
      2 * room({ 4: rows + 1 }) +
      room({ 4: pieces, 1: AT_ONCE * SCRATCH }) +
      trees * room({ 5: rows, 1: STATE });
    const hall = new Room(kernel, { bytes: bytes + 4096, crew });
    const data = hall.f32(rows * stride);
    for (let r = 0; r < rows; r++)
      data.view.set(x.data.subarray(r * cols, (r + 1) * cols), r * stride);
    const places = () => ({
      ids: hall.i32(rows * k),
      squares: hall.f32(rows * k),
      fresh: hall.u32(2 * rows),
    });
    let now = places();
    let next = places();
    now.ids.view.fill(-1);
    now.squares.view.fill(Infinity);
    now.fresh.view.fill(0xffffffff);
    const starts = hall.i32(rows + 1);
    const backs = hall.i32(rows * k);
    const changes = hall.i32(pieces);
    const scratch = hall.u8(AT_ONCE * SCRATCH);
    const orders = hall.i32(trees * rows);
    const ends = hall.u8(trees * rows);
    const states = hall.i32((trees * STATE) / 4);

    const runAll = async (run: (from: number, count: number) => void, pause: Pause) => {
      for (let piece = 0; piece < pieces; piece += AT_ONCE) {
        run(piece * ROWS_A_PIECE, Math.min(AT_ONCE, pieces - piece));
        await pause(Math.min(rows, (piece + AT_ONCE) * ROWS_A_PIECE));
      }
    };
    return {
      lists: (): Lists => ({ ids: now.ids.view, squares: now.squares.view }),
      async grow(from, to, pause) {
        for (let tree = from; tree < to; tree += trees) {
          const many = Math.min(trees, to - tree);
          const planted = [
            data.at,
            rows,
            stride,
            LEAF,
            seed,
            orders.at,
            ends.at,
            states.at,
          ] as const;
          const isDone = () =>
            Array.from({ length: many }, (_, t) => states.view[(t * STATE) / 4]).every(Boolean);
          for (let isNew = 1; isNew || !isDone(); isNew = 0) {
            hall.run('plant', many, tree, ...planted, BUDGET, isNew);
            await pause(tree);
          }
          for (let t = 0; t < many; t++) {
            const grown = [orders.at + 4 * t * rows, ends.at + t * rows] as const;
            await runAll(
              (first, count) =>
                hall.run(
                  'meet',
                  count,
                  first,
                  data.at,
                  rows,
                  stride,
                  ...grown,
                  k,
                  now.ids.at,
                  now.squares.at,
                ),
              () => pause(tree + t),
            );
          }
        }
        await pause(to);
      },
      async explore(pause) {
        const isFresh = (v: number, place: number) =>
          ((now.fresh.view[2 * v + (place >> 5)]! >>> (place & 31)) & 1) === 1;
        const steps = backLinks(now.ids.view, rows, k, isFresh);
        let step = steps.next();
        for (; !step.done; step = steps.next()) await pause(0);
        starts.view.set(step.value.starts);
        backs.view.set(step.value.ids);
        const lists = [now.ids.at, now.squares.at, now.fresh.at, starts.at, backs.at] as const;
        const to = [next.ids.at, next.squares.at, next.fresh.at, scratch.at, changes.at] as const;
        await runAll(
          (from, count) =>
            hall.run('explore', count, from, data.at, rows, stride, k, ...lists, ...to),
          pause,
        );
        [now, next] = [next, now];
        return changes.view.reduce((sum, count) => sum + count, 0);
      },
      close: () => hall.close(),
    };
  };
