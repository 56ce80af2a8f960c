import type { Matrix } from '../lib/matrix.ts';
import type { Moments } from '../lib/stats/covariance.ts';
import { plural } from '../lib/format.ts';

/** What condensing asks of a feature; `categories` as in `Feature`, `gaps` the rows where it stands for nothing measured. */
export type CondenseFeature = {
  readonly label: string;
  readonly categories?: readonly string[];
  readonly gaps: number;
};

/** A column to come, as weights on columns that are there. */
export type Made = {
  readonly label: string;
  readonly cols: readonly number[];
  readonly weights: readonly number[];
  /** The feature that it is, −1 where it is made of several. */
  readonly from: number;
  /** Of the values of a category: the share of customers who have it; null of everything else. */
  readonly share: number | null;
};

export type LeftAside = { readonly label: string; readonly why: string };

/** Rows of a 0 or 1/√2 column (see scale.ts) that hold the value. */
const SHARE_OF_ONE = Math.SQRT2;
/** Values that fewer customers have are put together: rare ones would draw whole axes to themselves. */
export const RARE = 0.02;

/**
 * The columns that may take part: without those that hardly vary, those that are gaps by more than half, and with the rare values of a
 * category put together in one.
 */
export function columnsToCondense(
  x: Matrix,
  from: readonly number[],
  features: readonly CondenseFeature[],
  { means, covariance }: Moments,
): { readonly made: readonly Made[]; readonly leftOut: readonly LeftAside[] } {
  const made: Made[] = [];
  const leftOut: LeftAside[] = [];
  const variance = (c: number) => covariance[c * x.cols + c]!;
  const usual = from.reduce((sum, _, c) => sum + variance(c), 0) / Math.max(1, x.cols);
  for (const f of new Set(from)) {
    const { label, categories, gaps } = features[f]!;
    const own = [...from.keys()].filter((c) => from[c] === f);
    if (gaps > x.rows / 2) {
      leftOut.push({ label, why: `${plural(gaps, 'customer')} of ${x.rows} have a gap there` });
      continue;
    }
    const [first] = own;
    if (own.length === 1 && first !== undefined) {
      if (variance(first) > 1e-9 * usual)
        made.push({ label, cols: own, weights: [1], from: f, share: null });
      else leftOut.push({ label, why: 'it is the same for nearly every customer' });
      continue;
    }
    const values = own.map((c, i) => ({
      label: `${label}: ${categories?.[i] ?? i + 1}`,
      cols: [c],
      share: means[c]! * SHARE_OF_ONE,
    }));
    const rare = values.filter(({ share }) => share < RARE);
    const together = {
      label:
        rare.length === 1
          ? rare[0]!.label
          : `${label}: any of ${plural(rare.length, 'rare value')}`,
      cols: rare.flatMap(({ cols }) => cols),
      share: rare.reduce((sum, { share }) => sum + share, 0),
    };
    for (const value of [...values.filter(({ share }) => share >= RARE), together])
      if (value.share >= RARE / 2)
        made.push({ ...value, weights: value.cols.map(() => 1), from: f });
      else if (value.cols.length > 0)
        leftOut.push({
          label: value.label,
          why: 'fewer than one customer in a hundred has it',
        });
  }
  return { made, leftOut };
}

/** Covariances of the columns to come, [n × n]. */
export function covarianceOf(
  made: readonly Made[],
  covariance: Float64Array,
  cols: number,
): Float64Array {
  const n = made.length;
  const out = new Float64Array(n * n);
  made.forEach((a, i) => {
    for (let j = i; j < n; j++) {
      const b = made[j]!;
      let sum = 0;
      a.cols.forEach((p, k) =>
        b.cols.forEach(
          (q, l) => (sum += a.weights[k]! * b.weights[l]! * covariance[p * cols + q]!),
        ),
      );
      out[i * n + j] = out[j * n + i] = sum;
    }
  });
  return out;
}

/** Correlations from covariances; 0 where one does not vary. */
export function correlationOf(covariance: Float64Array, n: number): Float64Array {
  const spread = Float64Array.from({ length: n }, (_, i) => Math.sqrt(covariance[i * n + i]!));
  return covariance.map((value, at) => {
    const both = spread[Math.floor(at / n)]! * spread[at % n]!;
    return both > 0 ? value / both : 0;
  });
}
