import type { Meaning } from './meaning.ts';

export type Possible = {
  readonly low: number | null;
  readonly high: number | null;
  readonly why: string;
};

/** The oldest people reach about 120; a customer older than this is a mistake. */
export const OLDEST = 110;
const OLDEST_EVER = 120;

/** What values a column of this meaning can have at all, with the sentence for those that it cannot; null where nothing is known. */
export function possible(
  means: Meaning,
  it: { q: readonly number[]; isWhole: boolean; told: string | null; end: string | null },
): Possible | null {
  const { q, isWhole, end } = it;
  const middle = q[3] ?? 0;
  switch (means) {
    case 'age':
      return {
        low: 0,
        high: OLDEST_EVER,
        why: `are no age in years: below 0 or above ${OLDEST_EVER}`,
      };
    case 'latitude':
      return { low: -90, high: 90, why: 'are no latitude: below −90 or above 90' };
    case 'longitude':
      return { low: -180, high: 180, why: 'are no longitude: below −180 or above 180' };
    case 'percent': // growth can exceed 100 %; only a column that is otherwise between 0 and 100 is taken for a share
      return (q[1] ?? -1) >= 0 && (q[5] ?? 101) <= 100
        ? { low: 0, high: 100, why: 'are no share in percent: below 0 or above 100' }
        : null;
    case 'birth': {
      const isYear = isWhole && middle > 1800 && middle < 2200;
      if (!isYear) return null;
      const last = end === null ? null : Number(end.slice(0, 4));
      if (last === null) return { low: 1901, high: null, why: 'are years of birth up to 1900' };
      const low = Number((it.told ?? end ?? '').slice(0, 4)) - OLDEST;
      return {
        low,
        high: last,
        why: `are no year of birth of a customer of this file: before ${low} or after ${last}`,
      };
    }
    default:
      return null;
  }
}
