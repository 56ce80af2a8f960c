// AssemblyScript: powers in float32 by polynomials that are near-minimax on one octave. Twin: src/segments/kernels/float32.ts.

/** 2^x for −126 ≤ x ≤ 0, to 1e-7. */
@inline
function powerOfTwo(x: v128): v128 {
  const whole = f32x4.floor(x);
  const t = f32x4.sub(x, whole);
  let p = f32x4.splat(0.001879318590278305);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.008990995205007823));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.05581867590641048));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.2401592714660394));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.693151738832264));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(p, exponent);
}

/** e^(−gap / sigma), 1 where the gap is not above 0. */
@inline
export function closeness(gap: v128, rate: v128): v128 {
  const x = f32x4.mul(f32x4.max(gap, f32x4.splat(0)), rate); // rate = −log2(e) / sigma
  return powerOfTwo(f32x4.max(x, f32x4.splat(-126)));
}

/** square^b for 1e-12 ≤ square ≤ 1e12, to 3e-4: through log2 and 2^, each a polynomial on one octave. */
@inline
export function power(square: v128, b: v128): v128 {
  const exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(square, 23), i32x4.splat(127)));
  const m = v128.or(v128.and(square, i32x4.splat(0x7fffff)), i32x4.splat(0x3f800000));
  let log = f32x4.splat(-0.08213062190593998);
  log = f32x4.add(f32x4.mul(log, m), f32x4.splat(0.6497112748408548));
  log = f32x4.add(f32x4.mul(log, m), f32x4.splat(-2.1341339842923217));
  log = f32x4.add(f32x4.mul(log, m), f32x4.splat(4.0863823575800815));
  log = f32x4.add(f32x4.mul(log, m), f32x4.splat(-2.5198290262226757));
  const x = f32x4.mul(b, f32x4.add(exponent, log));
  const whole = f32x4.floor(x);
  const t = f32x4.sub(x, whole);
  let p = f32x4.splat(0.0782679635596899);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.226307690445594));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.6954243459947161));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1));
  return f32x4.mul(
    p,
    i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23),
  );
}
