import type { Database } from '../db/query.ts';
import {
  asideRecords,
  indexAside,
  placesOf,
  type AsideIndex,
  type AsideRecord,
} from '../files/aside.ts';
import { breaksIn } from '../files/mend.ts';
import { recordsAt, textAt } from '../files/record-at.ts';
import { unattended, type Job } from '../lib/job.ts';
import { id, sql, type Sql } from '../lib/sql.ts';
import { asideRows, rowsWhere } from './clean.sql.ts';
import { fileLine } from './ledger.ts';
import type { Raw } from './raw.ts';
import { shownRows } from './rows.ts';
import type { Column, SetAside } from './types.ts';

export type AsideReason = SetAside['reason'];

/** A row that takes no part, as it stands in the file. Without `bytes` it can be looked at, but not mended. */
export type AsideRow = Pick<AsideRecord, 'line' | 'lines' | 'text' | 'whole'> & {
  readonly reason: AsideReason;
  readonly bytes: AsideRecord['bytes'] | null;
};

export type Page = { readonly from: number; readonly count: number };

/** Reasons by where they are found: while the file is read, or in its table. */
export const inFile = [
  'ragged',
  'too-long',
  'bad-quote',
  'bad-encoding',
  'bad-json',
  'misaligned',
] as const;
const inCleaning = ['no-customer', 'no-date', 'no-amount', 'repeated-customer'] as const;
const inTable = [...inCleaning, 'repeat'] as const;
export const oneOf = <T extends AsideReason>(
  known: readonly T[],
  reason: AsideReason,
): T | undefined => known.find((each) => each === reason);

/** Pages of all rows of one import that were set aside. Good until the table is imported again. */
export class AsidePages {
  readonly #db: Database;
  readonly #table: string;
  readonly #columns: readonly Column[];
  readonly #original: Raw;
  #index: Promise<AsideIndex> | null = null;
  readonly #places = new Map<AsideReason, readonly number[]>();
  readonly #recordsOf = new Map<AsideReason, Float64Array>();

  /** `table` and `columns`: what was cleaned. `original`: its file as it was imported; records keep their numbers from there. */
  constructor(
    db: Database,
    it: { readonly table: string; readonly columns: readonly Column[]; readonly original: Raw },
  ) {
    this.#db = db;
    this.#table = it.table;
    this.#columns = it.columns;
    this.#original = it.original;
  }

  /** How many of the rows of an entry of the ledger can be reached. Lines that are no records are known by their first 100. */
  reachable({ reason, rows, sample }: SetAside): number {
    return oneOf(inFile, reason) || oneOf(inTable, reason) ? rows : sample.length;
  }

  /** Rows of one entry of the ledger from `from` (0 is the first) on, in the file's order. The first page costs one pass over the file. */
  async page(
    entry: SetAside,
    it: Page & { readonly most?: number },
    job: Job = unattended,
  ): Promise<readonly AsideRow[]> {
    const { reason, sample } = entry;
    const file = oneOf(inFile, reason);
    if (file) {
      const index = await this.#indexOnce(job);
      const all = this.#places.get(file) ?? placesOf(index, file);
      this.#places.set(file, all);
      const places = all.slice(it.from, it.from + it.count);
      return asideRecords(this.#original.source.body, index, { ...it, places });
    }
    if (oneOf(inTable, reason)) return this.#cleaned(entry, it, job);
    return sample
      .slice(it.from, it.from + it.count)
      .map((line) => ({ ...line, reason, lines: 1, whole: false, bytes: null }));
  }

  /** Rows of the table, read from the file where its records are those of the table, else put together from their cells. */
  async #cleaned(entry: SetAside, { from, count }: Page, job: Job): Promise<readonly AsideRow[]> {
    const { source, profiles, count: counted } = this.#original;
    const { reason } = entry;
    if (profiles.rows !== counted.kept) return this.#fromCells(entry, { from, count }, job);
    const index = await this.#indexOnce(job);
    const records = [...(await this.#records(entry, job)).subarray(from, from + count)];
    const lines = records.map((record) => fileLine(counted, record));
    const places = await recordsAt(source.body, index, { marks: source.dialect, lines });
    const rows = places.map(async (at, i): Promise<AsideRow> => {
      if (!at) throw new RangeError(`record ${records[i]} does not start on line ${lines[i]}`);
      const read = await textAt(source.body, at);
      return { reason, line: lines[i]!, lines: breaksIn(read.text) + 1, ...read };
    });
    return Promise.all(rows);
  }

  async #fromCells(entry: SetAside, { from, count }: Page, job: Job): Promise<readonly AsideRow[]> {
    const upTo = this.#asideRows({ ...entry, rows: from + count });
    const page = sql`SELECT * FROM (${upTo}) ORDER BY line LIMIT ${count} OFFSET ${from}`;
    const table = await this.#db.query(page, job.signal);
    const columns = entry.reason === 'repeat' ? this.#original.columns : this.#columns;
    return shownRows(table, columns).map(({ row, cells }) => ({
      reason: entry.reason,
      line: fileLine(this.#original.count, row),
      lines: 1,
      text: cells.join(this.#original.source.dialect.delimiter),
      whole: false,
      bytes: null,
    }));
  }

  /** The numbers of the records, ascending; asked once. */
  async #records(entry: SetAside, job: Job): Promise<Float64Array> {
    const before = this.#recordsOf.get(entry.reason);
    if (before) return before;
    const all = sql`SELECT line FROM (${this.#asideRows(entry)}) ORDER BY line`;
    const found = (await this.#db.query(all, job.signal)).getChild('line')?.toArray();
    const records = Float64Array.from((found as Float64Array | undefined) ?? []); // a DOUBLE column comes as one
    this.#recordsOf.set(entry.reason, records);
    return records;
  }

  #asideRows({ reason, rows }: Pick<SetAside, 'reason' | 'rows'>): Sql {
    const known = oneOf(inCleaning, reason);
    if (!known) {
      const { profiles, columns } = this.#original;
      const gone = sql`line NOT IN (SELECT line FROM ${id(this.#table)})`;
      return rowsWhere(columns, gone, { from: 0, count: rows, table: profiles.table });
    }
    // words for none are none whether or not they were seen, and cancelled orders are no reason
    const options = { table: this.#table, cancelled: false, noneWords: true };
    return asideRows(this.#columns, { ...options, reason: known, count: rows });
  }

  async #indexOnce(job: Job): Promise<AsideIndex> {
    this.#index ??= indexAside(this.#original.source, this.#original.count, job);
    try {
      return await this.#index;
    } catch (error) {
      this.#index = null; // cancelled: the next who asks looks again
      throw error;
    }
  }
}
