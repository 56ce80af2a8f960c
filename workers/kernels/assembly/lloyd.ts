// AssemblyScript: rows go to their nearest mean, eight rows and four means at a time. See src/segments/kernels/lloyd.ts for what is calculated;
// here is only how to do less of it, in three steps (in the spirit of Hamerly 2010 and Drake & Hamerly 2012):
// 1. a row whose mean was nearer than every other by more than means have moved since is not looked at;
// 2. of the others, one whose two nearest means are still nearer than a bound on all the rest is measured against these two only;
// 3. what is left is measured against all.
// Bounds stand in whole `unit`s, rounded so that they always hold, also for values that are off by the rounding of float32.

const LANES = 8;
const BLOCK = 1024; // rows whose bounds are looked through before their distances are calculated
const MOST: f32 = 65535;
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
  const end = min(rows, (piece + 1) * size);
  const wide = <usize>cols << 3;
  for (let c = 0; c < cols; c++) {
    store<f64>(own + (<usize>c << 3), 0);
    store<f64>(own + (<usize>c << 3) + wide, Infinity);
    store<f64>(own + (<usize>c << 3) + 2 * wide, -Infinity);
  }
  for (let from = piece * size; from < end; from += 64) {
    const to = min(end, from + 64); // rows that stay in the nearest cache while their columns are gone through
    let c = 0;
    for (; c + 4 <= cols; c += 4) {
      const q = own + (<usize>c << 3);
      let s0 = v128.load(q);
      let s1 = v128.load(q, 16);
      let low = f32x4.splat(Infinity);
      let high = f32x4.splat(-Infinity);
      let p = x + ((<usize>from * cols + c) << 2);
      for (let r = from; r < to; r++, p += <usize>cols << 2) {
        const value = v128.load(p);
        s0 = f64x2.add(s0, f64x2.promote_low_f32x4(value));
        s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3)));
        low = f32x4.min(low, value);
        high = f32x4.max(high, value);
      }
      v128.store(q, s0);
      v128.store(q, s1, 16);
      widest(q + wide, low, high, wide);
    }
    for (; c < cols; c++) {
      const q = own + (<usize>c << 3);
      let sum = load<f64>(q);
      let low = load<f64>(q + wide);
      let high = load<f64>(q + 2 * wide);
      let p = x + ((<usize>from * cols + c) << 2);
      for (let r = from; r < to; r++, p += <usize>cols << 2) {
        const value = <f64>load<f32>(p);
        sum += value;
        low = min(low, value);
        high = max(high, value);
      }
      store<f64>(q, sum);
      store<f64>(q + wide, low);
      store<f64>(q + 2 * wide, high);
    }
  }
}

@inline
function widest(q: usize, low: v128, high: v128, wide: usize): void {
  v128.store(q, f64x2.min(v128.load(q), f64x2.promote_low_f32x4(low)));
  v128.store(q, f64x2.min(v128.load(q, 16), f64x2.promote_low_f32x4(v128.shuffle<f32>(low, low, 2, 3, 2, 3))), 16);
  v128.store(q + wide, f64x2.max(v128.load(q + wide), f64x2.promote_low_f32x4(high)));
  v128.store(q + wide, f64x2.max(v128.load(q + wide, 16), f64x2.promote_low_f32x4(v128.shuffle<f32>(high, high, 2, 3, 2, 3))), 16);
}

