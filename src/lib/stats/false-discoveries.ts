/**
 * Adjusted p-values (Benjamini & Hochberg 1995): those at or below q are a set of which at most a share q is expected to be found by chance. In
 * the order given.
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
  const out = new Array<number>(p.length).fill(1);
  let least = 1;
  order.forEach((i, place) => {
    least = Math.min(least, (p[i]! * p.length) / (p.length - place));
    out[i] = least;
  });
  return out;
}
