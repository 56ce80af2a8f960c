import { matrix, type Matrix } from '../lib/matrix.ts';
import { random } from '../lib/random.ts';
import { components, onto } from '../lib/stats/components.ts';

/**
 * Made-up customers without groups, [rows × cols of x], to compare with: columns of numbers are spread evenly over the box around the
 * data along its principal axes (the reference of the gap statistic, Tibshirani, Walther & Hastie 2001, method b), so they keep their
 * correlation but have no gaps. Columns with up to twelve different values have gaps by nature: they keep their values and are shuffled,
 * columns of one feature (`from`) together.
 */
export function withoutStructure(
  x: Matrix,
  from: readonly number[],
  rows: number,
  seed: number,
): Matrix {
  const next = random(seed);
  const out = matrix(rows, x.cols);
  const isStepped = Array.from({ length: x.cols }, (_, c) => fewValues(x, c));
  const smooth = [...isStepped.keys()].filter((c) => !isStepped[c]);
  const even = evenBox(columnsOf(x, smooth), rows, next);
  smooth.forEach((c, i) => {
    for (let r = 0; r < rows; r++) out.data[r * x.cols + c] = even.data[r * even.cols + i]!;
  });
  const features = new Set(from.filter((_, c) => isStepped[c]));
  for (const feature of features) {
    const own = [...isStepped.keys()].filter((c) => isStepped[c] && from[c] === feature);
    for (let r = 0; r < rows; r++) {
      const other = Math.floor(next() * x.rows);
      for (const c of own) out.data[r * x.cols + c] = x.data[other * x.cols + c]!;
    }
  }
  return out;
}

function evenBox(x: Matrix, rows: number, next: () => number): Matrix {
  const found = components(x);
  const along = onto(x, found);
  const low = new Float64Array(x.cols).fill(Infinity);
  const high = new Float64Array(x.cols).fill(-Infinity);
  along.data.forEach((value, i) => {
    low[i % x.cols] = Math.min(low[i % x.cols]!, value);
    high[i % x.cols] = Math.max(high[i % x.cols]!, value);
  });
  const out = matrix(rows, x.cols);
  const sum = new Float64Array(x.cols);
  for (let r = 0; r < rows; r++) {
    sum.set(found.means);
    found.axes.forEach((axis, a) => {
      const at = low[a]! + next() * (high[a]! - low[a]!);
      for (let c = 0; c < x.cols; c++) sum[c]! += at * axis[c]!;
    });
    out.data.set(sum, r * x.cols);
  }
  return out;
}

function columnsOf(x: Matrix, columns: readonly number[]): Matrix {
  const out = matrix(x.rows, columns.length);
  for (let r = 0; r < x.rows; r++)
    columns.forEach((c, i) => (out.data[r * out.cols + i] = x.data[r * x.cols + c]!));
  return out;
}

function fewValues(x: Matrix, c: number): boolean {
  const seen = new Set<number>();
  for (let r = 0; r < x.rows && seen.size <= 12; r++) seen.add(x.data[r * x.cols + c]!);
  return seen.size <= 12 && x.rows > 24;
}
