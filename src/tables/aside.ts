import type { Database } from '../db/query.ts';
import { cellsOf, checkMend, mendOf, recordText } from '../files/mend.ts';
import { proposeMend, type ColumnFit, type Proposal } from '../files/propose-mend.ts';
import { lineInFile } from '../files/set.ts';
import { asInFile, asRead } from '../files/written.ts';
import type { Mend } from '../files/types.ts';
import { unattended, type Job } from '../lib/job.ts';
import { alignedCells, checkAligned, proposeAligned } from './aligned-mend.ts';
import { AsidePages, inFile, oneOf, type AsideRow, type Page } from './aside-pages.ts';
import { columnFits } from './column-fit.ts';
import { checkJson, jsonCells, jsonRow, jsonText, tidiedJson } from './json-mend.ts';
import type { Raw } from './raw.ts';
import type { Column, SetAside } from './types.ts';

const PAGE = 200;
/** Mends are part of the recipe, so there cannot be any number of them. */
export const MOST_MENDS = 10_000;

/** All rows of one import that were set aside: to look at, to mend and to write down. Good until the table is imported again. */
export class Aside {
  /** Header cells of the columns, in order. */
  readonly names: readonly string[];
  readonly #pages: AsidePages;
  readonly #source: Raw['source'];
  readonly #fits: readonly ColumnFit[];

  /** `raw` and `columns` are what was cleaned; `original` is its file as it was imported, before fixes and joins changed the columns. */
  constructor(db: Database, raw: Raw, columns: readonly Column[], original: Raw = raw) {
    this.#pages = new AsidePages(db, { table: raw.profiles.table, columns, original });
    this.#source = original.source;
    this.#fits = columnFits(original.columns, original.source.sample);
    this.names = original.columns.map(({ header, name }) => header || name);
  }

  /** How many of the rows of an entry of the ledger can be reached. Lines that are no records are known by their first 100. */
  reachable(entry: SetAside): number {
    return this.#pages.reachable(entry);
  }

  /** Rows of one entry of the ledger from `from` (0 is the first) on, in the file's order. The first page costs one pass over the file. */
  async page(
    entry: SetAside,
    page: Page & { readonly most?: number },
    job: Job = unattended,
  ): Promise<readonly AsideRow[]> {
    const rows = await this.#pages.page(entry, page, job);
    return rows.map((row) => ({ ...row, text: this.shown(row.text) }));
  }

  /** A text of a row with the separators that it has in the file. */
  shown(text: string): string {
    return asInFile(text, this.#source.dialect);
  }

  /** Where a line stands: its number, and the file that it is in where the table comes from several. */
  place(line: number): { readonly file: string | null; readonly line: number } {
    return lineInFile(this.#source, line);
  }

  /** The cells of a text that shall stand for a row, or null where it is not one record. */
  cells(row: AsideRow, text: string): readonly string[] | null {
    if (row.reason === 'bad-json') return jsonCells(text, this.#source);
    if (row.reason === 'misaligned') return alignedCells(row, text, this.#source);
    return cellsOf(this.#read(text), this.#source.dialect)?.map((cell) => this.shown(cell)) ?? null;
  }

  get delimiter(): string {
    return this.shown(this.#source.dialect.delimiter);
  }

  /** How a row with these cells is written in the file; null where its dialect cannot write one of them. */
  write({ reason }: AsideRow, cells: readonly string[]): string | null {
    if (reason === 'bad-json') return jsonText(cells, this.#source);
    const written = recordText(
      cells.map((cell) => this.#read(cell)),
      this.#source.dialect,
    );
    return written && this.shown(written);
  }

  /** The mend by which a text that `check` lets through stands for the row. */
  mend(row: AsideRow, text: string): Mend {
    const { line } = row;
    const json = row.reason === 'bad-json' ? jsonRow(text, this.#source) : null;
    return mendOf({ line, text: this.#read(row.text) }, json ?? this.#read(text));
  }

  /** Why this text cannot take the place of the row, in a sentence; null where it can. */
  check(row: AsideRow, text: string): string | null {
    const { reason, lines, bytes } = row;
    if (reason === 'bad-json') return checkJson(text, this.#source);
    if (reason === 'misaligned') return checkAligned(row, text, this.#source);
    if (!bytes) return 'This line can be looked at, but not mended.';
    const { dialect, columns } = this.#source;
    return checkMend(this.#read(text), dialect, { columns, lines });
  }

  propose(row: AsideRow): Proposal | null {
    const { reason, bytes, whole } = row;
    const source = this.#source;
    const known = oneOf(inFile, reason);
    if (!known || !bytes || !whole) return null;
    if (reason === 'misaligned') return proposeAligned(row, source, this.#fits);
    if (reason === 'bad-json') {
      const proposal = tidiedJson(row.text);
      return proposal && checkJson(proposal.text, source) === null ? proposal : null;
    }
    const read = { ...row, text: this.#read(row.text), reason: known, bytes };
    const proposal = proposeMend(read, source.dialect, this.#fits);
    return proposal && { ...proposal, text: this.shown(proposal.text) };
  }

  #read(text: string): string {
    return asRead(text, this.#source.dialect);
  }

  /** The mends of all rows of an entry for which one is clear, up to 10,000. O(rows). */
  async proposeAll(entry: SetAside, job: Job = unattended): Promise<readonly Mend[]> {
    const mends: Mend[] = [];
    const rows = this.reachable(entry);
    for (let from = 0; from < rows && mends.length < MOST_MENDS; from += PAGE) {
      for (const row of await this.page(entry, { from, count: PAGE }, job)) {
        const proposal = this.propose(row);
        if (proposal) mends.push(this.mend(row, proposal.text));
      }
      job.progress('Looking for clear mends', Math.min(rows, from + PAGE), rows);
      await job.breathe();
    }
    return mends.slice(0, MOST_MENDS);
  }
}
