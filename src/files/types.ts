import type { Progress } from '../lib/job.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** How a text file spells a table. */
export type Dialect = {
  readonly encoding: Encoding;
  /** One character. */
  readonly delimiter: string;
  /** '' where the file quotes nothing. A quote inside quotes is doubled unless `escape` says otherwise. */
  readonly quote: '"' | "'" | '';
  readonly escape: '"' | "'" | '\\' | '';
  readonly header: boolean;
  /** Lines above the header that are no part of the table. */
  readonly skip: number;
  readonly decimal: '.' | ',';
};

/** What a person decided about the file; what is absent was found by Tessera. */
export type FileSettings = { readonly dialect?: Partial<Dialect> };

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
  readonly dialect: Dialect;
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
    readonly reason: 'ragged' | 'too-long' | 'bad-quote' | 'bad-encoding';
    readonly rows: number;
    readonly sample: readonly { readonly line: number; readonly text: string }[];
  }[];
  /** Where those records stand in `OpenSource.body`: pairs of bytes [from, to). */
  readonly cuts: Float64Array<ArrayBuffer>;
  /** Pairs [kept record from 1, its physical line]; between two pairs each record is one line. */
  readonly rowLines: Float64Array<ArrayBuffer>;
};

/** A source with what the import needs of it. */
export type OpenSource = Source & {
  /** Runs while the database reads; the fingerprint that completes the scan follows, since nobody waits for it so soon. */
  readonly counted: Promise<Count>;
  /** Tells how far the counting is, in bytes, to one listener at a time. */
  readonly counting: (listener: (progress: Progress) => void) => void;
  /** The records after the header, as registered under `path`: a slice of the file, or of its copy in UTF-8. */
  readonly body: File;
  /** Cells of a record. */
  readonly columns: number;
  /** Records from the head, the middle and the end of the file: what types are inferred from. */
  readonly sample: readonly (readonly string[])[];
};
