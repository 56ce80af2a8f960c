import type { Ask } from '../types.ts';
import { by, intro, revenue, segmentsWord, there } from './common.ts';
import { condition, conditions, group, groupOrDays, noun } from './group.ts';
import { any, as, many, maybe, next, seq, type Reader, words, each } from './reader.ts';

export const counts = any<Ask>(
  as(
    seq(
      words('how many|count|number of|count of|what is number of'),
      groupOrDays,
      maybe(by),
      there(),
    ),
    ([, it, split]) => ({ kind: 'count', group: it, by: split }),
  ),
  as(seq(words('how many'), conditions), ([, it]) => ({ kind: 'count', group: it, by: null })),
  as(seq(intro, words('customers'), maybe(conditions), by), ([, , it, split]) => ({
    kind: 'count',
    group: it ?? [],
    by: split,
  })),
  as(seq(words('how many|number of'), segmentsWord, there()), () => ({ kind: 'segment-count' })),
);
const shareOf = words(
  'share of|percentage of|proportion of|what share of|what percentage of|what percent of|what proportion of|percent of|% of',
);
/** What begins the second half of "what share of customers in Germany | have returns". */
const verbs = new Set('are is were have has had bought spent ordered do did'.split(' '));
const verbAhead: Reader<boolean> = (text, at) => [
  { value: verbs.has(text.tokens[next(text, at)]?.text ?? ''), to: at },
];
const described = many(
  as(seq(verbAhead, condition), ([isVerb, it]) => (isVerb ? null : it)),
  0,
  maybe(words('and|but')),
);
const predicate = as(seq(verbAhead, conditions), ([isVerb, more]) => (isVerb ? more : null));
export const shares = any<Ask>(
  as(seq(intro, shareOf, noun), ([, , of]) =>
    of.length > 0 ? { kind: 'share', of, within: [] } : null,
  ),
  as(seq(intro, shareOf, noun, described, predicate), ([, , base, own, more]) => ({
    kind: 'share',
    of: [...base, ...own, ...more],
    within: [...base, ...own],
  })),
  // without a verb nothing says where "of" ends: of everyone, or of any of the groups on the way
  each(seq(intro, shareOf, noun, described), ([, , base, own]) =>
    own.map((_, at) => ({
      kind: 'share',
      of: [...base, ...own],
      within: at === 0 ? [] : [...base, ...own.slice(0, at)],
    })),
  ),
  as(seq(intro, shareOf, noun, described), ([, , base, own]) =>
    base.length > 0 && own.length > 0
      ? { kind: 'share', of: [...base, ...own], within: base }
      : null,
  ),
  as(
    seq(
      ...([intro, any(shareOf, words('how much of')), revenue] as const),
      ...([
        maybe(words('comes from|come from|is from|is in|from|of|by|in|does|do')),
        group,
      ] as const),
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
