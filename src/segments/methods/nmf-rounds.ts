import type { Matrix } from '../../lib/matrix.ts';
import { log } from '../../lib/stats/log.ts';
import type { Steps } from '../../lib/steps.ts';

/**
 * One round over `weights` [rows × k] (`sweeps` times each row) and then, after one sweep, over `parts` [k × cols]; both are changed. Returns
 * the loss that is made small, at the end of the round; with more sweeps the parts stay.
 */
export type Round = (
  x: Matrix,
  weights: Float64Array,
  parts: Float64Array,
  sweeps: number,
) => Steps<number>;

/** Multiplications between two chances to breathe. */
const STEP = 1e7;

/** Each weight, then each part, goes to its best value while the others stay (Cichocki & Phan 2009). Loss: half the squared differences. */
export function* bySquares(
  x: Matrix,
  weights: Float64Array,
  parts: Float64Array,
  sweeps: number,
): Steps<number> {
  const { rows, cols, data } = x;
  const k = parts.length / cols;
  const between = crossOf(parts, k, cols);
  const sums = new Float64Array(k * cols);
  const pairs = new Float64Array(k * k);
  const goal = new Float64Array(k);
  let squares = 0;
  let work = 0;
  for (let r = 0; r < rows; r++) {
    const own = weights.subarray(r * k, (r + 1) * k);
    for (let m = 0; m < k; m++) {
      let sum = 0;
      for (let c = 0, p = r * cols, q = m * cols; c < cols; c++, p++, q++)
        sum += data[p]! * parts[q]!;
      goal[m] = sum;
    }
    for (let sweep = 0; sweep < sweeps; sweep++) improve(own, between, goal, k);
    for (let c = 0, p = r * cols; c < cols; c++, p++) squares += data[p]! * data[p]!;
    for (let m = 0; m < k; m++) {
      const weight = own[m]!;
      if (weight === 0) continue;
      for (let n = 0; n < k; n++) pairs[m * k + n]! += weight * own[n]!;
      for (let c = 0, p = r * cols, q = m * cols; c < cols; c++, p++, q++)
        sums[q]! += weight * data[p]!;
    }
    if ((work += (2 * cols + sweeps * k) * k) > STEP) ((work = 0), yield);
  }
  if (sweeps === 1)
    for (let m = 0; m < k; m++) {
      const over = pairs[m * k + m]!;
      if (!(over > 0)) continue;
      for (let c = 0; c < cols; c++) {
        let sum = sums[m * cols + c]!;
        for (let n = 0; n < k; n++) sum -= pairs[m * k + n]! * parts[n * cols + c]!;
        parts[m * cols + c] = Math.max(0, parts[m * cols + c]! + sum / over);
      }
    }
  let loss = squares;
  const now = crossOf(parts, k, cols);
  for (let i = 0; i < sums.length; i++) loss -= 2 * sums[i]! * parts[i]!;
  for (let i = 0; i < pairs.length; i++) loss += pairs[i]! * now[i]!;
  return Math.max(0, loss) / 2;
}

function improve(own: Float64Array, between: Float64Array, goal: Float64Array, k: number): void {
  for (let m = 0; m < k; m++) {
    const over = between[m * k + m]!;
    if (!(over > 0)) continue;
    let sum = goal[m]!;
    for (let n = 0; n < k; n++) sum -= between[m * k + n]! * own[n]!;
    own[m] = Math.max(0, own[m]! + sum / over);
  }
}

/** Products of every two parts, [k × k]. */
function crossOf(parts: Float64Array, k: number, cols: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let m = 0; m < k; m++)
    for (let n = 0; n <= m; n++) {
      let sum = 0;
      for (let c = 0; c < cols; c++) sum += parts[m * cols + c]! * parts[n * cols + c]!;
      out[m * k + n] = out[n * k + m] = sum;
    }
  return out;
}

/** What is divided by is never less. */
const LEAST = 1e-100;

/** Weights and parts are multiplied so that the divergence never grows (Lee & Seung 2001). Loss: Σ x log(x / y) − x + y. */
export function* byDivergence(
  x: Matrix,
  weights: Float64Array,
  parts: Float64Array,
  sweeps: number,
): Steps<number> {
  const { rows, cols, data } = x;
  const k = parts.length / cols;
  const sums = new Float64Array(k * cols);
  const sizes = Float64Array.from({ length: k }, (_, m) =>
    parts.subarray(m * cols, (m + 1) * cols).reduce((sum, value) => sum + value, 0),
  );
  const totals = new Float64Array(k);
  const made = new Float64Array(cols);
  let loss = 0;
  let work = 0;
  for (let r = 0; r < rows; r++) {
    const own = weights.subarray(r * k, (r + 1) * k);
    for (let sweep = 0; sweep <= sweeps; sweep++) {
      made.fill(0);
      for (let m = 0; m < k; m++)
        for (let c = 0, q = m * cols; c < cols; c++, q++) made[c]! += own[m]! * parts[q]!;
      if (sweep === sweeps) break;
      for (let c = 0, p = r * cols; c < cols; c++, p++)
        made[c] = data[p]! / Math.max(made[c]!, LEAST);
      for (let m = 0; m < k; m++) {
        let sum = 0;
        for (let c = 0, q = m * cols; c < cols; c++, q++) sum += made[c]! * parts[q]!;
        own[m] = sizes[m]! > 0 ? (own[m]! * sum) / sizes[m]! : 0;
      }
    }
    for (let c = 0, p = r * cols; c < cols; c++, p++) {
      const value = data[p]!;
      const near = Math.max(made[c]!, LEAST);
      loss += near - value + (value > 0 ? value * log(value / near) : 0);
      made[c] = value / near;
    }
    for (let m = 0; m < k; m++) {
      totals[m]! += own[m]!;
      for (let c = 0, q = m * cols; c < cols; c++, q++) sums[q]! += own[m]! * made[c]!;
    }
    if ((work += 4 * cols * k * sweeps) > STEP) ((work = 0), yield);
  }
  if (sweeps === 1)
    for (let i = 0; i < parts.length; i++) {
      const total = totals[Math.floor(i / cols)]!;
      parts[i] = total > 0 ? (parts[i]! * sums[i]!) / total : 0;
    }
  return Math.max(0, loss);
}
