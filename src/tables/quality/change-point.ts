/** Mean of the logs in one stretch of the table. */
export type Block = { readonly block: number; readonly n: number; readonly mean: number };

/** A stretch of blocks whose level differs from that of the rest. */
export type Change = {
  /** First block inside, and the first after it. */
  readonly from: number;
  readonly until: number;
  /** Whether it begins with the first block, or ends with the last. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
  /** Log of level inside ÷ level outside, with its standard error. */
  readonly step: number;
  readonly error: number;
  /** Means of the logs. */
  readonly inside: number;
  readonly outside: number;
};

/** At least this many deviations of what remains: a season or a drift does not look like two levels. */
const CLEAR = 8;
/** What remains between the blocks after the split, as a share of the step. */
const REMAINS = 0.25;

/**
 * The stretch whose mean differs most from the rest in weighted squares (binary segmentation of a circle: Olshen et al. 2004),
 * where that leaves hardly any difference between the blocks on either side. Null where there is none. O(blocks²).
 */
export function findChange(blocks: readonly Block[]): Change | null {
  const count = blocks.length;
  if (count < 10) return null;
  const [weight, sum] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  blocks.forEach(({ n, mean }, i) => {
    weight[i + 1] = weight[i]! + n;
    sum[i + 1] = sum[i]! + n * mean;
  });
  const [all, total] = [weight[count]!, sum[count]!];
  let best = { gain: 0, i: 0, j: 0 };
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j <= count; j++) {
      const n = weight[j]! - weight[i]!;
      if (n < 30 || n > all / 2 || n < 0.02 * all || j - i < 2) continue;
      const step = (sum[j]! - sum[i]!) / n - (total - sum[j]! + sum[i]!) / (all - n);
      const gain = (step * step * n * (all - n)) / all;
      if (gain > best.gain) best = { gain, i, j };
    }
  const { i, j, gain } = best;
  if (gain === 0) return null;
  const n = weight[j]! - weight[i]!;
  const inside = (sum[j]! - sum[i]!) / n;
  const outside = (total - sum[j]! + sum[i]!) / (all - n);
  let left = 0;
  blocks.forEach((block, b) => {
    left += block.n * (block.mean - (b >= i && b < j ? inside : outside)) ** 2;
  });
  const step = inside - outside;
  const error = Math.sqrt((left / (count - 2)) * (1 / n + 1 / (all - n)));
  if (!(Math.abs(step) > CLEAR * error) || Math.sqrt(left / all) > REMAINS * Math.abs(step))
    return null;
  return {
    from: blocks[i]!.block,
    until: blocks[j - 1]!.block + 1,
    atStart: i === 0,
    atEnd: j === count,
    step,
    error,
    inside,
    outside,
  };
}

/**
 * Where ordered values go over from level `before` to `after`: the most likely first place of the new level, and the places that are
 * hardly less likely (95 %, by the likelihood ratio with equal normal spread). Equal `at` stay together. O(n).
 */
export function splitPlace(
  { at, log }: { readonly at: ArrayLike<number>; readonly log: ArrayLike<number> },
  before: number,
  after: number,
): { readonly at: number; readonly low: number; readonly high: number } | null {
  const middle = (before + after) / 2;
  const sign = after > before ? 1 : -1;
  const places: { at: number; gain: number }[] = [];
  let gain = 0; // of starting the new level here rather than at the first place
  for (let i = 0; i < at.length; i++) {
    if (i === 0 || at[i]! !== at[i - 1]!) places.push({ at: at[i]!, gain });
    gain -= sign * (log[i]! - middle);
  }
  let best = places[0];
  for (const place of places) if (place.gain > (best?.gain ?? 0)) best = place;
  if (!best) return null;
  let left = 0;
  for (let i = 0; i < at.length; i++) left += (log[i]! - (at[i]! < best.at ? before : after)) ** 2;
  const slack = (1.92 * Math.max(1e-12, left / at.length)) / Math.abs(after - before);
  const near = places.filter(({ gain: each }) => each >= best.gain - slack);
  return { at: best.at, low: near[0]!.at, high: near.at(-1)!.at };
}
