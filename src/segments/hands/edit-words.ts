import { count, plural } from '../../lib/format.ts';
import { letter, letterPlace } from '../letters.ts';
import type { SegmentSettings } from '../types.ts';
import { lettersOf, MOST_NAMED, type Edit } from './edits.ts';

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** What an edit does, in a few words: the label of undo, and its line in the list. */
export function editWords(edit: Edit): string {
  switch (edit.kind) {
    case 'merge':
      return `Merge ${listed(edit.letters)} into ${edit.into}`;
    case 'split':
      return edit.where
        ? `Split ${edit.letter} by a condition`
        : `Split ${edit.letter} into ${count(edit.into.length + 1)} parts`;
    case 'move':
      return `Move ${plural(edit.customers.length, 'customer')} to ${edit.to}`;
    case 'exclude':
      return `Exclude ${plural(edit.customers.length, 'customer')}`;
    case 'dissolve':
      return `Dissolve ${edit.letter}`;
    case 'pin':
      return `Hold ${plural(edit.customers.length, 'customer')} in ${edit.letter}`;
    case 'rule':
      return `Make ${edit.letter} by a rule`;
  }
}

/** Why so many customers cannot be named in a recipe, in a sentence; null where they can. */
export const tooMany = (customers: number): string | null =>
  customers <= MOST_NAMED
    ? null
    : `A recipe names at most ${count(MOST_NAMED)} customers in one change, and these are ${count(customers)}. Choose fewer, or split a segment by a condition.`;

/**
 * Letters for new segments, the first that nobody has: neither a segment on the screen (`shown`), nor one that an edit, a name or a remark
 * speaks of.
 */
export function newLetters(
  many: number,
  shown: readonly string[],
  { edits = [], names, remarks = [] }: Pick<SegmentSettings, 'edits' | 'names' | 'remarks'>,
): readonly string[] {
  const said = [...names, ...remarks].map((each) => each.letter);
  const taken = new Set([...shown, ...edits.flatMap(lettersOf), ...said].map(letterPlace));
  const free: string[] = [];
  for (let place = 0; free.length < many; place++) if (!taken.has(place)) free.push(letter(place));
  return free;
}
