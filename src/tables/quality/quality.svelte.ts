import type { Database } from '../../db/query.ts';
import { pageJob } from '../../lib/page-job.ts';
import { Task } from '../../lib/task.svelte.ts';
import type { RawTable } from '../many/describe.ts';
import type { TypedTable } from '../many/types.ts';
import type { ShownRow } from '../rows.ts';
import type { Fix, FixEffect, Flaw } from './types.ts';

const SHOWN = 100;

/** The quality of the tables as a person looks at it: computed when looked at, kept until a table is made anew. */
export class Quality {
  /** By id of the table; good for the raw table that it was found in. */
  #found = $state.raw<
    ReadonlyMap<string, { readonly of: unknown; readonly flaws: readonly Flaw[] }>
  >(new Map());
  #accounts = $state.raw<
    ReadonlyMap<string, { readonly of: string; readonly effects: readonly FixEffect[] }>
  >(new Map());
  readonly task = new Task();
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Null where it was not looked at. */
  flaws({ id, raw }: RawTable): readonly Flaw[] | null {
    const found = this.#found.get(id);
    return found?.of === raw ? found.flaws : null;
  }

  /** What each fix of a table did, in order; empty until it is counted. */
  effects({ id }: RawTable, fixes: readonly Fix[]): readonly FixEffect[] {
    const account = this.#accounts.get(id);
    return account?.of === JSON.stringify(fixes) ? account.effects : [];
  }

  /** Looks at every column and at whole rows of a table as it stands after its fixes. */
  async check({ id, raw }: RawTable, { columns }: Pick<TypedTable, 'columns'>): Promise<void> {
    const { table } = raw.profiles;
    const { lastModified } = raw.source.body;
    const until = lastModified > 0 ? new Date(lastModified).toISOString() : null;
    const flaws = await this.task.run(async (job) => {
      const { checkTable } = await import('./check.ts'); // comes when somebody looks
      return checkTable(this.#db, { table, columns, until }, pageJob(job));
    });
    if (flaws) this.#found = new Map([...this.#found, [id, { of: raw, flaws }]]);
  }

  /** Counts what the fixes of a table do, on the table as it was imported. */
  async account({ id, raw }: RawTable, fixes: readonly Fix[]): Promise<void> {
    const of = JSON.stringify(fixes);
    if (this.#accounts.get(id)?.of === of) return;
    const { table } = raw.profiles;
    const { columns } = raw;
    const { fixLedger } = await import('./effect.ts');
    const effects = await fixLedger(this.#db, { table, columns, fixes }, pageJob({}));
    this.#accounts = new Map([...this.#accounts, [id, { of, effects }]]);
  }

  /** What one more fix would do, after those that are chosen. */
  async effectOf({ raw }: RawTable, fixes: readonly Fix[], fix: Fix): Promise<FixEffect> {
    const { fixEffect } = await import('./effect.ts');
    const { columns, profiles } = raw;
    return fixEffect(this.#db, { table: profiles.table, columns, fixes }, fix, pageJob({}));
  }

  /** The first rows that a flaw is about, as text. */
  async rowsOf({ raw }: RawTable, flaw: Flaw): Promise<readonly ShownRow[]> {
    const { flawRows } = await import('./where.sql.ts');
    const { shownRows } = await import('../rows.ts');
    const page = { from: 0, count: SHOWN };
    return shownRows(await this.#db.query(flawRows(flaw, raw.columns, page)), raw.columns);
  }
}
