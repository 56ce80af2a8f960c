import type { Ask, Group } from '../types.ts';
import { group, inSegments, segmentOnly } from './group.ts';
import { any, as, many, maybe, seq, words } from './reader.ts';
import { and, feature } from './words.ts';

const features = many(feature, 1, and);
const on = as(seq(words('on|by|in terms of|regarding|in'), features), ([, all]) => all);
const others = words(
  'everyone else|everybody else|others|all others|other customers|rest|rest of customers|everyone other',
);
const compareOf = (a: Group, b: Group, over: readonly number[] | null): Ask | null =>
  JSON.stringify(a) === JSON.stringify(b) ? null : { kind: 'compare', a, b, on: over ?? [] };
export const compares = any<Ask>(
  as(
    seq(
      maybe(words('compare|comparison of|show')),
      group,
      words('vs|versus|against|compared with|compared to'),
      group,
      maybe(on),
    ),
    ([, a, , b, over]) => compareOf(a, b, over),
  ),
  as(
    seq(
      ...([maybe(words('compare|show')), segmentOnly] as const),
      ...([words('vs|versus|against|compared with|compared to'), others, maybe(on)] as const),
    ),
    ([, a, , , over]) => compareOf(a, [notIn(a)], over),
  ),
  as(
    seq(
      words(
        'compare|comparison of|difference between|differences between|what is difference between|what are differences between|how do|how does',
      ),
      group,
      words('and|with|to|,|from'),
      group,
      maybe(words('differ|differ from each other')),
      maybe(on),
    ),
    ([, a, , b, , over]) => compareOf(a, b, over),
  ),
  as(
    seq(words('how do|how does'), group, words('differ from'), group, maybe(on)),
    ([, a, , b, over]) => compareOf(a, b, over),
  ),
  as(
    seq(
      words(
        'compare|comparison of|how do|how does|difference between|differences between|what is difference between',
      ),
      segmentOnly,
      words('and|with|to|vs|versus|differ from'),
      others,
      maybe(on),
    ),
    ([, a, , , over]) => compareOf(a, [notIn(a)], over),
  ),
);
const notIn = (a: Group) => {
  const [first] = a;
  return inSegments(first?.is === 'segment' ? first.segments : [], true);
};
