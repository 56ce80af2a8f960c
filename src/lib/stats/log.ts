/**
 * log(1 + x) for x > −1, made of + − × ÷ only: the same bits in every engine, which `Math.log1p` does not promise.
 * Source: fdlibm e_log.c (Sun 1993) for the series; the correction for small x is Kahan's. Error below 2 units in the last place.
 */
export function log1p(x: number): number {
  if (!(x > -1)) throw new RangeError(`log(1 + x) needs x > −1, not ${x}`);
  const u = 1 + x;
  if (u === 1) return x;
  if (u === Infinity) return Infinity;
  return u - 1 === x ? log(u) : (log(u) * x) / (u - 1);
}

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const series = [
  1.479819860511658591e-1, 1.531383769920937332e-1, 1.818357216161805012e-1,
  2.222219843214978396e-1, 2.857142874366239149e-1, 3.999999999940941908e-1, 6.66666666666673513e-1,
];

/** log(x) for x ≥ 0, −∞ of 0: the same bits in every engine, which `Math.log` does not promise. */
export function log(u: number): number {
  if (!(u >= 0)) throw new RangeError(`log(x) needs x ≥ 0, not ${u}`);
  if (u === 0 || u === Infinity) return u === 0 ? -Infinity : u;
  let exponent = 0;
  let m = u; // u = m · 2^exponent with m in [√½, √2); doubling and halving are exact
  while (m >= Math.SQRT2) ((m /= 2), exponent++);
  while (m < Math.SQRT1_2) ((m *= 2), exponent--);
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  let rest = 0;
  for (const term of series) rest = (rest + term) * z;
  const half = 0.5 * f * f;
  return exponent * LN2_HIGH - (half - (s * (half + rest) + exponent * LN2_LOW) - f);
}

/** 2^0 … 2^1023, made by doubling; and 1 / n! of the series of e^x, the last term first. */
const twosOf = new Float64Array(1024);
for (let i = 0, two = 1; i < 1024; i++, two *= 2) twosOf[i] = two;
const overFactorial = new Float64Array(14);
for (let n = 0, over = 1; n < 14; n++, over /= n) overFactorial[13 - n] = over;

/**
 * e^x from its Taylor series after taking out powers of two (what is left is below 0.35, where 14 terms reach the last place): the same bits
 * in every engine, which `Math.exp` does not promise.
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('e to the power of no number');
  if (x > 709.78) return Infinity;
  if (x < -745) return 0;
  const twos = Math.round(x / Math.LN2);
  const rest = x - twos * LN2_HIGH - twos * LN2_LOW;
  let sum = overFactorial[0]!;
  for (let i = 1; i < 14; i++) sum = sum * rest + overFactorial[i]!;
  if (twos >= 0) return twos > 1023 ? sum * twosOf[1023]! * 2 : sum * twosOf[twos]!;
  return twos < -1023 ? sum / twosOf[1023]! / twosOf[-twos - 1023]! : sum / twosOf[-twos]!;
}
