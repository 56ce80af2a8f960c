// AssemblyScript: eight rows against all means, four means at a time. Part of lloyd.ts.

@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

@inline
function keep(out: usize, low0: v128, low1: v128, next0: v128, next1: v128, third0: v128, third1: v128): void {
  v128.store(out, low0);
  v128.store(out, low1, 16);
  v128.store(out, next0, 32);
  v128.store(out, next1, 48);
  v128.store(out, third0, 64);
  v128.store(out, third1, 80);
}

/** ½‖mean‖² − row · mean for the eight rows of the tile and four means (at `q`, their half squares at `halves`): to `stop` + 96 and + 192. */
@inline
export function products(tile: usize, stop: usize, q: usize, halves: usize): void {
  let a0 = v128.load32_splat(halves);
  let a1 = v128.load32_splat(halves, 4);
  let a2 = v128.load32_splat(halves, 8);
  let a3 = v128.load32_splat(halves, 12);
  let b0 = a0;
  let b1 = a1;
  let b2 = a2;
  let b3 = a3;
  for (let p = tile; p < stop; p += 32, q += 16) {
    const x0 = v128.load(p);
    const x1 = v128.load(p, 16);
    const m0 = v128.load32_splat(q);
    const m1 = v128.load32_splat(q, 4);
    const m2 = v128.load32_splat(q, 8);
    const m3 = v128.load32_splat(q, 12);
    a0 = madd(x0, m0, a0);
    b0 = madd(x1, m0, b0);
    a1 = madd(x0, m1, a1);
    b1 = madd(x1, m1, b1);
    a2 = madd(x0, m2, a2);
    b2 = madd(x1, m2, b2);
    a3 = madd(x0, m3, a3);
    b3 = madd(x1, m3, b3);
  }
  v128.store(stop, a0, 96); // where ids and bounds will stand
  v128.store(stop, a1, 112);
  v128.store(stop, a2, 128);
  v128.store(stop, a3, 144);
  v128.store(stop, b0, 192);
  v128.store(stop, b1, 208);
  v128.store(stop, b2, 224);
  v128.store(stop, b3, 240);
}

/**
 * The tile at `tile` holds eight rows, column by column. Behind it (at `tile` + 32 · cols) go the three least of ½‖mean‖² − row · mean for
 * each row, and which means the first two were: 5 × 8 words. `means` are negated, four side by side. The number of the mean takes the place
 * of the last bits of each value (those not in `mask`), so that values and numbers are sorted together.
 */
export function decideFast(tile: usize, cols: i32, wide: i32, means: usize, half: usize, mask: i32): void {
  let low0 = f32x4.splat(Infinity);
  let low1 = low0;
  let next0 = low0;
  let next1 = low0;
  let third0 = low0;
  let third1 = low0;
  const kept = i32x4.splat(mask);
  const one = i32x4.splat(1);
  let id = i32x4.splat(0);
  const stop = tile + (<usize>cols << 5);
  let q = means;
  for (let m = 0; m < wide; m += 4) {
    products(tile, stop, q, half + (<usize>m << 2));
    q += <usize>cols << 4;
    for (let at = stop; at < stop + 64; at += 16) {
      const a = v128.or(v128.and(v128.load(at, 96), kept), id);
      const moreA = f32x4.pmax(low0, a);
      third0 = f32x4.pmin(third0, f32x4.pmax(next0, moreA));
      next0 = f32x4.pmin(next0, moreA);
      low0 = f32x4.pmin(low0, a);
      const b = v128.or(v128.and(v128.load(at, 192), kept), id);
      const moreB = f32x4.pmax(low1, b);
      third1 = f32x4.pmin(third1, f32x4.pmax(next1, moreB));
      next1 = f32x4.pmin(next1, moreB);
      low1 = f32x4.pmin(low1, b);
      id = i32x4.add(id, one);
    }
  }
  keep(stop, low0, low1, next0, next1, third0, third1);
  v128.store(stop, v128.andnot(low0, kept), 96);
  v128.store(stop, v128.andnot(low1, kept), 112);
  v128.store(stop, v128.andnot(next0, kept), 128);
  v128.store(stop, v128.andnot(next1, kept), 144);
}

/** The same in exactly the steps of the plain form, one mean after the other; of equals the first wins. Seldom needed, so it is short. */
export function decide(tile: usize, cols: i32, k: i32, means: usize, half: usize): void {
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
  const stop = tile + (<usize>cols << 5);
  for (let m = 0; m < k; m++) {
    let a = v128.load32_splat(half + (<usize>m << 2));
    let b = a;
    let q = means + ((<usize>((m & ~3) * cols + (m & 3))) << 2);
    for (let p = tile; p < stop; p += 32, q += 16) {
      const mean = v128.load32_splat(q);
      a = f32x4.add(a, f32x4.mul(v128.load(p), mean));
      b = f32x4.add(b, f32x4.mul(v128.load(p, 16), mean));
    }
    const id = i32x4.splat(m);
    let less = f32x4.lt(a, low0);
    third0 = f32x4.pmin(third0, f32x4.pmax(next0, a));
    then0 = v128.bitselect(at0, v128.bitselect(id, then0, f32x4.lt(a, next0)), less);
    next0 = f32x4.pmin(next0, f32x4.pmax(low0, a));
    at0 = v128.bitselect(id, at0, less);
    low0 = f32x4.pmin(low0, a);
    less = f32x4.lt(b, low1);
    third1 = f32x4.pmin(third1, f32x4.pmax(next1, b));
    then1 = v128.bitselect(at1, v128.bitselect(id, then1, f32x4.lt(b, next1)), less);
    next1 = f32x4.pmin(next1, f32x4.pmax(low1, b));
    at1 = v128.bitselect(id, at1, less);
    low1 = f32x4.pmin(low1, b);
  }
  keep(stop, low0, low1, next0, next1, third0, third1);
  v128.store(stop, at0, 96);
  v128.store(stop, at1, 112);
  v128.store(stop, then0, 128);
  v128.store(stop, then1, 144);
}

/**
 * Of four lanes at `out`: how much nearer the first mean is than any other for certain goes to `out` + 192, the distance that all but the two
 * nearest have at least to `out` + 224, both in units.
 */
@inline
export function bounds(out: usize, error: f32, plain: f32, reach: f32, perUnit: f32): void {
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
export function unsure(out: usize, error: f32, reach: f32): bool {
  const wrong = f32x4.mul(f32x4.splat(error), f32x4.add(v128.load(out, 160), f32x4.splat(reach)));
  const sure = f32x4.gt(f32x4.sub(v128.load(out, 32), v128.load(out)), wrong);
  return !i32x4.all_true(sure);
}
