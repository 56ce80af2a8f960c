// AssemblyScript: a k-d tree in leaf order and the searches on it. See src/segments/kernels/tree.ts for what is calculated; here four slots are
// compared at a time in float32, with room for its rounding, and only what passes is calculated in float64. So every build gives the same.

// `t` points to a table of 32-bit words: shape and addresses, in the order of `Table` in workers/kernels/tree.ts.
const ROWS: usize = 0;
const COLS: usize = 4;
const LEVELS: usize = 8;
const CAPACITY: usize = 12;
const NEIGHBOURS: usize = 16;
const X: usize = 20;
const ORDER: usize = 24;
const KEYS: usize = 28;
const BOXES: usize = 32;
const TILES: usize = 36;
const ROW_OF: usize = 40;
const SCRATCH: usize = 44;
const STRIDE: usize = 48;
const EFFORT: usize = 52;
const NEAR: usize = 56;
const FAR: usize = 60;
const GROUP: usize = 64;
const NODES: usize = 68;
const BEST: usize = 72;
const WHO: usize = 76;
const LOW: usize = 80;
const BOUND: usize = 84;
const ASKED: usize = 88;
const FOUND: usize = 92;
const FOUND_FAR: usize = 96;
const BUDGET: usize = 100;
const SPENT: usize = 104;

const PIECE = 8;
const MIXED = -1;
const EMPTY = -2;
const NOBODY = -3; // a group that no node has
const STACK: usize = 64 * 16;

@inline
function word(t: usize, field: usize): i32 {
  return load<i32>(t + field);
}

@inline
function place(t: usize, field: usize): usize {
  return <usize>load<u32>(t + field);
}

/** Whether there is effort left for a piece; of those that were not done it says −1. The first is always done. */
function may(piece: i32, t: usize): bool {
  const spent = ASC_FEATURE_THREADS ? atomic.load<i32>(t + SPENT) : load<i32>(t + SPENT);
  if (piece == 0 || spent <= word(t, BUDGET)) return true;
  store<i32>(i32At(place(t, EFFORT), piece), -1);
  return false;
}

function done(piece: i32, t: usize, effort: i32): void {
  store<i32>(i32At(place(t, EFFORT), piece), effort);
  if (ASC_FEATURE_THREADS) atomic.add<i32>(t + SPENT, effort);
  else store<i32>(t + SPENT, load<i32>(t + SPENT) + effort);
}

@inline
function f64At(base: usize, i: i32): usize {
  return base + (<usize>i << 3);
}

@inline
function i32At(base: usize, i: i32): usize {
  return base + (<usize>i << 2);
}

/** First of the rows, in order, that node `j` of `level` holds. */
@inline
function startOf(rows: i32, j: i32, level: i32): i32 {
  return <i32>((<i64>j * <i64>rows) >> level);
}

/**
 * Node `from + piece` of `level`: its box goes to its parent, and its rows are divided at the middle of its widest column, or copied into
 * their slots where it is a leaf.
 */
export function split(piece: i32, t: usize, from: i32, level: i32): void {
  const j = from + piece;
  const rows = word(t, ROWS);
  const cols = word(t, COLS);
  const x = place(t, X);
  const order = place(t, ORDER);
  const low = startOf(rows, j, level);
  const high = startOf(rows, j + 1, level);
  const v = (1 << level) - 1 + j;
  const box = v == 0 ? place(t, SCRATCH) : place(t, BOXES) + ((<usize>((v - 1) >> 1) * cols) << 4) + (<usize>((v - 1) & 1) << 2);
  let widest = 0;
  let width: f64 = -1;
  for (let c = 0; c < cols; c++) {
    store<f32>(box + (<usize>c << 4), Infinity);
    store<f32>(box + (<usize>c << 4), -Infinity, 8);
  }
  for (let i = low; i < high; i++) {
    let p = x + ((<usize>load<u32>(i32At(order, i)) * cols) << 2);
    let b = box;
    for (let c = 0; c < cols; c++, p += 4, b += 16) {
      const value = load<f32>(p);
      if (value < load<f32>(b)) store<f32>(b, value);
      if (value > load<f32>(b, 8)) store<f32>(b, value, 8);
    }
  }
  if (level == word(t, LEVELS)) return copy(t, j, low, high);
  for (let c = 0; c < cols; c++) {
    const b = box + (<usize>c << 4);
    const own = <f64>load<f32>(b, 8) - <f64>load<f32>(b);
    if (own > width) {
      width = own;
      widest = c;
    }
  }
  const keys = place(t, KEYS);
  for (let i = low; i < high; i++)
    store<f32>(i32At(keys, i), load<f32>(x + ((<usize>load<u32>(i32At(order, i)) * cols + widest) << 2)));
  select(keys, order, low, high, startOf(rows, 2 * j + 1, level + 1));
}

