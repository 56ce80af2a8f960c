// AssemblyScript: rows go to their nearest mean, eight rows and four means at a time. See src/segments/kernels/lloyd.ts for what is calculated;
// here is only how to do less of it: a row whose mean was nearer than every other by more than the means have moved since is not looked at.

const LANES = 8;
const BLOCK = 1024; // rows whose gaps are looked through before their distances are calculated
const NONE: u16 = 0xffff;

/** Of rows `piece · size` on: sum, least and greatest of each column, as float64 [3 × cols] at `out` + piece. */
export function survey(
  piece: i32,
  size: i32,
  rows: i32,
  cols: i32,
  x: usize,
  out: usize,
): void {
  const own = out + (<usize>piece * cols * 3 * 8);
  for (let c = 0; c < cols; c++) {
    store<f64>(own + (<usize>c << 3), 0);
    store<f64>(own + (<usize>(cols + c) << 3), Infinity);
    store<f64>(own + (<usize>(2 * cols + c) << 3), -Infinity);
  }
  const end = min(rows, (piece + 1) * size);
  let p = x + ((<usize>piece * size * cols) << 2);
  for (let r = piece * size; r < end; r++) {
    let q = own;
    for (let c = 0; c < cols; c++, p += 4, q += 8) {
      const value = <f64>load<f32>(p);
      store<f64>(q, load<f64>(q) + value);
      const low = q + (<usize>cols << 3);
      const high = low + (<usize>cols << 3);
      store<f64>(low, min(load<f64>(low), value));
      store<f64>(high, max(load<f64>(high), value));
    }
  }
}

/**
 * Takes `middles` out of the same rows, scales them and rounds them to the grid of their column; `out` gets their sum of squares as
 * float64.
 */
export function settle(
  piece: i32,
  size: i32,
  rows: i32,
  cols: i32,
  x: usize,
  middles: usize,
  grids: usize,
  scale: f64,
  out: usize,
): void {
  const end = min(rows, (piece + 1) * size);
  let p = x + ((<usize>piece * size * cols) << 2);
  let all: f64 = 0;
  for (let r = piece * size; r < end; r++) {
    let own: f64 = 0;
    for (let c = 0; c < cols; c++, p += 4) {
      const grid = load<f64>(grids + (<usize>c << 3));
      const value = (<f64>load<f32>(p) - load<f64>(middles + (<usize>c << 3))) * scale;
      const rounded = <f32>(nearest(value * grid) / grid);
      store<f32>(p, rounded);
      own += <f64>rounded * <f64>rounded;
    }
    all += own;
  }
  store<f64>(out + (<usize>piece << 3), all);
}

