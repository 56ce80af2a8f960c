// AssemblyScript: approximate nearest neighbours. Random-projection trees, then neighbours of neighbours; each row writes only its own list,
// from the lists of the round before, so that threads do not matter. Twin: src/segments/kernels/descent.ts.
import { offer, squared } from './neighbour-list';

export { plant } from './planting';

const ROWS_A_PIECE = 512;
/** Pairs that `explore` remembers, and the candidates of one row: 64 neighbours and 64 others, each with 64 and itself, and three more. */
const SLOTS = 2048;
const SCRATCH = SLOTS * 8 + 128 * 65 * 4 + 16;

/** Squares between row `v` and four rows. */
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
