import { matrix, type Matrix } from '../../lib/matrix.ts';
import { random } from '../../lib/random.ts';
import { dipTest } from '../../lib/stats/dip.ts';
import { spreadTies } from '../../lib/stats/spread-ties.ts';
import { components } from '../../lib/stats/components.ts';

/** What does not change from draw to draw. */
export type Columns = {
  /** [rows] of each column, ascending; a column of several humps is spread evenly over its range. */
  readonly values: readonly Float64Array[];
  /** Principal axes of the ranks, times the root of their variance. */
  readonly axes: readonly Float64Array[];
  /** Columns that make one feature together (a category): its rows are dealt as they are. */
  readonly together: readonly (readonly number[])[];
  readonly x: Matrix;
};

/** Up to this many values a column has gaps by nature, and no humps are looked for. */
const FEW = 12;

/** O(rows · log rows · cols + rows · cols²). `from` is the feature of each column. */
export function columnsOf(x: Matrix, from: readonly number[]): Columns {
  const ranks = matrix(x.rows, x.cols);
  const values: Float64Array[] = [];
  for (let c = 0; c < x.cols; c++) {
    const own = Float64Array.from({ length: x.rows }, (_, r) => x.data[r * x.cols + c]!);
    midRanks(own).forEach((place, r) => (ranks.data[r * x.cols + c] = place / x.rows));
    values.push(oneHump(own.sort()));
  }
  const { axes, variances } = components(ranks);
  const features = [...new Set(from)].map((f) => [...from.keys()].filter((c) => from[c] === f));
  return {
    values,
    axes: axes.map((axis, a) => axis.map((value) => value * Math.sqrt(variances[a]!))),
    together: features.filter((columns) => columns.length > 1),
    x,
  };
}

/**
 * Customers without groups who have the same columns and the same correlations: each column keeps its values, dealt so that ranks correlate as
 * they did (Iman & Conover 1982). Skew, heaps of zeros and steps are kept; what is lost is that certain values go together in certain
 * customers. Columns of several humps are made even, so that groups which one column alone shows do not live on. [rows × cols].
 */
export function sameColumns({ values, axes, together, x }: Columns, seed: number): Matrix {
  const next = random(seed);
  const out = matrix(x.rows, x.cols);
  const scores = values.map(() => new Float64Array(x.rows));
  for (let r = 0; r < x.rows; r++)
    for (const axis of axes) {
      const at = bell(next);
      for (let c = 0; c < x.cols; c++) scores[c]![r]! += at * axis[c]!;
    }
  scores.forEach((score, c) =>
    rank(score).forEach((place, r) => (out.data[r * x.cols + c] = values[c]![place]!)),
  );
  for (const columns of together)
    for (let r = 0; r < x.rows; r++) {
      const other = Math.floor(next() * x.rows);
      for (const c of columns) out.data[r * x.cols + c] = x.data[other * x.cols + c]!;
    }
  return out;
}

function oneHump(sorted: Float64Array): Float64Array {
  if (new Set(sorted.subarray(0, 5000)).size <= FEW) return sorted;
  const { dip, p } = dipTest(spreadTies(sorted));
  if (p > 0.01 || dip < 0.02) return sorted;
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  return sorted.map((_, i) => low + ((high - low) * i) / (sorted.length - 1));
}

const inOrder = (values: Float64Array): Int32Array =>
  Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);

/** Place of each value in ascending order; ties by row. */
function rank(values: Float64Array): Int32Array {
  const order = inOrder(values);
  const place = new Int32Array(values.length);
  order.forEach((r, i) => (place[r] = i));
  return place;
}

/** The same, but rows of one value share the middle of their places. */
function midRanks(values: Float64Array): Float64Array {
  const order = inOrder(values);
  const out = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    for (to = from; to < order.length && values[order[to]!] === values[order[from]!];) to++;
    for (let i = from; i < to; i++) out[order[i]!] = (from + to - 1) / 2;
  }
  return out;
}

/** About normal: twelve uniform numbers, no logarithm. */
function bell(next: () => number): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += next();
  return sum;
}
