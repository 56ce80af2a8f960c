import { everyLine, isEvery } from '../line-filter.ts';
import type { Ask, By, Group, LineFilter, Measure, Score, Statistic, Subject } from '../types.ts';
import { TEN, ends, intro, segmentsWord, statistics, top } from './common.ts';
import { any, as, each, maybe, seq, words } from './reader.ts';
import { tailOrGroup, type Tail } from './tail.ts';
import {
  customers,
  dimension,
  flowOf,
  overLines,
  statistic,
  toldMeasure,
  wholeNumber,
} from './words.ts';

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
type Scored = { readonly said: Statistic | null; readonly it: Measure | null };
type Ranking = Scored & {
  readonly by: By;
  readonly of: Group;
  readonly lines: LineFilter;
  readonly n: number;
  readonly most: boolean;
};
function rankAsks(
  { by: split, said, it, of, lines, n, most: isMost }: Ranking,
  subject: Subject,
): Ask[] {
  if (n > 1000) return [];
  const rest = { kind: 'rank', by: split, group: of, n, most: isMost } as const;
  if (it === null) return !isEvery(lines) || said ? [] : [{ ...rest, score: { is: 'customers' } }];
  const whole = overLines(it, lines, subject);
  return whole ? scoresOf(split, said, whole, subject).map((score) => ({ ...rest, score })) : [];
}
const none = { of: [], lines: everyLine };
const around = ({ group, lines }: Tail) => ({ of: group, lines });
const scored = any<Scored>(
  as(customers, () => ({ said: null, it: null })),
  as(seq(maybe(statistic), toldMeasure), ([said, told]) => ({
    said: said ?? told.said,
    it: told.it,
  })),
);
const oneSegment = words('segment|group|cluster');
const size = as(words('largest|biggest|smallest'), (word) => word !== 'smallest');
const bySize = (isMost: boolean, subject: Subject) =>
  rankAsks({ ...none, by: 'segment', said: null, it: null, n: 1, most: isMost }, subject);
/** "spends the most", "buys the most at a discount": what each verb is measured by. */
const deeds: readonly (readonly [phrases: string, feature: string])[] = [
  ['spends|spent', 'spend'],
  ['orders|buys|ordered|bought', 'orders'],
  ['returns|returned', 'returns_share'],
];
const much = any(
  as(words('most|most often'), () => true),
  as(words('least|least often'), () => false),
);
const deed = any<{ name: string; isMost: boolean }>(
  ...deeds.map(([phrases, name]) =>
    as(seq(words(phrases), much), ([, isMost]) => ({ name, isMost })),
  ),
  as(
    seq(words('buys|bought|orders'), much, words('at discount|on discount|discounted|on sale')),
    ([, isMost]) => ({ name: 'discount_share', isMost }),
  ),
);
export const ranks = any<Ask>(
  each(
    seq(
      ...([intro, top, maybe(wholeNumber), ranked] as const),
      ...([
        words('by|with highest|with most|with largest|ranked by'),
        scored,
        tailOrGroup,
      ] as const),
    ),
    ([, isTop, n, split, , told, all], subject) =>
      rankAsks({ ...around(all), ...told, by: split, n: n ?? TEN, most: isTop }, subject),
  ),
  each(
    seq(
      ...([maybe(words('which|what|what is|show|give|list')), maybe(wholeNumber)] as const),
      ...([
        any<By>(
          as(oneSegment, () => 'segment' as const),
          dimension,
        ),
        ends,
        scored,
      ] as const),
      tailOrGroup,
    ),
    ([asked, n, split, isMost, told, all], subject) =>
      asked === null && n === null && split === 'segment'
        ? []
        : rankAsks({ ...around(all), ...told, by: split, n: n ?? 1, most: isMost }, subject),
  ),
  each(
    seq(maybe(words('which|what|what is|which is')), maybe(words('is')), size, oneSegment),
    ([, , isMost], subject) => bySize(isMost, subject),
  ),
  each(seq(words('which|what'), oneSegment, words('is'), size), ([, , , isMost], subject) =>
    bySize(isMost, subject),
  ),
  each(seq(words('which'), oneSegment, deed), ([, , { name, isMost }], subject) => {
    const at = subject.features.findIndex((feature) => feature.name === name);
    if (at < 0) return [];
    const it = { is: 'feature', feature: at } as const;
    return rankAsks({ ...none, by: 'segment', said: null, it, n: 1, most: isMost }, subject);
  }),
);
