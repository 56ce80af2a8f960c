import { placeWords, type AxisTick } from './axis-ticks.ts';

const locale = () => (typeof navigator === 'undefined' ? 'en-GB' : navigator.language);
const part = (iso: string, options: Intl.DateTimeFormatOptions) =>
  new Date(`${iso}T00:00:00Z`).toLocaleDateString(locale(), { ...options, timeZone: 'UTC' });

/** Dates under bars of a time line that share `width` pixels, each at the beginning of its bar: years, else months, else days, as they fit. */
export function timeTicks(days: readonly string[], width: number): AxisTick[] {
  const slot = width / Math.max(1, days.length);
  const begins = (length: number) => (day: string, i: number) =>
    i > 0 && day.slice(0, length) !== days[i - 1]!.slice(0, length);
  const monthly = (day: string) =>
    part(day, day.slice(5, 7) === '01' ? { year: 'numeric' } : { month: 'short' });
  const inMonths = (months: string) => (day: string, i: number) =>
    begins(7)(day, i) && months.includes(day.slice(5, 7));
  const levels = [
    { isTick: () => true, words: (day: string) => part(day, { day: 'numeric', month: 'short' }) },
    { isTick: begins(7), words: monthly },
    { isTick: inMonths('01 04 07 10'), words: monthly },
    { isTick: inMonths('01 07'), words: monthly },
    { isTick: begins(4), words: (day: string) => part(day, { year: 'numeric' }) },
  ];
  const isDaily = days.length > 1 && days[1]!.slice(0, 7) === days[0]!.slice(0, 7);
  for (const { isTick, words } of levels.slice(isDaily ? 0 : 1)) {
    const wanted = days.flatMap((day, i) =>
      isTick(day, i) ? [{ at: i * slot, words: words(day) }] : [],
    );
    const placed = placeWords(wanted, width);
    if (placed.length > 0 && placed.length === wanted.length) return placed;
  }
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const monthOf = (day: string) => part(day, { month: 'short', year: 'numeric' });
  const ends = [
    { at: 0, words: monthOf(first) },
    { at: width, words: monthOf(last) },
  ];
  return days.length === 0 ? [] : placeWords(days.length === 1 ? ends.slice(0, 1) : ends, width);
}
