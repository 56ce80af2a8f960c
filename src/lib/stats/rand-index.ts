import { crossTable, type CrossTable } from './cross-table.ts';

/**
 * Agreement of two groupings of the same rows, 1 for the same and about 0 for unrelated ones (adjusted Rand index, Hubert & Arabie 1985).
 * 1 where both put everything together, or everything apart.
 */
export const adjustedRandIndex = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  randOf(crossTable(a, b));

/** The same, of a table that is counted already. */
export function randOf({ n, rows, cols, cells }: CrossTable): number {
  const pairs = (sizes: Iterable<number>) => {
    let sum = 0;
    for (const size of sizes) sum += (size * (size - 1)) / 2;
    return sum;
  };
  const [own, other] = [pairs(rows.values()), pairs(cols.values())];
  const all = (n * (n - 1)) / 2;
  const expected = all > 0 ? (own * other) / all : 0;
  const most = (own + other) / 2;
  const both = pairs(cells.map(({ count }) => count));
  return most === expected ? 1 : (both - expected) / (most - expected);
}
