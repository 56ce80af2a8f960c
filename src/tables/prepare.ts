import type { Database } from '../db/query.ts';
import type { OpenSource } from '../files/types.ts';
import type { JobOptions, Service } from '../lib/job.ts';
import { id, sql, type Sql } from '../lib/sql.ts';
import { assembleRaw } from './many/assemble.ts';
import { describeTables, type RawTable } from './many/describe.ts';
import { describeProject, type Described } from './many/project.ts';
import type { ManySettings, TypedTable } from './many/types.ts';
import { preparePeople, resolvePeople, type People, type Prepared } from './people/find-people.ts';
import { makePeopleTable, PEOPLE } from './people/people-table.ts';
import type { PeopleTable } from './people/suggest.ts';
import type { PeopleApi } from './people/worker-api.ts';
import { profile } from './profile.ts';
import { columnsAfter, fixed } from './quality/fix.sql.ts';
import type { Fix } from './quality/types.ts';
import { importRaw, type Raw } from './raw.ts';
import type { TableSettings } from './types.ts';

/** Who is who in the tables of a project. */
export type Known = { readonly prepared: Prepared; readonly people: People };

/** All that stands between the sources and the cleaning: each table as it is read, mended and resolved, and the one that they make together. */
export type Ready = {
  /** In the order of the sources, with fixes and people applied. */
  readonly tables: readonly RawTable[];
  /** As they were read, before any fix. */
  readonly imported: readonly RawTable[];
  /** Null where there is one table only. */
  readonly project: Described | null;
  readonly people: Known | null;
  /** What is cleaned: the only table, or the assembled one. */
  readonly base: Raw;
  /** The settings with the roles that follow from people. */
  readonly settings: TableSettings;
};

const PERSON = 'person';

/** Makes what is cleaned out of the sources, step by step; a step that was made before from the same things is not made again. */
export class Preparation {
  readonly #db: Database;
  readonly #worker: Service<PeopleApi>;
  #dropping: Promise<void> = Promise.resolve();
  readonly #made = new Map<string, { readonly of: readonly unknown[]; readonly value: unknown }>();

  constructor(db: Database, worker: Service<PeopleApi>) {
    this.#db = db;
    this.#worker = worker;
  }

