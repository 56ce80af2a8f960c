import { count, fixed, percent } from '../lib/format.ts';
import type { KScore } from './types.ts';

/** A mean silhouette below this is no visible structure (Kaufman & Rousseeuw 1990, table 4). */
const WEAK = 0.25;
/** How far it must rise above customers without groups; repeats of the reference differ by less. */
const MARGIN = 0.04;

/** How far a k stands above the same k on customers without groups: silhouettes fall with k by themselves, this does not. */
export const excess = ({ silhouette, reference }: KScore): number => silhouette.value - reference;

/** A k tried; `strength` (validity/prediction-strength.ts) where its groups were looked for in other customers. */
export type Tried = KScore & { readonly strength?: number };

/** Groups that keep this share of their pairs in other customers come back (Tibshirani & Walther 2005 name 0.8 to 0.9). */
const COMES_BACK = 0.85;
/** What a finer division may lose of the height above the reference. */
const NEARLY = 0.9;

/** The ks between which `chooseK` decides by whether their groups come back in other customers: all that stand nearly as high as the highest. */
export function worthTrying<T extends Tried>(curve: readonly T[], customers: number): readonly T[] {
  const best = highest(curve);
  if (!best || !structureOf(best).found) return [];
  const isHigh = (score: T) => excess(score) >= NEARLY * excess(best);
  const high = curve.filter((score) => isHigh(score) && score.smallest >= floorOf(customers));
  return high.length > 1 ? high : [];
}

/**
 * How many segments: of the ks that stand nearly as high above the reference as the highest, the largest whose groups all come back in other
 * customers; where none does, the fewest that are as good. Where kinds are many and clear, the silhouette alone would rather join two of them
 * than show a small step between them. `curve` must not be empty.
 */
export function chooseK<T extends Tried>(curve: readonly T[], customers: number): T {
  const lasting = worthTrying(curve, customers).filter(
    ({ strength = 0 }) => strength >= COMES_BACK,
  );
  return lasting.toSorted((a, b) => b.k - a.k)[0] ?? fewest(curve, customers);
}

/** Why `chooseK` took this one, in words. */
export const whyK = ({ strength = 0 }: Tried): string =>
  strength >= COMES_BACK
    ? `the most that come back in other customers (${percent(strength, 0)} of pairs) at nearly the best silhouette`
    : 'the fewest whose silhouette is as far above that of customers without groups as the best';

/**
 * The smallest k that stands as high above the reference as any, up to its interval (the one-standard-error rule of Tibshirani, Walther &
 * Hastie 2001). Ks whose smallest segment has under 1 % of the customers or under 5 only count where none of the others comes as high.
 */
function fewest<T extends Tried>(curve: readonly T[], customers: number): T {
  const floor = floorOf(customers);
  const best = highest(curve);
  if (!best) throw new RangeError('no k was tried');
  const isGoodEnough = (score: T) => excess(score) >= excess(best) - halfInterval(best);
  const good = curve.filter(isGoodEnough).toSorted((a, b) => a.k - b.k);
  return good.find(({ smallest }) => smallest >= floor) ?? good[0] ?? best;
}

const floorOf = (customers: number): number => Math.max(5, customers / 100);

const halfInterval = ({ silhouette: { high, low } }: KScore): number => (high - low) / 2;

const highest = <T extends KScore>(curve: readonly T[]): T | undefined =>
  curve.toSorted((a, b) => excess(b) - excess(a) || a.k - b.k)[0];

/** Whether `score` shows more than customers without groups would, in one sentence with figures. */
export function structureOf(score: KScore): { readonly found: boolean; readonly words: string } {
  const { silhouette, reference, k } = score;
  const { value, low, high } = silhouette;
  const figures = `silhouette ${fixed(value)} (${fixed(low)} to ${fixed(high)}) for ${count(k)} segments, ${fixed(reference)} for made-up customers without groups`;
  const error = high - low; // two half intervals: one for each of the two means compared
  const above = excess(score) > Math.max(MARGIN, error);
  if (!above)
    return {
      found: false,
      words: `No groups were found that customers without groups would not show as well: ${figures}. The segments divide the customers, but do not take them for different kinds.`,
    };
  if (value < WEAK)
    return {
      found: false,
      words: `The groups overlap widely: ${figures}. Below ${fixed(WEAK)} counts as no visible structure; the segments divide the customers, but do not take them for different kinds.`,
    };
  return { found: true, words: `There are groups: ${figures}.` };
}
