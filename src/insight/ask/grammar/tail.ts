import { both, inSpan } from '../line-filter.ts';
import type { AskCondition, Group, LineFilter } from '../types.ts';
import { conditions, noun, ofGroup, ofSegment, segmentOnly } from './group.ts';
import { lines } from './lines.ts';
import { any, as, many, maybe, next, once, seq, type Reader, words } from './reader.ts';
import { span } from './spans.ts';
import { customers } from './words.ts';

/** What stands around something that is added up over order lines: whose lines, and which of them. */
export type Tail = { readonly group: Group; readonly lines: LineFilter };

type Piece = { readonly group?: Group; readonly lines?: LineFilter };
const whose = words('of|for|from|by|in|among|with');
/** After a segment everything says which lines ("revenue of Champions in Germany"); after "customers" who they are. */
const piece = any<Piece>(
  as(lines, (it) => ({ lines: it })),
  as(seq(whose, segmentOnly), ([, group]) => ({ group })),
  as(ofSegment, (it: AskCondition) => ({ group: [it] })),
  as(seq(whose, customers, conditions), ([, , group]) => ({ group })),
  as(seq(whose, segmentOnly, whoAhead(), conditions), ([, base, isWho, more]) =>
    isWho ? { group: [...base, ...more] } : null,
  ),
  as(seq(whose, noun), ([, group]) => (group.length > 0 ? { group } : null)),
);
function whoAhead(): Reader<boolean> {
  return (text, at) => [
    { value: /^(who|that|which|whose)$/.test(text.tokens[next(text, at)]?.text ?? ''), to: at },
  ];
}
const whole = (pieces: readonly Piece[]): Tail | null => {
  const found = both(pieces.flatMap((each) => each.lines ?? []));
  const groups = pieces.flatMap(({ group }) => (group ? [group] : []));
  return found && groups.length < 2 ? { group: groups[0] ?? [], lines: found } : null;
};
const between = maybe(words('and|,'));
export const tail = once(as(many(piece, 0, between), whole));
export const someTail = once(as(many(piece, 1, between), whole));

/** As a tail, or where that is not enough: any group, and days. */
export const tailOrGroup = once(
  any<Tail>(
    tail,
    as(seq(ofGroup, maybe(span)), ([group, days]) => ({ group, lines: inSpan(days) })),
  ),
);

/** Two tails of one question. */
export function bothTails(a: Tail, b: Tail): Tail | null {
  const lines = both([a.lines, b.lines]);
  return lines && (a.group.length === 0 || b.group.length === 0)
    ? { group: [...a.group, ...b.group], lines }
    : null;
}
