/** Where a curve bends: its place, its value there, and how far it lies from the straight line, 0 (straight) to 1 (a right angle). */
export type Knee = { readonly index: number; readonly value: number; readonly bend: number };

/** A distance from the straight line below this is rounding, not a bend. */
const STRAIGHT = 1e-9;

/**
 * The bend of a sorted curve (k-distances of DBSCAN, inertia over k): the value farthest from the chord between its two ends, both axes
 * running 0 to 1. It is the highest point of Kneedle's difference curve (Satopää, Albrecht, Irwin & Raghavan 2011) without its smoothing
 * and its threshold, so nothing has to be set. Works on rising and falling curves, bent either way; ties: the first. null where there is
 * no bend: fewer than three values, all equal, or a straight line. Refuses NaN and ∞. O(values).
 */
export function knee(values: ArrayLike<number>): Knee | null {
  const n = values.length;
  for (let i = 0; i < n; i++)
    if (!Number.isFinite(values[i]!)) throw new RangeError(`value ${i} of the curve is no number`);
  if (n < 3) return null;
  const first = values[0]!;
  const height = values[n - 1]! - first;
  if (height === 0) return null;
  let best = { index: 0, bend: STRAIGHT };
  for (let i = 1; i < n - 1; i++) {
    const bend = Math.abs((values[i]! - first) / height - i / (n - 1));
    if (bend > best.bend) best = { index: i, bend };
  }
  return best.index > 0 ? { ...best, value: values[best.index]! } : null;
}
