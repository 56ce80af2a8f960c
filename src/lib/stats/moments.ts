export type Numbers = ArrayLike<number>;

/** NaN of nothing. */
export function mean(values: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Unbiased (divided by n − 1); 0 for fewer than two values. Two passes, so a large mean costs no digits. */
export function variance(values: Numbers): number {
  if (values.length < 2) return 0;
  const m = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - m) * (values[i]! - m);
  return sum / (values.length - 1);
}

/** Square root of `variance`. */
export const deviation = (values: Numbers): number => Math.sqrt(variance(values));

/** Fisher–Pearson g₁ (as scipy.stats.skew with its defaults); 0 where all values are equal. */
export function skewness(values: Numbers): number {
  const m = mean(values);
  let second = 0;
  let third = 0;
  for (let i = 0; i < values.length; i++) {
    const d = values[i]! - m;
    second += d * d;
    third += d * d * d;
  }
  second /= values.length;
  third /= values.length;
  return second > 0 ? third / (second * Math.sqrt(second)) : 0;
}

/** Pearson's r; 0 where either is constant. */
export function correlation(a: Numbers, b: Numbers): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} values against ${b.length}`);
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [a[i]! - ma, b[i]! - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