/** Puts the `middle`th least key into its place, the lesser before it and the greater behind it; `order` moves along (Hoare 1961). */
function select(keys: usize, order: usize, low: i32, high: i32, middle: i32): void {
  let state: u32 = 1;
  let left = low;
  let right = high - 1;
  while (left < right) {
    state = state * 1664525 + 1013904223;
    const pivot = load<f32>(i32At(keys, left + <i32>((<u64>state * <u64>(right - left + 1)) >> 32)));
    let i = left;
    let j = right;
    do {
      while (load<f32>(i32At(keys, i)) < pivot) i++;
      while (load<f32>(i32At(keys, j)) > pivot) j--;
      if (i > j) break;
      const key = load<f32>(i32At(keys, i));
      store<f32>(i32At(keys, i), load<f32>(i32At(keys, j)));
      store<f32>(i32At(keys, j), key);
      const row = load<u32>(i32At(order, i));
      store<u32>(i32At(order, i), load<u32>(i32At(order, j)));
      store<u32>(i32At(order, j), row);
      i++;
      j--;
    } while (i <= j);
    if (middle <= j) right = j;
    else if (middle >= i) left = i;
    else return;
  }
}

/** Rows `low` to `high`, in order, into the slots of `leaf`: four side by side, column by column. Slots that stay empty hold NaN and row −1. */
function copy(t: usize, leaf: i32, low: i32, high: i32): void {
  const cols = word(t, COLS);
  const capacity = word(t, CAPACITY);
  const order = place(t, ORDER);
  const rowOf = place(t, ROW_OF);
  for (let i = 0; i < capacity; i++) {
    const slot = leaf * capacity + i;
    let to = slotAt(t, slot, cols);
    const row = low + i < high ? load<i32>(i32At(order, low + i)) : -1;
    store<i32>(i32At(rowOf, slot), row);
    let p = place(t, X) + ((<usize>max(row, 0) * cols) << 2);
    for (let c = 0; c < cols; c++, p += 4, to += 16) store<f32>(to, row < 0 ? NaN : load<f32>(p));
  }
}

@inline
function slotAt(t: usize, slot: i32, cols: i32): usize {
  return place(t, TILES) + ((<usize>(slot >> 2) * cols) << 4) + (<usize>(slot & 3) << 2);
}

// Scratch of a piece: the question as float64 pairs [cols], as float32 fours [cols], a stack of (bound, node), and the squares of what was found.

/** Spreads the question at `p`, whose values stand `step` bytes apart. */
function ask(s: usize, p: usize, step: usize, cols: i32): void {
  const fours = s + (<usize>cols << 4);
  for (let c = 0; c < cols; c++, p += step) {
    const value = load<f32>(p);
    v128.store(s + (<usize>c << 4), f64x2.splat(<f64>value));
    v128.store(fours + (<usize>c << 4), f32x4.splat(value));
  }
}

@inline
function stackOf(s: usize, cols: i32): usize {
  return s + (<usize>cols << 5) + 16;
}

@inline
function listOf(s: usize, cols: i32): usize {
  return stackOf(s, cols) + STACK;
}

@inline
function begin(s: usize, cols: i32): void {
  const stack = stackOf(s, cols);
  store<f64>(stack, 0);
  store<i32>(stack, 0, 8);
  store<u32>(stack - 16, 16);
}

