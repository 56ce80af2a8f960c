import { everyLine, inSpan, isEvery } from '../line-filter.ts';
import type { Ask, By, Group, LineFilter, Measure, Statistic, Subject } from '../types.ts';
import { by, intro, perCustomer, revenue, segmentsWord, statistics, there } from './common.ts';
import { group, ofGroup } from './group.ts';
import { any, as, each, maybe, seq, words } from './reader.ts';
import { span } from './spans.ts';
import { bothTails, tail } from './tail.ts';
import { flow, flowOf, measure, overLines, plainMeasure, statistic, toldMeasure } from './words.ts';

type Asked = {
  readonly said: Statistic | null;
  readonly it: Measure;
  readonly of: Group;
  readonly lines?: LineFilter;
  readonly by: By | null;
};
function statisticAsks(
  { said, it, of, lines = everyLine, by: split }: Asked,
  subject: Subject,
): Ask[] {
  const whole = overLines(it, lines, subject);
  if (!whole) return [];
  const isOrders = split !== null && split !== 'segment' && split.of === 'orders';
  if (isOrders && whole.is === 'feature' && flowOf(whole.feature, subject) === null) return [];
  return statistics(whole, said, subject).map((one) => ({
    kind: 'statistic',
    statistic: one,
    measure: whole,
    group: of,
    by: split,
  }));
}
/** A sum "in Germany" is of the lines there, which the tail reads; of whom it is must be said with a noun, which the tail reads too. */
const isByTail = (ask: Ask): boolean =>
  ask.kind === 'statistic' &&
  ask.statistic === 'total' &&
  ask.group.some((each) => each.is === 'value' && each.dimension.of === 'orders');

/** What was spent or ordered on some lines is added up where no word says otherwise. */
const added = (said: Statistic | null, lines: LineFilter): Statistic | null =>
  said ?? (isEvery(lines) ? null : 'total');

export const statisticsOf = any<Ask>(
  each(
    seq(
      ...([intro, statistic, maybe(words('of|for')), plainMeasure] as const),
      ...([perCustomer, maybe(span), ofGroup, maybe(span), maybe(by), maybe(span)] as const),
    ),
    ([, said, , it, , a, of, b, split, c], subject) =>
      [a, b, c].filter((days) => days !== null).length > 1
        ? []
        : statisticAsks({ said, it, of, lines: inSpan(a ?? b ?? c), by: split }, subject).filter(
            (ask) => !isByTail(ask),
          ),
  ),
  each(
    seq(
      ...([intro, maybe(words('total|sum of|total of|overall')), toldMeasure] as const),
      ...([tail, maybe(by), tail, there()] as const),
    ),
    ([, total, { it, said }, a, split, b], subject) => {
      const found = bothTails(a, b);
      if (!found || (it.is === 'feature' && flowOf(it.feature, subject) === null)) return [];
      const is = total ? 'total' : added(said, found.lines);
      const isBare = total === null && said === null && split === null;
      if (isBare && isEvery(found.lines)) return []; // "orders", "spend of Champions": asked below
      return statisticAsks(
        { said: is, it, of: found.group, lines: found.lines, by: split },
        subject,
      );
    },
  ),
  each(
    seq(intro, toldMeasure, perCustomer, ofGroup, maybe(by)),
    ([, { it, said }, per, of, split], subject) =>
      of.length === 0 && split === null && per === null
        ? []
        : statisticAsks({ said: per ? 'mean' : said, it, of, by: split }, subject).filter(
            (ask) => !isByTail(ask),
          ),
  ),
  each(
    seq(
      ...([words('what do|how much do|what does|how much does'), group, revenue] as const),
      ...([words('on average'), maybe(span)] as const),
    ),
    ([, of, at, , days], subject) =>
      statisticAsks(
        { said: 'mean', it: { is: 'feature', feature: at }, of, lines: inSpan(days), by: null },
        subject,
      ),
  ),
  each(
    seq(
      words('how much|how much money'),
      words('was spent|was earned|did we make|did we earn|did we sell|was made|was sold'),
      tail,
    ),
    ([, , { group: of, lines }], subject) => {
      const at = subject.features.findIndex(({ name }) => name === 'spend');
      return at < 0 || flowOf(at, subject) === null
        ? []
        : statisticAsks(
            { said: 'total', it: { is: 'feature', feature: at }, of, lines, by: null },
            subject,
          );
    },
  ),
  each(
    seq(words('how much'), words('did|do|does'), group, revenue, tail),
    ([, verb, of, at, { lines, group: more }], subject) =>
      more.length > 0
        ? []
        : (verb === 'did' || !isEvery(lines)
            ? (['total'] as const)
            : (['total', 'mean'] as const)
          ).flatMap((said) =>
            statisticAsks(
              { said, it: { is: 'feature', feature: at }, of, lines, by: null },
              subject,
            ),
          ),
  ),
  each(
    seq(
      words('how many|number of|count of|count'),
      as(flow, (it) => (it === 'orders' ? it : null)),
      there(),
      maybe(words('were there|were placed|were made|did|from|have|do')),
      tail,
      maybe(by),
      tail,
      maybe(words('place|make|have')),
      there(),
    ),
    ([, , , , a, split, b], subject) => {
      const found = bothTails(a, b);
      const at = subject.features.findIndex(({ name }) => name === 'orders');
      return found
        ? statisticAsks(
            {
              ...{ said: 'total', it: { is: 'feature', feature: at }, of: found.group },
              ...{ lines: found.lines, by: split },
            },
            subject,
          )
        : [];
    },
  ),
  each(
    seq(words('compare|show'), segmentsWord, words('on|by'), maybe(statistic), measure),
    ([, , , said, it], subject) =>
      statisticAsks({ said, it, of: [], by: 'segment' }, subject).filter(
        (ask) => said !== null || ask.kind !== 'statistic' || ask.statistic !== 'total',
      ),
  ),
);
