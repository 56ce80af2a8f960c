import { daySpan, lastSpan, spanBefore, spanOf, spanSoFar, type SpanUnit } from '../days.ts';
import type { Span, Subject } from '../types.ts';
import { point, pointsOf, type Point } from './points.ts';
import { any, as, each, figure, maybe, seq, words, once } from './reader.ts';

const wholeNumber = as(figure, ({ sign, value }) =>
  sign === null && Number.isInteger(value) && value > 0 ? value : null,
);
const unit = as(
  words('day|days|week|weeks|month|months|quarter|quarters|year|years'),
  (word) => word.replace(/s$/, '') as SpanUnit, // the listed words are the units and their plurals
);
const inLast = words(
  'in last|in past|over last|over past|during last|during past|within last|within past|for last|for past|from last|last|past|of last|previous|in previous|in preceding',
);
const within = words('in|during|over|for|from|of|on|within');
type Known = NonNullable<Subject['days']>;
const dated =
  <T>(make: (value: T, days: Known) => readonly (Span | null)[] | Span | null) =>
  (given: T, { days }: Subject): readonly Span[] =>
    days ? [make(given, days)].flat().filter((made) => made !== null) : [];

/** "in the last 90 days", "in March 2011", "in 2011", "in Q4 2011", "since June", "between 1 June and 31 August 2011", "this year". */
export const span = once(
  any<Span>(
    each(
      seq(inLast, wholeNumber, unit),
      dated(([, n, by], { asOf }) => (n <= 3660 ? lastSpan(asOf, n, by) : null)),
    ),
    each(
      seq(inLast, words('week|month|quarter|year')),
      dated(([, by], { asOf }) => [
        lastSpan(asOf, 1, by as SpanUnit), // one of the four
        by === 'week' ? null : spanBefore(asOf, by as 'month' | 'quarter' | 'year'), // one of the others
      ]),
    ),
    each(
      seq(maybe(within), words('this|current'), words('month|quarter|year')),
      dated(([, , by], { asOf }) => spanSoFar(asOf, by as 'month' | 'quarter' | 'year')), // one of the three
    ),
    each(
      words('today|yesterday'),
      dated((word, { asOf }) => daySpan(asOf, word === 'today' ? 0 : -1, word)),
    ),
    each(
      seq(within, point),
      dated(([, at], days) => pointsOf(at, null, days)),
    ),
    each(
      seq(point),
      dated(([at], days) =>
        at.year !== null && at.month !== null ? pointsOf(at, null, days) : [],
      ),
    ),
    each(
      seq(words('since|starting|starting in|from'), point, maybe(words('on|onwards'))),
      dated(([word, at, on], { first, asOf }) => {
        if (word === 'from' && on === null) return null;
        const begun = pointsOf(at, null, { first, asOf }).filter(({ from }) => from <= asOf);
        const from = begun.at(-1)?.from;
        return from === undefined ? null : { from, to: asOf, words: `the days since ${from}` };
      }),
    ),
    each(
      seq(words('before|until|till|up to|after'), point),
      dated(
        ([word, at], days) =>
          pointsOf(at, null, days).map((found) => spanOf(word as 'before', found, days)), // `spanOf` knows each of the words
      ),
    ),
    each(
      seq(words('between|from|in between'), point, words('and|to|until|till|through'), point),
      dated(([, a, , b], days) => between(a, b, days)),
    ),
  ),
);

/** "2024" alone, after a question that named its days. */
export const bareSpan = once(
  each(
    seq(point),
    dated(([at], days) => pointsOf(at, null, days)),
  ),
);

/** From one point to another: one without a year is in that of the other, or the year before it; without any, wherever the days are. */
function between(a: Point, b: Point, days: Known): readonly Span[] {
  const ends = pointsOf(b, b.year ?? a.year, days);
  return ends.flatMap((end) => {
    const year = Number(end.to.slice(0, 4));
    const starts = pointsOf(a, a.year ?? year, days);
    const [start] = starts[0] && starts[0].from > end.to ? pointsOf(a, year - 1, days) : starts;
    if (!start || start.from > end.to) return [];
    return [{ from: start.from, to: end.to, words: `${start.words} to ${end.words}` }];
  });
}
