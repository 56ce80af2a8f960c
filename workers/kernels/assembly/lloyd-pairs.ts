// AssemblyScript: four rows against their two nearest means of late. Part of lloyd.ts.
import { four } from './lloyd-gather';

/** Sums of the four lanes of each. */
@inline
function sumsOf(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}

/**
 * Measures the four rows at `list` against their two nearest means of late. Gives a bit for each that stays with one of these for certain; at
 * `out` by how much in units (nothing of the others), and whether the first of the two is the nearer.
 */
@inline
export function measurePairs(
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
