import { eigen } from '../../lib/stats/eigen.ts';
import { atOnce } from '../../lib/steps.ts';

/** Variances and covariances of some columns and, in the last place, the outcome: [size × size], row-major. */
export type Covariances = { readonly values: Float64Array; readonly size: number };

/** What each group of columns is worth: `shares` add up to `r2`, the share of the outcome's variance that all explain together. */
export type Importance = { readonly shares: Float64Array; readonly r2: number };

/** A column that others leave less than this share of its variance says nothing more. */
const ALONE = 1e-9;

/**
 * Shapley values of R² (Lindeman, Merenda & Gold 1980; Grömping 2007): what a group of columns adds to R², over all orders in which they could
 * have come in. Exact over all 2^groups sets, each from the one before by one step of Cholesky. O(2^groups · cols²): for up to 12 groups.
 */
export function shapley(
  { values, size }: Covariances,
  groups: readonly (readonly number[])[],
): Importance {
  const count = groups.length;
  if (count > 20) throw new RangeError(`${count} groups have too many sets`);
  const y = size - 1;
  const total = values[y * size + y]!;
  const r2 = new Float64Array(1 << count);
  if (!(total > 0)) return { shares: new Float64Array(count), r2: 0 };
  const rows: Float64Array[] = [];
  const used: number[] = [];
  const visit = (mask: number, from: number, explained: number): void => {
    r2[mask] = explained / total;
    for (let g = from; g < count; g++) {
      const before = rows.length;
      let more = explained;
      for (const c of groups[g]!) more += push(values, size, c, rows, used);
      visit(mask | (1 << g), g + 1, more);
      rows.length = used.length = before;
    }
  };
  visit(0, 0, 0);
  const weights = weightsOf(count);
  const shares = new Float64Array(count);
  for (let mask = 0; mask < r2.length; mask++) {
    const weight = weights[bits(mask)];
    for (let g = 0; g < count; g++)
      if ((mask & (1 << g)) === 0) shares[g]! += weight! * (r2[mask | (1 << g)]! - r2[mask]!);
  }
  return { shares, r2: r2.at(-1)! };
}

/** The next row of the Cholesky factor, its last entry that of the outcome; what the column adds to the explained variance. */
function push(
  values: Float64Array,
  size: number,
  c: number,
  rows: Float64Array[],
  used: number[],
): number {
  const k = rows.length;
  const row = new Float64Array(k + 2);
  let own = values[c * size + c]!;
  let out = values[c * size + size - 1]!;
  for (let i = 0; i < k; i++) {
    const other = rows[i]!;
    let sum = values[c * size + used[i]!]!;
    for (let j = 0; j < i; j++) sum -= row[j]! * other[j]!;
    row[i] = sum / other[i]!;
    own -= row[i]! * row[i]!;
    out -= row[i]! * other[i + 1]!;
  }
  if (!(own > ALONE * values[c * size + c]!)) return 0;
  row[k] = Math.sqrt(own);
  row[k + 1] = out / row[k]!;
  rows.push(row);
  used.push(c);
  return row[k + 1]! * row[k + 1]!;
}

/** |U|! (n − |U| − 1)! ÷ n! by the size of U. */
function weightsOf(n: number): Float64Array {
  const weights = new Float64Array(Math.max(1, n));
  for (let s = 0; s < n; s++) {
    let choose = 1;
    for (let i = 0; i < s; i++) choose = (choose * (n - 1 - i)) / (i + 1);
    weights[s] = 1 / (n * choose);
  }
  return weights;
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) count++;
  return count;
}

/**
 * Relative weights (Johnson 2000): R² shared out through the orthogonal columns that are nearest to the given ones; for more groups than have all
 * sets tried. A group's share is the sum over its columns. O(cols³).
 */
export function relativeWeights(
  { values, size }: Covariances,
  groups: readonly (readonly number[])[],
): Importance {
  const total = values[size * size - 1]!;
  const cols = groups.flat().filter((c) => values[c * size + c]! > 0);
  const n = cols.length;
  const shares = new Float64Array(groups.length);
  if (!(total > 0) || n === 0) return { shares, r2: 0 };
  const deviation = cols.map((c) => Math.sqrt(values[c * size + c]!));
  const correlations = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      correlations[i * n + j] =
        values[cols[i]! * size + cols[j]!]! / (deviation[i]! * deviation[j]!);
  const own = cols.map((c, i) => values[c * size + size - 1]! / (deviation[i]! * Math.sqrt(total)));
  const { values: roots, vectors } = atOnce(eigen(correlations, n));
  const kept = [...roots.keys()].filter((k) => roots[k]! > ALONE * n);
  const link = new Float64Array(n * n);
  const beta = new Float64Array(n);
  for (const k of kept) {
    const root = Math.sqrt(roots[k]!);
    let along = 0;
    for (let i = 0; i < n; i++) along += vectors[k * n + i]! * own[i]!;
    for (let i = 0; i < n; i++) {
      const v = vectors[k * n + i]!;
      beta[i]! += (v * along) / root;
      for (let j = 0; j < n; j++) link[i * n + j]! += v * root * vectors[k * n + j]!;
    }
  }
  let r2 = 0;
  const groupOf = new Map(groups.flatMap((list, g) => list.map((c) => [c, g] as const)));
  for (let i = 0; i < n; i++) {
    let share = 0;
    for (let k = 0; k < n; k++) {
      const part = link[i * n + k]! * beta[k]!;
      share += part * part;
    }
    shares[groupOf.get(cols[i]!)!]! += share;
    r2 += share;
  }
  return { shares, r2 };
}

/** R² of all columns together. */
export function explainedBy({ values, size }: Covariances): number {
  const [rows, used]: [Float64Array[], number[]] = [[], []];
  let sum = 0;
  for (let c = 0; c + 1 < size; c++) sum += push(values, size, c, rows, used);
  const total = values[size * size - 1]!;
  return total > 0 ? sum / total : 0;
}
