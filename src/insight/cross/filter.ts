import { isListed, type Dimension, type Single } from './dimension.ts';

/** What a brush lets through: values of a range with both ends, or any of some bins. */
export type Filter =
  { readonly low: number; readonly high: number } | { readonly bins: readonly number[] };

/** Smallest and largest value in each bin; +∞ and −∞ where it is empty. O(customers). */
export type Bounds = { readonly least: Float64Array; readonly most: Float64Array };

export function boundsOf({ bins, codes }: Single, values: Float32Array): Bounds {
  const least = new Float64Array(bins).fill(Infinity);
  const most = new Float64Array(bins).fill(-Infinity);
  for (let r = 0; r < codes.length; r++) {
    const [bin, value] = [codes[r]!, values[r]!];
    if (value < least[bin]!) least[bin] = value;
    if (value > most[bin]!) most[bin] = value;
  }
  return { least, most };
}

/** Whether a filter leaves a bin out, lets it through, or cuts it, so that each value in it is asked. */
export const [OUT, IN, CUT] = [0, 1, 2];

/** What a filter says of each bin [bins]. */
export function verdictsOf(bins: number, filter: Filter, bounds: Bounds | null): Uint8Array {
  const verdicts = new Uint8Array(bins);
  if ('bins' in filter) {
    for (const bin of filter.bins) if (bin >= 0 && bin < bins) verdicts[bin] = IN;
    return verdicts;
  }
  if (!bounds) throw new RangeError('a range needs a dimension with values');
  const { low, high } = filter;
  const { least, most } = bounds;
  for (let bin = 0; bin < bins; bin++)
    if (least[bin]! >= low && most[bin]! <= high) verdicts[bin] = IN;
    else if (most[bin]! >= low && least[bin]! <= high) verdicts[bin] = CUT;
  return verdicts;
}

/** A filter as it is asked: `low` and `high` where a bin is cut. No verdicts: everyone passes. */
export type Verdicts = {
  readonly verdicts: Uint8Array | null;
  readonly low: number;
  readonly high: number;
};

/** Whether the filter of a view lets a customer through. */
export function passesOf(
  dimension: Dimension,
  { verdicts, low, high }: Verdicts,
): (r: number) => boolean {
  if (!verdicts) return () => true;
  const { codes } = dimension;
  if (!isListed(dimension)) {
    const { values } = dimension;
    return (r) => {
      const verdict = verdicts[codes[r]!];
      return verdict === CUT ? values![r]! >= low && values![r]! <= high : verdict === IN;
    };
  }
  const { starts } = dimension;
  return (r) => {
    for (let i = starts[r]!; i < starts[r + 1]!; i++) if (verdicts[codes[i]!] === IN) return true;
    return false;
  };
}

/** The lowest bit that is none of these. Throws RangeError where all 31 are taken. */
export function freeBit(bits: readonly number[]): number {
  const taken = bits.reduce((all, bit) => all | bit, 0);
  const lowest = ~taken & -~taken;
  if (lowest <= 0) throw new RangeError('no more than 31 filters at once');
  return lowest;
}
