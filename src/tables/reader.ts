import type { MonthLanguage } from './months.ts';

/** How the numbers of one column are spelled. */
export type NumberStyle = {
  readonly decimal: '.' | ',';
  /** '' where there are none; ' ' stands for any space, "'" for either apostrophe. */
  readonly thousands: '' | ',' | '.' | ' ' | "'";
  /** A currency sign or % that every number carries, or ''. */
  readonly mark: string;
  /** Negative numbers also in brackets, with the minus behind, or with the long minus: (5.00), 5-, −5. */
  readonly bookkeeping: boolean;
};

/** Numbers that stand for dates: since 1970 in seconds, milliseconds or microseconds, or Excel's days since 1899-12-30. */
export type DateNumber = 'epoch-seconds' | 'epoch-ms' | 'epoch-us' | 'excel-serial';

/** How the text of one column becomes values: decided from the sample, used on every row. Plain JSON: it stands in the recipe. */
export type Reader =
  | { readonly as: 'text'; readonly trim: boolean; readonly pointZero: boolean }
  | { readonly as: 'number'; readonly style: NumberStyle }
  /** `formats`: as of strptime, tried in order; 'iso' is the database's own reading. `months`: of the cell with its month as a number. */
  | {
      readonly as: 'date';
      readonly formats: 'iso' | DateNumber | readonly string[];
      readonly months?: MonthLanguage;
    }
  | { readonly as: 'yes-no'; readonly yes: readonly string[]; readonly no: readonly string[] };

/** One way in which a column can be read, to choose from. `fits`: share of the filled cells of the sample that it reads. */
export type ReaderChoice = {
  readonly id: string;
  readonly label: string;
  readonly reader: Reader;
  readonly fits: number;
};

/** Words that stand for nothing in a column of numbers, dates or yes-no; lower case. In a text column they are text. */
export const gapWords: readonly string[] = (
  'na|n/a|#n/a|nan|nat|null|none|nil|\\n|?|-|--|–|—|.|...|…|n.a.|n.d.|k.a.|n.v.t.|s/d|nd|n/d|missing|' +
  '<na>|<null>|[null]|(null)|(blank)|(leer)|(vide)|(vacío)|#null!|0000-00-00|0000-00-00 00:00:00'
).split('|');
const gaps = new Set(gapWords);
const LONGEST_GAP = Math.max(...gapWords.map(({ length }) => length));

/** Whether a cell of a typed column is empty rather than unreadable. */
export const isGap = (cell: string): boolean => {
  const text = cell.trim();
  return text === '' || (text.length <= LONGEST_GAP && gaps.has(text.toLowerCase()));
};
