import { countryOf } from './countries.ts';
import type { Country } from './types.ts';

const pad = (value: number): string => String(value).padStart(2, '0');

/**
 * A birth date as it is compared: `1980-04-03`, or `1980` where only the year is known. '' where it cannot be a birth date.
 * Of 3/4/1980 the day stands first but where dates of `country` start with the month; whoever got it the other way round is
 * still found, as a day and month swapped.
 */
export function birthOf(text: string, country: Country): string {
  const bare = text.trim();
  const year = /^(\d{4})(\.0)?$/.exec(bare)?.[1];
  if (year) return isYear(Number(year)) ? year : '';
  const iso = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?!\d)/.exec(bare);
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})(?!\d)/.exec(bare);
  if (!local) return '';
  const [first, second, y] = [Number(local[1]), Number(local[2]), Number(local[3])];
  const monthFirst = first <= 12 && (second > 12 || countryOf(country)?.monthFirst === true);
  return monthFirst ? dateOf(y, first, second) : dateOf(y, second, first);
}

const isYear = (year: number): boolean => year >= 1880 && year <= 2100;

function dateOf(year: number, month: number, day: number): string {
  if (!isYear(year) || month < 1 || month > 12 || day < 1 || day > 31) return '';
  return `${year}-${pad(month)}-${pad(day)}`;
}
