import type { CrossTable } from './cross-table.ts';
import { log } from './log.ts';

/**
 * Adjusted mutual information of two groupings (Vinh, Epps & Bailey 2010, with the mean of both entropies): 1 for the same, about 0 for
 * unrelated ones, whatever the number of groups. 1 where both put everything together, or everything apart.
 */
export function adjustedMutualInformation({ n, rows, cols, cells }: CrossTable): number {
  if (n === 0 || (rows.size === 1 && cols.size === 1)) return 1;
  let shared = 0;
  for (const { row, col, count } of cells)
    shared += (count / n) * log((n * count) / (rows.get(row)! * cols.get(col)!));
  const expected = expectedInformation(n, rows, cols);
  const most = (entropy(n, rows) + entropy(n, cols)) / 2;
  const room = most - expected;
  if (room <= 1e-12 * most) return most - shared <= 1e-12 * most ? 1 : 0;
  return (shared - expected) / room;
}

function entropy(n: number, sizes: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const size of sizes.values()) sum -= (size / n) * log(size / n);
  return sum;
}

/**
 * Of groupings with these sizes whose rows are dealt at random. It depends on pairs of sizes only, so equal ones are counted once; the
 * odds of each overlap (hypergeometric) are built from the likeliest outwards and made to sum to 1, which needs no factorial.
 */
function expectedInformation(
  n: number,
  rows: ReadonlyMap<number, number>,
  cols: ReadonlyMap<number, number>,
): number {
  let sum = 0;
  for (const [a, timesA] of tally(rows))
    for (const [b, timesB] of tally(cols)) sum += timesA * timesB * expectedOf(n, a, b);
  return sum;
}

const NEGLIGIBLE = 1e-18;

function expectedOf(n: number, a: number, b: number): number {
  const low = Math.max(0, a + b - n);
  const high = Math.min(a, b);
  const likeliest = Math.min(high, Math.max(low, Math.floor(((a + 1) * (b + 1)) / (n + 2))));
  const worth = (m: number) => (m > 0 ? (m / n) * log((n * m) / (a * b)) : 0);
  let all = 1;
  let sum = worth(likeliest);
  for (let m = likeliest, odds = 1; m < high && odds > NEGLIGIBLE; m++) {
    odds *= ((a - m) * (b - m)) / ((m + 1) * (n - a - b + m + 1));
    all += odds;
    sum += odds * worth(m + 1);
  }
  for (let m = likeliest, odds = 1; m > low && odds > NEGLIGIBLE; m--) {
    odds *= (m * (n - a - b + m)) / ((a - m + 1) * (b - m + 1));
    all += odds;
    sum += odds * worth(m - 1);
  }
  return sum / all;
}

function tally(sizes: ReadonlyMap<number, number>): Map<number, number> {
  const times = new Map<number, number>();
  for (const size of sizes.values()) times.set(size, (times.get(size) ?? 0) + 1);
  return times;
}
