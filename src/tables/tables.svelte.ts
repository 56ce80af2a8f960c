import type { Database } from '../db/query.ts';
import type { OpenSource } from '../files/types.ts';
import type { JobOptions } from '../lib/job.ts';
import { Task } from '../lib/task.svelte.ts';
import { buildDataset } from './build.ts';
import { rowsFrom } from './clean.sql.ts';
import { describeColumns } from './columns.ts';
import { fileLine } from './ledger.ts';
import { lookCloser, type Profiles } from './profile.ts';
import { importRaw, type Raw } from './raw.ts';
import { shownRows } from './rows.ts';
import type { Column, Dataset, SetAside, TableSettings } from './types.ts';

const PREVIEW = 100;

/** The tables stage: a source in, typed and cleaned tables with an account of every record out. */
export class Tables {
  settings = $state.raw<TableSettings>({});
  dataset = $state.raw<Dataset | null>(null);
  /** There as soon as the file is read, also where no clean table can be made until a person corrects a role. */
  columns = $state.raw<readonly Column[]>([]);
  /** The first rows, cells in the order of `columns`, and their lines in the file. */
  previewRows = $state.raw<readonly (readonly string[])[]>([]);
  previewLines = $state.raw<readonly number[]>([]);
  readonly task = new Task();
  /** The closer look at the columns, which nothing waits for. */
  readonly closer = new Task();
  readonly #db: Database;
  #raw: Raw | null = null;
  #close: Profiles | null = null;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Reads the source unless its table is there already, then cleans it by the roles. A failure keeps the dataset before it. */
  async run(source: OpenSource): Promise<Dataset | undefined> {
    const dataset = await this.task.run((job) => this.#build(source, job));
    if (dataset) this.dataset = dataset;
    return dataset;
  }

  /** Medians, bins and exact counts of a large table, after what a person waits for. Doing it again costs nothing. */
  async lookCloser(): Promise<void> {
    const raw = this.#raw;
    if (!raw || raw.profiles.isClose || this.#close || this.closer.running) return;
    const close = await this.closer.run((job) =>
      lookCloser(this.#db.query, raw.columns, raw.profiles, job),
    );
    if (!close || this.#raw !== raw) return;
    this.#close = close;
    this.columns = this.#closely(this.columns);
    if (this.dataset)
      this.dataset = { ...this.dataset, columns: this.#closely(this.dataset.columns) };
  }

  /** Roles stay as they were found; what is said of the columns becomes exact. */
  #closely(columns: readonly Column[]): readonly Column[] {
    const [raw, profiles] = [this.#raw, this.#close];
    if (!raw || !profiles) return columns;
    const exact = describeColumns({ ...raw, profiles }, this.settings).columns;
    return columns.map((column, i) => {
      const { role, reason, confidence } = exact[i] ?? column;
      const why = role === column.role ? { reason, confidence } : {};
      return { ...column, ...profiles.columns[i], ...why };
    });
  }

  /** Back to nothing, for another file. Settings stay. */
  clear(): void {
    this.task.cancel();
    this.closer.cancel();
    this.dataset = null;
    this.columns = [];
    this.previewRows = [];
    this.previewLines = [];
  }

  /** Rows of the file from `from` (0 is the first) on, as text with their lines: for a table that scrolls. */
  async preview(
    from: number,
    count: number,
    signal?: AbortSignal,
  ): Promise<{ readonly rows: readonly (readonly string[])[]; readonly lines: readonly number[] }> {
    const raw = this.#raw;
    if (!raw) return { rows: [], lines: [] };
    const table = await this.#db.query(rowsFrom(raw.columns, { from, count }), signal);
    const shown = shownRows(table, raw.columns);
    return {
      rows: shown.map(({ cells }) => cells),
      lines: shown.map(({ row }) => fileLine(raw.count, row)),
    };
  }

  /** Up to 100 of the rows set aside for one reason, as they stand in the file. */
  setAsideRows(reason: SetAside['reason']): SetAside['sample'] {
    return this.dataset?.ledger.setAside.find((each) => each.reason === reason)?.sample ?? [];
  }

  async #build(source: OpenSource, job: JobOptions): Promise<Dataset> {
    if (this.#raw?.source.path !== source.path) {
      this.closer.cancel();
      this.#close = null;
      this.#raw = null; // from here on table `raw` may be another file's
      const raw = await importRaw(this.#db, source, job);
      job.signal?.throwIfAborted();
      this.#raw = raw;
      const { rows, lines } = await this.preview(0, PREVIEW, job.signal);
      this.previewRows = rows;
      this.previewLines = lines;
    }
    const described = describeColumns(this.#raw, this.settings);
    const columns = this.#closely(described.columns);
    this.columns = columns;
    return buildDataset(this.#db, this.#raw, { ...described, columns }, job);
  }
}