/**
 * Takes `middles` out of the same rows, scales them and rounds them to the grid of their column (`grids`, with one ÷ grid behind it); `out`
 * gets their sum of squares as float64, summed column by column over the even and the odd ones.
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
  const wide = <usize>cols << 3;
  const scales = f64x2.splat(scale);
  let p = x + ((<usize>piece * size * cols) << 2);
  let sum: f64 = 0;
  for (let r = piece * size; r < end; r++) {
    let own = f64x2.splat(0);
    let c: usize = 0;
    for (; c + 16 <= wide; c += 16, p += 8) {
      const value = f64x2.mul(f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p)), v128.load(middles + c)), scales);
      const onGrid = f64x2.mul(f64x2.nearest(f64x2.mul(value, v128.load(grids + c))), v128.load(grids + wide + c));
      const rounded = f32x4.demote_f64x2_zero(onGrid);
      v128.store64_lane(p, rounded, 0);
      const wideAgain = f64x2.promote_low_f32x4(rounded);
      own = f64x2.add(own, f64x2.mul(wideAgain, wideAgain));
    }
    let odd: f64 = 0;
    if (c < wide) {
      const value = (<f64>load<f32>(p) - load<f64>(middles + c)) * scale;
      const rounded = <f32>(nearest(value * load<f64>(grids + c)) * load<f64>(grids + wide + c));
      store<f32>(p, rounded);
      odd = <f64>rounded * <f64>rounded;
      p += 4;
    }
    sum += f64x2.extract_lane(own, 0) + f64x2.extract_lane(own, 1) + odd;
  }
  store<f64>(out + (<usize>piece << 3), sum);
}

@inline
function madd<T>(a: v128, b: v128, c: v128): v128 {
  if (isFloat<T>() && ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * The tile at `tile` holds eight rows, column by column. Behind it (at `tile` + 32 · cols) go the three least of ½‖mean‖² − row · mean for
 * each row, and which means the first two were: 5 × 8 words. `means` are negated, four side by side. The number of the mean takes the place
 * of the last bits of each value (those not in `mask`), so that values and numbers are sorted together.
 */
function decideFast(tile: usize, cols: i32, wide: i32, means: usize, half: usize, mask: i32): void {
  let low0 = f32x4.splat(Infinity);
  let low1 = low0;
  let next0 = low0;
  let next1 = low0;
  let third0 = low0;
  let third1 = low0;
  let more: v128;
  let most: v128;
  const kept = i32x4.splat(mask);
  const one = i32x4.splat(1);
  let id = i32x4.splat(0);
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
      a0 = madd<f32>(x0, m0, a0);
      b0 = madd<f32>(x1, m0, b0);
      a1 = madd<f32>(x0, m1, a1);
      b1 = madd<f32>(x1, m1, b1);
      a2 = madd<f32>(x0, m2, a2);
      b2 = madd<f32>(x1, m2, b2);
      a3 = madd<f32>(x0, m3, a3);
      b3 = madd<f32>(x1, m3, b3);
    }
    a0 = v128.or(v128.and(a0, kept), id);
    more = f32x4.pmax(low0, a0);
    low0 = f32x4.pmin(low0, a0);
    most = f32x4.pmax(next0, more);
    next0 = f32x4.pmin(next0, more);
    third0 = f32x4.pmin(third0, most);
    b0 = v128.or(v128.and(b0, kept), id);
    more = f32x4.pmax(low1, b0);
    low1 = f32x4.pmin(low1, b0);
    most = f32x4.pmax(next1, more);
    next1 = f32x4.pmin(next1, more);
    third1 = f32x4.pmin(third1, most);
    id = i32x4.add(id, one);
    a1 = v128.or(v128.and(a1, kept), id);
    more = f32x4.pmax(low0, a1);
    low0 = f32x4.pmin(low0, a1);
    most = f32x4.pmax(next0, more);
    next0 = f32x4.pmin(next0, more);
    third0 = f32x4.pmin(third0, most);
    b1 = v128.or(v128.and(b1, kept), id);
    more = f32x4.pmax(low1, b1);
    low1 = f32x4.pmin(low1, b1);
    most = f32x4.pmax(next1, more);
    next1 = f32x4.pmin(next1, more);
    third1 = f32x4.pmin(third1, most);
    id = i32x4.add(id, one);
    a2 = v128.or(v128.and(a2, kept), id);
    more = f32x4.pmax(low0, a2);
    low0 = f32x4.pmin(low0, a2);
    most = f32x4.pmax(next0, more);
    next0 = f32x4.pmin(next0, more);
    third0 = f32x4.pmin(third0, most);
    b2 = v128.or(v128.and(b2, kept), id);
    more = f32x4.pmax(low1, b2);
    low1 = f32x4.pmin(low1, b2);
    most = f32x4.pmax(next1, more);
    next1 = f32x4.pmin(next1, more);
    third1 = f32x4.pmin(third1, most);
    id = i32x4.add(id, one);
    a3 = v128.or(v128.and(a3, kept), id);
    more = f32x4.pmax(low0, a3);
    low0 = f32x4.pmin(low0, a3);
    most = f32x4.pmax(next0, more);
    next0 = f32x4.pmin(next0, more);
    third0 = f32x4.pmin(third0, most);
    b3 = v128.or(v128.and(b3, kept), id);
    more = f32x4.pmax(low1, b3);
    low1 = f32x4.pmin(low1, b3);
    most = f32x4.pmax(next1, more);
    next1 = f32x4.pmin(next1, more);
    third1 = f32x4.pmin(third1, most);
    id = i32x4.add(id, one);
  }
  const out = tile + (<usize>cols << 5);
  v128.store(out, low0);
  v128.store(out, low1, 16);
  v128.store(out, next0, 32);
  v128.store(out, next1, 48);
  v128.store(out, third0, 64);
  v128.store(out, third1, 80);
  v128.store(out, v128.andnot(low0, kept), 96);
  v128.store(out, v128.andnot(low1, kept), 112);
  v128.store(out, v128.andnot(next0, kept), 128);
  v128.store(out, v128.andnot(next1, kept), 144);
}

