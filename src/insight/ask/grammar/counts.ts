import type { Ask } from '../types.ts';
import { by, intro, revenue, segmentsWord, there } from './common.ts';
import { conditions, group, groupOrDays, noun } from './group.ts';
import { any, as, maybe, next, seq, type Reader, type Text, words } from './reader.ts';

export const counts = any<Ask>(
  as(
    seq(
      words('how many|count|number of|count of|what is number of'),
      groupOrDays,
      maybe(by),
      there(),
    ),
    ([, it, each]) => ({ kind: 'count', group: it, by: each }),
  ),
  as(seq(words('how many'), conditions), ([, it]) => ({ kind: 'count', group: it, by: null })),
  as(seq(intro, words('customers'), maybe(conditions), by), ([, , it, each]) => ({
    kind: 'count',
    group: it ?? [],
    by: each,
  })),
  as(seq(words('how many|number of'), segmentsWord, there()), () => ({ kind: 'segment-count' })),
);
const shareOf = words(
  'share of|percentage of|proportion of|what share of|what percentage of|what percent of|what proportion of|percent of|% of',
);
const verbs = new Set(
  'are is were have has had bought spent who that whose ordered do did'.split(' '),
);
const verbAhead: Reader<boolean> = (text: Text, at: number) => [
  { value: verbs.has(text.tokens[next(text, at)]?.text ?? ''), to: at },
];
export const shares = any<Ask>(
  as(seq(intro, shareOf, noun), ([, , of]) =>
    of.length > 0 ? { kind: 'share', of, within: [] } : null,
  ),
  as(seq(intro, shareOf, noun, verbAhead, conditions), ([, , base, isVerb, more]) =>
    isVerb ? null : { kind: 'share', of: [...base, ...more], within: [] },
  ),
  as(seq(intro, shareOf, noun, conditions), ([, , base, more]) => ({
    kind: 'share',
    of: [...base, ...more],
    within: base,
  })),
  as(
    seq(
      ...([intro, any(shareOf, words('how much of')), revenue] as const),
      ...([maybe(words('comes from|come from|is from|is in|from|of|by|in|does')), group] as const),
      maybe(words('account for|make up|bring|have')),
    ),
    ([, , , , of]) => (of.length > 0 ? { kind: 'revenue-share', of } : null),
  ),
  as(seq(intro, revenue, words('share'), words('of|from|for'), group), ([, , , , of]) =>
    of.length > 0 ? { kind: 'revenue-share', of } : null,
  ),
);

export const lists = any<Ask>(
  as(
    seq(
      maybe(words('which|who are|who|show|list|find|give|display|what|get')),
      groupOrDays,
      there(),
    ),
    ([asked, it]) => (asked !== null || it.length > 0 ? { kind: 'list', group: it } : null),
  ),
  as(seq(words('who'), conditions), ([, it]) => ({ kind: 'list', group: it })),
  as(conditions, (it) => ({ kind: 'list', group: it })),
);
