import { atOnce, type Steps } from '../../lib/steps.ts';
import type { Condition } from '../partition.ts';

/**
 * One change by hand to what a method made: who is in which segment. Edits are done in their order, each on what the one before left;
 * segments are named by letter, customers by id, so that both are found again in other runs.
 */
export type Edit =
  /** All customers of `letters` become one segment, `into`, one of them. */
  (
    | { readonly kind: 'merge'; readonly letters: readonly string[]; readonly into: string }
    /** In as many parts as there are letters: the segment's own and `into`. Parts by k-means on its own customers, or by a condition. */
    | {
        readonly kind: 'split';
        readonly letter: string;
        readonly into: readonly string[];
        /** All must hold for those who go to `into`; null: by k-means. */
        readonly where: readonly Condition[] | null;
      }
    | { readonly kind: 'move'; readonly customers: readonly string[]; readonly to: string }
    /** These customers are in no segment. */
    | { readonly kind: 'exclude'; readonly customers: readonly string[] }
    /** The customers of a whole segment are in none. */
    | { readonly kind: 'dissolve'; readonly letter: string }
    /** These customers are the segment `letter`, whatever a method says, also where it makes no such segment. Others may join them. */
    | { readonly kind: 'pin'; readonly letter: string; readonly customers: readonly string[] }
    /** For whomever all conditions of one of `anyOf` hold, wherever a method puts them, the segment is `letter`. */
    | {
        readonly kind: 'rule';
        readonly letter: string;
        readonly anyOf: readonly (readonly Condition[])[];
      }
  ) & {
    /** Why, in a person's words; may be empty. */
    readonly reason: string;
  };

/** A recipe holds at most so many customers by name in one edit: more are better told by a condition. */
export const MOST_NAMED = 100_000;

/** What became of an edit. */
export type EditOutcome = {
  readonly applied: boolean;
  /** Customers whom it put into another segment. */
  readonly customers: number;
  /** What happened, or why nothing did, in a sentence. */
  readonly words: string;
};

/** The ids that an edit names. */
export const namedIn = (edit: Edit): readonly string[] =>
  'customers' in edit ? edit.customers : [];

/** The letters that an edit speaks of: while it stands, no other segment may get them. */
export function lettersOf(edit: Edit): readonly string[] {
  switch (edit.kind) {
    case 'merge':
      return edit.letters;
    case 'split':
      return [edit.letter, ...edit.into];
    case 'move':
      return [edit.to];
    case 'exclude':
      return [];
    case 'dissolve':
    case 'pin':
    case 'rule':
      return [edit.letter];
  }
}

/** For each edit the rows of the customers that it names, ascending; whoever is not in `customers` is left out. O(customers) where any is named. */
export function* namedSteps(
  edits: readonly Edit[],
  customers: readonly string[],
): Steps<readonly Int32Array<ArrayBuffer>[]> {
  const wanted = new Map<string, number[]>();
  for (const [place, edit] of edits.entries()) {
    for (const id of new Set(namedIn(edit))) {
      const places = wanted.get(id);
      if (places) places.push(place);
      else wanted.set(id, [place]);
    }
    yield;
  }
  const rows = edits.map((): number[] => []);
  for (let row = 0; wanted.size > 0 && row < customers.length; row++) {
    if (row % 16_384 === 16_383) yield;
    const places = wanted.get(customers[row]!);
    if (places) for (const place of places) rows[place]!.push(row);
  }
  return rows.map((each) => Int32Array.from(each));
}

export const rowsNamed = (
  edits: readonly Edit[],
  customers: readonly string[],
): readonly Int32Array<ArrayBuffer>[] => atOnce(namedSteps(edits, customers));
