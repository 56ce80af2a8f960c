import type { Ask, Group, Measure, Span, Subject } from '../types.ts';
import { TEN, ends, intro, top } from './common.ts';
import { group, noun, ofGroup } from './group.ts';
import { any, as, maybe, seq, words } from './reader.ts';
import { span } from './spans.ts';
import { measure, overDays, wholeNumber } from './words.ts';

/** "the 10 customers who spend the least". */
const doing = words(
  'who spend|who spent|that spend|that spent|spending|who order|who ordered|that order|that ordered|ordering|who buy|who bought|who return|who returned',
);
const much = any(
  as(words('most|most often'), () => true),
  as(words('least|least often|fewest'), () => false),
);
const done = as(doing, (word, { features }) => {
  const name = /spen/.test(word) ? 'spend' : /return/.test(word) ? 'returns_share' : 'orders';
  const at = features.findIndex((each) => each.name === name);
  return at < 0 ? null : at;
});
export const tops = any<Ask>(
  as(
    seq(intro, maybe(wholeNumber), group, done, much, maybe(span)),
    ([, n, base, at, isMost, days], subject) =>
      topOf(subject, { is: 'feature', feature: at }, days, {
        group: base,
        n: n ?? TEN,
        most: isMost,
      }),
  ),
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
