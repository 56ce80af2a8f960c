import { both, inSpan } from '../line-filter.ts';
import type { AskCondition, LineFilter } from '../types.ts';
import { having, lead, negation, relative, verb } from './lead.ts';
import { goods, moreLines, ofColumn, onWeekdays, valueIn } from './lines.ts';
import { any, as, maybe, seq, words } from './reader.ts';
import { span } from './spans.ts';
import { changeOf, direction, flow, labelledList, valueList, type Valued } from './words.ts';

const bought = words(
  'bought|buy|buys|buying|purchased|purchase|ordered|order|shop|shopped|shopping|visited|used|use',
);
const place = maybe(words('in|from|on|at|through|via'));
const inOrders = as(valueList, (it) => (it.dimension.of === 'orders' ? it : null));
export const valued = ({ dimension, values }: Valued, not: boolean): AskCondition => ({
  is: 'value',
  dimension,
  values: [...values].sort(),
  not,
});
export const ofValue = any<AskCondition>(
  as(seq(lead, valueIn, valueList), ([not, out, it]) => valued(it, not !== out)),
  as(seq(relative, words('are|is|were'), negation, valueList), ([, , not, it]) =>
    valued(it, not !== null),
  ),
  as(seq(lead, bought, place, inOrders, goods), ([not, , , it]) => valued(it, not)),
  as(seq(words('whose|where'), labelledList), ([, it]) => valued(it, false)),
);
const lineFilter = ({ dimension, values }: Valued): LineFilter | null =>
  ofColumn({ dimension, values }, false);
const alone = words('only|just|exclusively');
/** "bought Espresso in the last 30 days", "ordered on Sundays", "order only online". */
export const ofLines = any<AskCondition>(
  as(seq(lead, bought, place, inOrders, goods, moreLines), ([not, , , it, , more]) => {
    const own = lineFilter(it);
    const found = own && both([own, more]);
    return found && { is: 'bought', lines: found, how: not ? 'none' : 'any' };
  }),
  as(seq(lead, bought, onWeekdays, maybe(span)), ([not, , own, days]) => {
    const found = both([own, inSpan(days)]);
    return found && { is: 'bought', lines: found, how: not ? 'none' : 'any' };
  }),
  as(
    any(
      seq(relative, verb, bought, alone, place, inOrders),
      seq(relative, verb, alone, maybe(bought), place, inOrders),
    ),
    (all) => {
      const own = lineFilter(all[5]);
      return own && { is: 'bought', lines: own, how: 'only' };
    },
  ),
);
/** Two at once: "both Beans and Equipment", "Tea but not Coffee", "neither in Germany nor in France". */
export const ofTwo = any<readonly AskCondition[]>(
  as(
    seq(
      ...([lead, bought, place, inOrders] as const),
      words('but not|and not|but no|and no'),
      inOrders,
    ),
    ([not, , , a, , b]) => (not ? null : [valued(a, false), valued(b, true)]),
  ),
  as(
    seq(
      lead,
      bought,
      maybe(words('both|in both|from both|at both|through both|on both')),
      place,
      inOrders,
      words('and|as well as'),
      place,
      inOrders,
    ),
    ([not, , , , a, , , b]) => (not ? null : [valued(a, false), valued(b, false)]),
  ),
  as(
    seq(
      relative,
      verb,
      words('neither'),
      maybe(valueIn),
      valueList,
      words('nor'),
      maybe(valueIn),
      valueList,
    ),
    ([, , , , a, , , b]) => [valued(a, true), valued(b, true)],
  ),
);

const active = words(
  'active|bought|buy|bought something|bought anything|ordered|order|purchased|purchase|shopped|placed order|made purchase|made order',
);
export const ofDays = any<AskCondition>(
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
