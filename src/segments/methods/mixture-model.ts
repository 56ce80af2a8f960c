import { log } from '../../lib/stats/log.ts';

/** What the groups may look like: any ellipse each, one ellipse for all, ellipses along the axes, or circles. */
export type MixtureShape = 'full' | 'tied' | 'diagonal' | 'spherical';

/**
 * Normal distributions that the rows are a mixture of. `weights` is [k], sum 1; `means` is [k × cols], in the units of the rows.
 * `whiten` turns what is centred into independent numbers of variance 1: L⁻¹ of each covariance L Lᵀ, [k × cols × cols] (tied: one of
 * them; diagonal and spherical: [k × cols], one over the spread). `floors` is [k]: log of the weight and of the density in the middle.
 */
export type MixtureModel = {
  readonly shape: MixtureShape;
  readonly k: number;
  readonly cols: number;
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly whiten: Float64Array;
  readonly floors: Float64Array;
};

/** Sums over rows by how much each belongs to group m, of d = row − old mean: how many, Σ d, and Σ d dᵀ (upper half; its diagonal alone). */
export type MixtureSums = {
  readonly counts: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
};

const LOG_2PI = 1.8378770664093453;

export const isAlongAxes = (shape: MixtureShape): boolean =>
  shape === 'diagonal' || shape === 'spherical';

export function emptySums(k: number, cols: number, shape: MixtureShape): MixtureSums {
  return {
    counts: new Float64Array(k),
    first: new Float64Array(k * cols),
    second: new Float64Array(isAlongAxes(shape) ? k * cols : k * cols * cols),
  };
}

/** Free numbers of a mixture: what BIC counts. */
export function freedom(shape: MixtureShape, k: number, cols: number): number {
  const ellipse = (cols * (cols + 1)) / 2;
  const spread = { full: k * ellipse, tied: ellipse, diagonal: k * cols, spherical: k };
  return spread[shape] + k * cols + k - 1;
}

/** The most likely mixture for these sums around `means`; `floor` is added to every variance, so that none is 0. */
export function modelOf(
  shape: MixtureShape,
  means: Float64Array,
  { counts, first, second }: MixtureSums,
  floor: number,
): MixtureModel {
  const k = counts.length;
  const cols = k > 0 ? means.length / k : 0;
  const total = counts.reduce((sum, n) => sum + n, 0);
  const moved = Float64Array.from(means);
  const sizes = counts.map((n) => n + 1e-14 * total); // a group that lost its rows stays where it is
  for (let m = 0, i = 0; m < k; m++)
    for (let c = 0; c < cols; c++, i++) moved[i]! += first[i]! / sizes[m]!;
  const spreads = isAlongAxes(shape)
    ? alongAxes(shape, sizes, first, second, floor)
    : ellipses(shape, sizes, first, second, floor);
  const floors = Float64Array.from(spreads.halfLogs, (half, m) => {
    return log(sizes[m]! / total) - half - (cols / 2) * LOG_2PI;
  });
  const weights = sizes.map((n) => n / total);
  return { shape, k, cols, weights, means: moved, whiten: spreads.whiten, floors };
}

/** `halfLogs[m]`: half the logarithm of the determinant of the covariance. */
type Spreads = { readonly whiten: Float64Array; readonly halfLogs: Float64Array };

function alongAxes(
  shape: MixtureShape,
  sizes: Float64Array,
  first: Float64Array,
  second: Float64Array,
  floor: number,
): Spreads {
  const cols = first.length / sizes.length;
  const whiten = new Float64Array(first.length);
  const halfLogs = new Float64Array(sizes.length);
  sizes.forEach((n, m) => {
    const own = Float64Array.from({ length: cols }, (_, c) => {
      const move = first[m * cols + c]! / n;
      return Math.max(0, second[m * cols + c]! / n - move * move) + floor;
    });
    if (shape === 'spherical') own.fill(own.reduce((sum, value) => sum + value, 0) / cols);
    own.forEach((variance, c) => {
      whiten[m * cols + c] = 1 / Math.sqrt(variance);
      halfLogs[m]! += log(variance) / 2;
    });
  });
  return { whiten, halfLogs };
}

function ellipses(
  shape: MixtureShape,
  sizes: Float64Array,
  first: Float64Array,
  second: Float64Array,
  floor: number,
): Spreads {
  const k = sizes.length;
  const cols = first.length / k;
  const area = cols * cols;
  const total = sizes.reduce((sum, n) => sum + n, 0);
  const factors = shape === 'tied' ? 1 : k;
  const whiten = new Float64Array(factors * area);
  const halfLogs = new Float64Array(k);
  for (let m = 0; m < k; m++) {
    const factor = whiten.subarray((m % factors) * area, ((m % factors) + 1) * area);
    const share = 1 / (shape === 'tied' ? total : sizes[m]!);
    for (let i = 0; i < cols; i++)
      for (let j = i; j < cols; j++) {
        const moved = (first[m * cols + i]! / sizes[m]!) * first[m * cols + j]!;
        factor[j * cols + i]! += (second[m * area + i * cols + j]! - moved) * share;
      }
  }
  for (let f = 0; f < factors; f++) {
    const factor = whiten.subarray(f * area, (f + 1) * area);
    for (let i = 0; i < cols; i++) factor[i * cols + i]! += floor;
    const half = invertedRoot(factor, cols, floor);
    if (shape === 'tied') halfLogs.fill(half);
    else halfLogs[f] = half;
  }
  return { whiten, halfLogs };
}

/**
 * The lower half of a covariance becomes the lower L⁻¹ with L Lᵀ the covariance (Cholesky); returns half the logarithm of its determinant.
 * What rounding takes below `floor` is raised to it.
 */
function invertedRoot(a: Float64Array, n: number, floor: number): number {
  let half = 0;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      let sum = a[row + j]!;
      for (let c = 0, q = j * n; c < j; c++, q++) sum -= a[row + c]! * a[q]!;
      if (j < i) a[row + j] = sum / a[j * n + j]!;
      else {
        const variance = Math.max(sum, floor);
        a[row + i] = Math.sqrt(variance);
        half += log(variance) / 2;
      }
    }
  }
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const over = 1 / a[row + i]!;
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let c = j; c < i; c++) sum += a[row + c]! * a[c * n + j]!;
      a[row + j] = -sum * over;
    }
    a[row + i] = over;
  }
  return half;
}
