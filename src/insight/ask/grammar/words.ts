import { addDays, calendarSpan, daysBefore, lastSpan, spanBefore, type SpanUnit } from '../days.ts';
import { any, as, figure, many, maybe, meaning, seq, words, type Figure } from './reader.ts';
import type {
  Change,
  Compared,
  Dimension,
  Direction,
  Flow,
  Measure,
  Span,
  Statistic,
  Subject,
} from '../types.ts';

export const feature = as(meaning, (it) => (it.is === 'feature' ? it.feature : null));
export const dimension = as(meaning, (it) => (it.is === 'dimension' ? it.dimension : null));
const segment = as(meaning, (it) => (it.is === 'segment' ? it.segment : null));

export const customers = words(
  'customers|customer|people|buyers|shoppers|clients|everyone|everybody|all customers|all people|whole base|all buyers',
);
export const and = words('and|,|, and');
export const or = words('or|,|, or');

/** "A", "segment A", "Champions". */
export const segmentWord = any(
  segment,
  as(seq(words('segment|segments|group|groups|cluster|clusters'), segment), ([, id]) => id),
);
export const segmentList = as(many(segmentWord, 1, any(or, and)), (ids) => [...new Set(ids)]);

export type Valued = { readonly dimension: Dimension; readonly values: readonly string[] };
const plainValue = as(meaning, (it) =>
  it.is === 'value' ? { dimension: it.dimension, value: it.value } : null,
);
const is = words('is|are|was|were|=|of|being');
/** "Contract two year", "Country is Germany". */
const labelled = as(seq(dimension, maybe(is), plainValue), ([named, , value]) =>
  isSame(named, value.dimension) ? value : null,
);
const labelAfter = as(seq(plainValue, dimension), ([value, named]) =>
  isSame(named, value.dimension) ? value : null,
);
const value = any(plainValue, labelled, labelAfter);
const listed = (all: readonly { dimension: Dimension; value: string }[]): Valued | null => {
  const [first] = all;
  if (!first || !all.every((each) => isSame(each.dimension, first.dimension))) return null;
  return { dimension: first.dimension, values: [...new Set(all.map((each) => each.value))] };
};
export const valueList = as(many(value, 1, or), listed);
export const labelledList = as(
  seq(any(labelled, labelAfter), many(value, 0, or)),
  ([first, others]) => listed([first, ...others]),
);
export const isSame = (a: Dimension, b: Dimension): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const months =
  'january february march april may june july august september october november december'.split(
    ' ',
  );
const month = words([...months, ...months.map((name) => name.slice(0, 3))].join('|'));
const whole = (it: Figure): number | null =>
  it.sign === null && Number.isInteger(it.value) && it.value > 0 ? it.value : null;
export const wholeNumber = as(figure, whole);
const year = as(wholeNumber, (n) => (n >= 1900 && n <= 2100 ? n : null));
const unit = as(
  words('day|days|week|weeks|month|months|quarter|quarters|year|years'),
  (word) => word.replace(/s$/, '') as SpanUnit, // the listed words are the units and their plurals
);
const inLast = words(
  'in last|in past|over last|over past|during last|during past|within last|within past|for last|for past|last|past|of last',
);
const within = words('in|during|over|for');
const dated =
  <T>(make: (value: T, days: { first: string; asOf: string }) => Span | null) =>
  (given: T, { days }: Subject): Span | null =>
    days ? make(given, days) : null;

/** "in the last 90 days", "in March 2011", "in 2011", "in Q4 2011", "since June 2011". */
export const span = any<Span>(
  as(
    seq(inLast, wholeNumber, unit),
    dated(([, n, by], { asOf }) => (n <= 3660 ? lastSpan(asOf, n, by) : null)),
  ),
  as(
    seq(inLast, words('month|quarter|year')),
    dated(([, by], { asOf }) => lastSpan(asOf, 1, by as SpanUnit)), // one of the three
  ),
  as(
    seq(inLast, words('month|quarter|year')),
    dated(([, by], { asOf }) => spanBefore(asOf, by as 'month' | 'quarter' | 'year')), // one of the three
  ),
  as(
    seq(within, year),
    dated(([, y]) => calendarSpan(y, 0, 12, String(y))),
  ),
  as(
    seq(within, month, maybe(words('of')), year),
    dated(([, name, , y]) => {
      const at = months.findIndex((each) => each.startsWith(name.slice(0, 3)));
      const full = months[at]!;
      return calendarSpan(y, at, 1, `${full[0]!.toUpperCase()}${full.slice(1)} ${y}`);
    }),
  ),
  as(
    seq(within, words('q1|q2|q3|q4'), maybe(words('of')), year),
    dated(([, q, , y]) => calendarSpan(y, 3 * (Number(q[1]) - 1), 3, `${q.toUpperCase()} ${y}`)),
  ),
  as(
    seq(words('since'), maybe(month), year),
    dated(([, name, y], { asOf }) => {
      const at = name ? months.findIndex((each) => each.startsWith(name.slice(0, 3))) : 0;
      const { from } = calendarSpan(y, at, 1, '');
      return from <= asOf ? { from, to: asOf, words: `the days since ${from}` } : null;
    }),
  ),
);

