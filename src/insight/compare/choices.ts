import { plural } from '../../lib/format.ts';
import type { Segmentation } from '../../segments/types.ts';
import { sizeOf, whoOf, type Who } from '../who.ts';

/** A side that can be chosen; `key` stays while segments keep their letters. */
export type Choice = { readonly key: string; readonly words: string };

/** Everyone who is not on the other side. */
export const OTHERS = 'others';
/** Those inside the lasso and the brushes. */
export const SELECTED = 'selected';
const EVERYONE = 'everyone';

export const keyOf = ({ letter, rest }: { letter: string; rest: boolean }): string =>
  rest ? 'rest' : `segment ${letter}`;

/** All that can be compared: the selection where there is one, each segment, everyone, everyone else. `selected` is how many are inside. */
export const choicesOf = (
  { segments, labels }: Pick<Segmentation, 'segments' | 'labels'>,
  selected: number | null,
): readonly Choice[] => [
  ...(selected ? [{ key: SELECTED, words: `Selected: ${plural(selected, 'customer')}` }] : []),
  ...segments.map((segment) => ({
    key: keyOf(segment),
    words: segment.rest ? segment.name : `${segment.letter} ${segment.name}`,
  })),
  { key: EVERYONE, words: `Everyone: ${plural(labels.length, 'customer')}` },
  { key: OTHERS, words: 'Everyone else' },
];

export type Chosen = { readonly a: string; readonly b: string };

/** Both sides as customers, or why they cannot be compared, in a sentence. `out` is [customers], 1 where outside the selection. */
export function sidesFor(
  { a: keyA, b: keyB }: Chosen,
  segmentation: Pick<Segmentation, 'segments' | 'labels'>,
  out: Uint8Array | null,
): { readonly a: Who; readonly b: Who } | { readonly fault: string } {
  const a = whoFor(keyA, segmentation, out, null);
  const b = whoFor(keyB, segmentation, out, a);
  if (!a || !b) return { fault: 'One of the sides is not there any more: choose another.' };
  for (const side of [a, b])
    if (sizeOf(side) === 0) return { fault: `There is nobody in ${side.words}.` };
  if (a.inside.every((is, r) => is === b.inside[r]))
    return { fault: 'Both sides are the same customers.' };
  return { a, b };
}

/** The customers behind a key; null of one that is gone, or of `OTHERS` without another side. */
function whoFor(
  key: string,
  { segments, labels }: Pick<Segmentation, 'segments' | 'labels'>,
  out: Uint8Array | null,
  other: Who | null,
): Who | null {
  if (key === EVERYONE) return { inside: new Uint8Array(labels.length).fill(1), words: 'everyone' };
  if (key === SELECTED)
    return out && { inside: Uint8Array.from(out, (is) => 1 - is), words: 'those selected' };
  if (key === OTHERS)
    return other && { inside: other.inside.map((is) => 1 - is), words: 'everyone else' };
  const segment = segments.find((each) => keyOf(each) === key);
  if (!segment) return null;
  return whoOf(
    labels,
    segment.id,
    segment.rest ? 'those in no segment' : `segment ${segment.letter}`,
  );
}
