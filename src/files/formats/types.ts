import type { Dialect } from '../types.ts';

/** What a file can be that holds tables: `gzip` and `zip` hold other files. */
export type Format = 'text' | 'gzip' | 'zip' | 'excel' | 'parquet' | 'arrow' | 'json' | 'ndjson';
export type TableFormat = Exclude<Format, 'gzip' | 'zip'>;

/** One table inside a file: the file itself (path []), a sheet, a member of an archive, a list in a JSON document. */
export type Part = {
  /** [], [sheet], [member], [member, sheet]. Names as the file spells them: shown, never used as a path on disk. */
  readonly path: readonly string[];
  readonly name: string;
  readonly format: TableFormat;
  /** Of this table, unpacked, where the file tells; else of the file. */
  readonly bytes: number;
};

/** Which table of the file is meant, and what a person decided about its spelling. Absent: the first, as found. */
export type OpenRequest = {
  readonly part?: readonly string[];
  readonly dialect?: Partial<Dialect>;
  /** Bytes that may come out of unpacking and transcribing; absent: 4 GB. */
  readonly limit?: number;
};

/** A table written as CSV, with all that had to be assumed or left out: a sentence each. */
export type Transcript = {
  readonly text: File;
  readonly given: Partial<Dialect>;
  readonly reason: string;
  readonly notes: readonly string[];
  /** See `Opened.fileLines`. */
  readonly fileLines: Float64Array<ArrayBuffer>;
};

/** How every transcript is spelled: nothing about it is a guess. */
export const spelled = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  escape: '"',
  decimal: '.',
  comment: '',
} as const satisfies Partial<Dialect>;

/** A transcript whose first line holds the names and whose every other line is a record. */
export const exactly = {
  ...spelled,
  header: true,
  skip: 0,
  footer: 0,
} as const satisfies Partial<Dialect>;

/** What became of nested columns, in sentences: `columns` gives for each its name and the names that it became. */
export function nestedNotes(
  columns: readonly (readonly [string, readonly string[]])[],
): readonly string[] {
  const nested = columns.filter(([name, names]) => names.length !== 1 || names[0] !== name);
  const shown = nested.slice(0, 3).map(([name, names]) => {
    const rest = names.length > 3 ? ` and ${names.length - 3} more` : '';
    return `Nested “${name}” became ${names.slice(0, 3).join(', ')}${rest}.`;
  });
  if (nested.length > 3)
    shown.push(`${nested.length - 3} more nested columns became columns in the same way.`);
  return shown;
}
