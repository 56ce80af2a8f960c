const value = new Float64Array(1);
const words = new Uint32Array(value.buffer);
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** ⌊log₂ |x|⌋ of a normal number, read from its bits (Math.log2 may differ between engines); −1023 of 0. */
export function exponent(x: number): number {
  value[0] = x;
  return ((words[HIGH]! >>> 20) & 0x7ff) - 1023;
}
