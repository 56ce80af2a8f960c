import type { Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { exponent } from './exponent.ts';

/** Row-major, as `Matrix`, in whatever memory a kernel has. */
export type Rows = { readonly data: Float32Array; readonly rows: number; readonly cols: number };

/**
 * Rows that a kernel holds, to be put to their nearest means again and again. Their middle is taken out, and each is rounded to a grid of its
 * column, fine beside float32 and so coarse that float64 sums of rows are exact: they do not depend on the order in which rows are added, so
 * every form of this kernel, on any number of threads, gives the same bytes.
 */
export type Held = Rows & {
  /** What was taken out of each column; `data` = (x − centre) · scale, rounded. */
  readonly centre: Float64Array;
  /** A power of two, 1 unless values are huge. */
  readonly scale: number;
  /** Sum of squares of `data`. */
  readonly squares: number;
  /** Begins to divide the rows in `k`; what was begun before is over. */
  start(k: number): Run;
  close(): void;
};

export type Run = {
  /** [rows]; 65535: not yet put anywhere. May be changed together with `counts` and `sums`, if `touch` is told of the row. */
  readonly labels: Uint16Array;
  readonly counts: Int32Array;
  /** [k × cols], exact. */
  readonly sums: Float64Array;
  /** Puts every row to the nearest of `means` [k × cols]; ties: the first. Gives how many moved. `counts` and `sums` follow. O(rows · k · cols) at most. */
  round(means: Float64Array, job: Job): Promise<number>;
  /** The label of this row was changed from outside. */
  touch(row: number): void;
};

/** `most`: the largest k that will be asked for. Refuses, by RangeError, a column with a value that is no number. */
export type HoldRows = (x: Matrix, job: Job, most: number) => Promise<Held>;

export const NOWHERE = 0xffff;
/** Rows that are summed together first, so that sums that are not exact come out the same in every form too. */
export const PIECE = 8192;

/** Of each column: sum, least and greatest, from those of the pieces [pieces × 3 × cols], as middles, scale and grids. */
export function plan(pieces: Float64Array, rows: number, cols: number) {
  const centre = new Float64Array(cols);
  const most = new Float64Array(cols);
  for (let c = 0; c < cols; c++) {
    let [sum, low, high] = [0, Infinity, -Infinity];
    for (let p = c; p < pieces.length; p += 3 * cols) {
      sum += pieces[p]!;
      low = Math.min(low, pieces[p + cols]!);
      high = Math.max(high, pieces[p + 2 * cols]!);
    }
    if (!Number.isFinite(sum)) throw new RangeError(`column ${c} holds a value that is no number`);
    centre[c] = sum / rows;
    most[c] = Math.max(high - centre[c]!, centre[c]! - low);
  }
  const scale = 2 ** -Math.max(0, exponent(most.reduce((a, b) => Math.max(a, b), 0)) - 15); // squares stay far inside float32
  const grids = most.map((value) => (value > 0 ? 2 ** (51 - exponent(rows * value * scale)) : 1));
  return { centre, scale, grids };
}

/** The plain form: what the others are held against. */
export const holdRows: HoldRows = async (x, job) => {
  const { rows, cols } = x;
  const pieces = Math.ceil(rows / PIECE);
  const found = new Float64Array(pieces * 3 * cols);
  for (let piece = 0; piece < pieces; piece++) {
    survey(x, piece, found);
    await job.breathe();
  }
  const { centre, scale, grids } = plan(found, rows, cols);
  const data = new Float32Array(rows * cols);
  let squares = 0;
  for (let piece = 0; piece < pieces; piece++) {
    let own = 0;
    for (let r = piece * PIECE; r < Math.min(rows, (piece + 1) * PIECE); r++) {
      const norms = [0, 0]; // of even and odd columns, as SIMD sums them
      for (let c = 0, p = r * cols; c < cols; c++, p++) {
        const onGrid = nearestEven((x.data[p]! - centre[c]!) * scale * grids[c]!) / grids[c]!;
        const value = Math.fround(onGrid); // still on the grid: rounding to fewer digits leaves it
        data[p] = value;
        if (c === cols - 1 && c % 2 === 0) norms.push(value * value);
        else norms[c % 2]! += value * value;
      }
      const norm = norms[0]! + norms[1]! + (norms[2] ?? 0);
      own += norm;
    }
    squares += own;
    await job.breathe();
  }
  const held = { data, rows, cols };
  return { ...held, centre, scale, squares, start: (k) => startRun(held, k), close: () => {} };
};

function survey({ data, rows, cols }: Matrix, piece: number, out: Float64Array): void {
  const at = piece * 3 * cols;
  out.fill(Infinity, at + cols, at + 2 * cols);
  out.fill(-Infinity, at + 2 * cols, at + 3 * cols);
  for (let r = piece * PIECE; r < Math.min(rows, (piece + 1) * PIECE); r++)
    for (let c = 0, p = r * cols; c < cols; c++, p++) {
      const value = data[p]!;
      out[at + c]! += value;
      out[at + cols + c] = Math.min(out[at + cols + c]!, value);
      out[at + 2 * cols + c] = Math.max(out[at + 2 * cols + c]!, value);
    }
}

/** To the nearest whole number, halves to the even one, as wasm's `nearest`. */
function nearestEven(value: number): number {
  const whole = Math.round(value);
  return whole - value === 0.5 && whole % 2 !== 0 ? whole - 1 : whole;
}

/**
 * The first of the means nearest to row r, by ½‖mean‖² − row · mean. Every value goes through `Math.fround`: the same steps as in float32
 * SIMD.
 */
export function nearest(
  { data, cols }: Rows,
  r: number,
  means: Float32Array,
  half: Float32Array,
): number {
  const { fround } = Math;
  let least = Infinity;
  let best = 0;
  for (let m = 0, q = 0; m < half.length; m++) {
    let value = half[m]!;
    for (let c = 0, p = r * cols; c < cols; c++, p++, q++)
      value = fround(value + fround(data[p]! * -means[q]!));
    if (value < least) ((least = value), (best = m));
  }
  return best;
}

function startRun({ data, rows, cols }: Rows, k: number): Run {
  const labels = new Uint16Array(rows).fill(NOWHERE);
  const counts = new Int32Array(k);
  const sums = new Float64Array(k * cols);
  return {
    labels,
    counts,
    sums,
    touch: () => {},
    async round(means, job) {
      const own = Float32Array.from(means);
      const half = halfSquares(own, k, cols);
      let moved = 0;
      for (let r = 0; r < rows; r++) {
        const best = nearest({ data, rows, cols }, r, own, half);
        const old = labels[r]!;
        if (old !== best) {
          labels[r] = best;
          moved++;
          if (old !== NOWHERE) add(old, r, -1);
          add(best, r, 1);
        }
        if (r % 1024 === 1023) await job.breathe();
      }
      return moved;
    },
  };

  function add(m: number, r: number, sign: number): void {
    counts[m]! += sign;
    for (let c = 0; c < cols; c++) sums[m * cols + c]! += sign * data[r * cols + c]!;
  }
}

/** ½‖mean‖² of each, summed in float64. */
export function halfSquares(means: Float32Array, k: number, cols: number): Float32Array {
  const half = new Float32Array(k);
  for (let m = 0; m < k; m++) {
    let sum = 0;
    for (let c = 0; c < cols; c++) sum += means[m * cols + c]! * means[m * cols + c]!;
    half[m] = sum / 2;
  }
  return half;
}
