/**
 * Logarithm and exponential from additions, products and quotients alone. `Math.log` and `Math.exp` may differ in the last bit
 * between browsers, and then the same seed would not give the same bytes.
 */
const parts = new DataView(new ArrayBuffer(8));
const LN2 = 0.6931471805599453;
/** The same in two parts: whole multiples of the first are exact (fdlibm). */
const LN2_HIGH = 6.9314718036912382e-1;
const LN2_LOW = 1.9082149292705877e-10;

/** Natural logarithm of a normal positive number, within 2 units in the last place; series of artanh. */
export function ln(x: number): number {
  if (!(x >= 2.3e-308 && x < Infinity)) throw new RangeError(`no logarithm of ${x} here`);
  parts.setFloat64(0, x);
  const high = parts.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  parts.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let mantissa = parts.getFloat64(0);
  if (mantissa > 1.4142135623730951) ((mantissa /= 2), exponent++);
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = sum * square + 1 / n;
  return exponent * LN2_HIGH + (2 * s * sum + exponent * LN2_LOW);
}

/** e to the power of x, for |x| ≤ 700; Taylor series after taking out powers of two. */
export function exp(x: number): number {
  if (!(x >= -700 && x <= 700)) throw new RangeError(`no exponential of ${x} here`);
  const power = Math.round(x / LN2);
  const rest = x - power * LN2_HIGH - power * LN2_LOW;
  let sum = 1;
  for (let n = 14; n >= 1; n--) sum = 1 + (sum * rest) / n;
  parts.setUint32(0, (power + 1023) << 20);
  parts.setUint32(4, 0);
  return sum * parts.getFloat64(0);
}
