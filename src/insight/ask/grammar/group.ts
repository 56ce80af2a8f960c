import {
  amount,
  and,
  changeOf,
  compared,
  customers,
  direction,
  feature,
  flow,
  inUnitOf,
  labelledList,
  measure,
  overDays,
  plainMeasure,
  segmentList,
  segmentWord,
  span,
  valueList,
  type Valued,
} from './words.ts';
import { any, as, many, maybe, seq, words, type Reader } from './reader.ts';
import type { AskCondition, Group, Measure, Span, Subject } from '../types.ts';

const relative = maybe(words('who|that|which|whose'));
const verb = maybe(
  words('are|is|were|have|has|had|do|did|does|are there|is there|do we have|we have|there are'),
);
const negation = maybe(
  words('not|never|dont|didnt|havent|hasnt|arent|isnt|werent|doesnt|do not|did not'),
);
/** "who have not": whether it is turned around. */
const lead = as(seq(relative, verb, negation), ([, , not]) => not !== null);

const isIn = any(
  as(words('in|from|of|inside|within|belong to|part of'), () => false),
  as(words('not in|not from|outside|outside of|except|excluding|other than'), () => true),
);
const ofSegment = any<AskCondition>(
  as(seq(lead, isIn, segmentList), ([not, out, segments]) => inSegments(segments, not !== out)),
  as(seq(relative, words('are|is|were'), negation, segmentList), ([, , not, segments]) =>
    inSegments(segments, not !== null),
  ),
);
export const inSegments = (segments: readonly number[], not = false): AskCondition => ({
  is: 'segment',
  segments: [...segments].sort((a, b) => a - b),
  not,
});

const valueIn = any(
  isIn,
  as(words('on|at|through|via|for|with|having'), () => false),
  as(words('without|not with|not on|not at|not through|not via'), () => true),
);
const bought = words(
  'bought|buy|buys|buying|purchased|purchase|ordered|order|shop|shopped|shopping|visited|used|use',
);
const place = maybe(words('in|from|on|at|through|via'));
const inOrders = as(valueList, (it) => (it.dimension.of === 'orders' ? it : null));
const valued = ({ dimension, values }: Valued, not: boolean): AskCondition => ({
  is: 'value',
  dimension,
  values: [...values].sort(),
  not,
});
const ofValue = any<AskCondition>(
  as(seq(lead, valueIn, valueList), ([not, out, it]) => valued(it, not !== out)),
  as(seq(relative, words('are|is|were'), negation, valueList), ([, , not, it]) =>
    valued(it, not !== null),
  ),
  as(seq(lead, bought, place, inOrders), ([not, , , it]) => valued(it, not)),
  as(seq(words('whose|where'), labelledList), ([, it]) => valued(it, false)),
);

const having = seq(
  relative,
  maybe(words('with|having|have|has|had|whose|where|made|placed|bought|did|of')),
);
const overSpan = (
  it: Measure,
  days: Span | null,
  subject: Subject,
  make: (measure: Measure) => AskCondition | null,
): AskCondition | null => {
  const whole = overDays(it, days, subject);
  return whole && make(whole);
};
const ofNumber = any<AskCondition>(
  as(
    seq(having, plainMeasure, maybe(words('is|are|was|were|of')), compared, amount, maybe(span)),
    ([, it, , than, given, days], subject) =>
      overSpan(it, days, subject, (m) => number(m, than, inUnitOf(m, given, subject))),
  ),
  as(
    seq(having, compared, amount, plainMeasure, maybe(span)),
    ([, than, given, it, days], subject) =>
      overSpan(it, days, subject, (m) => number(m, than, inUnitOf(m, given, subject))),
  ),
  as(
    seq(having, amount, words('or more|or fewer|or less'), plainMeasure, maybe(span)),
    ([, given, or, it, days], subject) =>
      overSpan(it, days, subject, (m) => number(m, orMore(or), inUnitOf(m, given, subject))),
  ),
  as(
    seq(having, plainMeasure, amount, words('or more|or fewer|or less'), maybe(span)),
    ([, it, given, or, days], subject) =>
      overSpan(it, days, subject, (m) => number(m, orMore(or), inUnitOf(m, given, subject))),
  ),
  as(seq(having, amount, plainMeasure, maybe(span)), ([, given, it, days], subject) =>
    overSpan(it, days, subject, (m) => number(m, 'exactly', inUnitOf(m, given, subject))),
  ),
  as(seq(having, plainMeasure, words('is|are'), amount), ([, it, , given], subject) =>
    number(it, 'exactly', inUnitOf(it, given, subject)),
  ),
  as(
    seq(
      ...([having, plainMeasure, maybe(words('is|are'))] as const),
      ...([words('between|from'), amount, words('and|to'), amount, maybe(span)] as const),
    ),
    ([, it, , , low, , high, days], subject) =>
      overSpan(it, days, subject, (m) =>
        between(m, inUnitOf(m, low, subject), inUnitOf(m, high, subject)),
      ),
  ),
  as(
    seq(having, words('between'), amount, and, amount, plainMeasure, maybe(span)),
    ([, , low, , high, it, days], subject) =>
      overSpan(it, days, subject, (m) =>
        between(m, inUnitOf(m, low, subject), inUnitOf(m, high, subject)),
      ),
  ),
  as(seq(having, average(), measure), ([, than, it]) => ({ is: 'average', measure: it, than })),
  as(seq(having, measure, maybe(words('is|are')), average()), ([, it, , than]) => ({
    is: 'average',
    measure: it,
    than,
  })),
);

