// AssemblyScript: rows within a distance: counts, groups joined without locks, borders. Part of tree.ts.
import { COLS, LEVELS, CAPACITY, ROW_OF, SCRATCH, STRIDE, GROUP, NODES, BEST, WHO, PIECE, MIXED, EMPTY, NOBODY, word, place, may, done, f64At, i32At } from './tree-table';
import { slotAt, ask, begin, next, squares, square, roomy, below } from './tree-walk';

/** GROUP of 8 slots: their own number where `needed` rows, themselves among them, are not farther than `limit` (squared); else −1. */
export function count(piece: i32, t: usize, from: i32, limit: f64, needed: i32): void {
  if (!may(piece, t)) return;
  const cols = word(t, COLS);
  const capacity = word(t, CAPACITY);
  const s = place(t, SCRATCH) + <usize>piece * place(t, STRIDE);
  const fours = s + (<usize>cols << 4);
  const first = (from + piece) * PIECE;
  const end = min(first + PIECE, capacity << word(t, LEVELS));
  const loose = roomy(limit, cols);
  let effort = 0;
  for (let slot = first; slot < end; slot++) {
    store<i32>(i32At(place(t, GROUP), slot), -1);
    if (load<i32>(i32At(place(t, ROW_OF), slot)) < 0) continue;
    ask(s, slotAt(t, slot, cols), 16, cols);
    begin(s, cols);
    let met = 0;
    for (let leaf = 0; met < needed && (leaf = next(t, s, cols, limit, NOBODY)) >= 0; effort += capacity) {
      let tile = slotAt(t, leaf * capacity, cols);
      for (let i = 0; i < capacity && met < needed; i += 4, tile += <usize>cols << 4) {
        let mask = i32x4.bitmask(f32x4.le(squares(tile, fours, cols), loose));
        for (; mask != 0; mask &= mask - 1)
          if (square(tile + (<usize>ctz(mask) << 2), s, cols) <= limit) met++;
      }
    }
    if (met >= needed) store<i32>(i32At(place(t, GROUP), slot), slot);
  }
  done(piece, t, effort);
}

@inline
function load32(p: usize): i32 {
  return ASC_FEATURE_THREADS ? atomic.load<i32>(p) : load<i32>(p);
}

/** The root of a slot's group; GROUP is a forest whose links point to lower numbers. */
function find(group: usize, slot: i32): i32 {
  let up = load32(i32At(group, slot));
  while (up != slot) {
    const over = load32(i32At(group, up));
    if (over == up) return up;
    if (ASC_FEATURE_THREADS) atomic.store<i32>(i32At(group, slot), over);
    else store<i32>(i32At(group, slot), over);
    slot = over;
    up = load32(i32At(group, slot));
  }
  return slot;
}

/** Joins two groups, from several threads at once (Anderson & Woll 1991): the higher root is hung on the lower, if it is still one. */
function unite(group: usize, a: i32, b: i32): void {
  for (;;) {
    a = find(group, a);
    b = find(group, b);
    if (a == b) return;
    const low = min(a, b);
    const high = max(a, b);
    if (ASC_FEATURE_THREADS) {
      if (atomic.cmpxchg<i32>(i32At(group, high), high, low) == high) return;
    } else {
      store<i32>(i32At(group, high), low);
      return;
    }
  }
}

