/** Number of an order, unique for (customer, day) and telling neither: a one-to-one scramble of 32 bits. */
export function orderNumber(index: number, day: number): number {
  let x = (index << 12) | day; // day < 4096, index < 2²⁰
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
