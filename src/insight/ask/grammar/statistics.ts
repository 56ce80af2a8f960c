import type { Ask, By, Group, Measure, Span, Statistic, Subject } from '../types.ts';
import {
  by,
  each,
  intro,
  perCustomer,
  revenue,
  segmentsWord,
  statistics,
  there,
} from './common.ts';
import { group, ofGroup } from './group.ts';
import { any, as, maybe, seq, words } from './reader.ts';
import { flow, flowOf, measure, overDays, plainMeasure, span, statistic } from './words.ts';

type Asked = {
  readonly said: Statistic | null;
  readonly it: Measure;
  readonly of: Group;
  readonly days: Span | null;
  readonly by: By | null;
};
function statisticAsks({ said, it, of, days, by: split }: Asked, subject: Subject): Ask[] {
  const whole = overDays(it, days, subject);
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
export const statisticsOf = any<Ask>(
  each(
    seq(
      intro,
      statistic,
      maybe(words('of|for')),
      plainMeasure,
      perCustomer,
      maybe(span),
      ofGroup,
      maybe(span),
      maybe(by),
      maybe(span),
    ),
    ([, said, , it, , a, of, b, split, c], subject) =>
      [a, b, c].filter((days) => days !== null).length > 1
        ? []
        : statisticAsks({ said, it, of, days: a ?? b ?? c, by: split }, subject),
  ),
  each(
    seq(intro, plainMeasure, perCustomer, maybe(span), ofGroup, maybe(span), maybe(by)),
    ([, it, , a, of, b, split], subject) =>
      (of.length === 0 && split === null) || (a && b)
        ? []
        : statisticAsks({ said: null, it, of, days: a ?? b, by: split }, subject),
  ),
  each(
    seq(
      words('what do|how much do|what does|how much does'),
      group,
      revenue,
      words('on average'),
      maybe(span),
    ),
    ([, of, at, , days], subject) =>
      statisticAsks(
        { said: 'mean', it: { is: 'feature', feature: at }, of, days, by: null },
        subject,
      ),
  ),
  each(
    seq(words('how much'), words('did|do|does'), group, revenue, maybe(span)),
    ([, verb, of, at, days], subject) =>
      (verb === 'did' ? (['total'] as const) : (['total', 'mean'] as const)).flatMap((said) =>
        statisticAsks({ said, it: { is: 'feature', feature: at }, of, days, by: null }, subject),
      ),
  ),
  each(
    seq(
      words('how many'),
      as(flow, (it) => (it === 'orders' ? it : null)),
      there(),
      maybe(words('were placed|were made|did|from|have')),
      ofGroup,
      maybe(span),
    ),
    ([, , , , of, days], subject) => {
      const at = subject.features.findIndex(({ name }) => name === 'orders');
      return statisticAsks(
        { said: 'total', it: { is: 'feature', feature: at }, of, days, by: null },
        subject,
      );
    },
  ),
  each(
    seq(words('compare|show'), segmentsWord, words('on|by'), maybe(statistic), measure),
    ([, , , said, it], subject) =>
      statisticAsks({ said, it, of: [], days: null, by: 'segment' }, subject).filter(
        (ask) => said !== null || ask.kind !== 'statistic' || ask.statistic !== 'total',
      ),
  ),
);