/** Joins the groups of each of 8 slots with those of all others that have one and are not farther than `limit` (squared). */
export function join(piece: i32, t: usize, from: i32, limit: f64): void {
  if (!may(piece, t)) return;
  const cols = word(t, COLS);
  const capacity = word(t, CAPACITY);
  const inner = (1 << word(t, LEVELS)) - 1;
  const group = place(t, GROUP);
  const s = place(t, SCRATCH) + <usize>piece * place(t, STRIDE);
  const fours = s + (<usize>cols << 4);
  const first = (from + piece) * PIECE;
  const end = min(first + PIECE, capacity << word(t, LEVELS));
  const loose = roomy(limit, cols);
  let effort = 0;
  for (let slot = first; slot < end; slot++) {
    if (load32(i32At(group, slot)) < 0) continue;
    ask(s, slotAt(t, slot, cols), 16, cols);
    begin(s, cols);
    const root = find(group, slot);
    for (let leaf = 0; (leaf = next(t, s, cols, limit, root)) >= 0; effort += capacity) {
      const tag = load<i32>(i32At(place(t, NODES), inner + leaf));
      if (tag == EMPTY || (tag >= 0 && find(group, tag) == find(group, slot))) continue;
      const start = leaf * capacity;
      let tile = slotAt(t, start, cols);
      for (let at = start; at < start + capacity; at += 4, tile += <usize>cols << 4) {
        let mask = i32x4.bitmask(f32x4.le(squares(tile, fours, cols), loose));
        for (; mask != 0; mask &= mask - 1) {
          const other = at + ctz(mask);
          if (load32(i32At(group, other)) < 0) continue;
          if (!(square(tile + (<usize>ctz(mask) << 2), s, cols) <= limit)) continue;
          unite(group, slot, other);
          if (tag >= 0) {
            at = start + capacity;
            break;
          }
        }
      }
    }
  }
  done(piece, t, effort);
}

/** NODES from GROUP: the group that all slots below a node are of; MIXED, or EMPTY where none has one. */
export function tag(t: usize): void {
  const levels = word(t, LEVELS);
  const capacity = word(t, CAPACITY);
  const group = place(t, GROUP);
  const nodes = place(t, NODES);
  const inner = (1 << levels) - 1;
  for (let leaf = 0; leaf <= inner; leaf++) {
    let own = EMPTY;
    for (let slot = leaf * capacity; slot < (leaf + 1) * capacity && own != MIXED; slot++)
      if (load<i32>(i32At(group, slot)) >= 0) own = both(own, find(group, slot));
    store<i32>(i32At(nodes, inner + leaf), own);
  }
  for (let v = inner - 1; v >= 0; v--)
    store<i32>(i32At(nodes, v), both(load<i32>(i32At(nodes, 2 * v + 1)), load<i32>(i32At(nodes, 2 * v + 2))));
}

@inline
export function both(a: i32, b: i32): i32 {
  return a == b || b == EMPTY ? a : a == EMPTY ? b : MIXED;
}

/** WHO of 8 slots without a group: the least BEST of the slots with a group that are not farther than `limit` (squared), as a number; −1: none. */
export function border(piece: i32, t: usize, from: i32, limit: f64): void {
  if (!may(piece, t)) return;
  const cols = word(t, COLS);
  const capacity = word(t, CAPACITY);
  const group = place(t, GROUP);
  const best = place(t, BEST);
  const s = place(t, SCRATCH) + <usize>piece * place(t, STRIDE);
  const fours = s + (<usize>cols << 4);
  const first = (from + piece) * PIECE;
  const end = min(first + PIECE, capacity << word(t, LEVELS));
  const loose = roomy(limit, cols);
  let effort = 0;
  for (let slot = first; slot < end; slot++) {
    if (load<i32>(i32At(group, slot)) >= 0 || load<i32>(i32At(place(t, ROW_OF), slot)) < 0) continue;
    ask(s, slotAt(t, slot, cols), 16, cols);
    begin(s, cols);
    let least: f64 = Infinity;
    for (let leaf = 0; (leaf = next(t, s, cols, limit, NOBODY)) >= 0; effort += capacity) {
      const start = leaf * capacity;
      let tile = slotAt(t, start, cols);
      for (let at = start; at < start + capacity; at += 4, tile += <usize>cols << 4) {
        let mask = i32x4.bitmask(f32x4.le(squares(tile, fours, cols), loose));
        for (; mask != 0; mask &= mask - 1) {
          const other = at + ctz(mask);
          if (load<i32>(i32At(group, other)) < 0 || !(load<f64>(f64At(best, other)) < least)) continue;
          if (square(tile + (<usize>ctz(mask) << 2), s, cols) <= limit) least = load<f64>(f64At(best, other));
        }
      }
    }
    store<i32>(i32At(place(t, WHO), slot), least < Infinity ? <i32>least : -1);
  }
  done(piece, t, effort);
}
