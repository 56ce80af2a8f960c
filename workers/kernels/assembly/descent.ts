// AssemblyScript: approximate nearest neighbours. Random-projection trees, then neighbours of neighbours; each row writes only its own list,
// from the lists of the round before, so that threads do not matter. Twin: src/segments/kernels/descent.ts.
import { offer, squared } from './neighbour-list';

const ROWS_A_PIECE = 512;
/** Pairs that `explore` remembers, and the candidates of one row: 64 neighbours and 64 others, each with 64 and itself, and three more. */
const SLOTS = 2048;
/** Of a tree that grows: two numbers and 40 parts of three. */
const STATE = 512;
const SCRATCH = SLOTS * 8 + 128 * 65 * 4 + 16;

// @ts-ignore: decorator
@inline
function mixed(a: u32, b: u32, c: u32): u32 {
  let h = a * 0x9e3779b1 + b * 0x85ebca6b + c * 0xc2b2ae35;
  h = (h ^ (h >> 15)) * 0x2c1b3c6d;
  h = (h ^ (h >> 12)) * 0x297a2d39;
  return h ^ (h >> 15);
}

/** One of 0 … size − 1. */
// @ts-ignore: decorator
@inline
function below(size: i32, bits: u32): i32 {
  return <i32>(((<u64>bits) * (<u64>size)) >> 32);
}

/** How far row `r` is beyond the middle of rows `a` and `b`, on b's side: all [stride] floats, a multiple of four. */
// @ts-ignore: decorator
@inline
function side(r: usize, a: usize, b: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  const half = f32x4.splat(0.5);
  for (let c: usize = 0; c < bytes; c += 16) {
    const va = v128.load(a + c);
    const vb = v128.load(b + c);
    const middle = f32x4.mul(half, f32x4.add(va, vb));
    sum = f32x4.add(sum, f32x4.mul(f32x4.sub(v128.load(r + c), middle), f32x4.sub(vb, va)));
  }
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/**
 * Goes on with tree `piece` + `from` by random hyperplanes between two rows (Dasgupta & Freund 2008) until about `budget` rows have been put on a
 * side: `order` [rows] becomes its rows leaf by leaf, `ends` [rows] is 1 at the last of each leaf. Both lie piece after piece, and so does the
 * state, of STATE bytes: 0 or 1 when done, how many parts wait, and the parts (low, high, depth); the present part is the last. `isNew`: begins.
 */
export function plant(
  piece: i32,
  from: i32,
  data: usize,
  rows: i32,
  stride: i32,
  leaf: i32,
  seed: u32,
  orders: usize,
  ends: usize,
  states: usize,
  budget: i32,
  isNew: bool,
): void {
  const bytes: usize = (<usize>stride) << 2;
  const order = orders + ((<usize>piece * rows) << 2);
  const end = ends + <usize>piece * rows;
  const state = states + <usize>piece * STATE;
  const stack = state + 8;
  if (isNew) {
    for (let i = 0; i < rows; i++) store<i32>(order + ((<usize>i) << 2), i);
    memory.fill(end, 0, rows);
    store<i32>(state, 0);
    store<i32>(state, 1, 4);
    store<i32>(stack, 0);
    store<i32>(stack, rows, 4);
    store<i32>(stack, 0, 8);
  }
  let height = load<i32>(state, 4);
  let work = 0;
  while (height > 0 && work < budget) {
    height--;
    const low = load<i32>(stack + height * 12);
    const high = load<i32>(stack + height * 12, 4);
    let depth = load<i32>(stack + height * 12, 8);
    if (high - low <= leaf) {
      if (high > low) store<u8>(end + high - 1, 1);
      continue;
    }
    const size = high - low;
    work += size;
    const one = below(size, mixed(seed, <u32>(piece + from), <u32>(2 * low + depth * 31)));
    let two = below(size - 1, mixed(seed, <u32>(piece + from), <u32>(2 * high + depth * 57 + 1)));
    if (two >= one) two++;
    const a = data + <usize>load<i32>(order + ((<usize>(low + one)) << 2)) * bytes;
    const b = data + <usize>load<i32>(order + ((<usize>(low + two)) << 2)) * bytes;
    let i = low;
    let j = high;
    if (depth < 64) {
      while (i < j) {
        const at = order + ((<usize>i) << 2);
        const r = load<i32>(at);
        if (side(data + <usize>r * bytes, a, b, bytes) <= 0) i++;
        else {
          j--;
          const swap = order + ((<usize>j) << 2);
          store<i32>(at, load<i32>(swap));
          store<i32>(swap, r);
        }
      }
    }
    if (i == low || i == high) i = low + (size >> 1);
    depth++;
    // the larger part waits below, so that no more than log2(rows) + 1 do
    const isLeftLarger = i - low > high - i;
    const wait = stack + height * 12;
    store<i32>(wait, isLeftLarger ? low : i);
    store<i32>(wait, isLeftLarger ? i : high, 4);
    store<i32>(wait, depth, 8);
    store<i32>(wait, isLeftLarger ? i : low, 12);
    store<i32>(wait, isLeftLarger ? high : i, 16);
    store<i32>(wait, depth, 20);
    height += 2;
  }
  store<i32>(state, i32(height == 0));
  store<i32>(state, height, 4);
}

/** Squares between row `v` and four rows. */
// @ts-ignore: decorator
@inline
function four(v: usize, a: usize, b: usize, c: usize, d: usize, bytes: usize): v128 {
  let sa = f32x4.splat(0);
  let sb = sa;
  let sc = sa;
  let sd = sa;
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(v + at);
    sa = squared(sa, v128.load(a + at), x);
    sb = squared(sb, v128.load(b + at), x);
    sc = squared(sc, v128.load(c + at), x);
    sd = squared(sd, v128.load(d + at), x);
  }
  const ab01 = v128.shuffle<f32>(sa, sb, 0, 4, 1, 5); // a0 b0 a1 b1
  const ab23 = v128.shuffle<f32>(sa, sb, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(sc, sd, 0, 4, 1, 5);
  const cd23 = v128.shuffle<f32>(sc, sd, 2, 6, 3, 7);
  const low = f32x4.add(
    v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5), // a0 b0 c0 d0
    v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7),
  );
  const high = f32x4.add(
    v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5),
    v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7),
  );
  return f32x4.add(low, high);
}

