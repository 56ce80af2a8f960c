import { count, fixed } from '../lib/format.ts';
import type { KScore } from './types.ts';

/** A mean silhouette below this is no visible structure (Kaufman & Rousseeuw 1990, table 4). */
const WEAK = 0.25;
/** How far it must rise above customers without groups; repeats of the reference differ by less. */
const MARGIN = 0.05;

/** How far a k stands above the same k on customers without groups: silhouettes fall with k by themselves, this does not. */
export const excess = ({ silhouette, reference }: KScore): number => silhouette.value - reference;

/**
 * The smallest k that stands as high above the reference as any, up to its interval (the one-standard-error rule of Tibshirani, Walther &
 * Hastie 2001). Ks whose smallest segment has under 1 % of the customers or under 5 only count where none of the others comes as high.
 * `curve` must not be empty.
 */
export function chooseK(curve: readonly KScore[], customers: number): KScore {
  const floor = Math.max(5, customers / 100);
  const best = highest(curve);
  if (!best) throw new RangeError('no k was tried');
  const isGoodEnough = (score: KScore) => excess(score) >= excess(best) - halfInterval(best);
  const good = curve.filter(isGoodEnough).toSorted((a, b) => a.k - b.k);
  return good.find(({ smallest }) => smallest >= floor) ?? good[0] ?? best;
}

const halfInterval = ({ silhouette: { high, low } }: KScore): number => (high - low) / 2;

const highest = (curve: readonly KScore[]): KScore | undefined =>
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
