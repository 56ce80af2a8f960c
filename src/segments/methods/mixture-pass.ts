import type { Matrix } from '../../lib/matrix.ts';
import { exp, log } from '../../lib/stats/log.ts';
import type { Steps } from '../../lib/steps.ts';
import { isAlongAxes, type MixtureModel, type MixtureSums } from './mixture-model.ts';

/** Four rows are worked on at once: each number of a model is loaded once for four, and their sums do not wait for each other. */
const TILE = 4;
const ROWS = 256;
/** Belonging below this share moves nothing that float64 could see. */
const NOTHING = 1e-13;
/** Multiplications between two chances to breathe: about 10 ms. */
const STEP = 1e7;

/** Called with each row's memberships `own[at … at + k)` and the logarithm of its density. */
export type EachRow = (row: number, own: Float64Array, at: number, density: number) => void;

/**
 * One pass of EM (Dempster, Laird & Rubin 1977) over all rows: how much each belongs to each group (log-sum-exp), and, where `sums` is
 * given, the sums for the next model. `groups` fixes memberships instead (0 or 1). Returns the mean log density of a row.
 * O(rows · k · cols²), along the axes O(rows · k · cols).
 */
export function* pass(
  x: Matrix,
  model: MixtureModel,
  sums: MixtureSums | null,
  eachRow: EachRow | null = null,
  groups: Int32Array | null = null,
): Steps<number> {
  const { rows, cols } = x;
  const { k } = model;
  const own = new Float64Array(ROWS * k);
  const tile = new Float64Array(TILE * cols);
  const straight = isAlongAxes(model.shape);
  const cost = ROWS * (straight ? 1 : cols / 2) * cols;
  let total = 0;
  let work = 0;
  for (let from = 0; from < rows; from += ROWS) {
    const high = Math.min(ROWS, rows - from);
    for (let m = 0; m < k; m++) {
      for (let r = 0; r < high; r += TILE) {
        if (groups) {
          for (let t = 0; t < TILE; t++)
            own[(r + t) * k + m] = r + t < high && groups[from + r + t] === m ? 1 : 0;
          continue;
        }
        load(x, from + r, model.means, m, tile);
        const at = r * k + m;
        if (straight) farAlongAxes(model, m, tile, own, at);
        else far(model, m, tile, own, at);
      }
      if ((work += cost) > STEP) ((work = 0), yield);
    }
    if (!groups)
      for (let r = 0; r < high; r++) {
        const density = share(own, r * k, k);
        total += density;
        eachRow?.(from + r, own, r * k, density);
      }
    if (!sums) continue;
    for (let m = 0; m < k; m++) {
      for (let r = 0; r < high; r += TILE) {
        const at = r * k + m;
        const left = high - r;
        const a = own[at]!;
        const b = left > 1 ? own[at + k]! : 0;
        const c = left > 2 ? own[at + 2 * k]! : 0;
        const d = left > 3 ? own[at + 3 * k]! : 0;
        if (a < NOTHING && b < NOTHING && c < NOTHING && d < NOTHING) continue;
        load(x, from + r, model.means, m, tile);
        add(sums, m, cols, tile, straight, a, b, c, d);
      }
      if ((work += cost) > STEP) ((work = 0), yield);
    }
  }
  return total / Math.max(1, rows);
}

/** `tile[4 c + t]`: row `from + t` minus mean m; past the end the last row, whose result nobody uses. */
function load(
  { data, rows, cols }: Matrix,
  from: number,
  means: Float64Array,
  m: number,
  tile: Float64Array,
): void {
  for (let t = 0; t < TILE; t++) {
    const p = Math.min(from + t, rows - 1) * cols;
    for (let c = 0, q = m * cols; c < cols; c++, q++) tile[TILE * c + t] = data[p + c]! - means[q]!;
  }
}

/** Log of weight × density at four rows, written k apart from `at` on. */
function far(
  { whiten, floors, cols, k, shape }: MixtureModel,
  m: number,
  tile: Float64Array,
  out: Float64Array,
  at: number,
): void {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const base = shape === 'tied' ? 0 : m * cols * cols;
  for (let j = 0; j < cols; j++) {
    let [y0, y1, y2, y3] = [0, 0, 0, 0];
    for (let i = 0, p = base + j * cols, q = 0; i <= j; i++, p++, q += 4) {
      const w = whiten[p]!;
      y0 += w * tile[q]!;
      y1 += w * tile[q + 1]!;
      y2 += w * tile[q + 2]!;
      y3 += w * tile[q + 3]!;
    }
    s0 += y0 * y0;
    s1 += y1 * y1;
    s2 += y2 * y2;
    s3 += y3 * y3;
  }
  write(out, at, k, floors[m]!, s0, s1, s2, s3);
}

function farAlongAxes(
  { whiten, floors, cols, k }: MixtureModel,
  m: number,
  tile: Float64Array,
  out: Float64Array,
  at: number,
): void {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let c = 0, p = m * cols, q = 0; c < cols; c++, p++, q += 4) {
    const w = whiten[p]!;
    const y0 = w * tile[q]!;
    const y1 = w * tile[q + 1]!;
    const y2 = w * tile[q + 2]!;
    const y3 = w * tile[q + 3]!;
    s0 += y0 * y0;
    s1 += y1 * y1;
    s2 += y2 * y2;
    s3 += y3 * y3;
  }
  write(out, at, k, floors[m]!, s0, s1, s2, s3);
}

function write(
  out: Float64Array,
  at: number,
  k: number,
  floor: number,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
): void {
  out[at] = floor - s0 / 2;
  out[at + k] = floor - s1 / 2;
  out[at + 2 * k] = floor - s2 / 2;
  out[at + 3 * k] = floor - s3 / 2;
}

/** Logs of weight × density become memberships that sum to 1; returns the log of their sum. */
function share(own: Float64Array, at: number, k: number): number {
  let most = -Infinity;
  for (let m = at; m < at + k; m++) if (own[m]! > most) most = own[m]!;
  let sum = 0;
  for (let m = at; m < at + k; m++) {
    const below = own[m]! - most;
    sum += own[m] = below < -40 ? 0 : exp(below);
  }
  for (let m = at; m < at + k; m++) own[m]! /= sum;
  return most + log(sum);
}

/** Adds four rows that belong to group m by a, b, c and d. */
function add(
  { counts, first, second }: MixtureSums,
  m: number,
  cols: number,
  tile: Float64Array,
  straight: boolean,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  counts[m]! += a + b + c + d;
  for (let i = 0, q = 0; i < cols; i++, q += 4) {
    const a0 = a * tile[q]!;
    const b0 = b * tile[q + 1]!;
    const c0 = c * tile[q + 2]!;
    const d0 = d * tile[q + 3]!;
    first[m * cols + i]! += a0 + b0 + c0 + d0;
    if (straight) {
      second[m * cols + i]! +=
        a0 * tile[q]! + b0 * tile[q + 1]! + c0 * tile[q + 2]! + d0 * tile[q + 3]!;
      continue;
    }
    for (let j = i, s = (m * cols + i) * cols + i, p = q; j < cols; j++, s++, p += 4)
      second[s]! += a0 * tile[p]! + b0 * tile[p + 1]! + c0 * tile[p + 2]! + d0 * tile[p + 3]!;
  }
}
