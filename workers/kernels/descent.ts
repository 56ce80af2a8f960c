import { backLinks, LEAF, type OpenDescent } from '../../src/segments/kernels/descent.ts';
import type { Lists, Pause } from '../../src/segments/kernels/knn.ts';
import type { Crew } from './crew.ts';
import kernel from './assembly/descent.ts?kernels';
import { Room, room } from './room.ts';

const ROWS_A_PIECE = 512; // these three as in the kernel
const SCRATCH = 2048 * 8 + 128 * 65 * 4 + 16;
const STACK = 1536;
/** Pieces and trees between two breaths. */
const AT_ONCE = 32;
const TREES_AT_ONCE = 4;

/** `openDescent` in wasm SIMD on `crew`: the same bytes. */
export const openDescentIn =
  (crew: Crew): OpenDescent =>
  (x, k, seed) => {
    const { rows, cols } = x;
    const stride = Math.ceil(cols / 4) * 4;
    const pieces = Math.ceil(rows / ROWS_A_PIECE);
    const trees = rows * cols > 4e7 ? 1 : TREES_AT_ONCE; // a tree of a million rows takes as long as is fit between two breaths
    const bytes =
      room({ 4: rows * stride }) +
      5 * room({ 4: rows * k }) +
      2 * room({ 8: rows }) +
      2 * room({ 4: rows + 1 }) +
      room({ 4: pieces, 1: AT_ONCE * SCRATCH }) +
      trees * room({ 5: rows, 1: STACK });
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
    const stacks = hall.u8(trees * STACK);

    const runAll = async (run: (from: number, count: number) => void, pause: Pause) => {
      for (let piece = 0; piece < pieces; piece += AT_ONCE) {
        run(piece * ROWS_A_PIECE, Math.min(AT_ONCE, pieces - piece));
        await pause(Math.min(rows, (piece + AT_ONCE) * ROWS_A_PIECE));
      }
    };
    /** Sign bit on each back link that is fresh for the row it comes from. */
    const markFresh = () => {
      const links = backLinks(now.ids.view, rows, k);
      starts.view.set(links.starts);
      for (let r = 0; r < rows; r++)
        for (let e = links.starts[r]!; e < links.starts[r + 1]!; e++) {
          const v = links.ids[e]!;
          let j = 0;
          while (now.ids.view[v * k + j] !== r) j++;
          const bit = (now.fresh.view[2 * v + (j >> 5)]! >>> (j & 31)) & 1;
          backs.view[e] = bit ? v | 0x80000000 : v;
        }
    };
    return {
      lists: (): Lists => ({ ids: now.ids.view, squares: now.squares.view }),
      async grow(from, to, pause) {
        for (let tree = from; tree < to; tree += trees) {
          const many = Math.min(trees, to - tree);
          hall.run(
            'plant',
            many,
            tree,
            data.at,
            rows,
            stride,
            LEAF,
            seed,
            orders.at,
            ends.at,
            stacks.at,
          );
          await pause(tree);
          for (let t = 0; t < many; t++)
            hall.run(
              'meet',
              pieces,
              data.at,
              rows,
              stride,
              orders.at + 4 * t * rows,
              ends.at + t * rows,
              k,
              now.ids.at,
              now.squares.at,
            );
          await pause(tree + many);
        }
      },
      async explore(pause) {
        markFresh();
        await pause(0);
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
