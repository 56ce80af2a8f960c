import type { AskCondition, Group } from '../types.ts';
import { ofDays, ofLines, ofTwo, ofValue, valued } from './by-lines.ts';
import { ofNumber, ofVerbs } from './by-number.ts';
import { lead, negation, relative } from './lead.ts';
import { isIn } from './lines.ts';
import { any, as, many, maybe, seq, words, once } from './reader.ts';
import { span } from './spans.ts';
import { customers, feature, segmentList, segmentWord, valueList } from './words.ts';

export const ofSegment = any<AskCondition>(
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

/** Something that holds for a customer, after its noun: "in Germany", "who spent more than 500". */
export const condition = once(
  any<AskCondition>(...[ofSegment, ofValue, ofLines, ofNumber, ofYes, ofDays, ofVerbs]),
);
const parted = maybe(words('and|but|and who|but who|, and|,'));
const some = (least: number) =>
  as(
    many(
      any<readonly AskCondition[]>(
        as(condition, (it) => [it]),
        ofTwo,
      ),
      least,
      parted,
    ),
    (all) => all.flat(),
  );
export const conditions = once(some(1));
const anyConditions = some(0);
/** Days alone may mean bought in them or joined in them. */
const bareDays = any<AskCondition>(
  as(span, (days) => ({ is: 'active', span: days, not: false })),
  as(span, (days) => ({ is: 'joined', span: days })),
);

export const segmentOnly = as(seq(segmentWord, maybe(customers)), ([id]): Group => [
  inSegments([id]),
]);
/** "customers", "Champions", "segment A", "female customers". */
export const noun = once(
  any<Group>(
    as(customers, () => []),
    segmentOnly,
    as(seq(segmentWord, words('or'), segmentWord), ([a, , b]) => [inSegments([a, b])]),
    as(seq(valueList, customers), ([it]) => [valued(it, false)]),
    as(seq(segmentWord, words('and'), segmentWord, words('together|combined')), ([a, , b]) => [
      inSegments([a, b]),
    ]),
  ),
);
const fresh = as(seq(words('new'), customers, span), ([, , days]): Group => [
  { is: 'joined', span: days },
]);
const joined = ([base, more]: readonly [Group, readonly AskCondition[]]): Group => [
  ...base,
  ...more,
];
export const group = once(as(seq(noun, anyConditions), joined));
/** Days alone after a number may be the days of that number. */
export const groupOrDays = once(
  any<Group>(
    fresh,
    as(
      seq(noun, anyConditions, maybe(bareDays), anyConditions),
      ([base, more, days, rest]): Group | null => {
        const before = more.at(-1)?.is;
        if (days && (before === 'number' || before === 'between' || before === 'change'))
          return null;
        return [...base, ...more, ...(days ? [days] : []), ...rest];
      },
    ),
  ),
);
/** After a measure: "of Champions", "in Germany"; everyone where there is nothing. */
export const ofGroup = once(
  any<Group>(
    as(
      seq(maybe(words('per customer|of each customer')), (_, at) => [{ value: null, to: at }]),
      () => [],
    ),
    as(seq(words('of|for|in|among|from|across|within'), group), ([, it]) => it),
    conditions,
  ),
);
