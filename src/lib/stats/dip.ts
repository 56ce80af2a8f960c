import { ascending } from './quantile.ts';

/** How far values are from one hump, and how often as many evenly spread values are as far: 0.001 or less is told as 0.001, 0.9 or more as 1. */
export type DipTest = { readonly dip: number; readonly p: number };

/** Upper percentage points of √n · dip for evenly spread values; simulated by test/golden/dip.py, 20,000 draws a line. */
const levels = [0.9, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const points: readonly (readonly [number, readonly number[]])[] = [
  [10, [0.2451, 0.3092, 0.3481, 0.3761, 0.4143, 0.4424, 0.4774, 0.508, 0.5327, 0.5561, 0.5715]],
  [20, [0.2534, 0.3279, 0.3678, 0.3955, 0.4344, 0.4705, 0.5112, 0.5405, 0.5652, 0.5936, 0.611]],
  [50, [0.2661, 0.3452, 0.3876, 0.4156, 0.4589, 0.4964, 0.5433, 0.5768, 0.6041, 0.6341, 0.6549]],
  [100, [0.2741, 0.3547, 0.3972, 0.4266, 0.4716, 0.5112, 0.559, 0.591, 0.6188, 0.6547, 0.6765]],
  [200, [0.2802, 0.3609, 0.4039, 0.4345, 0.4785, 0.5174, 0.5647, 0.5947, 0.6304, 0.6686, 0.6969]],
  [500, [0.2853, 0.3685, 0.4126, 0.442, 0.49, 0.5298, 0.5793, 0.6095, 0.6451, 0.6824, 0.7039]],
  [2000, [0.2888, 0.3733, 0.4183, 0.4482, 0.4933, 0.5341, 0.5851, 0.6245, 0.6544, 0.6849, 0.7165]],
  [5000, [0.291, 0.3754, 0.4212, 0.4516, 0.4989, 0.5424, 0.595, 0.6307, 0.6631, 0.7072, 0.7329]],
];

/**
 * Test of one hump (Hartigan & Hartigan 1985) against the evenly spread values that are hardest to tell from two humps: p is too large rather than too
 * small for other shapes. Linear between the points of the table; fewer than 10 values, or all equal: p = 1. O(n log n).
 */
export function dipTest(values: ArrayLike<number>): DipTest {
  const sorted = ascending(values);
  const n = sorted.length;
  const found = dip(sorted);
  if (n < 10 || sorted[0] === sorted[n - 1]) return { dip: found, p: 1 };
  const above = points.findIndex(([rows]) => rows >= n);
  const [upper, lower] =
    above < 0 ? [points.length - 1, points.length - 1] : [above, Math.max(0, above - 1)];
  const [high, low] = [points[upper]!, points[lower]!];
  const share = high[0] > low[0] ? (n - low[0]) / (high[0] - low[0]) : 0;
  const at = (i: number) => low[1][i]! + share * (high[1][i]! - low[1][i]!);
  const tall = found * Math.sqrt(n);
  if (tall <= at(0)) return { dip: found, p: 1 };
  for (let i = 1; i < levels.length; i++)
    if (tall <= at(i)) {
      const part = (tall - at(i - 1)) / (at(i) - at(i - 1));
      return { dip: found, p: levels[i - 1]! + part * (levels[i]! - levels[i - 1]!) };
    }
  return { dip: found, p: levels.at(-1)! };
}

/**
 * The dip of Hartigan & Hartigan (1985): how far the distribution of `sorted` (ascending) is from the nearest one with a single hump,
 * 1/(2n) to 0.25; 0 of nothing. By their algorithm: the modal interval shrinks between the greatest convex minorant and the least concave
 * majorant. O(n) a step, few steps.
 */
export function dip(sorted: ArrayLike<number>): number {
  const n = sorted.length;
  if (n === 0) return 0;
  const { at, below, upTo } = steps(sorted);
  const minorant = new Float64Array(at.length);
  const majorant = new Float64Array(at.length);
  let [low, high] = [0, at.length - 1];
  let found = 1 / n;
  for (;;) {
    const under = hull(at, below, low, high, 1, minorant);
    const over = hull(at, upTo, low, high, -1, majorant);
    const apart = (j: number) => majorant[j]! - minorant[j]!;
    const widest = (places: readonly number[]) =>
      places.reduce((best, j) => (apart(j) > apart(best) ? j : best));
    const [g, l] = [widest(under), widest(over)];
    const isUnder = apart(g) > apart(l);
    if (Math.max(apart(g), apart(l)) <= found) break;
    const left = isUnder ? g : under.findLast((j) => j <= l)!;
    const right = isUnder ? over.find((j) => j >= g)! : l;
    for (let j = low; j < left; j++) found = Math.max(found, upTo[j]! - minorant[j]!);
    for (let j = right + 1; j <= high; j++) found = Math.max(found, majorant[j]! - below[j]!);
    if (left === low && right === high) break;
    [low, high] = [left, right];
  }
  return found / 2;
}

/** The different values, and the share of all that lies below and up to each. */
function steps(sorted: ArrayLike<number>) {
  const n = sorted.length;
  const at: number[] = [];
  const below: number[] = [];
  const upTo: number[] = [];
  for (let i = 0; i < n; i++) {
    if (!(i === 0 || sorted[i]! >= sorted[i - 1]!))
      throw new RangeError(`value ${i} is out of order, or no number`);
    if (sorted[i] !== at.at(-1)) (at.push(sorted[i]!), below.push(i / n), upTo.push(0));
    upTo[upTo.length - 1] = (i + 1) / n;
  }
  return { at, below, upTo };
}

/** Corners of the hull of (x, y) from `low` to `high`, below it (side 1) or above (−1); `line` becomes its height at each place. */
function hull(
  x: readonly number[],
  y: readonly number[],
  low: number,
  high: number,
  side: 1 | -1,
  line: Float64Array,
): number[] {
  const corners: number[] = [];
  for (let j = low; j <= high; j++) {
    while (corners.length > 1) {
      const [a, b] = [corners.at(-2)!, corners.at(-1)!];
      const turn = (y[b]! - y[a]!) * (x[j]! - x[b]!) - (y[j]! - y[b]!) * (x[b]! - x[a]!);
      if (side * turn < 0) break;
      corners.pop();
    }
    corners.push(j);
  }
  line[low] = y[low]!;
  for (let i = 1; i < corners.length; i++) {
    const [a, b] = [corners[i - 1]!, corners[i]!];
    const slope = (y[b]! - y[a]!) / (x[b]! - x[a]!);
    for (let j = a + 1; j <= b; j++) line[j] = y[a]! + slope * (x[j]! - x[a]!);
  }
  return corners;
}
