/** How the numbers of one column are spelled. */
export type NumberStyle = {
  readonly decimal: '.' | ',';
  /** '' where there are none; ' ' stands for any space. */
  readonly thousands: '' | ',' | '.' | ' ' | "'";
  /** A currency sign or % that every number carries, or ''. */
  readonly mark: string;
  /** Negative numbers also in brackets, with the minus behind, or with the long minus: (5.00), 5-, −5. */
  readonly bookkeeping: boolean;
};

/** How the text of one column becomes values: decided from the sample, used on every row. */
export type Reader =
  | { readonly as: 'text'; readonly trim: boolean; readonly pointZero: boolean }
  | { readonly as: 'number'; readonly style: NumberStyle }
  /** `formats`: as of strptime, tried in order; 'iso' is the database's own reading. */
  | {
      readonly as: 'date';
      readonly formats: 'iso' | 'epoch-seconds' | 'epoch-ms' | readonly string[];
    }
  | { readonly as: 'yes-no'; readonly yes: readonly string[]; readonly no: readonly string[] };

/** Words that stand for nothing in a column of numbers, dates or yes-no; lower case. In a text column they are text. */
export const gapWords: readonly string[] = [
  'na',
  'n/a',
  '#n/a',
  'null',
  'none',
  'nil',
  '\\n',
  '?',
  '-',
  '--',
  '.',
];

/** Whether a cell of a typed column is empty rather than unreadable. */
export const isGap = (cell: string): boolean => {
  const text = cell.trim();
  return text === '' || (text.length < 5 && gapWords.includes(text.toLowerCase()));
};