/** The same in exactly the steps of the plain form; of equals the first wins. */
function decide(tile: usize, cols: i32, wide: i32, means: usize, half: usize): void {
  let low0 = f32x4.splat(Infinity);
  let low1 = low0;
  let next0 = low0;
  let next1 = low0;
  let third0 = low0;
  let third1 = low0;
  let at0 = i32x4.splat(0);
  let at1 = at0;
  let then0 = at0;
  let then1 = at0;
  let less: v128;
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
      a0 = madd<i32>(x0, m0, a0);
      b0 = madd<i32>(x1, m0, b0);
      a1 = madd<i32>(x0, m1, a1);
      b1 = madd<i32>(x1, m1, b1);
      a2 = madd<i32>(x0, m2, a2);
      b2 = madd<i32>(x1, m2, b2);
      a3 = madd<i32>(x0, m3, a3);
      b3 = madd<i32>(x1, m3, b3);
    }
    let id = i32x4.splat(m);
    const one = i32x4.splat(1);
    less = f32x4.lt(a0, low0);
    third0 = f32x4.pmin(third0, f32x4.pmax(next0, a0));
    then0 = v128.bitselect(at0, v128.bitselect(id, then0, f32x4.lt(a0, next0)), less);
    next0 = f32x4.pmin(next0, f32x4.pmax(low0, a0));
    at0 = v128.bitselect(id, at0, less);
    low0 = f32x4.pmin(low0, a0);
    less = f32x4.lt(b0, low1);
    third1 = f32x4.pmin(third1, f32x4.pmax(next1, b0));
    then1 = v128.bitselect(at1, v128.bitselect(id, then1, f32x4.lt(b0, next1)), less);
    next1 = f32x4.pmin(next1, f32x4.pmax(low1, b0));
    at1 = v128.bitselect(id, at1, less);
    low1 = f32x4.pmin(low1, b0);
    id = i32x4.add(id, one);
    less = f32x4.lt(a1, low0);
    third0 = f32x4.pmin(third0, f32x4.pmax(next0, a1));
    then0 = v128.bitselect(at0, v128.bitselect(id, then0, f32x4.lt(a1, next0)), less);
    next0 = f32x4.pmin(next0, f32x4.pmax(low0, a1));
    at0 = v128.bitselect(id, at0, less);
    low0 = f32x4.pmin(low0, a1);
    less = f32x4.lt(b1, low1);
    third1 = f32x4.pmin(third1, f32x4.pmax(next1, b1));
    then1 = v128.bitselect(at1, v128.bitselect(id, then1, f32x4.lt(b1, next1)), less);
    next1 = f32x4.pmin(next1, f32x4.pmax(low1, b1));
    at1 = v128.bitselect(id, at1, less);
    low1 = f32x4.pmin(low1, b1);
    id = i32x4.add(id, one);
    less = f32x4.lt(a2, low0);
    third0 = f32x4.pmin(third0, f32x4.pmax(next0, a2));
    then0 = v128.bitselect(at0, v128.bitselect(id, then0, f32x4.lt(a2, next0)), less);
    next0 = f32x4.pmin(next0, f32x4.pmax(low0, a2));
    at0 = v128.bitselect(id, at0, less);
    low0 = f32x4.pmin(low0, a2);
    less = f32x4.lt(b2, low1);
    third1 = f32x4.pmin(third1, f32x4.pmax(next1, b2));
    then1 = v128.bitselect(at1, v128.bitselect(id, then1, f32x4.lt(b2, next1)), less);
    next1 = f32x4.pmin(next1, f32x4.pmax(low1, b2));
    at1 = v128.bitselect(id, at1, less);
    low1 = f32x4.pmin(low1, b2);
    id = i32x4.add(id, one);
    less = f32x4.lt(a3, low0);
    third0 = f32x4.pmin(third0, f32x4.pmax(next0, a3));
    then0 = v128.bitselect(at0, v128.bitselect(id, then0, f32x4.lt(a3, next0)), less);
    next0 = f32x4.pmin(next0, f32x4.pmax(low0, a3));
    at0 = v128.bitselect(id, at0, less);
    low0 = f32x4.pmin(low0, a3);
    less = f32x4.lt(b3, low1);
    third1 = f32x4.pmin(third1, f32x4.pmax(next1, b3));
    then1 = v128.bitselect(at1, v128.bitselect(id, then1, f32x4.lt(b3, next1)), less);
    next1 = f32x4.pmin(next1, f32x4.pmax(low1, b3));
    at1 = v128.bitselect(id, at1, less);
    low1 = f32x4.pmin(low1, b3);
  }
  const out = tile + (<usize>cols << 5);
  v128.store(out, low0);
  v128.store(out, low1, 16);
  v128.store(out, next0, 32);
  v128.store(out, next1, 48);
  v128.store(out, third0, 64);
  v128.store(out, third1, 80);
  v128.store(out, at0, 96);
  v128.store(out, at1, 112);
  v128.store(out, then0, 128);
  v128.store(out, then1, 144);
}

