import { both, inSpan } from '../line-filter.ts';
import type { Ask, LineFilter } from '../types.ts';
import { intro } from './common.ts';
import { ofColumn, onWeekdays, lines } from './lines.ts';
import { any, as, maybe, seq, words } from './reader.ts';
import { bareSpan } from './spans.ts';
import { bothTails, someTail, tail, type Tail } from './tail.ts';
import { flow, valueList } from './words.ts';

const shareOf = words(
  'share of|percentage of|proportion of|what share of|what percentage of|what percent of|what proportion of|percent of|% of|what fraction of|fraction of|how much of',
);
const all = maybe(words('all|total|overall'));
const does = maybe(
  words('do|does|account for|make up|is made|are made|is generated|comes|come|is|are'),
);
/** "share of revenue from Beans", "what fraction of orders come through the app". */
export const lineShares = any<Ask>(
  as(seq(intro, shareOf, all, flow, does, someTail, does), ([, , , of, , around]) => {
    if (around.lines.values.length + around.lines.weekdays.length === 0) return null;
    return {
      ...({ kind: 'line-share', flow: of, group: around.group } as const),
      ...{ of: around.lines, within: inSpan(around.lines.span) },
    };
  }),
);

/** One side of "Germany vs France", with or without what stands before it. */
const bare = any<LineFilter>(
  lines,
  as(valueList, (it) => ofColumn(it, false)),
  onWeekdays,
  as(bareSpan, inSpan),
);
const alike = (a: LineFilter, b: LineFilter): boolean =>
  (a.span === null) === (b.span === null) &&
  a.weekdays.length > 0 === b.weekdays.length > 0 &&
  a.values.map(({ column }) => column).join() === b.values.map(({ column }) => column).join() &&
  JSON.stringify(a) !== JSON.stringify(b);
const against = words('vs|versus|against|compared to|compared with');
const total = maybe(words('total|number of|sum of'));
const versusOf = (
  of: 'spend' | 'orders',
  { group, lines: common }: Tail,
  sides: readonly [LineFilter, LineFilter],
): Ask | null => {
  if (!alike(...sides)) return null;
  const [a, b] = sides.map((side) => both([side, common]));
  return a && b ? { kind: 'versus', flow: of, group, each: [a, b] } : null;
};
/** "revenue in 2024 vs 2025", "compare orders on Saturdays and Sundays". */
export const versus = any<Ask>(
  as(
    seq(
      ...([maybe(words('compare|show|what is|what was')), total, flow, tail, bare] as const),
      ...([against, bare, tail] as const),
    ),
    ([, , of, before, a, , b, after]) => {
      const around = bothTails(before, after);
      return around && versusOf(of, around, [a, b]);
    },
  ),
  as(
    seq(
      words('compare|difference between'),
      total,
      flow,
      tail,
      bare,
      words('and|with|to'),
      bare,
      tail,
    ),
    ([, , of, before, a, , b, after]) => {
      const around = bothTails(before, after);
      return around && versusOf(of, around, [a, b]);
    },
  ),
);