  /** Drops every table that was made: another project needs the room. */
  async forget(): Promise<void> {
    const names = [...this.#made.keys()];
    this.#made.clear();
    const before = this.#dropping;
    this.#dropping = (async () => {
      await before;
      for (const name of names) await this.#db.drop(name).catch(() => {}); // a table that stays only costs room
    })();
    await this.#dropping;
  }

  async make(
    sources: readonly OpenSource[],
    settings: TableSettings,
    job: JobOptions,
  ): Promise<Ready> {
    await this.#dropping; // or a table of the next project would go with those of the last
    const imported: RawTable[] = [];
    const mended: RawTable[] = [];
    for (const source of sources) {
      const raw = await this.#imported(source, settings, job);
      imported.push({ id: source.id, raw });
      const { fixes = [] } = settings.fixes?.find(({ table }) => table === source.id) ?? {};
      mended.push({ id: source.id, raw: await this.#fixed(source.id, raw, fixes, job) });
    }
    const people = settings.people ? await this.#people(mended, settings, job) : null;
    const tables = people ? await this.#known(mended, people, job) : mended;
    const all = people ? withPerson(settings, people.prepared, tables.length) : settings;
    const [only] = tables;
    if (only && tables.length === 1)
      return { tables, imported, project: null, people, base: only.raw, settings: all };
    const project = await this.#project(tables, all.many ?? {}, job);
    const base = await this.#step(
      'raw',
      [...tables.map(({ raw }) => raw), JSON.stringify(project.assembly)],
      () => assembleRaw(this.#db, project, tables, job),
    );
    return { tables, imported, project, people, base, settings: all };
  }

  #imported(source: OpenSource, settings: TableSettings, job: JobOptions): Promise<Raw> {
    const readers = (settings.readers ?? []).filter(({ table }) => table === source.id);
    const table = `raw_${source.id}`;
    const { portion } = source;
    return this.#step(table, [source.path, JSON.stringify([readers, portion])], () =>
      importRaw(this.#db, source, { table, readers, ...(portion ? { portion } : {}) }, job),
    );
  }

  async #fixed(of: string, raw: Raw, fixes: readonly Fix[], job: JobOptions): Promise<Raw> {
    if (fixes.length === 0) return raw;
    const table = `fixed_${of}`;
    return this.#step(table, [raw, JSON.stringify(fixes)], async () => {
      await this.#db.make(table, fixed(raw.profiles.table, raw.columns, fixes), job.signal);
      return this.#again(raw, columnsAfter(raw.columns, fixes), table, job);
    });
  }

  /** The same records in another table: what is known of its columns is looked at anew, samples follow their columns. */
  async #again(raw: Raw, columns: Raw['columns'], table: string, job: JobOptions): Promise<Raw> {
    const places = columns.map(({ name }) => raw.columns.findIndex((each) => each.name === name));
    const profiles = await profile(this.#db.query, columns, { ...job, table });
    const { source } = raw;
    const sample = source.sample.map((row) => places.map((at) => row[at] ?? ''));
    const headers = columns.map(({ header }) => header);
    return {
      ...raw,
      source: { ...source, headers, sample },
      columns,
      profiles,
      dropped: (raw.dropped ?? 0) + raw.profiles.rows - profiles.rows,
    };
  }

  async #people(
    tables: readonly RawTable[],
    settings: TableSettings,
    job: JobOptions,
  ): Promise<Known> {
    const wanted = settings.people!;
    const { fields, country, sameMailbox } = wanted;
    const means = { db: this.#db, worker: this.#worker };
    const about = peopleTables(describeTables(tables, settings.many ?? {}));
    const raws = tables.map(({ raw }) => raw);
    const prepared = await this.#step(
      'people records',
      [...raws, JSON.stringify([fields, country, sameMailbox])],
      () => preparePeople(means, about, wanted, job),
    );
    return this.#step(PEOPLE, [prepared, JSON.stringify(wanted)], async () => {
      const people = await resolvePeople(this.#worker, prepared, wanted, job);
      await makePeopleTable(this.#db, prepared, people, job.signal);
      return { prepared, people };
    });
  }

  /** The tables that tell of people, with one more column: the person. */
  async #known(
    tables: readonly RawTable[],
    known: Known,
    job: JobOptions,
  ): Promise<readonly RawTable[]> {
    const about = peopleTables(describeTables(tables, {}));
    const with_: RawTable[] = [];
    for (const { id: of, raw } of tables) {
      const own = about.find((table) => table.id === of);
      if (!own || !known.prepared.tables.includes(of)) {
        with_.push({ id: of, raw });
        continue;
      }
      const table = `known_${of}`;
      const made = await this.#step(table, [raw, known], async () => {
        await this.#db.make(table, withPeople(raw, of, own.key), job.signal);
        const reader = { as: 'text', trim: false, pointZero: false } as const;
        const person = { header: PERSON, name: nameOf(raw), type: 'text', reader } as const;
        return this.#again(raw, [...raw.columns, person], table, job);
      });
      with_.push({ id: of, raw: made });
    }
    return with_;
  }

  async #project(
    tables: readonly RawTable[],
    settings: ManySettings,
    job: JobOptions,
  ): Promise<Described> {
    const before = this.#made.get('project')?.value as Described | undefined; // only `#project` puts it there
    const of = [...tables.map(({ raw }) => raw), JSON.stringify(settings)];
    return this.#step('project', of, () =>
      describeProject(this.#db, tables, { settings, before: before ?? null }, job),
    );
  }

  /** Runs `make` unless it was run before for the same things; what a table was made from is forgotten while it is made anew. */
  async #step<T>(name: string, of: readonly unknown[], make: () => Promise<T>): Promise<T> {
    const before = this.#made.get(name);
    if (before && before.of.length === of.length && before.of.every((one, i) => one === of[i]))
      return before.value as T; // what `make` gave under this name
    if (name !== 'project') this.#made.delete(name);
    const value = await make();
    this.#made.set(name, { of, value });
    return value;
  }
}

/** Tables with a column that tells people apart, by which of their rows are one record. */
export function peopleTables(tables: readonly TypedTable[]): readonly PeopleTable[] {
  return tables.map(({ id: of, table, columns }) => ({
    id: of,
    table,
    key: columns.find(({ role }) => role === 'customer')?.name ?? null,
    columns,
  }));
}

const nameOf = (raw: Raw): string => {
  const taken = new Set(raw.columns.map(({ name }) => name.toLowerCase()));
  let name = PERSON;
  while (taken.has(name)) name += '_';
  return name;
};

function withPeople(raw: Raw, of: string, key: string | null): Sql {
  const record = key === null ? sql`own.line::VARCHAR` : sql`own.${id(key)}::VARCHAR`;
  return sql`
    SELECT own.*, p.person AS ${id(nameOf(raw))}
    FROM ${id(raw.profiles.table)} AS own
    LEFT JOIN (SELECT record, person FROM ${id(PEOPLE)} WHERE source = ${of}) AS p ON p.record = ${record}
    ORDER BY own.line`;
}

/** A person is the customer, unless somebody says otherwise. */
function withPerson(settings: TableSettings, { tables }: Prepared, count: number): TableSettings {
  const isSaid = (roles: TableSettings['roles']) => roles?.some(({ role }) => role === 'customer');
  const person = { column: PERSON, role: 'customer' } as const;
  if (count === 1)
    return isSaid(settings.roles)
      ? settings
      : { ...settings, roles: [...(settings.roles ?? []), person] };
  const many = settings.many ?? {};
  const said = many.tables ?? [];
  const ids = new Set([...said.map((table) => table.id), ...tables]);
  return {
    ...settings,
    many: {
      ...many,
      tables: [...ids].map((each) => {
        const own = said.find((table) => table.id === each) ?? { id: each };
        if (!tables.includes(each) || isSaid(own.roles)) return own;
        return { ...own, roles: [...(own.roles ?? []), person] };
      }),
    },
  };
}