@inline
function madd<T>(a: v128, b: v128, c: v128): v128 {
  if (isFloat<T>() && ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * The tile at `tile` holds eight rows, column by column. Behind it (at `tile` + 32 · cols) go the least and the second least of
 * ½‖mean‖² − row · mean for each row, and which mean it was: 3 × 8 words. `means` are negated, four side by side.
 */
function decide<T>(tile: usize, cols: i32, wide: i32, means: usize, half: usize): void {
  let low0 = f32x4.splat(Infinity);
  let low1 = low0;
  let next0 = low0;
  let next1 = low0;
  let at0 = i32x4.splat(0);
  let at1 = at0;
  let q = means;
  for (let m = 0; m < wide; m += 4) {
    let a0 = v128.load32_splat(half + (<usize>m << 2));
    let a1 = v128.load32_splat(half + (<usize>m << 2), 4);
    let a2 = v128.load32_splat(half + (<usize>m << 2), 8);
    let a3 = v128.load32_splat(half + (<usize>m << 2), 12);
    let b0 = a0;
    let b1 = a1;
    let b2 = a2;
    let b3 = a3;
    const stop = tile + (<usize>cols << 5);
    for (let p = tile; p < stop; p += 32, q += 16) {
      const x0 = v128.load(p);
      const x1 = v128.load(p, 16);
      const m0 = v128.load32_splat(q);
      const m1 = v128.load32_splat(q, 4);
      const m2 = v128.load32_splat(q, 8);
      const m3 = v128.load32_splat(q, 12);
      a0 = madd<T>(x0, m0, a0);
      b0 = madd<T>(x1, m0, b0);
      a1 = madd<T>(x0, m1, a1);
      b1 = madd<T>(x1, m1, b1);
      a2 = madd<T>(x0, m2, a2);
      b2 = madd<T>(x1, m2, b2);
      a3 = madd<T>(x0, m3, a3);
      b3 = madd<T>(x1, m3, b3);
    }
    let id = i32x4.splat(m);
    const one = i32x4.splat(1);
    next0 = f32x4.min(next0, f32x4.max(low0, a0));
    at0 = v128.bitselect(id, at0, f32x4.lt(a0, low0));
    low0 = f32x4.min(low0, a0);
    next1 = f32x4.min(next1, f32x4.max(low1, b0));
    at1 = v128.bitselect(id, at1, f32x4.lt(b0, low1));
    low1 = f32x4.min(low1, b0);
    id = i32x4.add(id, one);
    next0 = f32x4.min(next0, f32x4.max(low0, a1));
    at0 = v128.bitselect(id, at0, f32x4.lt(a1, low0));
    low0 = f32x4.min(low0, a1);
    next1 = f32x4.min(next1, f32x4.max(low1, b1));
    at1 = v128.bitselect(id, at1, f32x4.lt(b1, low1));
    low1 = f32x4.min(low1, b1);
    id = i32x4.add(id, one);
    next0 = f32x4.min(next0, f32x4.max(low0, a2));
    at0 = v128.bitselect(id, at0, f32x4.lt(a2, low0));
    low0 = f32x4.min(low0, a2);
    next1 = f32x4.min(next1, f32x4.max(low1, b2));
    at1 = v128.bitselect(id, at1, f32x4.lt(b2, low1));
    low1 = f32x4.min(low1, b2);
    id = i32x4.add(id, one);
    next0 = f32x4.min(next0, f32x4.max(low0, a3));
    at0 = v128.bitselect(id, at0, f32x4.lt(a3, low0));
    low0 = f32x4.min(low0, a3);
    next1 = f32x4.min(next1, f32x4.max(low1, b3));
    at1 = v128.bitselect(id, at1, f32x4.lt(b3, low1));
    low1 = f32x4.min(low1, b3);
  }
  const out = tile + (<usize>cols << 5);
  v128.store(out, low0);
  v128.store(out, low1, 16);
  v128.store(out, next0, 32);
  v128.store(out, next1, 48);
  v128.store(out, at0, 64);
  v128.store(out, at1, 80);
}

/** Puts the rows numbered at `list` (eight of them) into the tile; their sums of squares go to `tile` + 32 · cols + 96. */
function gather(tile: usize, list: usize, cols: i32, x: usize): void {
  const bytes = <usize>cols << 2;
  const r0 = x + <usize>load<u32>(list) * bytes;
  const r1 = x + <usize>load<u32>(list, 4) * bytes;
  const r2 = x + <usize>load<u32>(list, 8) * bytes;
  const r3 = x + <usize>load<u32>(list, 12) * bytes;
  const r4 = x + <usize>load<u32>(list, 16) * bytes;
  const r5 = x + <usize>load<u32>(list, 20) * bytes;
  const r6 = x + <usize>load<u32>(list, 24) * bytes;
  const r7 = x + <usize>load<u32>(list, 28) * bytes;
  let n0 = f32x4.splat(0);
  let n1 = n0;
  let p = tile;
  const whole = <usize>(cols & ~3) << 2;
  for (let at: usize = 0; at < whole; at += 16, p += 128) {
    let a = v128.load(r0 + at);
    let b = v128.load(r1 + at);
    let c = v128.load(r2 + at);
    let d = v128.load(r3 + at);
    let ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    let ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    let cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    let cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    let t0 = v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5);
    let t1 = v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7);
    let t2 = v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5);
    let t3 = v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7);
    v128.store(p, t0);
    v128.store(p, t1, 32);
    v128.store(p, t2, 64);
    v128.store(p, t3, 96);
    n0 = f32x4.add(f32x4.add(f32x4.add(f32x4.add(n0, f32x4.mul(t0, t0)), f32x4.mul(t1, t1)), f32x4.mul(t2, t2)), f32x4.mul(t3, t3));
    a = v128.load(r4 + at);
    b = v128.load(r5 + at);
    c = v128.load(r6 + at);
    d = v128.load(r7 + at);
    ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    t0 = v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5);
    t1 = v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7);
    t2 = v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5);
    t3 = v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7);
    v128.store(p, t0, 16);
    v128.store(p, t1, 48);
    v128.store(p, t2, 80);
    v128.store(p, t3, 112);
    n1 = f32x4.add(f32x4.add(f32x4.add(f32x4.add(n1, f32x4.mul(t0, t0)), f32x4.mul(t1, t1)), f32x4.mul(t2, t2)), f32x4.mul(t3, t3));
  }
  for (let at = whole; at < bytes; at += 4, p += 32) {
    store<f32>(p, load<f32>(r0 + at));
    store<f32>(p, load<f32>(r1 + at), 4);
    store<f32>(p, load<f32>(r2 + at), 8);
    store<f32>(p, load<f32>(r3 + at), 12);
    store<f32>(p, load<f32>(r4 + at), 16);
    store<f32>(p, load<f32>(r5 + at), 20);
    store<f32>(p, load<f32>(r6 + at), 24);
    store<f32>(p, load<f32>(r7 + at), 28);
    const t0 = v128.load(p);
    const t1 = v128.load(p, 16);
    n0 = f32x4.add(n0, f32x4.mul(t0, t0));
    n1 = f32x4.add(n1, f32x4.mul(t1, t1));
  }
  const out = tile + (<usize>cols << 5);
  v128.store(out, n0, 96);
  v128.store(out, n1, 112);
}

