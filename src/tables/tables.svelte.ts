import type { Database } from '../db/query.ts';
import type { OpenSource } from '../files/types.ts';
import type { JobOptions, Service } from '../lib/job.ts';
import { Task } from '../lib/task.svelte.ts';
import type { Aside } from './aside.ts';
import type { OrphanRows } from './many/orphan-rows.ts';
import type { Join, TypedTable } from './many/types.ts';
import type { PeopleApi } from './people/worker-api.ts';
import type { Preparation, Ready } from './prepare.ts';
import type { Profiles } from './profile.ts';
import type { Raw } from './raw.ts';
import type { Reader, ReaderChoice } from './reader.ts';
import type { Column, Dataset, Finding, TableSettings } from './types.ts';

type Work = typeof import('./work.ts');

const PREVIEW = 100;

/** Rows to look at: cells in the order of the columns, and their lines in the file. */
export type Preview = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
};

/** The tables stage: sources in, typed and cleaned tables with an account of every record out. */
export class Tables {
  settings = $state.raw<TableSettings>({});
  dataset = $state.raw<Dataset | null>(null);
  /** All that stands before the cleaning; there as soon as the files are read. */
  ready = $state.raw<Ready | null>(null);
  /** Of what is cleaned; there also where no clean table can be made until a person corrects a role. */
  columns = $state.raw<readonly Column[]>([]);
  /** The first rows of what is cleaned. */
  previewRows = $state.raw<readonly (readonly string[])[]>([]);
  previewLines = $state.raw<readonly number[]>([]);
  /** Each table of the project with what it and its columns are taken for. */
  readonly tables: readonly TypedTable[] = $derived.by(() => {
    const { ready } = this;
    if (!ready || !this.#work) return [];
    const { project, tables, settings } = ready;
    return project?.tables ?? this.#work.describeTables(tables, settings.many ?? {});
  });
  readonly task = new Task();
  /** The closer look at the columns, which nothing waits for. */
  readonly closer = new Task();
  readonly #db: Database;
  readonly #people: Service<PeopleApi>;
  /** There once a file was read: everything below that asks for it needs that. */
  #work: Work | null = null;
  #preparation: Preparation | null = null;
  #close: { readonly base: Raw; readonly profiles: Profiles } | null = null;

  constructor(db: Database, people: Service<PeopleApi>) {
    this.#db = db;
    this.#people = people;
  }

  /** Loads the code of the stage; the app does it while a person looks for their file. */
  async load(): Promise<Work> {
    return (this.#work ??= await import('./work.ts'));
  }

  /** Reads the sources unless their tables are there already, then cleans by the roles. A failure keeps the dataset before it. */
  async run(sources: readonly OpenSource[]): Promise<Dataset | undefined> {
    const dataset = await this.task.run((job) => this.#build(sources, job));
    if (dataset) this.dataset = dataset;
    return dataset;
  }

  /** Medians, bins and exact counts of a large table, after what a person waits for. Doing it again costs nothing. */
  async lookCloser(): Promise<void> {
    const base = this.ready?.base;
    if (!base || base.profiles.isClose || this.#close?.base === base || this.closer.running) return;
    const { lookCloser } = await this.load();
    const profiles = await this.closer.run((job) =>
      lookCloser(this.#db.query, base.columns, base.profiles, job),
    );
    if (!profiles || this.ready?.base !== base) return;
    this.#close = { base, profiles };
    this.columns = this.#closely(this.columns);
    if (this.dataset)
      this.dataset = { ...this.dataset, columns: this.#closely(this.dataset.columns) };
  }

  /** Roles stay as they were found; what is said of the columns becomes exact. */
  #closely(columns: readonly Column[]): readonly Column[] {
    const { ready } = this;
    if (!ready || !this.#work || this.#close?.base !== ready.base) return columns;
    const { profiles } = this.#close;
    const exact = this.#work.describeColumns({ ...ready.base, profiles }, ready.settings).columns;
    return columns.map((column, i) => {
      const { role, reason, confidence } = exact[i] ?? column;
      const why = role === column.role ? { reason, confidence } : {};
      return { ...column, ...profiles.columns[i], ...why };
    });
  }

  /** Back to nothing, for another project. Settings stay. */
  clear(): void {
    this.task.cancel();
    this.closer.cancel();
    void this.#preparation?.forget();
    this.#close = null;
    this.ready = null;
    this.dataset = null;
    this.columns = [];
    this.previewRows = [];
    this.previewLines = [];
  }

  /** Rows from `from` (0 is the first) on, as text with their lines: of one table by its id, or of what is cleaned. */
  async preview(
    of: string | null,
    page: { readonly from: number; readonly count: number },
    signal?: AbortSignal,
  ): Promise<Preview> {
    const raw = this.#rawOf(of);
    const columns = of === null ? this.columns : this.#tableOf(of)?.columns;
    if (!raw || !columns) return { columns: [], rows: [], lines: [] };
    const { rowsFrom, shownRows, fileLine, lineInFile } = await this.load();
    const asked = rowsFrom(raw.columns, { ...page, table: raw.profiles.table });
    const shown = shownRows(await this.#db.query(asked, signal), raw.columns);
    return {
      columns,
      rows: shown.map(({ cells }) => cells),
      lines: shown.map(({ row }) => lineInFile(raw.source, fileLine(raw.count, row)).line),
    };
  }

  /** All rows of what is cleaned that take no part. */
  aside(): Aside | null {
    if (!this.ready || !this.#work) return null;
    const { base, imported } = this.ready;
    const original = imported.find(({ id }) => id === base.source.id)?.raw;
    return new this.#work.Aside(this.#db, base, this.columns, original);
  }

  /** The settings with everything in them that Tessera chose: how each column is read, what each table is, which joins are used. */
  pinned(): TableSettings {
    const { settings, ready } = this;
    if (!ready || !this.#work) return settings;
    const { pinnedMany } = this.#work;
    const readers = ready.imported.flatMap(({ id, raw }) =>
      raw.columns.map(({ name, reader }) => ({ table: id, column: name, reader })),
    );
    const { project } = ready;
    return { ...settings, readers, ...(project ? { many: pinnedMany(project) } : {}) };
  }

  /** The ways in which a column of a table can be read, and how it is read now; null where the column is not of the file. */
  choices(
    of: string | null,
    name: string,
  ): { readonly choices: readonly ReaderChoice[]; readonly now: Reader } | null {
    const raw = this.ready?.imported.find(({ id }) => id === of)?.raw;
    const at = raw?.columns.findIndex((column) => column.name === name) ?? -1;
    const column = raw?.columns[at];
    if (!raw || !column || !this.#work) return null;
    const cells = raw.source.sample.map((row) => row[at] ?? '');
    return {
      choices: this.#work.readerChoices(column.header, cells, raw.source.dialect.decimal),
      now: column.reader,
    };
  }

  /** The first rows of one side of a join that find no partner. */
  async orphans(join: Join, of: 'left' | 'right'): Promise<OrphanRows> {
    const { ready } = this;
    if (!ready?.project) throw new RangeError('there are no joins');
    const { orphanRows } = await this.load();
    const ask = { join, of, from: 0, count: PREVIEW };
    return orphanRows(this.#db.query, { tables: ready.project.tables, raws: ready.tables }, ask);
  }

  /** What speaks against the way in which the files were read, and mends that could not be made. */
  #doubts({ imported }: Ready, { badFit, lineInFile }: Work): readonly Finding[] {
    return imported.flatMap(({ raw: { source, columns, profiles } }) => {
      const seen = columns.map((column, i) => ({ ...column, ...profiles.columns[i]! }));
      const refused = (source.mended?.refused ?? []).map(({ mend, why }) => ({
        code: 'mend-refused',
        rows: 1,
        words: `Line ${lineInFile(source, mend.line).line} of ${source.name} was not mended. ${why}`,
      }));
      return [...badFit(source, seen, profiles.rows), ...refused];
    });
  }

  #rawOf(of: string | null): Raw | undefined {
    const { ready } = this;
    return of === null ? ready?.base : ready?.tables.find(({ id }) => id === of)?.raw;
  }

  #tableOf(of: string): TypedTable | undefined {
    return this.tables.find(({ id }) => id === of);
  }

  async #build(sources: readonly OpenSource[], job: JobOptions): Promise<Dataset> {
    const work = await this.load();
    const { Preparation, describeColumns, buildDataset } = work;
    this.#preparation ??= new Preparation(this.#db, this.#people);
    const ready = await this.#preparation.make(sources, this.settings, job);
    job.signal?.throwIfAborted();
    const isNew = this.ready?.base !== ready.base;
    if (isNew) this.closer.cancel();
    this.ready = ready;
    const described = describeColumns(ready.base, ready.settings);
    const columns = this.#closely(described.columns);
    this.columns = columns;
    if (isNew) {
      const { rows, lines } = await this.preview(null, { from: 0, count: PREVIEW }, job.signal);
      this.previewRows = rows;
      this.previewLines = lines;
    }
    const dataset = await buildDataset(this.#db, ready.base, { ...described, columns }, job);
    return { ...dataset, findings: [...dataset.findings, ...this.#doubts(ready, work)] };
  }
}