/** Puts the rows numbered at `list` (eight of them) into the tile; their sums of squares go to `tile` + 32 · cols + 160. */
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
  v128.store(out, n0, 160);
  v128.store(out, n1, 176);
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
 * Of four lanes at `out`: how much nearer the first mean is than any other for certain goes to `out` + 192, the distance that all but the two
 * nearest have at least to `out` + 224, both in units.
 */
@inline
function bounds(out: usize, error: f32, plain: f32, reach: f32, perUnit: f32): void {
  const two = f32x4.splat(2);
  const zero = f32x4.splat(0);
  const norm = v128.load(out, 160);
  const size = f32x4.add(norm, f32x4.splat(reach));
  const wrong = f32x4.mul(f32x4.splat(error), size);
  const least = f32x4.sub(norm, wrong);
  const near = f32x4.sqrt(f32x4.pmax(zero, f32x4.add(f32x4.add(f32x4.mul(two, v128.load(out)), norm), wrong)));
  const far = f32x4.sqrt(f32x4.pmax(zero, f32x4.add(f32x4.mul(two, v128.load(out, 32)), least)));
  const farther = f32x4.sqrt(f32x4.pmax(zero, f32x4.add(f32x4.mul(two, v128.load(out, 64)), least)));
  const edge = f32x4.sqrt(f32x4.mul(f32x4.splat(plain), size));
  const units = f32x4.splat(perUnit);
  v128.store(out, f32x4.mul(units, f32x4.sub(f32x4.sub(far, near), edge)), 192);
  v128.store(out, f32x4.mul(units, farther), 224);
}

@inline
function unsure(out: usize, error: f32, reach: f32): bool {
  const wrong = f32x4.mul(f32x4.splat(error), f32x4.add(v128.load(out, 160), f32x4.splat(reach)));
  const sure = f32x4.gt(f32x4.sub(v128.load(out, 32), v128.load(out)), wrong);
  return !i32x4.all_true(sure);
}

