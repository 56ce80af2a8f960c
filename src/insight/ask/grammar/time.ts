import type { Ask, Flow, Group, Part } from '../types.ts';
import { ends, intro } from './common.ts';
import { ofGroup } from './group.ts';
import { part } from './lines.ts';
import { any, as, maybe, seq, type Reader, words } from './reader.ts';
import { span } from './spans.ts';
import { bothTails, tailOrGroup, type Tail } from './tail.ts';
import { changeOf, direction, flow } from './words.ts';

type Line = Flow | 'customers';
const seriesOf = (
  of: Line,
  around: Tail | null,
  by: Part,
  order: 'time' | 'most' | 'least' = 'time',
): Ask | null => around && { kind: 'series', flow: of, ...around, by, order };
const total = maybe(words('total|sum of|number of|overall'));
const every = words('over time|trend|by month|per month|month by month|each month');
const byPart = any<Part>(
  as(every, (): Part => 'month'),
  as(seq(words('by|per|for each|each|in each|for every|every|across'), part), ([, it]) => it),
);
const rhythm = as(
  words('weekly|monthly|quarterly|yearly|annual|hourly'),
  (word) =>
    ({
      ...{ weekly: 'week', monthly: 'month', quarterly: 'quarter' },
      ...{ yearly: 'year', annual: 'year', hourly: 'hour' },
    })[word] as Part, // each of the words is there
);
export const series = any<Ask>(
  as(
    seq(
      ...([intro, words('trend of|trend in|development of|history of|trend for')] as const),
      ...([total, flowOrCustomers(), tailOrGroup] as const),
    ),
    ([, , , of, it]) => seriesOf(of, it, 'month'),
  ),
  as(
    seq(...([intro, total, flowOrCustomers(), tailOrGroup, byPart, tailOrGroup] as const)),
    ([, , of, a, by, b]) => seriesOf(of, bothTails(a, b), by),
  ),
  as(seq(intro, rhythm, flowOrCustomers(), tailOrGroup), ([, by, of, it]) => seriesOf(of, it, by)),
  as(
    seq(
      ...([words('how did|how does'), flowOrCustomers(), tailOrGroup] as const),
      ...([words('develop|develop over time|change over time'), maybe(byPart)] as const),
    ),
    ([, of, it, , by]) => seriesOf(of, it, by ?? 'month'),
  ),
  // "which weekday has the most orders", "weekday with the most orders"
  as(
    seq(
      maybe(words('which|what|what is|on which|in which')),
      part,
      ends,
      flowOrCustomers(),
      tailOrGroup,
    ),
    ([, by, isMost, of, it]) => seriesOf(of, it, by, isMost ? 'most' : 'least'),
  ),
  as(
    seq(
      ...([maybe(words('which|what|what is|which is')), maybe(words('is'))] as const),
      ...([words('busiest|best|strongest|quietest|worst|weakest'), part] as const),
      ...([maybe(words('by|for|in terms of')), maybe(flow), tailOrGroup] as const),
    ),
    ([, , word, by, , of, it]) =>
      // how busy it is, orders say; what is best must be said
      of === null && !/^(busiest|quietest)$/.test(word)
        ? null
        : seriesOf(of ?? 'orders', it, by, /^b|^s/.test(word) ? 'most' : 'least'),
  ),
);
function flowOrCustomers(): Reader<Line> {
  return any<Line>(
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
