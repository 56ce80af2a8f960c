import type { AskCondition, Compared, Measure, Span, Subject } from '../types.ts';
import { having, lead, relative, verb } from './lead.ts';
import { any, as, maybe, seq, words, type Reader } from './reader.ts';
import { span } from './spans.ts';
import { amount, and, compared, inUnitOf, measure, overDays, plainMeasure } from './words.ts';

const overSpan = (
  it: Measure,
  days: Span | null,
  subject: Subject,
  make: (measure: Measure) => AskCondition | null,
): AskCondition | null => {
  const whole = overDays(it, days, subject);
  return whole && make(whole);
};
export const ofNumber = any<AskCondition>(
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

const often = any<{ than: Compared; value: number }>(
  as(words('once|only once|just once|exactly once|one time|only one time'), () => ({
    than: 'exactly' as const,
    value: 1,
  })),
  as(words('twice|exactly twice'), () => ({ than: 'exactly' as const, value: 2 })),
  as(words('more than once|repeatedly'), () => ({ than: 'over' as const, value: 1 })),
  as(words('more than twice'), () => ({ than: 'over' as const, value: 2 })),
  as(words('at least twice'), () => ({ than: 'at-least' as const, value: 2 })),
);
const named = (name: string, { features }: Subject): Measure | null => {
  const at = features.findIndex((each) => each.name === name);
  return at < 0 ? null : { is: 'feature', feature: at };
};
/** "bought only once", "never returned anything". */
export const ofVerbs = any<AskCondition>(
  as(
    seq(having, words('no returns|without returns|without any returns|never any returns')),
    (_, subject) => {
      const it = named('returns_share', subject);
      return it && { is: 'number', measure: it, than: 'exactly', value: 0 };
    },
  ),
  as(
    seq(
      relative,
      verb,
      words('ordered|bought|purchased|shopped|came|visited|order|buy|shop'),
      often,
      maybe(span),
    ),
    ([, , , { than, value }, days], subject) => {
      const it = named('orders', subject);
      return it && overSpan(it, days, subject, (m) => ({ is: 'number', measure: m, than, value }));
    },
  ),
  as(
    seq(
      lead,
      words('returned|return|sent back'),
      maybe(words('something|anything|goods|items|products|order|orders')),
    ),
    ([not], subject) => {
      const it = named('returns_share', subject);
      return it && { is: 'number', measure: it, than: not ? 'exactly' : 'over', value: 0 };
    },
  ),
);
