/**
 * Whole numbers come in heaps, each a hump of its own to a test of humps: rows of one value are spread evenly over the room halfway to the
 * next values. `sorted` ascends, and so does the copy that is returned.
 */
export function spreadTies(sorted: Float64Array): Float64Array {
  const out = sorted.slice();
  const last = sorted.length - 1;
  for (let from = 0, to = 0; from <= last; from = to + 1) {
    for (to = from; to < last && sorted[to + 1] === sorted[from];) to++;
    const value = sorted[from]!;
    const below = from > 0 ? (value - sorted[from - 1]!) / 2 : null;
    const above = to < last ? (sorted[to + 1]! - value) / 2 : null;
    const [low, high] = [below ?? above ?? 0, above ?? below ?? 0];
    for (let i = from; i <= to; i++)
      out[i] = value - low + ((low + high) * (i - from + 0.5)) / (to - from + 1);
  }
  return out;
}
