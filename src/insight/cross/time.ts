import type { Bins } from '../../lib/bins.ts';
import { day as dayWords, monthWords } from '../../lib/format.ts';

/** How long a bin of a time line is. */
export type TimeStep = 'day' | 'week' | 'month' | 'year';

const DAY = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const msOf = (day: string) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);

/** Months, unless that would be too few bins to show a course or too many to read. */
export function stepFor(from: string, to: string): TimeStep {
  const days = (msOf(to) - msOf(from)) / DAY + 1;
  if (days <= 28) return 'day';
  if (days <= 150) return 'week';
  return days <= 12 * 366 ? 'month' : 'year';
}

/** First day of the bin that holds a day: weeks begin on Monday. */
export function binStart(day: string, step: TimeStep): string {
  if (step === 'month') return `${day.slice(0, 7)}-01`;
  if (step === 'year') return `${day.slice(0, 4)}-01-01`;
  const ms = msOf(day);
  if (step === 'day') return iso(ms);
  return iso(ms - ((new Date(ms).getUTCDay() + 6) % 7) * DAY);
}

/** First days of all bins from the one that holds `from` to the one that holds `to`. Throws RangeError where these are no dates in order. */
export function binDays(from: string, to: string, step: TimeStep): readonly string[] {
  if (!(msOf(from) <= msOf(to))) throw new RangeError(`there is no time from ${from} to ${to}`);
  const days: string[] = [];
  const last = msOf(to);
  for (let ms = msOf(binStart(from, step)); ms <= last;) {
    days.push(iso(ms));
    const date = new Date(ms);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    if (step === 'month') ms = Date.UTC(year, month + 1, 1);
    else if (step === 'year') ms = Date.UTC(year + 1, 0, 1);
    else ms += step === 'week' ? 7 * DAY : DAY;
  }
  return days;
}

/** The last day of a bin. */
export const lastDay = (days: readonly string[], bin: number, step: TimeStep): string => {
  const next = days[bin + 1] ?? binDays(days[bin]!, days[bin]!, step)[0]!;
  if (days[bin + 1]) return iso(msOf(next) - DAY);
  const date = new Date(msOf(next));
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (step === 'month') return iso(Date.UTC(year, month + 1, 0));
  if (step === 'year') return iso(Date.UTC(year, 11, 31));
  return iso(Date.UTC(year, month, day + (step === 'week' ? 6 : 0)));
};

/** "Mar 2025", "2025", "week of 3 Mar 2025". */
export function binWords(first: string, step: TimeStep): string {
  if (first === '') return '–';
  if (step === 'year') return first.slice(0, 4);
  if (step === 'month') return monthWords(first);
  return step === 'day' ? dayWords(first) : `week of ${dayWords(first)}`;
}

/** Bars of a time line, one a bin; their values are the places of the bins. */
export function binsOf(counts: ArrayLike<number>): Bins {
  const places = Array.from({ length: counts.length }, (_, bin) => bin);
  const edges = [...places, counts.length];
  return { edges, counts, under: false, over: false, least: places, most: places, missing: 0 };
}
