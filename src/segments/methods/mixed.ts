import { TesseraError } from '../../lib/errors.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { columnMeans } from '../../lib/stats/covariance.ts';
import { atOnce } from '../../lib/steps.ts';
import type { SegmentInput } from '../profile.ts';

/** Rows of numbers and categories side by side. */
export type Mixed = {
  /** [rows × numbers], on one scale. */
  readonly numbers: Matrix;
  /** [rows × categories]: which value each has, from 0. */
  readonly codes: Int32Array;
  /** How many values each category has. */
  readonly values: readonly number[];
};

/** The columns that are used for grouping: numbers and answers as they were put on one scale, categories as they are. */
export function mixedOf({
  features,
  raw,
  scaled,
  scaledFrom,
}: Pick<SegmentInput, 'features' | 'raw' | 'scaled' | 'scaledFrom'>): Mixed {
  const columns = [...scaledFrom.keys()].filter((c) => !features[scaledFrom[c]!]?.categories);
  const categories = [...new Set(scaledFrom)].filter((f) => features[f]?.categories);
  if (columns.length + categories.length === 0)
    throw new TesseraError('no-features', 'No feature is used for grouping.');
  const numbers = matrix(raw.rows, columns.length);
  const codes = new Int32Array(raw.rows * categories.length);
  for (let r = 0; r < raw.rows; r++) {
    columns.forEach((c, i) => {
      numbers.data[r * columns.length + i] = scaled.data[r * scaled.cols + c]!;
    });
    categories.forEach((f, i) => {
      codes[r * categories.length + i] = raw.data[r * raw.cols + f]!;
    });
  }
  return { numbers, codes, values: categories.map((f) => features[f]!.categories!.length) };
}

/** Throws `RangeError` where the two sides do not fit, a code is no value, or a number is none, naming the column. */
export function checkMixed({ numbers, codes, values }: Mixed): void {
  if (codes.length !== numbers.rows * values.length)
    throw new RangeError(`${codes.length} codes for ${numbers.rows} × ${values.length}`);
  atOnce(columnMeans(numbers)); // refuses what is no number
  codes.forEach((code, i) => {
    const c = i % values.length;
    if (!(code >= 0 && code < values[c]!))
      throw new RangeError(`category ${c} has no value ${code} of ${values[c]}`);
  });
}

/** The given rows, in that order. */
export function mixedRows({ numbers, codes, values }: Mixed, rows: Int32Array): Mixed {
  const { cols } = numbers;
  const wide = values.length;
  const part = matrix(rows.length, cols);
  const own = new Int32Array(rows.length * wide);
  rows.forEach((r, i) => {
    part.data.set(numbers.data.subarray(r * cols, (r + 1) * cols), i * cols);
    own.set(codes.subarray(r * wide, (r + 1) * wide), i * wide);
  });
  return { numbers: part, codes: own, values };
}
