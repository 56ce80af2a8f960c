/**
 * p-values as if each had been the only one looked at (Holm 1979): of m, the smallest times m, the next times m − 1, …, none below one before it,
 * at most 1. In the order given. The chance that any of those below 0.05 is there by luck is 5 % at most, however they depend on each other.
 */
export function holm(ps: readonly number[]): number[] {
  for (const p of ps) if (!(p >= 0 && p <= 1)) throw new RangeError(`${p} is no p-value`);
  const order = [...ps.keys()].sort((i, j) => ps[i]! - ps[j]! || i - j);
  const out = new Array<number>(ps.length);
  let least = 0;
  order.forEach((i, place) => {
    least = Math.max(least, Math.min(1, (ps.length - place) * ps[i]!));
    out[i] = least;
  });
  return out;
}
