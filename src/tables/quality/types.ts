import type { TypedColumn } from '../profile.sql.ts';

/** What the checks need to know of a column; `role` as in `Column`, any later role included. */
export type QualityColumn = TypedColumn & { readonly header: string; readonly role?: string };

/** `note`: good to know. `check`: somebody should look. `wrong`: it cannot be true. */
export type Severity = 'note' | 'check' | 'wrong';

export type FlawCode =
  | 'gaps'
  | 'gaps-in-a-run'
  | 'words-for-nothing'
  | 'empty-column'
  | 'constant'
  | 'repeated-id'
  | 'same-column'
  | 'same-information'
  | 'repeated-rows'
  | 'far-out'
  | 'stand-in'
  | 'impossible'
  | 'negative'
  | 'zero'
  | 'default-date'
  | 'after-the-end'
  | 'far-date'
  | 'spellings'
  | 'typos'
  | 'spaces'
  | 'unit-change'
  | 'personal'
  | 'personal-inside';

/** A number, or a date as ISO text without a zone. */
export type Bound = number | string;

/** Which rows, as plain data: `whereSql` makes SQL of it. Values are texts: numbers as JavaScript writes them, dates as ISO. */
export type Where =
  | { readonly is: 'all' }
  | { readonly is: 'gap' | 'filled' | 'spaced'; readonly column: string }
  | { readonly is: 'values'; readonly column: string; readonly values: readonly string[] }
  /** Below `low` or above `high`; null is no bound. */
  | {
      readonly is: 'outside';
      readonly column: string;
      readonly low: Bound | null;
      readonly high: Bound | null;
    }
  /** From `from` up to, and without, `until`, of the column `along`, or of the record numbers where it is null. */
  | {
      readonly is: 'part';
      readonly along: string | null;
      readonly from: Bound | null;
      readonly until: Bound | null;
    }
  | { readonly is: 'lines'; readonly lines: readonly number[] }
  /** Rows that an earlier row equals: as a whole (a gap equals a gap), or in all of `by` (a gap equals nothing). */
  | { readonly is: 'later-copies'; readonly by: 'all' | readonly string[] }
  | { readonly is: 'both'; readonly of: readonly Where[] };

/** Something about a table that a person should know, with its rows and what can be done. Nothing is done by itself. */
export type Flaw = {
  readonly code: FlawCode;
  readonly table: string;
  /** Absent where it is about whole rows. */
  readonly column?: string;
  /** Exactly the rows that `where` lists. */
  readonly rows: number;
  /** Of all rows of the table, 0 to 1. */
  readonly share: number;
  readonly severity: Severity;
  /** One sentence with the numbers and the rule. */
  readonly words: string;
  readonly where: Where;
  readonly fixes: readonly FixOffer[];
  /** How many values the judgement rests on, where not on all; `rows` is a count over every row all the same. */
  readonly sampled?: number;
};

export type FixOffer = { readonly fix: Fix; readonly label: string };

/** A step of the recipe that makes a table again. Plain JSON; applied in the order of the list, each on what the one before made. */
export type Fix =
  | { readonly kind: 'to-gap'; readonly column: string; readonly values: readonly string[] }
  | {
      readonly kind: 'to-gap-outside' | 'clip';
      readonly column: string;
      readonly low: Bound | null;
      readonly high: Bound | null;
    }
  | {
      readonly kind: 'merge-values';
      readonly column: string;
      readonly from: readonly string[];
      readonly to: string;
    }
  /** Of equal rows the first stays: equal as a whole (a gap equals a gap), or in all of `by` (a gap equals nothing). */
  | { readonly kind: 'drop-duplicates'; readonly by: 'all' | readonly string[] }
  /** Multiplies by `factor`, in the part that `along`, `from` and `until` describe (see `Where`). */
  | {
      readonly kind: 'scale';
      readonly column: string;
      readonly factor: number;
      readonly along: string | null;
      readonly from: Bound | null;
      readonly until: Bound | null;
    }
  | { readonly kind: 'leave-out'; readonly column: string }
  /** `value`: only for `with: 'value'`, as text. */
  | {
      readonly kind: 'fill';
      readonly column: string;
      readonly with: 'median' | 'mode' | 'value';
      readonly value: string | null;
    }
  | {
      readonly kind: 'trim-case';
      readonly column: string;
      readonly letters: 'as-they-are' | 'lower' | 'upper';
    };

/** What a fix does, counted on the table as it is just before it. */
export type FixEffect = {
  readonly fix: Fix;
  /** Why it does nothing, or null: its column is gone or of another type. */
  readonly problem: string | null;
  readonly rowsBefore: number;
  /** rowsBefore − rowsDropped. */
  readonly rowsAfter: number;
  readonly rowsDropped: number;
  readonly rowsChanged: number;
  readonly cellsChanged: number;
  /** Empty cells of its column. */
  readonly gapsBefore: number;
  readonly gapsAfter: number;
  /** Sum of its column where that is a number, else null. */
  readonly sumBefore: number | null;
  readonly sumAfter: number | null;
  /** Up to five cells: record, text before, text after ('' is a gap). */
  readonly examples: readonly {
    readonly line: number;
    readonly before: string;
    readonly after: string;
  }[];
};
