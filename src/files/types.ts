import type { Portion } from './fit.ts';
import type { Progress } from '../lib/job.ts';
import type { BadReason, UnreadReason } from './tally.ts';
import type { Piece } from './set.ts';

/** As TextDecoder calls them, but for the code pages of DOS, which it does not know; 'windows-1252' stands for Latin-1 too, of which it is the larger. */
export type Encoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'windows-1252'
  | 'iso-8859-15'
  | 'windows-1250'
  | 'iso-8859-2'
  | 'windows-1251'
  | 'koi8-r'
  | 'iso-8859-5'
  | 'windows-1253'
  | 'windows-1254'
  | 'windows-1255'
  | 'windows-1256'
  | 'windows-1257'
  | 'macintosh'
  | 'cp437'
  | 'cp850'
  | 'shift_jis'
  | 'euc-jp'
  | 'gb18030'
  | 'big5'
  | 'euc-kr';

/** How a text file spells a table. */
export type Dialect = {
  readonly encoding: Encoding;
  /** One character, or several that stand together (`||`); two blanks: runs of them. */
  readonly delimiter: string;
  /** '' where the file quotes nothing. A quote inside quotes is doubled unless `escape` says otherwise. */
  readonly quote: '"' | "'" | '';
  readonly escape: '"' | "'" | '\\' | '';
  readonly header: boolean;
  /** Lines above the header that are no part of the table. */
  readonly skip: number;
  readonly decimal: '.' | ',';
  /** Lines that begin with this character are set aside as comments; '' or absent: there are none. */
  readonly comment?: string;
  /** Lines at the end that are no part of the table (a total, “(123 rows affected)”): set aside. Absent: none. */
  readonly footer?: number;
  /** The line of names comes again inside the table (files put one behind the other): set aside. Absent: it does not. */
  readonly repeats?: boolean;
  /** Where columns start that no character separates, from 0; empty or absent: a character does. */
  readonly starts?: readonly number[];
};

/** How the cells are separated in the file, where the text that is read is spelled in another way. */
export type Written = Pick<Dialect, 'delimiter' | 'starts'>;

/** How the text that is read is spelled: as the file, but for what is `written` there. */
export type TextDialect = Dialect & { readonly written?: Written };

/** A record that a person mended: the physical line on which it starts, and its new text in the file's own dialect. */
export type Mend = {
  readonly line: number;
  readonly text: string;
  /** How the record's text in the file begins (400 characters): a mend never replaces another record. */
  readonly was: string;
};

/** What a person decided about the file; what is absent was found by Tessera. */
export type FileSettings = {
  readonly dialect?: Partial<Dialect>;
  readonly mends?: readonly Mend[];
};

/** One table of the project: which records it holds, and what a person decided about how they are read. */
export type SourceSettings = FileSettings & {
  /** `t1`, `t2`, …: given once in a project and never again. */
  readonly id: string;
  /** Keys of the files whose records it holds, one below the other. Nearly always one. */
  readonly files: readonly string[];
  /** Which table of the file, where it holds several: a sheet, a member of a .zip. */
  readonly part: readonly string[];
  /** Present: only so much of it is loaded. */
  readonly portion?: Portion;
};

/** The tables of the project, in the order in which they came. */
export type FilesSettings = { readonly sources: readonly SourceSettings[] };

/** What one pass over every byte of the file found, independent of the database. */
export type Scan = {
  /** Of the bytes as given, lower-case hex: "the same file" means this is equal. */
  readonly sha256: string;
  /** Records after the header (a quoted line break starts no record; a blank line is none). */
  readonly records: number;
  /** Physical lines of the whole file, and how many of them are blank. */
  readonly lines: number;
  readonly blankLines: number;
};

/** A file that can be read as a table: opened by handle, registered with the database, not in memory. */
export type Source = {
  /** As the person knows it: `orders.csv`. */
  readonly name: string;
  /** Size as given, in bytes (of the .gz where it is one). */
  readonly bytes: number;
  readonly dialect: TextDialect;
  /** How sure the vote over dialects was, 0 to 1, and what decided it, in words. */
  readonly confidence: number;
  readonly reason: string;
  /** Header cells as in the file, in order; may be empty or repeat. Where there is no header: "Column 1", … */
  readonly headers: readonly string[];
  /** What `read_csv` is given. Always UTF-8, never compressed. */
  readonly path: string;
  /** Runs while the database reads: the two passes share no time. */
  readonly scan: Promise<Scan>;
};

/** What counting the records found: enough to account for every one and to leave out those that cannot be read. */
export type Count = Omit<Scan, 'sha256'> & {
  /** Records that can be read; `records` = `kept` + those of `setAside`. */
  readonly kept: number;
  /** Of the kept: records with fewer cells than columns; the missing ones are read as empty. */
  readonly short: number;
  /** Whether the file holds more than one kind of line break, inside or outside quotes. */
  readonly mixedBreaks: boolean;
  /** Records that cannot be read, with up to 100 of each reason as they stand in the file. */
  readonly setAside: readonly {
    readonly reason: BadReason;
    readonly rows: number;
    readonly sample: readonly { readonly line: number; readonly text: string }[];
  }[];
  /** Lines that were taken out before, as blank lines stand in `OpenSource.body` for them; counted in `records`. Absent: none. */
  readonly extras?: readonly Extra[];
  /** Where those records stand in `OpenSource.body`: pairs of bytes [from, to). */
  readonly cuts: Float64Array<ArrayBuffer>;
  /** Pairs [kept record from 1, its physical line]; between two pairs each record is one line. */
  readonly rowLines: Float64Array<ArrayBuffer>;
};

/** Lines between or below the records that are none of them, with up to 100 as they stand in the file. */
export type Extra = {
  readonly reason: 'comment' | 'repeated-header' | 'footer';
  readonly rows: number;
  readonly sample: readonly { readonly line: number; readonly text: string }[];
};

/** A source with what the import needs of it. */
export type OpenSource = Source & {
  /** Present: only so much of it is to be loaded. */
  readonly portion?: Portion;
  /** Of the table that it becomes: `t1`. */
  readonly id: string;
  /** Runs while the database reads; the fingerprint that completes the scan follows, since nobody waits for it so soon. */
  readonly counted: Promise<Count>;
  /** Tells how far the counting is, in bytes, to one listener at a time. */
  readonly counting: (listener: (progress: Progress) => void) => void;
  /** The records after the header, as registered under `path`: a slice of the file, or of its copy in UTF-8. */
  readonly body: File;
  /** Cells of a record. */
  readonly columns: number;
  /** Physical lines above the body. */
  readonly above: number;
  /** Where records were mended: `body` and `counted` are of the mended records, and lines are still those of the file. */
  readonly mended: Mended | null;
  /** Which lines come from which file, where there are several; empty for one. */
  readonly pieces: readonly Piece[];
  /** See `Opened`. */
  readonly fileLines: Float64Array<ArrayBuffer> | null;
  readonly unreadAs: UnreadReason | null;
  /** What was assumed or left out on the way from the file to its text, a sentence each. */
  readonly notes: readonly string[];
  /** Records from the head, the middle and the end of the file: what types are inferred from. */
  readonly sample: readonly (readonly string[])[];
};

/** What became of the mends. */
export type Mended = {
  /** The records as they stand in the file. */
  readonly original: File;
  readonly taken: readonly Mend[];
  /** Mends that were not made, and why, in a sentence. */
  readonly refused: readonly { readonly mend: Mend; readonly why: string }[];
};