// @ts-ignore: decorator
@inline
function rowOf(order: usize, i: i32): i32 {
  return load<i32>(order + ((<usize>i) << 2));
}

function both(ids: usize, squares: usize, k: i32, v: i32, w: i32, square: f32): void {
  const list: usize = (<usize>k) << 2;
  offer(ids + <usize>v * list, squares + <usize>v * list, k, square, w);
  offer(ids + <usize>w * list, squares + <usize>w * list, k, square, v);
}

/** Every row meets the others of its leaf. A leaf belongs to the piece in which it starts. */
export function meet(
  piece: i32,
  from: i32,
  data: usize,
  rows: i32,
  stride: i32,
  order: usize,
  ends: usize,
  k: i32,
  ids: usize,
  squares: usize,
): void {
  const bytes: usize = (<usize>stride) << 2;
  let start = from + piece * ROWS_A_PIECE;
  const stop = min(rows, start + ROWS_A_PIECE);
  while (start > 0 && start < stop && load<u8>(ends + start - 1) == 0) start++;
  while (start < stop) {
    let end = start + 1;
    while (load<u8>(ends + end - 1) == 0) end++;
    for (let i = start; i < end - 1; i++) {
      const v = rowOf(order, i);
      const own = data + <usize>v * bytes;
      for (let j = i + 1; j < end; j += 4) {
        const a = rowOf(order, j);
        const b = j + 1 < end ? rowOf(order, j + 1) : a;
        const c = j + 2 < end ? rowOf(order, j + 2) : a;
        const d = j + 3 < end ? rowOf(order, j + 3) : a;
        const got = four(
          own,
          data + <usize>a * bytes,
          data + <usize>b * bytes,
          data + <usize>c * bytes,
          data + <usize>d * bytes,
          bytes,
        );
        // offered twice is as good as once, so that the rest of a leaf needs no care
        both(ids, squares, k, v, a, f32x4.extract_lane(got, 0));
        both(ids, squares, k, v, b, f32x4.extract_lane(got, 1));
        both(ids, squares, k, v, c, f32x4.extract_lane(got, 2));
        both(ids, squares, k, v, d, f32x4.extract_lane(got, 3));
      }
    }
    start = end;
  }
}

/** Whether the pair was looked at lately; remembers it. What is forgotten is only looked at again. */
// @ts-ignore: decorator
@inline
function met(seen: usize, v: i32, w: i32): bool {
  const slot = seen + (((<u32>w * 0x9e3779b1) >> 21) << 3);
  const pair = (((<u64>v) << 32) | (<u64>w)) + 1;
  if (load<u64>(slot) == pair) return true;
  store<u64>(slot, pair);
  return false;
}

/**
 * One round of NN-descent (Dong, Moses & Li 2011), pulled: row v looks at the neighbours of its neighbours and of those that have it as one
 * (`backs`, from `backStarts` on, sign bit: fresh), where one of the two steps is fresh. Reads the lists `ids`, writes `nextIds`. `fresh`
 * [rows]: a bit a place in the list. `scratch`: SCRATCH bytes a piece. `changes` [all pieces].
 */
