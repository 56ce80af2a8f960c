import type { Span } from './types.ts';

export type SpanUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const dayMs = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export const addDays = (day: string, days: number): string => iso(at(day) + days * dayMs);

/** Whole days of a span, both ends included. */
export const daysOf = ({ from, to }: Pick<Span, 'from' | 'to'>): number =>
  Math.round((at(to) - at(from)) / dayMs) + 1;

/** The same day of another month, or its last day where the month is shorter. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]; // an ISO day has three parts
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

/** The last `n` days, weeks, … up to and with `asOf`. */
export function lastSpan(asOf: string, n: number, unit: SpanUnit): Span {
  const months = { day: 0, week: 0, month: n, quarter: 3 * n, year: 12 * n }[unit];
  const from =
    months > 0
      ? addDays(addMonths(asOf, -months), 1)
      : addDays(asOf, 1 - n * (unit === 'week' ? 7 : 1));
  return { from, to: asOf, words: n === 1 ? `the last ${unit}` : `the last ${n} ${unit}s` };
}

/** A year, or `months` months of one from `month` (0 … 11). */
export function calendarSpan(year: number, month: number, months: number, words: string): Span {
  const from = iso(Date.UTC(year, month, 1));
  return { from, to: addDays(addMonths(from, months), -1), words };
}

/** The month, quarter or year before the one that `asOf` is in. */
export function spanBefore(asOf: string, unit: 'month' | 'quarter' | 'year'): Span {
  const [year, month] = asOf.split('-').map(Number) as [number, number];
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  const begun = Math.floor((month - 1) / months) * months;
  const from = addMonths(iso(Date.UTC(year, begun, 1)), -months);
  return {
    from,
    to: addDays(addMonths(from, months), -1),
    words: `the calendar ${unit} before this one`,
  };
}

/** The month, quarter or year that `asOf` is in, up to and with it. */
export function spanSoFar(asOf: string, unit: 'month' | 'quarter' | 'year'): Span {
  const from = addDays(spanBefore(asOf, unit).to, 1);
  return { from, to: asOf, words: `this ${unit} so far` };
}

/** One day, `days` after another. */
export function daySpan(from: string, days: number, words: string): Span {
  const day = addDays(from, days);
  return { from: day, to: day, words };
}

/** The days before or after another span, or up to its end; null where there are none with orders. */
export function spanOf(
  word: 'before' | 'until' | 'till' | 'up to' | 'after',
  { from, to }: Span,
  { first, asOf }: { readonly first: string; readonly asOf: string },
): Span | null {
  const span = {
    before: { from: first, to: addDays(from, -1), words: `the days before ${from}` },
    until: { from: first, to, words: `the days until ${to}` },
    after: { from: addDays(to, 1), to: asOf, words: `the days after ${to}` },
  }[word === 'till' || word === 'up to' ? 'until' : word];
  return span.from <= span.to ? span : null;
}

/** As many days before a span. */
export const daysBefore = ({ from, to }: Span): Span => ({
  from: addDays(from, -daysOf({ from, to })),
  to: addDays(from, -1),
  words: `the ${daysOf({ from, to })} days before`,
});
