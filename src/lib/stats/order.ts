/**
 * Places of `values` from the least to the greatest; ties keep their order. No value is negative: the bits of such numbers are in their own
 * order, so they are sorted by four digits of 16 bits, the last one first. O(values).
 */
export function orderOf(values: Float64Array): Uint32Array<ArrayBuffer> {
  const n = values.length;
  const view = new DataView(new ArrayBuffer(8));
  const digits = new Uint16Array(4 * n);
  for (let i = 0; i < n; i++) {
    view.setFloat64(0, values[i]!);
    for (let d = 0; d < 4; d++) digits[4 * i + d] = view.getUint16(6 - 2 * d);
  }
  let order = Uint32Array.from({ length: n }, (_, i) => i);
  let next = new Uint32Array(n);
  const starts = new Uint32Array(65_537);
  for (let d = 0; d < 4; d++) {
    starts.fill(0);
    for (let i = d; i < digits.length; i += 4) starts[digits[i]! + 1]!++;
    for (let i = 0; i < 65_536; i++) starts[i + 1]! += starts[i]!;
    for (let i = 0; i < n; i++) next[starts[digits[4 * order[i]! + d]!]!++] = order[i]!;
    [order, next] = [next, order];
  }
  return order;
}
