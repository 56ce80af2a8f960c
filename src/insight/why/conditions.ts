import type { Feature } from '../../features/types.ts';
import type { Condition } from '../../segments/partition.ts';
import type { Bins } from './bins.ts';
import type { Cut } from './tree.ts';

/** The conditions of a path of cuts: those on one feature as one, in the order in which they were made. */
export function conditionsOf(
  path: readonly Cut[],
  features: readonly Feature[],
  bins: readonly Bins[],
): readonly Condition[] {
  const inOrder = [...new Set(path.map(({ feature }) => feature))];
  return inOrder.map((f) => {
    const cuts = path.filter(({ feature }) => feature === f);
    return bins[f]!.isCategory
      ? ofWords(features[f]!, cuts)
      : ofNumber(features[f]!, bins[f]!, cuts);
  });
}

function ofNumber({ name }: Feature, bins: Bins, cuts: readonly Cut[]): Condition {
  let [from, upTo] = [0, bins.count - 1];
  for (const cut of cuts)
    if ('bin' in cut)
      if (cut.side === 'from') from = Math.max(from, cut.bin);
      else upTo = Math.min(upTo, cut.bin);
  const low = from > 0 ? atLeast(bins.high[from - 1]!, bins.low[from]!) : null;
  const high = upTo < bins.count - 1 ? atMost(bins.high[upTo]!, bins.low[upTo + 1]!) : null;
  if (low !== null && high !== null) return { feature: name, is: 'between', low, high };
  return low !== null
    ? { feature: name, is: 'at-least', value: low }
    : { feature: name, is: 'at-most', value: high ?? bins.high.at(-1)! };
}

function ofWords({ name, categories = [] }: Feature, cuts: readonly Cut[]): Condition {
  const lists = (side: Cut['side']) =>
    cuts.flatMap((cut) => ('codes' in cut && cut.side === side ? [cut.codes] : []));
  const [first, ...wanted] = lists('one-of');
  const not = lists('none-of').flat();
  const words = (codes: readonly number[]) => codes.map((code) => categories[code]!);
  if (!first) return { feature: name, is: 'none-of', values: words(not) };
  const codes = first.filter((code) => wanted.every((list) => list.includes(code)));
  return { feature: name, is: 'one-of', values: words(codes.filter((c) => !not.includes(c))) };
}

/** The shortest number x that tells `below` from `above`: below ≤ x < above; whole numbers stay whole. */
const atMost = (below: number, above: number): number => shortest(below, above, false);

/** The same for the other side: below < x ≤ above. */
const atLeast = (below: number, above: number): number => shortest(below, above, true);

function shortest(below: number, above: number, isUpper: boolean): number {
  const fits = (x: number) => {
    const kept = Math.fround(x); // as conditions compare
    return isUpper ? below < kept && kept <= above : below <= kept && kept < above;
  };
  if (Number.isInteger(below) && Number.isInteger(above) && above - below <= 1)
    return isUpper ? above : below;
  const middle = below + (above - below) / 2;
  for (let digits = 1; digits <= 9; digits++) {
    const near = Number(middle.toPrecision(digits));
    if (fits(near)) return near;
  }
  return isUpper ? above : below;
}
