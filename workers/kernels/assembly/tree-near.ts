// AssemblyScript: nearest neighbours. Part of tree.ts.
import { COLS, LEVELS, CAPACITY, NEIGHBOURS, ROW_OF, SCRATCH, STRIDE, NEAR, FAR, ASKED, FOUND, FOUND_FAR, PIECE, NOBODY, word, place, may, done, f64At, i32At } from './tree-table';
import { slotAt, ask, listOf, begin, next, squares, square, roomy, below } from './tree-walk';

/**
 * The nearest others of 8 slots: slots to NEAR, nearest first (ties: as they are met), and the square to the last to FAR. −1 and Infinity
 * where there are too few.
 */
export function nearest(piece: i32, t: usize, from: i32): void {
  if (!may(piece, t)) return;
  const cols = word(t, COLS);
  const k = word(t, NEIGHBOURS);
  const rowOf = place(t, ROW_OF);
  const s = place(t, SCRATCH) + <usize>piece * place(t, STRIDE);
  const first = (from + piece) * PIECE;
  const end = min(first + PIECE, word(t, CAPACITY) << word(t, LEVELS));
  let effort = 0;
  for (let slot = first; slot < end; slot++) {
    if (load<i32>(i32At(rowOf, slot)) < 0) continue;
    ask(s, slotAt(t, slot, cols), 16, cols);
    effort += closest(t, s, cols, k, slot, place(t, NEAR) + ((<usize>slot * k) << 2), f64At(place(t, FAR), slot));
  }
  done(piece, t, effort);
}

/** The same for 8 of `many` questions in ASKED; to FOUND and FOUND_FAR. */
export function nearestTo(piece: i32, t: usize, many: i32): void {
  if (!may(piece, t)) return;
  const cols = word(t, COLS);
  const k = word(t, NEIGHBOURS);
  const s = place(t, SCRATCH) + <usize>piece * place(t, STRIDE);
  let effort = 0;
  for (let q = piece * PIECE; q < min(many, (piece + 1) * PIECE); q++) {
    ask(s, place(t, ASKED) + ((<usize>q * cols) << 2), 4, cols);
    effort += closest(t, s, cols, k, -1, place(t, FOUND) + ((<usize>q * k) << 2), f64At(place(t, FOUND_FAR), q));
  }
  done(piece, t, effort);
}

function closest(t: usize, s: usize, cols: i32, k: i32, own: i32, near: usize, far: usize): i32 {
  const capacity = word(t, CAPACITY);
  const fours = s + (<usize>cols << 4);
  const list = listOf(s, cols);
  for (let i = 0; i < k; i++) {
    store<f64>(f64At(list, i), f64.MAX_VALUE);
    store<i32>(i32At(near, i), -1);
  }
  let last = f64.MAX_VALUE;
  let limit = last;
  let loose = f32x4.splat(Infinity);
  let effort = 0;
  begin(s, cols);
  for (let leaf = 0; (leaf = next(t, s, cols, limit, NOBODY)) >= 0; effort++) {
    const start = leaf * capacity;
    let tile = slotAt(t, start, cols);
    for (let at = start; at < start + capacity; at += 4, tile += <usize>cols << 4) {
      let mask = i32x4.bitmask(f32x4.le(squares(tile, fours, cols), loose));
      for (; mask != 0; mask &= mask - 1) {
        const lane = ctz(mask);
        const slot = at + lane;
        if (slot == own) continue;
        const d = square(tile + (<usize>lane << 2), s, cols);
        if (!(d < last)) continue;
        let to = k - 1;
        for (; to > 0 && load<f64>(f64At(list, to - 1)) > d; to--) {
          store<f64>(f64At(list, to), load<f64>(f64At(list, to - 1)));
          store<i32>(i32At(near, to), load<i32>(i32At(near, to - 1)));
        }
        store<f64>(f64At(list, to), d);
        store<i32>(i32At(near, to), slot);
        last = load<f64>(f64At(list, k - 1));
        loose = last < f64.MAX_VALUE ? roomy(last, cols) : f32x4.splat(Infinity);
      }
    }
    if (last == 0) break;
    limit = below(last);
  }
  store<f64>(far, last < f64.MAX_VALUE ? last : Infinity);
  return effort * capacity + 4;
}