/** Where the least is nearer than the second least for certain, and by how much in distance: see `error` below. Four lanes at `out`. */
@inline
function gapOf(out: usize, error: f32, reach: f32): v128 {
  const two = f32x4.splat(2);
  const zero = f32x4.splat(0);
  const norm = v128.load(out, 96);
  const wrong = f32x4.mul(f32x4.splat(error), f32x4.add(norm, f32x4.splat(reach)));
  const near = f32x4.add(f32x4.add(f32x4.mul(two, v128.load(out)), norm), wrong);
  const far = f32x4.sub(f32x4.add(f32x4.mul(two, v128.load(out, 32)), norm), wrong);
  const gap = f32x4.sub(f32x4.sqrt(f32x4.max(far, zero)), f32x4.sqrt(f32x4.max(near, zero)));
  return f32x4.sub(gap, f32x4.mul(two, f32x4.sqrt(wrong)));
}

@inline
function unsure(out: usize, error: f32, reach: f32): bool {
  const wrong = f32x4.mul(f32x4.splat(error), f32x4.add(v128.load(out, 96), f32x4.splat(reach)));
  const sure = f32x4.gt(f32x4.sub(v128.load(out, 32), v128.load(out)), wrong);
  return !i32x4.all_true(sure);
}

/** Adds row `p` to (or with `sign` −1 takes it from) the float64 sums at `q`. */
@inline
function addRow(p: usize, q: usize, cols: i32, sign: f64): void {
  const signs = f64x2.splat(sign);
  let c = 0;
  for (; c + 2 <= cols; c += 2, p += 8, q += 16) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(p));
    v128.store(q, f64x2.add(v128.load(q), f64x2.mul(pair, signs)));
  }
  if (c < cols) store<f64>(q, load<f64>(q) + sign * <f64>load<f32>(p));
}

