import { tickStep } from 'd3';

/** Bars of one number. Bar `i` covers edges[i] ≤ value < edges[i + 1]; the last regular bar includes its upper edge. */
export type Bins = {
  /** Ascending, one more than there are bars; the outer ones stand for ±∞ where a tail is gathered. */
  readonly edges: readonly number[];
  readonly counts: ArrayLike<number>;
  /** The first bar gathers everything below edges[1]. */
  readonly under: boolean;
  /** The last bar gathers everything from its lower edge up: "320+". */
  readonly over: boolean;
  /** Bar of each value, in the caller's order; 255 where there is no number. Absent where only counts are known. */
  readonly barOf?: Uint8Array;
  /** Smallest and largest value in each bar; NaN where it is empty. */
  readonly least?: readonly number[];
  readonly most?: readonly number[];
  /** Values that are not a number: in no bar. */
  readonly missing: number;
};

const none = 255;
/** A tail is gathered where the extreme lies further out than so many widths of the middle 98 %. */
const far = 0.25;

/** Bits of a float32 in an order of their own: that of the numbers. */
const keyOf = (bits: number): number => (bits & 0x8000_0000 ? ~bits : bits | 0x8000_0000) >>> 0;

const ofKey = new DataView(new ArrayBuffer(4));
function valueOf(key: number): number {
  ofKey.setUint32(0, key & 0x8000_0000 ? key ^ 0x8000_0000 : ~key);
  return ofKey.getFloat32(0);
}

/** The values with these ranks (0: the least), as a sort would give them: by two counts of 16 bits each. O(values), in place of O(n log n). */
function ranked(values: Float32Array, ranks: readonly number[]): readonly number[] {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const high = new Uint32Array(65_536);
  for (let i = 0; i < bits.length; i++) high[keyOf(bits[i]!) >>> 16]!++;
  return ranks.map((rank) => {
    let [top, before] = [0, 0];
    while (before + high[top]! <= rank) before += high[top++]!;
    const low = new Uint32Array(65_536);
    for (let i = 0; i < bits.length; i++) {
      const key = keyOf(bits[i]!);
      if (key >>> 16 === top) low[key & 0xffff]!++;
    }
    let under = 0;
    while (before + low[under]! <= rank) before += low[under++]!;
    return valueOf(((top << 16) | under) >>> 0);
  });
}

function orderStatistics(finite: Float32Array | Float64Array, shares: readonly number[]) {
  const ranks = shares.map((share) => Math.round(share * (finite.length - 1)));
  if (finite.length === 0) return ranks.map(() => NaN);
  if (finite instanceof Float32Array) return ranked(finite, ranks);
  const sorted = finite.toSorted();
  return ranks.map((rank) => sorted[rank]!);
}

function span(values: ArrayLike<number>) {
  const all = values instanceof Float32Array ? values : Float64Array.from(values);
  const finite = all.every(Number.isFinite) ? all : all.filter(Number.isFinite);
  const [min = NaN, low = NaN, high = NaN, max = NaN] = orderStatistics(finite, [0, 0.01, 0.99, 1]);
  const middle = high - low;
  const over = middle > 0 && max - high > far * middle;
  const under = middle > 0 && low - min > far * middle;
  return { finite, min, max, over, under, from: under ? low : min, to: over ? high : max };
}

/**
 * Bins values over about `bars` steps of a round width (1, 2 or 5 × 10ⁿ; whole where the values are whole). Heavy tails are clipped at the
 * 1st and 99th percentile into a bar of their own. Counts sum to the values that are numbers. O(n) for a Float32Array, else O(n log n).
 */
export function binValues(values: ArrayLike<number>, bars = 28): Bins {
  const { finite, min, max, over, under, from, to } = span(values);
  const missing = values.length - finite.length;
  if (finite.length === 0)
    return {
      edges: [0, 1],
      counts: [0],
      under: false,
      over: false,
      missing,
      barOf: new Uint8Array(values.length).fill(none),
      least: [NaN],
      most: [NaN],
    };
  const isWhole = finite.every(Number.isInteger);
  const wide = tickStep(from, to, bars) || Math.abs(from) * 0.1 || 1;
  const step = isWhole ? Math.max(1, Math.round(wide)) : wide;
  const first = Math.floor(from / step);
  // A whole number fills its own bar, so the largest needs an upper edge above it.
  const last = Math.max(first + 1, isWhole ? Math.floor(to / step) + 1 : Math.ceil(to / step));
  const edges = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  const regular = edges.length - 1;
  if (under) edges.unshift(Math.min(min, edges[0]! - step));
  if (over) edges.push(Math.max(max, edges.at(-1)! + step));
  const total = edges.length - 1;
  const [counts, least, most] = [
    new Uint32Array(total),
    new Array<number>(total).fill(NaN),
    new Array<number>(total).fill(NaN),
  ];
  const barOf = new Uint8Array(values.length).fill(none);
  const offset = under ? 1 : 0;
  const top = edges[offset + regular]!;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    let bar = Math.floor((value - edges[offset]!) / step) + offset;
    if (!over && value === top) bar = total - 1;
    bar = Math.min(total - 1, Math.max(0, bar));
    // Division rounds: an edge itself decides.
    if (bar > 0 && value < edges[bar]!) bar--;
    else if (bar < total - 1 && value >= edges[bar + 1]!) bar++;
    barOf[i] = bar;
    counts[bar]!++;
    if (!(least[bar]! <= value)) least[bar] = value;
    if (!(most[bar]! >= value)) most[bar] = value;
  }
  return { edges, counts, under, over, barOf, least, most, missing };
}

/** How many of the values with `mask` 1 stand in each bar. O(n). */
export function countIn(bins: Bins, mask: ArrayLike<number>): Uint32Array {
  const counts = new Uint32Array(bins.edges.length - 1);
  const { barOf } = bins;
  if (!barOf) throw new RangeError('bins without values cannot be counted again');
  for (let i = 0; i < barOf.length; i++)
    if (mask[i] === 1 && barOf[i] !== none) counts[barOf[i]!]!++;
  return counts;
}

/** The bar that holds a value; the nearest one where it lies outside. */
export function barAt({ edges }: Bins, value: number): number {
  let bar = 0;
  while (bar < edges.length - 2 && value >= edges[bar + 1]!) bar++;
  return bar;
}

/** The range of values in bars `from` to `to` (included), both ends included: what a brush over them means. */
export function rangeOf(
  bins: Bins,
  from: number,
  to: number,
): readonly [low: number, high: number] {
  const { edges, least, most, under } = bins;
  const low = under && from === 0 ? (least?.[0] ?? edges[0]!) : edges[from]!;
  let high = edges[to + 1]!;
  for (let bar = to; bar >= from && most; bar--)
    if (most[bar]! <= high) {
      high = most[bar]!;
      break;
    }
  return [low, Math.max(low, high)];
}