function average(): Reader<'over' | 'under'> {
  return any<'over' | 'under'>(
    as(
      words('above average|more than average|higher than average|over average'),
      () => 'over' as const,
    ),
    as(
      words('below average|less than average|lower than average|under average'),
      () => 'under' as const,
    ),
  );
}

const orMore = (or: string) => (or === 'or more' ? 'at-least' : 'at-most');
const number = (
  it: Measure,
  than: (AskCondition & { is: 'number' })['than'],
  value: number | null,
): AskCondition | null => (value === null ? null : { is: 'number', measure: it, than, value });
const between = (it: Measure, low: number | null, high: number | null): AskCondition | null =>
  low !== null && high !== null && low <= high ? { is: 'between', measure: it, low, high } : null;

const yesNo = as(feature, (at, { yesNo: all }) => (all.includes(at) ? at : null));
const yes = (at: number, not: boolean): AskCondition => ({ is: 'yes', feature: at, not });
const ofYes = any<AskCondition>(
  as(seq(relative, words('with|have|has|having|had'), yesNo), ([, , at]) => yes(at, false)),
  as(
    seq(
      relative,
      words('without|with no|have no|has no|having no|do not have|not have|dont have|without any'),
      yesNo,
    ),
    ([, , at]) => yes(at, true),
  ),
  as(seq(relative, words('are|is'), negation, yesNo), ([, , not, at]) => yes(at, not !== null)),
  as(
    seq(words('whose|where|with'), yesNo, maybe(words('is|=')), words('yes|no|true|false')),
    ([, at, , said]) => yes(at, said === 'no' || said === 'false'),
  ),
);

const active = words(
  'active|bought|buy|bought something|bought anything|ordered|order|purchased|purchase|shopped|placed order|made purchase|made order',
);
const ofDays = any<AskCondition>(
  as(seq(lead, active, span), ([not, , days]) => ({ is: 'active', span: days, not })),
  as(seq(relative, verb, words('inactive'), span), ([, , , days]) => ({
    is: 'active',
    span: days,
    not: true,
  })),
  as(
    seq(relative, verb, words('joined|new|started|first bought|first ordered|signed up'), span),
    ([, , , days]) => ({ is: 'joined', span: days }),
  ),
  as(seq(having, direction, flow, maybe(span)), ([, way, of, days], subject) =>
    changing(way, changeOf(of, days, subject)),
  ),
  as(
    seq(having, flow, maybe(words('is|are')), direction, maybe(span)),
    ([, of, , way, days], subject) => changing(way, changeOf(of, days, subject)),
  ),
);
const changing = (
  way: 'falling' | 'growing',
  change: ReturnType<typeof changeOf>,
): AskCondition | null => change && { is: 'change', change, direction: way };

/** Something that holds for a customer, after its noun: "in Germany", "who spent more than 500". */
export const condition = any<AskCondition>(ofSegment, ofValue, ofNumber, ofYes, ofDays);
const parted = maybe(words('and|but|and who|but who|, and|,'));
export const conditions = many(condition, 1, parted);
/** Days alone may mean bought in them or joined in them. */
const bareDays = any<AskCondition>(
  as(span, (days) => ({ is: 'active', span: days, not: false })),
  as(span, (days) => ({ is: 'joined', span: days })),
);

export const segmentOnly = as(seq(segmentWord, maybe(customers)), ([id]): Group => [
  inSegments([id]),
]);
/** "customers", "Champions", "segment A", "female customers". */
export const noun = any<Group>(
  as(customers, () => []),
  segmentOnly,
  as(seq(segmentWord, words('or'), segmentWord), ([a, , b]) => [inSegments([a, b])]),
  as(seq(valueList, customers), ([it]) => [valued(it, false)]),
);
const joined = ([base, more]: readonly [Group, readonly AskCondition[]]): Group => [
  ...base,
  ...more,
];
export const group = as(seq(noun, many(condition, 0, parted)), joined);
/** Days alone after a number may be the days of that number. */
export const groupOrDays = as(
  seq(noun, many(condition, 0, parted), maybe(bareDays), many(condition, 0, parted)),
  ([base, more, days, rest]): Group | null => {
    const before = more.at(-1)?.is;
    if (days && (before === 'number' || before === 'between' || before === 'change')) return null;
    return [...base, ...more, ...(days ? [days] : []), ...rest];
  },
);
/** After a measure: "of Champions", "in Germany"; everyone where there is nothing. */
export const ofGroup = any<Group>(
  as(
    seq(maybe(words('per customer|of each customer')), (_, at) => [{ value: null, to: at }]),
    () => [],
  ),
  as(seq(words('of|for|in|among|from|across|within'), group), ([, it]) => it),
  conditions,
);