/**
 * Rows `piece · size` on go to the nearest of `k` means (in `wide` places, a multiple of 4). `gaps` say how much nearer the own mean was than
 * any other; `slack` [k] is how much of that the last move of the means can have used up. `work` has room for a tile and a list of rows, each
 * piece its own (`stride` bytes). What changed goes to `sums` [pieces × k × cols] and `counts` [pieces × (k + 1)], the last of which is
 * how many rows moved. `error` bounds the rounding of a value relative to ‖row‖² + `reach`.
 */
export function assign(
  piece: i32,
  size: i32,
  rows: i32,
  cols: i32,
  k: i32,
  wide: i32,
  x: usize,
  means: usize,
  half: usize,
  slack: usize,
  labels: usize,
  gaps: usize,
  work: usize,
  stride: i32,
  sums: usize,
  counts: usize,
  error: f32,
  reach: f32,
): void {
  const tile = work + <usize>piece * stride;
  const out = tile + (<usize>cols << 5);
  const lanes = out + 128; // gaps of the eight rows
  const list = lanes + 32;
  const ownSums = sums + ((<usize>piece * k * cols) << 3);
  const ownCounts = counts + ((<usize>piece * (k + 1)) << 2);
  memory.fill(ownSums, 0, (<usize>k * cols) << 3);
  memory.fill(ownCounts, 0, <usize>(k + 1) << 2);
  const end = min(rows, (piece + 1) * size);
  let moved = 0;
  for (let from = piece * size; from < end; from += BLOCK) {
    const to = min(end, from + BLOCK);
    let listed = 0;
    for (let r = from; r < to; r++) {
      const label = load<u16>(labels + (<usize>r << 1));
      if (label != NONE) {
        const g = gaps + (<usize>r << 2);
        const gap = load<f32>(g) - load<f32>(slack + (<usize>label << 2));
        store<f32>(g, gap);
        if (gap > 0) continue;
      }
      store<u32>(list + (<usize>listed << 2), r);
      listed++;
    }
    for (let i = 0; i < listed; i += LANES) {
      const taken = min(LANES, listed - i);
      const rowsAt = list + (<usize>i << 2);
      for (let n = taken; n < LANES; n++) store<u32>(rowsAt + (<usize>n << 2), load<u32>(rowsAt));
      gather(tile, rowsAt, cols, x);
      decide<f32>(tile, cols, wide, means, half);
      if (ASC_FEATURE_RELAXED_SIMD) {
        if (unsure(out, error, reach) || unsure(out + 16, error, reach))
          decide<i32>(tile, cols, wide, means, half);
      }
      v128.store(lanes, gapOf(out, error, reach));
      v128.store(lanes, gapOf(out + 16, error, reach), 16);
      for (let n = 0; n < taken; n++) {
        const r = <usize>load<u32>(rowsAt + (<usize>n << 2));
        const now = load<u32>(out + (<usize>n << 2), 64);
        store<f32>(gaps + (r << 2), load<f32>(lanes + (<usize>n << 2)));
        const old = load<u16>(labels + (r << 1));
        if (<u32>old == now) continue;
        store<u16>(labels + (r << 1), <u16>now);
        moved++;
        const row = x + ((r * cols) << 2);
        if (old != NONE) {
          const lost = ownCounts + (<usize>old << 2);
          store<i32>(lost, load<i32>(lost) - 1);
          addRow(row, ownSums + ((<usize>old * cols) << 3), cols, -1);
        }
        const won = ownCounts + (<usize>now << 2);
        store<i32>(won, load<i32>(won) + 1);
        addRow(row, ownSums + ((<usize>now * cols) << 3), cols, 1);
      }
    }
  }
  store<i32>(ownCounts + (<usize>k << 2), moved);
}
