import { Z95, type Bounds } from '../../lib/stats/intervals.ts';
import { twoSided } from '../../lib/stats/normal.ts';

export type RankComparison = {
  /** Cliff's delta: chance that one of a is above one of b, minus the chance that it is below; −1 to 1, with its 95 % interval. */
  readonly delta: Bounds;
  /** Mann & Whitney's test that neither tends to be above the other, by the normal approximation with ties; 1 where all are the same. */
  readonly p: number;
};

/**
 * Two samples by their ranks (Cliff 1993; interval of Feng & Cliff 2004, which stays in −1 … 1; test of Mann & Whitney 1947). Both ascending and
 * not empty. Nothing is assumed of the distributions: spend may be as skewed as it is. O(a + b).
 */
export function compareRanks(a: Float64Array, b: Float64Array): RankComparison {
  const [n, m] = [a.length, b.length];
  if (!(n > 0 && m > 0)) throw new RangeError(`${n} and ${m} values cannot be compared`);
  let [wins, losses, tied] = [0, 0, 0];
  /** Sums of squares of each one's own delta against all others. */
  let [ofA, ofB] = [0, 0];
  for (let i = 0, j = 0; i < n || j < m;) {
    const value = i < n && (j >= m || a[i]! <= b[j]!) ? a[i]! : b[j]!;
    let [nextI, nextJ] = [i, j];
    while (nextI < n && a[nextI] === value) nextI++;
    while (nextJ < m && b[nextJ] === value) nextJ++;
    const [inA, inB] = [nextI - i, nextJ - j];
    if (inA + inB === 0) throw new RangeError(`value ${value} is in no order`);
    const own = (j - (m - nextJ)) / m;
    const other = (n - nextI - i) / n;
    wins += inA * j;
    losses += inA * (m - nextJ);
    ofA += inA * own * own;
    ofB += inB * other * other;
    const same = inA + inB;
    tied += same * same * same - same;
    [i, j] = [nextI, nextJ];
  }
  const pairs = n * m;
  const delta = (wins - losses) / pairs;
  const all = n + m;
  const variance = (pairs / 12) * (all + 1 - tied / Math.max(1, all * (all - 1)));
  const z = variance > 0 ? (wins - losses) / 2 / Math.sqrt(variance) : 0;
  const squares = { own: ofA - n * delta * delta, other: ofB - m * delta * delta };
  const spread = wins + losses - pairs * delta * delta;
  return { delta: interval(delta, { n, m, ...squares, spread }), p: twoSided(z) };
}

type Spreads = {
  readonly n: number;
  readonly m: number;
  readonly own: number;
  readonly other: number;
  readonly spread: number;
};

function interval(delta: number, { n, m, own, other, spread }: Spreads): Bounds {
  if (n < 2 || m < 2) return { value: delta, low: -1, high: 1 };
  const z2 = Z95 * Z95;
  if (Math.abs(delta) === 1) {
    const few = Math.min(n, m);
    const near = (few - z2) / (few + z2); // Cliff 1996: where no pair says otherwise
    return delta > 0 ? { value: 1, low: near, high: 1 } : { value: -1, low: -1, high: -near };
  }
  const found = (m * m * own + n * n * other - spread) / (n * m * (n - 1) * (m - 1));
  const s2 = Math.max(found, (1 - delta * delta) / (n * m - 1));
  const room = 1 - delta * delta;
  const middle = delta - delta * delta * delta;
  const half = Z95 * Math.sqrt(s2) * Math.sqrt(room * room + z2 * s2);
  const under = room + z2 * s2;
  return {
    value: delta,
    low: Math.max(-1, (middle - half) / under),
    high: Math.min(1, (middle + half) / under),
  };
}
