// AssemblyScript: rounds of Borůvka for the spanning tree. Part of tree.ts.
import { COLS, LEVELS, CAPACITY, NEIGHBOURS, SCRATCH, STRIDE, NEAR, FAR, GROUP, BEST, WHO, LOW, BOUND, PIECE, word, place, may, done, f64At, i32At } from './tree-table';
import { slotAt, ask, begin, next, squares, square, roomy, below } from './tree-walk';

@inline
function boundAt(p: usize): f64 {
  return ASC_FEATURE_THREADS ? reinterpret<f64>(atomic.load<i64>(p)) : load<f64>(p);
}

/** Lowers a shared number. Positive float64 numbers are in the order of their bits. */
export function lower(p: usize, value: f64): void {
  if (ASC_FEATURE_THREADS) {
    let seen = atomic.load<i64>(p);
    while (reinterpret<i64>(value) < seen) {
      const was = atomic.cmpxchg<i64>(p, seen, reinterpret<i64>(value));
      if (was == seen) return;
      seen = was;
    }
  } else if (value < load<f64>(p)) store<f64>(p, value);
}

/**
 * For 8 slots: BEST and WHO are the nearest of another group by mutual reachability that is known, from the last round or among the nearest;
 * the BOUND of their group is lowered to it. Infinity and −1: none is known.
 */
export function propose(piece: i32, t: usize, from: i32): void {
  if (!may(piece, t)) return;
  const k = word(t, NEIGHBOURS);
  const group = place(t, GROUP);
  const far = place(t, FAR);
  const first = (from + piece) * PIECE;
  const end = min(first + PIECE, word(t, CAPACITY) << word(t, LEVELS));
  for (let slot = first; slot < end; slot++) {
    const own = load<i32>(i32At(group, slot));
    if (own < 0) continue;
    const bestAt = f64At(place(t, BEST), slot);
    const whoAt = i32At(place(t, WHO), slot);
    let who = load<i32>(whoAt);
    let best = load<f64>(bestAt);
    if (who < 0 || load<i32>(i32At(group, who)) == own) {
      who = -1;
      best = Infinity;
      const core = load<f64>(f64At(far, slot));
      const near = place(t, NEAR) + ((<usize>slot * k) << 2);
      for (let i = 0; i < k; i++) {
        const other = load<i32>(i32At(near, i));
        if (load<i32>(i32At(group, other)) == own) continue;
        const w = max(core, load<f64>(f64At(far, other)));
        if (!(w < best)) continue;
        best = w;
        who = other;
        if (w == core) break;
      }
      store<f64>(bestAt, best);
      store<i32>(whoAt, who);
    }
    if (who >= 0) lower(f64At(place(t, BOUND), own), best);
  }
  done(piece, t, (PIECE * k) >> 2);
}

/**
 * For 8 slots: looks for a nearer one of another group than BEST, as far as it can still be the nearest of the whole group (BOUND). LOW is
 * what a slot's nearest is at least; where BEST = LOW it is known.
 */
export function seek(piece: i32, t: usize, from: i32): void {
  if (!may(piece, t)) return;
  const cols = word(t, COLS);
  const capacity = word(t, CAPACITY);
  const group = place(t, GROUP);
  const far = place(t, FAR);
  const s = place(t, SCRATCH) + <usize>piece * place(t, STRIDE);
  const fours = s + (<usize>cols << 4);
  const first = (from + piece) * PIECE;
  const end = min(first + PIECE, capacity << word(t, LEVELS));
  let effort = 4;
  for (let slot = first; slot < end; slot++) {
    const own = load<i32>(i32At(group, slot));
    if (own < 0) continue;
    const lowAt = f64At(place(t, LOW), slot);
    const bestAt = f64At(place(t, BEST), slot);
    const whoAt = i32At(place(t, WHO), slot);
    const shared = f64At(place(t, BOUND), own);
    const low = load<f64>(lowAt);
    let best = load<f64>(bestAt);
    let who = load<i32>(whoAt);
    let bound = boundAt(shared);
    if (low > bound || (who >= 0 && best <= low)) continue;
    const core = load<f64>(f64At(far, slot));
    const same = i32x4.splat(own);
    ask(s, slotAt(t, slot, cols), 16, cols);
    begin(s, cols);
    let limit = min(min(bound, below(best)), f64.MAX_VALUE);
    for (let leaf = 0; (leaf = next(t, s, cols, limit, own)) >= 0; effort += capacity) {
      const start = leaf * capacity;
      let tile = slotAt(t, start, cols);
      let loose = limit < f64.MAX_VALUE ? roomy(limit, cols) : f32x4.splat(Infinity);
      for (let at = start; at < start + capacity; at += 4, tile += <usize>cols << 4) {
        const others = i32x4.ne(v128.load(i32At(group, at)), same);
        if (!v128.any_true(others)) continue;
        let mask = i32x4.bitmask(v128.and(others, f32x4.le(squares(tile, fours, cols), loose)));
        for (; mask != 0; mask &= mask - 1) {
          const other = at + ctz(mask);
          const theirs = load<f64>(f64At(far, other));
          if (theirs > limit) continue;
          const w = max(max(core, theirs), square(tile + (<usize>ctz(mask) << 2), s, cols));
          if (!(w <= limit)) continue;
          best = w;
          who = other;
          limit = w > 0 ? below(w) : -1;
          loose = roomy(limit, cols);
        }
      }
      if (best <= low) break;
      bound = boundAt(shared);
      if (best < bound) lower(shared, best);
      else limit = min(limit, bound);
    }
    if (best < bound) lower(shared, best);
    bound = boundAt(shared);
    if (best > bound) {
      best = Infinity;
      who = -1;
    }
    store<f64>(lowAt, max(low, min(best, bound)));
    store<f64>(bestAt, best);
    store<i32>(whoAt, who);
  }
  done(piece, t, effort);
}
