/**
 * Agreement of two groupings of the same rows, 1 for the same and about 0 for unrelated ones (adjusted Rand index, Hubert & Arabie 1985).
 * 1 where both put everything together, or everything apart.
 */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} labels against ${b.length}`);
  const cells = new Map<string, number>();
  const rows = new Map<number, number>();
  const cols = new Map<number, number>();
  const add = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1);
  for (let i = 0; i < a.length; i++) {
    add(cells, `${a[i]},${b[i]}`);
    add(rows, a[i]!);
    add(cols, b[i]!);
  }
  const pairs = (map: Map<unknown, number>) =>
    [...map.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const all = (a.length * (a.length - 1)) / 2;
  const expected = all > 0 ? (pairs(rows) * pairs(cols)) / all : 0;
  const most = (pairs(rows) + pairs(cols)) / 2;
  return most === expected ? 1 : (pairs(cells) - expected) / (most - expected);
}
