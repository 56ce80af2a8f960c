/** Ascending copy; typed arrays sort by number. */
export const ascending = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(values).sort();

/** Linear between neighbours (type 7 of Hyndman & Fan 1996, the default of R and NumPy). `sorted` ascends; NaN of nothing. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile needs 0 ≤ p ≤ 1, not ${p}`);
  if (sorted.length === 0) return NaN;
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (place - below) * (high - low);
}

/** NaN of nothing. */
export const median = (values: ArrayLike<number>): number => quantile(ascending(values), 0.5);
