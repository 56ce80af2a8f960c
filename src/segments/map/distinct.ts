import { matrix, type Matrix } from '../../lib/matrix.ts';
import type { Steps } from '../../lib/steps.ts';
import { exponent } from '../kernels/exponent.ts';

export type Distinct = {
  /** Every row that occurs, once, in the order in which they first do. */
  readonly x: Matrix;
  /** [rows]: which of them a row is. */
  readonly of: Int32Array<ArrayBuffer>;
  /** [distinct rows]: where each occurs first. */
  readonly first: readonly number[];
};

/** Customers with the same numbers are one point of a projection: thousands in one place would be each other's only neighbours. O(rows · cols). */
export function* distinct(x: Matrix): Steps<Distinct> {
  const { rows, cols, data } = x;
  const words = new Int32Array(data.map((value) => value + 0).buffer); // −0 as 0
  const size = 2 ** Math.ceil(Math.max(4, exponent(2 * rows + 1) + 1));
  const slots = new Int32Array(size).fill(-1);
  const of = new Int32Array(rows);
  const first: number[] = [];
  for (let r = 0; r < rows; r++) {
    let hash = 0x811c9dc5;
    for (let c = 0, p = r * cols; c < cols; c++, p++)
      hash = Math.imul((hash ^ words[p]!) + (hash >>> 15), 0x01000193);
    let slot = (hash ^ (hash >>> 16)) & (size - 1);
    while (slots[slot]! >= 0 && !isSame(words, cols, first[slots[slot]!]!, r))
      slot = (slot + 1) & (size - 1);
    if (slots[slot]! < 0) slots[slot] = first.push(r) - 1;
    of[r] = slots[slot]!;
    if ((r & 0xffff) === 0xffff) yield;
  }
  if (first.length === rows) return { x, of, first };
  const out = matrix(first.length, cols);
  first.forEach((r, i) => out.data.set(data.subarray(r * cols, (r + 1) * cols), i * cols));
  return { x: out, of, first };
}

function isSame(words: Int32Array, cols: number, a: number, b: number): boolean {
  for (let c = 0; c < cols; c++) if (words[a * cols + c] !== words[b * cols + c]) return false;
  return true;
}

/**
 * The same distances around 0 and within ±1, `unit` (a power of two) being what 1 stands for: so that no square leaves float32.
 * Refuses, by RangeError, a column with a value that is no number.
 */
export function* withinOne(x: Matrix): Steps<{ readonly x: Matrix; readonly unit: number }> {
  const { rows, cols, data } = x;
  const middles = new Float64Array(cols);
  let most = 0;
  for (let c = 0; c < cols; c++) {
    let [sum, low, high] = [0, Infinity, -Infinity];
    for (let p = c; p < data.length; p += cols) {
      const value = data[p]!;
      sum += value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (!Number.isFinite(sum)) throw new RangeError(`column ${c} holds a value that is no number`);
    if (rows > 0) middles[c] = Math.min(high, Math.max(low, sum / rows)); // exact where a column is constant
    most = Math.max(most, high - middles[c]!, middles[c]! - low);
    yield;
  }
  const unit = most > 0 ? 2 ** (exponent(most) + 1) : 1;
  const out = matrix(rows, cols);
  for (let r = 0, p = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++, p++) out.data[p] = (data[p]! - middles[c]!) / unit;
    if ((r & 0xffff) === 0xffff) yield;
  }
  return { x: out, unit };
}