/** What of a feature can be added up over days; null of the others. */
export function flowOf(at: number, { features, days }: Subject): Flow | null {
  const name = features[at]?.name;
  return days !== null && (name === 'spend' || name === 'orders') ? name : null;
}
export const flow = as(feature, flowOf);

export const plainMeasure = as(feature, (at): Measure => ({ is: 'feature', feature: at }));
/** A feature, or what was spent or ordered in some days. */
export const measure = any<Measure>(
  plainMeasure,
  as(seq(flow, span), ([of, days]) => ({ is: 'flow', flow: of, span: days })),
);

/** The same measure over some days; null where it cannot be told by days. */
export function overDays(it: Measure, days: Span | null, subject: Subject): Measure | null {
  if (days === null) return it;
  const of = it.is === 'feature' ? flowOf(it.feature, subject) : null;
  return of && { is: 'flow', flow: of, span: days };
}

export const direction = any<Direction>(
  as(
    words('falling|declining|decreasing|dropping|shrinking|going down|sinking'),
    (): Direction => 'falling',
  ),
  as(words('growing|rising|increasing|climbing|going up'), (): Direction => 'growing'),
);

/** The last days against as many before; without days, the window that the history allows. */
export function changeOf(of: Flow, days: Span | null, subject: Subject): Change | null {
  const { days: known, window } = subject;
  if (!known) return null;
  if (days && days.to !== known.asOf) return null;
  if (!days && window === 0) return null;
  const late = days ?? lastSpan(known.asOf, window, 'day');
  const early = daysBefore(late);
  return early.from >= addDays(known.first, -1) ? { flow: of, early, late } : null;
}

export const compared = any<Compared>(
  as(
    words(
      'more than|over|above|greater than|higher than|larger than|bigger than|exceeding|>|longer than',
    ),
    (): Compared => 'over',
  ),
  as(words('at least|no less than|no fewer than|not less than|>=|≥'), (): Compared => 'at-least'),
  as(
    words('less than|fewer than|under|below|lower than|smaller than|<|shorter than'),
    (): Compared => 'under',
  ),
  as(words('at most|up to|no more than|not more than|<=|≤'), (): Compared => 'at-most'),
  as(words('exactly|equal to|equals|='), (): Compared => 'exactly'),
);

const unitWord = words('days|day|weeks|week|times|time|years|year|years old');

export type Amount = { readonly figure: Figure; readonly unit: string | null };
export const amount = as(seq(figure, maybe(unitWord)), ([it, by]): Amount => ({
  figure: it,
  unit: by,
}));

/** A typed number in the unit of a measure; null where the two do not go together: 5 % of recency, 30 days of spend, a share of 20. */
export function inUnitOf(it: Measure, given: Amount, { features, yesNo }: Subject): number | null {
  const of =
    it.is === 'flow' ? features.find(({ name }) => name === it.flow) : features[it.feature];
  if (!of || (it.is === 'feature' && yesNo.includes(it.feature))) return null;
  const { value, sign } = given.figure;
  const by = given.unit?.replace(/s( old)?$/, '') ?? null;
  if (of.unit === 'share') {
    if (by !== null || sign === 'money') return null;
    if (sign === '%') return value / 100;
    return Math.abs(value) < 1 ? value : null;
  }
  if (sign === '%') return null;
  if (sign === 'money' && of.unit !== 'money' && of.unit !== 'number') return null;
  if (by === 'day' || by === 'week')
    return of.unit === 'days' && sign === null ? value * (by === 'week' ? 7 : 1) : null;
  if (by === 'time') return of.unit === 'count' ? value : null;
  if (by === 'year') return of.name === 'age' ? value : null;
  return value;
}

export const statistic = any<Statistic>(
  as(words('average|mean|average of|mean of|avg'), (): Statistic => 'mean'),
  as(words('median|typical|median of'), (): Statistic => 'median'),
  as(words('total|sum|sum of|total of|overall|combined'), (): Statistic => 'total'),
  as(words('maximum|max|highest|largest|biggest'), (): Statistic => 'highest'),
  as(words('minimum|min|lowest|smallest'), (): Statistic => 'lowest'),
);

/** Whether a sum over customers of it means anything. */
export function addsUp(it: Measure, { features, days }: Subject): boolean {
  if (it.is === 'flow') return true;
  const of = features[it.feature];
  if (!of) return false;
  if (days !== null) return of.name === 'spend' || of.name === 'orders';
  return of.unit === 'money' || of.unit === 'count' || of.unit === 'number';
}