export function explore(
  piece: i32,
  from: i32,
  data: usize,
  rows: i32,
  stride: i32,
  k: i32,
  ids: usize,
  squares: usize,
  fresh: usize,
  backStarts: usize,
  backs: usize,
  nextIds: usize,
  nextSquares: usize,
  nextFresh: usize,
  scratch: usize,
  changes: usize,
): void {
  const bytes: usize = (<usize>stride) << 2;
  const list: usize = (<usize>k) << 2;
  const seen = scratch + <usize>piece * SCRATCH;
  const candidates = seen + SLOTS * 8;
  const whole = k < 64 ? ((<u64>1) << k) - 1 : ~(<u64>0);
  const first = from + piece * ROWS_A_PIECE;
  const last = min(rows, first + ROWS_A_PIECE);
  let changed = 0;
  for (let v = first; v < last; v++) {
    const oldIds = ids + <usize>v * list;
    const freshOwn = load<u64>(fresh + ((<usize>v) << 3));
    const back = load<i32>(backStarts + ((<usize>v) << 2));
    const backCount = load<i32>(backStarts + ((<usize>v) << 2), 4) - back;
    let top = candidates;
    for (let e = 0; e < k + backCount; e++) {
      let u: i32;
      let isFresh: bool;
      if (e < k) {
        u = load<i32>(oldIds + (e << 2));
        if (u < 0) continue;
        isFresh = ((freshOwn >> e) & 1) != 0;
      } else {
        const entry = load<i32>(backs + ((<usize>(back + e - k)) << 2));
        u = entry & 0x7fffffff;
        isFresh = entry < 0;
        if (isFresh && !met(seen, v, u)) {
          store<i32>(top, u);
          top += 4;
        }
      }
      const theirs = ids + <usize>u * list;
      let wanted = whole;
      if (!isFresh) wanted &= load<u64>(fresh + ((<usize>u) << 3));
      for (; wanted != 0; wanted &= wanted - 1) {
        const w = load<i32>(theirs + ((<usize>ctz(wanted)) << 2));
        if (w < 0 || w == v || met(seen, v, w)) continue;
        store<i32>(top, w);
        top += 4;
      }
    }
    const vi = nextIds + <usize>v * list;
    const vs = nextSquares + <usize>v * list;
    memory.copy(vi, oldIds, list);
    memory.copy(vs, squares + <usize>v * list, list);
    look(v, candidates, top, data, bytes, k, vi, vs);
    const marks = freshOf(k, oldIds, squares + <usize>v * list, vi, vs);
    store<u64>(nextFresh + ((<usize>v) << 3), marks);
    changed += <i32>popcnt(marks);
  }
  store<i32>(changes + ((<usize>(from / ROWS_A_PIECE + piece)) << 2), changed);
}

/** Measures row `v` against the candidates, four at a time, and keeps the nearest. */
function look(
  v: i32,
  candidates: usize,
  top: usize,
  data: usize,
  bytes: usize,
  k: i32,
  ids: usize,
  squares: usize,
): void {
  const own = data + <usize>v * bytes;
  const worst = squares + ((<usize>(k - 1)) << 2);
  while (((top - candidates) & 12) != 0 && top > candidates) {
    store<i32>(top, load<i32>(candidates)); // offered twice is as good as once
    top += 4;
  }
  for (let at = candidates; at < top; at += 16) {
    const a = load<i32>(at);
    const b = load<i32>(at, 4);
    const c = load<i32>(at, 8);
    const d = load<i32>(at, 12);
    const got = four(
      own,
      data + <usize>a * bytes,
      data + <usize>b * bytes,
      data + <usize>c * bytes,
      data + <usize>d * bytes,
      bytes,
    );
    if (!v128.any_true(f32x4.le(got, v128.load_splat<f32>(worst)))) continue;
    offer(ids, squares, k, f32x4.extract_lane(got, 0), a);
    offer(ids, squares, k, f32x4.extract_lane(got, 1), b);
    offer(ids, squares, k, f32x4.extract_lane(got, 2), c);
    offer(ids, squares, k, f32x4.extract_lane(got, 3), d);
  }
}

/** A bit for each place of the new list whose row is not in the old one; both are sorted alike. */
function freshOf(k: i32, oldIds: usize, oldSquares: usize, ids: usize, squares: usize): u64 {
  let marks: u64 = 0;
  let old = 0;
  for (let j = 0; j < k; j++) {
    const id = load<i32>(ids + (j << 2));
    if (id < 0) break;
    const square = load<f32>(squares + (j << 2));
    for (; old < k; old++) {
      const other = load<f32>(oldSquares + (old << 2));
      const row = load<i32>(oldIds + (old << 2));
      if (row < 0 || other > square || (other == square && row >= id)) break;
    }
    if (old >= k || load<i32>(oldIds + (old << 2)) != id) marks |= (<u64>1) << j;
  }
  return marks;
}
