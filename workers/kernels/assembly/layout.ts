// AssemblyScript: the three hot loops of a UMAP picture: weights of neighbours, the filter of its start, and an epoch of its layout.
// Twin: src/segments/kernels/layout.ts.

import { closeness, power } from './powers';

const ROWS_A_PIECE = 512;

@inline
function sumOf(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/**
 * Of each row: `rhos`, the least distance above 0, and `sigmas`, so that the closenesses of its k neighbours sum to `target`; `distances` and
 * `weights` [rows × wide], filled with Infinity from k to `wide`, a multiple of four. Sigma is at least `floor` times the row's mean distance
 * (`average` where all are 0). By bisection, `tries` times at most.
 */
export function smooth(
  piece: i32,
  from: i32,
  rows: i32,
  k: i32,
  wide: i32,
  distances: usize,
  target: f32,
  floor: f32,
  average: f32,
  tries: i32,
  weights: usize,
  rhos: usize,
  sigmas: usize,
): void {
  const first = from + piece * ROWS_A_PIECE;
  const last = min(rows, first + ROWS_A_PIECE);
  const bytes: usize = (<usize>wide) << 2;
  for (let r = first; r < last; r++) {
    const own = distances + <usize>r * bytes;
    let rho: f32 = 0;
    let sum: f32 = 0;
    for (let j = 0; j < k; j++) {
      const d = load<f32>(own + (j << 2));
      if (rho == 0 && d > 0) rho = d;
      sum += d;
    }
    const mean = sum / <f32>(k + 1);
    const start = f32x4.splat(rho);
    let low: f32 = 0;
    let high: f32 = Infinity;
    let sigma: f32 = mean > 0 ? mean : 1;
    for (let go = 0; go < tries; go++) {
      const rate = f32x4.splat(<f32>-1.4426950408889634 / sigma);
      let all = f32x4.splat(0);
      for (let at: usize = 0; at < bytes; at += 16)
        all = f32x4.add(all, closeness(f32x4.sub(v128.load(own + at), start), rate));
      const got = sumOf(all);
      if (abs(got - target) < <f32>1e-5) break;
      if (got > target) {
        high = sigma;
        sigma = (low + high) * <f32>0.5;
      } else {
        low = sigma;
        sigma = high == Infinity ? sigma * 2 : (low + high) * <f32>0.5;
      }
    }
    sigma = max(sigma, floor * (rho > 0 ? mean : average));
    store<f32>(rhos + ((<usize>r) << 2), rho);
    store<f32>(sigmas + ((<usize>r) << 2), sigma);
    const rate = f32x4.splat(<f32>-1.4426950408889634 / sigma);
    for (let at: usize = 0; at < bytes; at += 16)
      v128.store(
        weights + <usize>r * bytes + at,
        closeness(f32x4.sub(v128.load(own + at), start), rate),
      );
  }
}

/** Four vectors at once, a row of them in 16 bytes: next = along · (graph × now) + stay · now + back · before. */
export function filter(
  piece: i32,
  from: i32,
  rows: i32,
  starts: usize,
  tails: usize,
  weights: usize,
  along: f32,
  stay: f32,
  back: f32,
  now: usize,
  before: usize,
  next: usize,
): void {
  const first = from + piece * ROWS_A_PIECE;
  const last = min(rows, first + ROWS_A_PIECE);
  for (let r = first; r < last; r++) {
    let even = f32x4.splat(0);
    let odd = even;
    const stop = (<usize>load<i32>(starts + ((<usize>r) << 2), 4)) << 2;
    for (let e: usize = (<usize>load<i32>(starts + ((<usize>r) << 2))) << 2; e < stop; e += 8) {
      const a = v128.load(now + ((<usize>load<i32>(tails + e)) << 4));
      even = f32x4.add(even, f32x4.mul(a, v128.load_splat<f32>(weights + e)));
      const b = v128.load(now + ((<usize>load<i32>(tails + e, 4)) << 4));
      odd = f32x4.add(odd, f32x4.mul(b, v128.load_splat<f32>(weights + e, 4)));
    }
    const at: usize = (<usize>r) << 4;
    const moved = f32x4.add(
      f32x4.mul(f32x4.splat(along), f32x4.add(even, odd)),
      f32x4.mul(f32x4.splat(stay), v128.load(now + at)),
    );
    v128.store(
      next + at,
      f32x4.add(moved, f32x4.mul(f32x4.splat(back), v128.load(before + at))),
    );
  }
}

@inline
function mixed(a: u32, b: u32): u32 {
  let h = a * 0x9e3779b1 + b * 0x85ebca6b;
  h = (h ^ (h >> 15)) * 0x2c1b3c6d;
  h = (h ^ (h >> 12)) * 0x297a2d39;
  return h ^ (h >> 15);
}

/**
 * One epoch for the vertices from `from` to `last`: each is drawn to its neighbours (edges in fours, at `starts`) and pushed from others of the
 * first `pool` vertices, four that stand side by side at a time. Reads the positions [vertices × 2] at `now`, writes its own to `next`, where
 * they stand as they were before, and goes on with the share `keep` of that move.
 */
export function epoch(
  piece: i32,
  from: i32,
  to: i32,
  starts: usize,
  tails: usize,
  weights: usize,
  now: usize,
  next: usize,
  pool: i32,
  a: f32,
  b: f32,
  alpha: f32,
  pushes: f32,
  keep: f32,
  seed: u32,
): void {
  const first = from + piece * ROWS_A_PIECE;
  const last = min(to, first + ROWS_A_PIECE);
  const va = f32x4.splat(a);
  const vb = f32x4.splat(b);
  const one = f32x4.splat(1);
  const draw = f32x4.splat(4 * a * b * alpha); // 2ab at both ends of an edge
  const least = f32x4.splat(1e-12);
  const push = f32x4.splat(2 * b);
  const near = f32x4.splat(0.001);
  const most = f32x4.splat(4);
  const lowest = f32x4.splat(-4);
  for (let v = first; v < last; v++) {
    const px = v128.load_splat<f32>(now + ((<usize>v) << 3));
    const py = v128.load_splat<f32>(now + ((<usize>v) << 3), 4);
    let drawn = f32x4.splat(0);
    let x = drawn;
    let y = drawn;
    let sum = drawn;
    const stop = (<usize>load<i32>(starts + ((<usize>v) << 2), 4)) << 2;
    for (let e: usize = (<usize>load<i32>(starts + ((<usize>v) << 2))) << 2; e < stop; e += 16) {
      let low = v128.load64_zero(now + ((<usize>load<i32>(tails + e)) << 3));
      low = v128.load_lane<u64>(now + ((<usize>load<i32>(tails + e, 4)) << 3), low, 1);
      let high = v128.load64_zero(now + ((<usize>load<i32>(tails + e, 8)) << 3));
      high = v128.load_lane<u64>(now + ((<usize>load<i32>(tails + e, 12)) << 3), high, 1);
      const dx = f32x4.sub(v128.shuffle<f32>(low, high, 0, 2, 4, 6), px);
      const dy = f32x4.sub(v128.shuffle<f32>(low, high, 1, 3, 5, 7), py);
      const w = v128.load(weights + e);
      sum = f32x4.add(sum, w);
      const square = f32x4.max(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), least);
      const p = power(square, vb);
      const c = f32x4.div(
        f32x4.mul(f32x4.mul(draw, w), p),
        f32x4.mul(square, f32x4.add(one, f32x4.mul(va, p))),
      );
      drawn = f32x4.add(drawn, c);
      x = f32x4.add(x, f32x4.mul(c, dx));
      y = f32x4.add(y, f32x4.mul(c, dy));
    }
    const wanted = pushes * sumOf(sum);
    const fours = max(1, <i32>ceil(wanted * <f32>0.25));
    let away = f32x4.splat(0);
    let up = away;
    let bits = mixed(<u32>v, seed) | 1;
    for (let i = 0; i < fours; i++) {
      bits ^= bits << 13;
      bits ^= bits >> 17;
      bits ^= bits << 5;
      const at = now + ((<usize>(((<u64>bits) * (<u64>(pool - 3))) >> 32)) << 3);
      const low = v128.load(at);
      const high = v128.load(at, 16);
      const dx = f32x4.sub(px, v128.shuffle<f32>(low, high, 0, 2, 4, 6));
      const dy = f32x4.sub(py, v128.shuffle<f32>(low, high, 1, 3, 5, 7));
      const square = f32x4.max(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), least);
      const p = power(square, vb);
      const c = f32x4.div(
        push,
        f32x4.mul(f32x4.add(near, square), f32x4.add(one, f32x4.mul(va, p))),
      );
      away = f32x4.add(away, f32x4.min(most, f32x4.max(lowest, f32x4.mul(c, dx))));
      up = f32x4.add(up, f32x4.min(most, f32x4.max(lowest, f32x4.mul(c, dy))));
    }
    const share = (alpha * wanted) / <f32>(fours << 2);
    const damped = <f32>1 / (<f32>1 + sumOf(drawn));
    const ox = f32x4.extract_lane(px, 0);
    const oy = f32x4.extract_lane(py, 0);
    const at = next + ((<usize>v) << 3);
    store<f32>(at, ox + (sumOf(x) + sumOf(away) * share) * damped + keep * (ox - load<f32>(at)));
    store<f32>(at, oy + (sumOf(y) + sumOf(up) * share) * damped + keep * (oy - load<f32>(at, 4)), 4);
  }
}
