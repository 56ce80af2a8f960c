/** Values beyond these are far from all others; null: no bound can be said. */
export type FarOut = { readonly low: number | null; readonly high: number | null };

/** 0.75 quantile of the normal distribution: half the middle of normal values reaches so many deviations. */
const QUARTER = 0.6744897501960817;
const TWENTIETH = 1.6448536269514722;
const HUNDREDTH = 2.3263478740408408;

/** How many deviations of `n` normal values count as far: one table in a thousand would have such a value by chance. */
export const farCut = (n: number): number => Math.sqrt(2 * Math.log(Math.max(2, n) / 0.001));

/**
 * Bounds from the quantiles [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] of `n` values. The spread on each side of the median is the
 * median deviation on that side (double MAD, Rosenmai 2013) or, where the tail is longer than a normal one, what its outer twentieth
 * shows: up to 5 % of outliers cannot move it. The cut grows with the number of values. It is applied on the plain scale and on the scale asinh(x / `middle`), which is the logarithm for large values of
 * either sign, and the farther bound counts: long-tailed money is not an outlier. `middle`: median of the absolute values.
 */
export function farOut(q: readonly number[], n: number, middle: number): FarOut {
  const [q1, q5, q25, q50, q75, q95, q99] = q;
  if (n < 20 || q50 === undefined) return { low: null, high: null };
  const unit =
    middle > 0
      ? middle
      : spread((x) => x, q50, [q75, q95, q99]) || spread((x) => x, q50, [q25, q5, q1]);
  if (!(unit > 0)) return { low: null, high: null };
  const bound = (side: readonly (number | undefined)[], sign: 1 | -1): number | null => {
    const plain = spread((x) => x, q50, side);
    const bent = spread((x) => Math.asinh(x / unit), q50, side);
    if (!(plain > 0 && bent > 0)) return null;
    const cut = sign * farCut(n);
    const ends = [q50 + cut * plain, unit * Math.sinh(Math.asinh(q50 / unit) + cut * bent)];
    const end = sign > 0 ? Math.max(...ends) : Math.min(...ends);
    return Number.isFinite(end) ? end : null;
  };
  return { low: bound([q25, q5, q1], -1), high: bound([q75, q95, q99], 1) };
}

/** Deviation of a normal distribution with these quantiles on one side: the wider of the first two, the third where both are the median itself. */
function spread(
  scale: (x: number) => number,
  middle: number,
  side: readonly (number | undefined)[],
): number {
  const reach = [QUARTER, TWENTIETH, HUNDREDTH];
  const widths = side.map((value, i) =>
    value === undefined ? 0 : Math.abs(scale(value) - scale(middle)) / reach[i]!,
  );
  return Math.max(widths[0] ?? 0, widths[1] ?? 0) || (widths[2] ?? 0);
}