/** Sums of the four lanes of each. */
@inline
function sumsOf(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}

@inline
function four(p0: usize, p1: usize, p2: usize, p3: usize): v128 {
  let v = v128.load32_zero(p0);
  v = v128.load32_lane(p1, v, 1);
  v = v128.load32_lane(p2, v, 2);
  return v128.load32_lane(p3, v, 3);
}

/**
 * Measures the four rows at `list` against their two nearest means of late. Gives a bit for each that stays with one of these for certain; at
 * `out` by how much in units (nothing of the others), and whether the first of the two is the nearer.
 */
@inline
function measurePairs(
  list: usize,
  out: usize,
  cols: i32,
  x: usize,
  flat: usize,
  half: usize,
  labels: usize,
  seconds: usize,
  rests: usize,
  drift: u32,
  plain: f32,
  reach: f32,
  perUnit: f32,
): i32 {
  const bytes = <usize>cols << 2;
  const r0 = <usize>load<u32>(list);
  const r1 = <usize>load<u32>(list, 4);
  const r2 = <usize>load<u32>(list, 8);
  const r3 = <usize>load<u32>(list, 12);
  const a0 = <usize>load<u16>(labels + (r0 << 1));
  const a1 = <usize>load<u16>(labels + (r1 << 1));
  const a2 = <usize>load<u16>(labels + (r2 << 1));
  const a3 = <usize>load<u16>(labels + (r3 << 1));
  const b0 = <usize>load<u16>(seconds + (r0 << 1));
  const b1 = <usize>load<u16>(seconds + (r1 << 1));
  const b2 = <usize>load<u16>(seconds + (r2 << 1));
  const b3 = <usize>load<u16>(seconds + (r3 << 1));
  const x0 = x + r0 * bytes;
  const x1 = x + r1 * bytes;
  const x2 = x + r2 * bytes;
  const x3 = x + r3 * bytes;
  let n0 = f32x4.splat(0);
  let n1 = n0;
  let n2 = n0;
  let n3 = n0;
  let s0 = n0;
  let s1 = n0;
  let s2 = n0;
  let s3 = n0;
  let t0 = n0;
  let t1 = n0;
  let t2 = n0;
  let t3 = n0;
  const whole = <usize>(cols & ~3) << 2;
  for (let at: usize = 0; at < whole; at += 16) {
    let value = v128.load(x0 + at);
    n0 = f32x4.add(n0, f32x4.mul(value, value));
    s0 = f32x4.add(s0, f32x4.mul(value, v128.load(flat + a0 * bytes + at)));
    t0 = f32x4.add(t0, f32x4.mul(value, v128.load(flat + b0 * bytes + at)));
    value = v128.load(x1 + at);
    n1 = f32x4.add(n1, f32x4.mul(value, value));
    s1 = f32x4.add(s1, f32x4.mul(value, v128.load(flat + a1 * bytes + at)));
    t1 = f32x4.add(t1, f32x4.mul(value, v128.load(flat + b1 * bytes + at)));
    value = v128.load(x2 + at);
    n2 = f32x4.add(n2, f32x4.mul(value, value));
    s2 = f32x4.add(s2, f32x4.mul(value, v128.load(flat + a2 * bytes + at)));
    t2 = f32x4.add(t2, f32x4.mul(value, v128.load(flat + b2 * bytes + at)));
    value = v128.load(x3 + at);
    n3 = f32x4.add(n3, f32x4.mul(value, value));
    s3 = f32x4.add(s3, f32x4.mul(value, v128.load(flat + a3 * bytes + at)));
    t3 = f32x4.add(t3, f32x4.mul(value, v128.load(flat + b3 * bytes + at)));
  }
  let norm = sumsOf(n0, n1, n2, n3);
  let one = sumsOf(s0, s1, s2, s3);
  let two = sumsOf(t0, t1, t2, t3);
  for (let at = whole; at < bytes; at += 4) {
    const value = four(x0 + at, x1 + at, x2 + at, x3 + at);
    const p = flat + at;
    norm = f32x4.add(norm, f32x4.mul(value, value));
    one = f32x4.add(one, f32x4.mul(value, four(p + a0 * bytes, p + a1 * bytes, p + a2 * bytes, p + a3 * bytes)));
    two = f32x4.add(two, f32x4.mul(value, four(p + b0 * bytes, p + b1 * bytes, p + b2 * bytes, p + b3 * bytes)));
  }
  one = f32x4.sub(four(half + (a0 << 2), half + (a1 << 2), half + (a2 << 2), half + (a3 << 2)), one);
  two = f32x4.sub(four(half + (b0 << 2), half + (b1 << 2), half + (b2 << 2), half + (b3 << 2)), two);
  let rest = i32x4.splat(load<u16>(rests + (r0 << 1)));
  rest = i32x4.replace_lane(rest, 1, load<u16>(rests + (r1 << 1)));
  rest = i32x4.replace_lane(rest, 2, load<u16>(rests + (r2 << 1)));
  rest = i32x4.replace_lane(rest, 3, load<u16>(rests + (r3 << 1)));
  rest = f32x4.div(f32x4.sub(f32x4.convert_i32x4_u(rest), f32x4.splat(<f32>drift)), f32x4.splat(perUnit));
  const zero = f32x4.splat(0);
  const wrong = f32x4.mul(f32x4.splat(plain), f32x4.add(norm, f32x4.splat(reach)));
  const edge = f32x4.sqrt(wrong);
  const first = f32x4.lt(one, two);
  const least = f32x4.add(f32x4.pmin(two, one), f32x4.pmin(two, one));
  const other = f32x4.add(f32x4.pmax(two, one), f32x4.pmax(two, one));
  const near = f32x4.sqrt(f32x4.pmax(zero, f32x4.add(f32x4.add(least, norm), wrong)));
  const far = f32x4.sqrt(f32x4.pmax(zero, f32x4.sub(f32x4.add(other, norm), wrong)));
  const apart = f32x4.gt(f32x4.abs(f32x4.sub(one, two)), wrong);
  const sure = v128.and(apart, f32x4.gt(f32x4.sub(rest, near), edge));
  const gap = f32x4.sub(f32x4.sub(f32x4.pmin(far, rest), near), edge);
  v128.store(out, f32x4.mul(gap, f32x4.splat(perUnit)));
  v128.store(out, first, 16);
  return i32x4.bitmask(sure);
}

