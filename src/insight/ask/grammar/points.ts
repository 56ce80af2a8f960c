import { calendarSpan, daySpan } from '../days.ts';
import { monthAt, months } from '../months.ts';
import type { Span, Subject } from '../types.ts';
import { any, as, maybe, seq, token, words } from './reader.ts';

/** A day, a month, a quarter, a half or a year as it was typed; without a year it may be in any. */
export type Point = {
  readonly year: number | null;
  /** 0 … 11, where it begins; null: a whole year. */
  readonly month: number | null;
  /** Months that it lasts. */
  readonly months: number;
  /** 1 … 31; null: all of its days. */
  readonly day: number | null;
  readonly words: string;
};

const month = as(
  words([...months, ...months.map((name) => name.slice(0, 3)), 'sept'].join('|')),
  monthAt,
);
const year = token(/^(?:19|20)\d\d$/, Number);
const dayOfMonth = token(
  /^(?:[12]?\d|3[01])(?:st|nd|rd|th)?$/,
  (text) => parseInt(text, 10) || null,
);
const full = (at: number): string => `${months[at]![0]!.toUpperCase()}${months[at]!.slice(1)}`;

const of = maybe(words('of|,|in'));
const ofDay = (y: number | null, m: number, d: number): Point => ({
  ...{ year: y, month: m, months: 1, day: d, words: `${d} ${full(m)}` },
});
const quarter = as(
  words('q1|q2|q3|q4|first quarter|second quarter|third quarter|fourth quarter'),
  (word) => (/^q/.test(word) ? Number(word[1]) : 1 + ordinals.indexOf(word.split(' ')[0]!)),
);
const ordinals = ['first', 'second', 'third', 'fourth'];
const half = as(words('h1|h2|first half|second half'), (word) => (/1|first/.test(word) ? 1 : 2));
export const point = any<Point>(
  as(seq(year), ([y]) => ({ year: y, month: null, months: 12, day: null, words: '' })),
  as(seq(month, of, maybe(year)), ([m, , y]) => ({
    ...{ year: y, month: m, months: 1, day: null, words: full(m) },
  })),
  as(seq(quarter, of, maybe(year)), ([q, , y]) => ({
    ...{ year: y, month: 3 * (q - 1), months: 3, day: null, words: `Q${q}` },
  })),
  as(seq(half, of, maybe(year)), ([h, , y]) => ({
    ...{ year: y, month: 6 * (h - 1), months: 6, day: null, words: `H${h}` },
  })),
  as(seq(dayOfMonth, of, month, maybe(words(',')), maybe(year)), ([d, , m, , y]) => ofDay(y, m, d)),
  as(seq(month, dayOfMonth, maybe(words(',')), maybe(year)), ([m, d, , y]) => ofDay(y, m, d)),
  as(
    seq(year, token(/^(?:0?[1-9]|1[0-2])$/, Number), dayOfMonth),
    ([y, m, d]) => ofDay(y, m - 1, d), // 2011-06-01
  ),
  token(/^\d{1,2} \d{1,2} (?:19|20)\d\d$/, (text) => {
    const [d, m, y] = text.split(' ').map(Number) as [number, number, number]; // 31.8.2011: the shape has three parts
    return m >= 1 && m <= 12 && d >= 1 && d <= 31 ? ofDay(y, m - 1, d) : null;
  }),
);

/** The days of a point in the year given, or in each year of which there are orders; none where there is no such day. */
export function pointsOf(
  { year: own, month: m, months: n, day, words: named }: Point,
  given: number | null,
  { first, asOf }: NonNullable<Subject['days']>,
): readonly Span[] {
  const [begin, end] = [Number(first.slice(0, 4)), Number(asOf.slice(0, 4))];
  const known = own ?? given;
  const years =
    known === null ? Array.from({ length: end - begin + 1 }, (_, i) => begin + i) : [known];
  return years.flatMap((y) => {
    if (m === null) return [calendarSpan(y, 0, 12, String(y))];
    const whole = calendarSpan(y, m, n, `${named} ${y}`);
    const found = day === null ? whole : daySpan(whole.from, day - 1, whole.words);
    if (day !== null && found.from > whole.to) return []; // 31 June
    return known !== null || (found.from <= asOf && found.to >= first) ? [found] : [];
  });
}
