import type { Matrix } from '../../lib/matrix.ts';

/** So many customers of a segment tell its spread. */
const SAMPLE = 5000;

/** Evenly spaced rows of each group, `SAMPLE` at most; the same ones every time. */
export function sampled(rows: Int32Array): Int32Array {
  if (rows.length <= SAMPLE) return rows;
  return Int32Array.from(
    { length: SAMPLE },
    (_, i) => rows[Math.floor((i * rows.length) / SAMPLE)]!,
  );
}

export const distance2 = ({ data, cols }: Matrix, a: number, b: number): number => {
  let sum = 0;
  for (let c = 0; c < cols; c++) {
    const d = data[a * cols + c]! - data[b * cols + c]!;
    sum += d * d;
  }
  return sum;
};

/** Mean squared distance of `rows` to mean `m`, over all columns together. */
export function spreadOf(x: Matrix, rows: Int32Array, means: Matrix, m: number): number {
  const { cols } = x;
  let sum = 0;
  for (const r of rows)
    for (let c = 0; c < cols; c++) {
      const d = x.data[r * cols + c]! - means.data[m * cols + c]!;
      sum += d * d;
    }
  return sum / Math.max(1, rows.length);
}

/** Where each row stands along the line from mean 0 to mean 1, in lengths of it: 0 at the one, 1 at the other. The means differ. */
export function alongLine(x: Matrix, means: Matrix): Float64Array<ArrayBuffer> {
  const { cols } = x;
  const length2 = distance2(means, 0, 1);
  const out = new Float64Array(x.rows);
  for (let r = 0; r < x.rows; r++) {
    let along = 0;
    for (let c = 0; c < cols; c++) {
      const from = means.data[c]!;
      along += (x.data[r * cols + c]! - from) * (means.data[cols + c]! - from);
    }
    out[r] = along / length2;
  }
  return out;
}

/**
 * How far two groups are apart: the distance of their means in standard deviations of their customers along the line through both (the
 * mean of both variances; Fisher 1936's criterion in one direction). Two clouds of any one sort touch at about 3; below 1 they are one another's
 * double. ∞ where they do not spread at all, 0 where the means are the same.
 */
export function separation(
  x: Matrix,
  means: Matrix,
  [a, b]: readonly [number, number],
  rows: readonly Int32Array[],
): number {
  const { cols } = x;
  const apart = Math.sqrt(distance2(means, a, b));
  if (apart === 0) return 0;
  let variance = 0;
  for (const m of [a, b]) {
    let squares = 0;
    for (const r of rows[m]!) {
      let along = 0;
      for (let c = 0; c < cols; c++) {
        const unit = (means.data[b * cols + c]! - means.data[a * cols + c]!) / apart;
        along += unit * (x.data[r * cols + c]! - means.data[m * cols + c]!);
      }
      squares += along * along;
    }
    variance += squares / Math.max(1, rows[m]!.length) / 2;
  }
  return variance > 0 ? apart / Math.sqrt(variance) : Infinity;
}
