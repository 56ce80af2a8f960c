import type { Ask, Group } from '../types.ts';
import { intro } from './common.ts';
import { ofGroup } from './group.ts';
import { any, as, maybe, seq, type Reader, words } from './reader.ts';
import { changeOf, direction, flow, span } from './words.ts';

export const series = any<Ask>(
  as(
    seq(
      intro,
      words('trend of|trend in|development of|history of|trend for'),
      flowOrCustomers(),
      ofGroup,
    ),
    ([, , of, it]) => ({ kind: 'series', flow: of, group: it }),
  ),
  as(
    seq(
      intro,
      flowOrCustomers(),
      ofGroup,
      words('over time|by month|per month|month by month|each month|trend'),
    ),
    ([, of, it]) => ({ kind: 'series', flow: of, group: it }),
  ),
  as(seq(intro, words('monthly'), flowOrCustomers(), ofGroup), ([, , of, it]) => ({
    kind: 'series',
    flow: of,
    group: it,
  })),
  as(
    seq(
      words('how did|how does'),
      flowOrCustomers(),
      ofGroup,
      words('develop|develop over time|change over time'),
    ),
    ([, of, it]) => ({ kind: 'series', flow: of, group: it }),
  ),
);
function flowOrCustomers(): Reader<'spend' | 'orders' | 'customers'> {
  return any<'spend' | 'orders' | 'customers'>(
    flow,
    as(words('active customers|customers'), (_, { days }) =>
      days ? ('customers' as const) : null,
    ),
  );
}

export const changes = any<Ask>(
  as(
    seq(words('is|are'), flow, ofGroup, direction, ofGroup, maybe(span)),
    ([, of, a, , b, days], subject) => changeAsk(changeOf(of, days, subject), [...a, ...b]),
  ),
  as(
    seq(
      words('how has|how have|has|have'),
      flow,
      ofGroup,
      words('changed|developed'),
      ofGroup,
      maybe(span),
    ),
    ([, of, a, , b, days], subject) => changeAsk(changeOf(of, days, subject), [...a, ...b]),
  ),
  as(
    seq(intro, words('change in|change of|changes in'), flow, ofGroup, maybe(span)),
    ([, , of, it, days], subject) => changeAsk(changeOf(of, days, subject), it),
  ),
);
const changeAsk = (change: ReturnType<typeof changeOf>, of: Group): Ask | null =>
  change && { kind: 'change', change, group: of };
