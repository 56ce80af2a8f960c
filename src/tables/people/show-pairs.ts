import type { People, Prepared } from './find-people.ts';
import { fold } from '../../lib/fold.ts';
import type { FieldKind, KeyPair, PeopleSettings, ReviewPair } from './types.ts';

export const kindWords: Readonly<Record<FieldKind, string>> = {
  email: 'E-mail',
  phone: 'Phone',
  'given-name': 'First name',
  'family-name': 'Family name',
  'full-name': 'Name',
  'birth-date': 'Birth date',
  street: 'Street',
  postcode: 'Postcode',
  city: 'City',
  address: 'Address',
};

/** One line of two records side by side. `gap`: one of them is empty. */
export type SideBySide = {
  readonly label: string;
  readonly left: string;
  readonly right: string;
  readonly state: 'same' | 'differs' | 'gap';
};

/** A pair as a person sees it, cells as in the file. */
export type ShownPair = Pick<ReviewPair, 'probability' | 'household' | 'held' | 'reasons'> & {
  readonly keys: KeyPair;
  readonly rows: readonly SideBySide[];
};

/** The pairs to ask about with the cells of both records; a line that is empty on both sides is left out. */
export const shownPairs = (
  { texts }: Pick<Prepared, 'texts'>,
  { review, keys }: Pick<People, 'review' | 'keys'>,
): readonly ShownPair[] =>
  review.map(({ first, second, probability, household, held, reasons }) => ({
    keys: [keys[first] ?? '', keys[second] ?? ''],
    probability,
    household,
    held,
    reasons: reasons.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
    rows: texts.flatMap(({ as, texts: cells }) =>
      sideBySide(kindWords[as], cells[first] ?? '', cells[second] ?? ''),
    ),
  }));

function sideBySide(label: string, left: string, right: string): SideBySide[] {
  if (left === '' && right === '') return [];
  const state =
    left === '' || right === '' ? 'gap' : fold(left) === fold(right) ? 'same' : 'differs';
  return [{ label, left, right, state }];
}

/** Pairs that nobody has decided yet. */
export function openPairs(
  pairs: readonly ShownPair[],
  { accepted, refused }: Pick<PeopleSettings, 'accepted' | 'refused'>,
): readonly ShownPair[] {
  const name = ([a, b]: KeyPair) => JSON.stringify(a < b ? [a, b] : [b, a]);
  const decided = new Set([...accepted, ...refused].map(name));
  return pairs.filter(({ keys }) => !decided.has(name(keys)));
}

/** The settings with one more decision; an earlier one about the same pair is taken back. */
export function decide(
  settings: PeopleSettings,
  pair: KeyPair,
  as: 'accepted' | 'refused',
): PeopleSettings {
  const other = ([a, b]: KeyPair) =>
    !((a === pair[0] && b === pair[1]) || (a === pair[1] && b === pair[0]));
  const accepted = settings.accepted.filter(other);
  const refused = settings.refused.filter(other);
  return as === 'accepted'
    ? { ...settings, accepted: [...accepted, pair], refused }
    : { ...settings, accepted, refused: [...refused, pair] };
}

/** "strongly for", "a little against": a weight in words. Seven bits are odds of 128 to 1. */
export function weightWords(bits: number): string {
  const size = Math.abs(bits);
  if (size < 0.5) return 'says nothing';
  const strength = size >= 7 ? 'strongly ' : size >= 3 ? '' : 'a little ';
  return `${strength}${bits > 0 ? 'for' : 'against'}`;
}