/** Squares from the question to the boxes of both children of a node. */
@inline
function apart(box: usize, s: usize, cols: i32): v128 {
  const zero = f64x2.splat(0);
  let sum = zero;
  const stop = s + (<usize>cols << 4);
  for (; s < stop; s += 16, box += 16) {
    const q = v128.load(s);
    const low = f64x2.promote_low_f32x4(v128.load64_zero(box));
    const high = f64x2.promote_low_f32x4(v128.load64_zero(box, 8));
    const d = f64x2.pmax(zero, f64x2.pmax(f64x2.sub(low, q), f64x2.sub(q, high)));
    sum = f64x2.add(sum, f64x2.mul(d, d));
  }
  return sum;
}

/** The next leaf, nearer child first, whose box is not farther than `limit`; passes over nodes of group `skip`. −1 when there is none. */
function next(t: usize, s: usize, cols: i32, limit: f64, skip: i32): i32 {
  const inner = (1 << word(t, LEVELS)) - 1;
  const boxes = place(t, BOXES);
  const nodes = place(t, NODES);
  const stack = stackOf(s, cols);
  let top = <usize>load<u32>(stack - 16);
  while (top > 0) {
    top -= 16;
    if (load<f64>(stack + top) > limit) continue;
    let v = load<i32>(stack + top, 8);
    for (;;) {
      if (v >= inner) {
        store<u32>(stack - 16, <u32>top);
        return v - inner;
      }
      const both = apart(boxes + ((<usize>v * cols) << 4), s, cols);
      const left = 2 * v + 1;
      let near = f64x2.extract_lane(both, 0);
      let far = f64x2.extract_lane(both, 1);
      if (skip != NOBODY) {
        const a = load<i32>(i32At(nodes, left));
        const b = load<i32>(i32At(nodes, left), 4);
        if (a == skip || a == EMPTY) near = Infinity;
        if (b == skip || b == EMPTY) far = Infinity;
      }
      let to = left;
      let other = left + 1;
      if (far < near) {
        const d = near;
        near = far;
        far = d;
        to = other;
        other = left;
      }
      if (far <= limit) {
        store<f64>(stack + top, far);
        store<i32>(stack + top, other, 8);
        top += 16;
      }
      if (!(near <= limit)) break;
      v = to;
    }
  }
  store<u32>(stack - 16, 0);
  return -1;
}

/** Squares to four slots, float32. */
@inline
function squares(tile: usize, fours: usize, cols: i32): v128 {
  let sum = f32x4.splat(0);
  const stop = tile + (<usize>cols << 4);
  for (; tile < stop; tile += 16, fours += 16) {
    const d = f32x4.sub(v128.load(tile), v128.load(fours));
    sum = ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(d, d, sum) : f32x4.add(sum, f32x4.mul(d, d));
  }
  return sum;
}

/** The square to one slot, float64, column by column. */
@inline
function square(slot: usize, s: usize, cols: i32): f64 {
  let sum: f64 = 0;
  const stop = s + (<usize>cols << 4);
  for (; s < stop; s += 16, slot += 16) {
    const d = <f64>load<f32>(slot) - load<f64>(s);
    sum += d * d;
  }
  return sum;
}

/** What a float32 square can at most be, of one that is not above `limit`. */
@inline
function roomy(limit: f64, cols: i32): v128 {
  return f32x4.splat(<f32>(limit * (1 + <f64>(cols + 8) * 1.2e-7) + 1e-40));
}

/** The greatest number below a positive one. */
@inline
function below(value: f64): f64 {
  return reinterpret<f64>(reinterpret<i64>(value) - 1);
}

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
function both(a: i32, b: i32): i32 {
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

@inline
function boundAt(p: usize): f64 {
  return ASC_FEATURE_THREADS ? reinterpret<f64>(atomic.load<i64>(p)) : load<f64>(p);
}

/** Lowers a shared number. Positive float64 numbers are in the order of their bits. */
function lower(p: usize, value: f64): void {
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
