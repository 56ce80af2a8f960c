/** Steps of float32 SIMD, one value at a time, bit by bit the same. Polynomials are near-minimax on one octave, exact at its ends. */

const { fround, floor, max } = Math;
const f = (...values: number[]) => values.map(fround);
const toTwo = f(
  0.001879318590278305,
  0.008990995205007823,
  0.05581867590641048,
  0.2401592714660394,
  0.693151738832264,
  1,
);
const toTwoFast = f(0.0782679635596899, 0.226307690445594, 0.6954243459947161, 1);
const logFast = f(
  -0.08213062190593998,
  0.6497112748408548,
  -2.1341339842923217,
  4.0863823575800815,
  -2.5198290262226757,
);

function polynomial(of: readonly number[], t: number): number {
  let p = of[0]!;
  for (let i = 1; i < of.length; i++) p = fround(fround(p * t) + of[i]!);
  return p;
}

const word = new Uint32Array(1);
const value = new Float32Array(word.buffer);

function powerOfTwo(x: number, of: readonly number[]): number {
  const whole = floor(x);
  const p = polynomial(of, fround(x - whole));
  word[0] = (whole + 127) << 23;
  return fround(p * value[0]!);
}

/** −log₂(e) / sigma */
export const rateOf = (sigma: number): number => fround(fround(-1.4426950408889634) / sigma);

/** e^(−gap / sigma) to 1e-7; 1 where the gap is not above 0. */
export const closeness = (gap: number, rate: number): number =>
  powerOfTwo(max(fround(max(gap, 0) * rate), -126), toTwo);

/** square^b for 1e-12 ≤ square ≤ 1e12, to 3e-4. */
export function power(square: number, b: number): number {
  value[0] = square;
  const exponent = (word[0]! >>> 23) - 127;
  word[0] = (word[0]! & 0x7fffff) | 0x3f800000;
  const log = polynomial(logFast, value[0]!);
  return powerOfTwo(fround(b * fround(exponent + log)), toTwoFast);
}

/** Four sums in float32, as a vector keeps them. */
export class Lanes {
  readonly #lanes = new Float32Array(4);

  add(i: number, term: number): void {
    this.#lanes[i & 3]! += term;
  }

  get sum(): number {
    const [a, b, c, d] = this.#lanes;
    return fround(fround(a! + b!) + fround(c! + d!));
  }
}
