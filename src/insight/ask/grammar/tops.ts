import type { Ask, By, Group, Measure, Score, Span, Statistic, Subject } from '../types.ts';
import { TEN, each, ends, intro, segmentsWord, statistics, top } from './common.ts';
import { group, noun, ofGroup } from './group.ts';
import { any, as, maybe, seq, words } from './reader.ts';
import {
  customers,
  dimension,
  flowOf,
  measure,
  overDays,
  span,
  statistic,
  wholeNumber,
} from './words.ts';

export const tops = any<Ask>(
  as(
    seq(
      intro,
      top,
      maybe(wholeNumber),
      maybe(noun),
      words('by|with highest|with most|with largest|ranked by'),
      measure,
      ofGroup,
      maybe(span),
    ),
    ([, isTop, n, base, , it, more, days], subject) =>
      topOf(subject, it, days, { group: [...(base ?? []), ...more], n: n ?? TEN, most: isTop }),
  ),
  as(
    seq(intro, maybe(wholeNumber), group, ends, measure, ofGroup, maybe(span)),
    ([, n, base, isMost, it, more, days], subject) =>
      topOf(subject, it, days, { group: [...base, ...more], n: n ?? TEN, most: isMost }),
  ),
  as(
    seq(words('which|what|who is'), words('customer'), ends, measure, ofGroup, maybe(span)),
    ([, , isMost, it, more, days], subject) =>
      topOf(subject, it, days, { group: more, n: 1, most: isMost }),
  ),
);
function topOf(
  subject: Subject,
  it: Measure,
  days: Span | null,
  rest: { readonly group: Group; readonly n: number; readonly most: boolean },
): Ask | null {
  const whole = overDays(it, days, subject);
  return whole && rest.n <= 1000 ? { kind: 'top', measure: whole, ...rest } : null;
}

const ranked = any<By>(
  as(segmentsWord, () => 'segment' as const),
  dimension,
);
function scoresOf(
  split: By,
  said: Statistic | null,
  it: Measure,
  subject: Subject,
): readonly Score[] {
  const isOrders = split !== 'segment' && split.of === 'orders';
  if (isOrders) {
    const isFlow = it.is === 'flow' || flowOf(it.feature, subject) !== null;
    if (!isFlow || (said !== null && said !== 'total')) return [];
    return [{ is: 'measure', statistic: 'total', measure: it }];
  }
  if (said === 'highest' || said === 'lowest') return [];
  return statistics(it, said, subject).map((one) => ({
    is: 'measure',
    statistic: one,
    measure: it,
  }));
}
type Ranking = {
  readonly by: By;
  readonly said: Statistic | null;
  readonly it: Measure | null;
  readonly of: Group;
  readonly n: number;
  readonly most: boolean;
  readonly days: Span | null;
};
function rankAsks(
  { by: split, said, it, of, n, most: isMost, days }: Ranking,
  subject: Subject,
): Ask[] {
  if (n > 1000) return [];
  const rest = { kind: 'rank', by: split, group: of, n, most: isMost } as const;
  if (it === null) return days || said ? [] : [{ ...rest, score: { is: 'customers' } }];
  const whole = overDays(it, days, subject);
  return whole ? scoresOf(split, said, whole, subject).map((score) => ({ ...rest, score })) : [];
}
const scored = any<{ said: Statistic | null; it: Measure | null }>(
  as(customers, () => ({ said: null, it: null })),
  as(seq(maybe(statistic), measure), ([said, it]) => ({ said, it })),
);
const singularBy = words('segment|group|cluster');
export const ranks = any<Ask>(
  each(
    seq(
      intro,
      top,
      maybe(wholeNumber),
      ranked,
      words('by|with highest|with most|with largest|ranked by'),
      scored,
      ofGroup,
      maybe(span),
    ),
    ([, isTop, n, split, , { said, it }, of, days], subject) =>
      rankAsks({ by: split, said, it, of, n: n ?? TEN, most: isTop, days }, subject),
  ),
  each(
    seq(
      words('which|what|what is'),
      any<By>(
        as(singularBy, () => 'segment' as const),
        dimension,
      ),
      ends,
      scored,
      ofGroup,
      maybe(span),
    ),
    ([, split, isMost, { said, it }, of, days], subject) =>
      rankAsks({ by: split, said, it, of, n: 1, most: isMost, days }, subject),
  ),
  each(
    seq(
      words('which|what is'),
      maybe(words('is')),
      as(words('largest|biggest|smallest'), (word) => word !== 'smallest'),
      singularBy,
    ),
    ([, , isMost], subject) =>
      rankAsks(
        { by: 'segment', said: null, it: null, of: [], n: 1, most: isMost, days: null },
        subject,
      ),
  ),
  each(
    seq(
      words('which'),
      singularBy,
      words('is'),
      as(words('largest|biggest|smallest'), (word) => word !== 'smallest'),
    ),
    ([, , , isMost], subject) =>
      rankAsks(
        { by: 'segment', said: null, it: null, of: [], n: 1, most: isMost, days: null },
        subject,
      ),
  ),
  each(
    seq(words('which'), singularBy, words('spends|orders|buys'), words('most|least')),
    ([, , verb, much], subject) => {
      const at = subject.features.findIndex(
        ({ name }) => name === (verb === 'spends' ? 'spend' : 'orders'),
      );
      if (at < 0) return [];
      return rankAsks(
        {
          by: 'segment',
          said: null,
          it: { is: 'feature', feature: at },
          of: [],
          n: 1,
          most: much === 'most',
          days: null,
        },
        subject,
      );
    },
  ),
);