/** A bound in whole units above what moves have used up; never more than is true. */
@inline
function inUnits(value: f32, used: u32): u16 {
  return <u16>min<f32>(MOST, max<f32>(value, 0) + <f32>used);
}

/** Row `r` goes from group `old` to `now`: `sums` and `counts` follow. */
@inline
function move(r: usize, old: u16, now: u16, cols: i32, x: usize, sums: usize, counts: usize): void {
  const row = x + ((r * cols) << 2);
  if (old != NONE) {
    const lost = counts + (<usize>old << 2);
    store<i32>(lost, load<i32>(lost) - 1);
    addRow(row, sums + ((<usize>old * cols) << 3), cols, -1);
  }
  const won = counts + (<usize>now << 2);
  store<i32>(won, load<i32>(won) + 1);
  addRow(row, sums + ((<usize>now * cols) << 3), cols, 1);
}

/**
 * Rows `piece · size` on go to the nearest of `k` means (`means`: negated, four side by side, in `wide` places; `flat`: [k × cols]). `labels`,
 * `seconds` [rows] are the two nearest; `gaps` how much nearer the first was than any other, above what `used` [k] says for its label;
 * `rests` how far all others are at least, above `drift`. With `force` bounds are not believed. `work` has room for a tile and a list of rows,
 * each piece its own (`stride` bytes). What changed goes to `sums` [pieces × k × cols] and `counts` [pieces × (k + 1)], the last of which is how
 * many rows moved. `error` bounds what float32 can do to the difference of two values, relative to ‖row‖² + `reach`, with numbers in the last
 * bits and in any order of steps; `plain` without the numbers. Two distances that differ by more than the root of that differ in the plain
 * form too. `pairs`: whether step 2 is worth its while.
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
  flat: usize,
  half: usize,
  labels: usize,
  seconds: usize,
  gaps: usize,
  rests: usize,
  used: usize,
  drift: u32,
  force: i32,
  pairs: i32,
  mask: i32,
  work: usize,
  stride: i32,
  sums: usize,
  counts: usize,
  error: f32,
  plain: f32,
  reach: f32,
  perUnit: f32,
): void {
  const tile = work + <usize>piece * stride;
  const out = tile + (<usize>cols << 5);
  const list = out + 256;
  const ownSums = sums + ((<usize>piece * k * cols) << 3);
  const ownCounts = counts + ((<usize>piece * (k + 1)) << 2);
  memory.fill(ownSums, 0, (<usize>k * cols) << 3);
  memory.fill(ownCounts, 0, <usize>(k + 1) << 2);
  const end = min(rows, (piece + 1) * size);
  let moved = 0;
  for (let from = piece * size; from < end; from += BLOCK) {
    const to = min(end, from + BLOCK);
    let listed = 0;
    if (force) {
      for (let r = from; r < to; r++, listed++) store<u32>(list + (<usize>listed << 2), r);
    } else {
      for (let r = from; r < to; r++) {
        const label = <usize>load<u16>(labels + (<usize>r << 1));
        store<u32>(list + (<usize>listed << 2), r);
        listed += i32(<u32>load<u16>(gaps + (<usize>r << 1)) <= load<u32>(used + (label << 2)));
      }
      let left = pairs ? 0 : listed;
      for (let i = left; i < listed; i += 4) {
        const taken = min(4, listed - i);
        const rowsAt = list + (<usize>i << 2);
        for (let n = taken; n < 4; n++) store<u32>(rowsAt + (<usize>n << 2), load<u32>(rowsAt));
        const sure = measurePairs(rowsAt, out, cols, x, flat, half, labels, seconds, rests, drift, plain, reach, perUnit);
        for (let n = 0; n < taken; n++) {
          const lane = out + (<usize>n << 2);
          const r = <usize>load<u32>(rowsAt + (<usize>n << 2));
          store<u32>(list + (<usize>left << 2), <u32>r); // where it stands it has been read already
          const isSure = (sure >> n) & 1;
          left += 1 - isSure;
          const label = load<u16>(labels + (r << 1));
          const second = load<u16>(seconds + (r << 1));
          const now = load<u32>(lane, 16) ? label : second;
          store<u16>(gaps + (r << 1), inUnits(load<f32>(lane), load<u32>(used + (<usize>now << 2))));
          if (i32(now != label) & isSure) {
            store<u16>(labels + (r << 1), now);
            store<u16>(seconds + (r << 1), label);
            moved++;
            move(r, label, now, cols, x, ownSums, ownCounts);
          }
        }
      }
      listed = left;
    }
    for (let i = 0; i < listed; i += LANES) {
      const taken = min(LANES, listed - i);
      const rowsAt = list + (<usize>i << 2);
      for (let n = taken; n < LANES; n++) store<u32>(rowsAt + (<usize>n << 2), load<u32>(rowsAt));
      gather(tile, rowsAt, cols, x);
      if (mask) decideFast(tile, cols, wide, means, half, mask);
      if (!mask || unsure(out, error, reach) || unsure(out + 16, error, reach))
        decide(tile, cols, wide, means, half);
      bounds(out, error, plain, reach, perUnit);
      bounds(out + 16, error, plain, reach, perUnit);
      for (let n: usize = 0; n < <usize>taken << 2; n += 4) {
        const r = <usize>load<u32>(rowsAt + n);
        const now = <u16>load<u32>(out + n, 96);
        const old = load<u16>(labels + (r << 1));
        store<u16>(gaps + (r << 1), inUnits(load<f32>(out + n, 192), load<u32>(used + (<usize>now << 2))));
        store<u16>(rests + (r << 1), inUnits(load<f32>(out + n, 224), drift));
        store<u16>(seconds + (r << 1), <u16>load<u32>(out + n, 128));
        if (old == now) continue;
        store<u16>(labels + (r << 1), now);
        moved++;
        move(r, old, now, cols, x, ownSums, ownCounts);
      }
    }
  }
  store<i32>(ownCounts + (<usize>k << 2), moved);
}
