import { addDays, daysBefore, lastSpan } from '../days.ts';
import { inSpan, isEvery } from '../line-filter.ts';
import { span } from './spans.ts';
import {
  any,
  as,
  figure,
  many,
  maybe,
  meaning,
  next,
  seq,
  type Figure,
  type Reader,
  words,
  once,
} from './reader.ts';
import type {
  Change,
  Compared,
  Dimension,
  Direction,
  Flow,
  LineFilter,
  Measure,
  Span,
  Statistic,
  Subject,
} from '../types.ts';

export const feature = as(meaning, (it) => (it.is === 'feature' ? it.feature : null));
export const dimension = as(meaning, (it) => (it.is === 'dimension' ? it.dimension : null));
const segment = as(meaning, (it) => (it.is === 'segment' ? it.segment : null));

export const customers = once(
  words(
    'customers|customer|people|buyers|shoppers|clients|everyone|everybody|all customers|all people|whole base|all buyers',
  ),
);
export const and = words('and|,|, and');
export const or = words('or|,|, or');

/** "A", "segment A", "Champions". */
export const segmentWord = any(
  segment,
  as(seq(words('segment|segments|group|groups|cluster|clusters'), segment), ([, id]) => id),
);
export const segmentList = once(as(many(segmentWord, 1, any(or, and)), (ids) => [...new Set(ids)]));

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
export const valueList = once(as(many(value, 1, or), listed));
export const labelledList = as(
  seq(any(labelled, labelAfter), many(value, 0, or)),
  ([first, others]) => listed([first, ...others]),
);
export const isSame = (a: Dimension, b: Dimension): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const whole = (it: Figure): number | null =>
  it.sign === null && Number.isInteger(it.value) && it.value > 0 ? it.value : null;
export const wholeNumber = as(figure, whole);
/** What of a feature can be added up over days; null of the others. */
export function flowOf(at: number, { features, days }: Subject): Flow | null {
  const name = features[at]?.name;
  return days !== null && (name === 'spend' || name === 'orders') ? name : null;
}
export const flow = as(feature, flowOf);

const moneyMade = /^(revenues?|sales|turnover|takings|income|money)$/;
/** "revenue": all that was spent, and no mean of it. */
const takings: Reader<number> = (text, at) =>
  moneyMade.test(text.tokens[next(text, at)]?.text ?? '')
    ? feature(text, at).filter(({ value }) => flowOf(value, text.subject) === 'spend')
    : [];
/** A feature, and the statistic that its word says: "revenue" is a total. */
export const toldMeasure: Reader<{ readonly it: Measure; readonly said: Statistic | null }> = (
  text,
  at,
) => {
  const total = takings(text, at);
  const hits = total.length > 0 ? total : feature(text, at);
  return hits.map(({ value, to }) => ({
    value: { it: { is: 'feature', feature: value }, said: total.length > 0 ? 'total' : null },
    to,
  }));
};

export const plainMeasure = as(feature, (at): Measure => ({ is: 'feature', feature: at }));
/** A feature, or what was spent or ordered in some days. */
export const measure = any<Measure>(
  plainMeasure,
  as(seq(flow, span), ([of, days]) => ({ is: 'flow', flow: of, lines: inSpan(days) })),
);

/** The same measure over some days; null where it cannot be told by days. */
export const overDays = (it: Measure, days: Span | null, subject: Subject): Measure | null =>
  overLines(it, inSpan(days), subject);

/** The same measure on some order lines; null where it cannot be told by lines. */
export function overLines(it: Measure, lines: LineFilter, subject: Subject): Measure | null {
  if (isEvery(lines)) return it;
  const of = it.is === 'feature' ? flowOf(it.feature, subject) : null;
  return of && { is: 'flow', flow: of, lines };
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
