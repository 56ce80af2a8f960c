import { decideRole } from '../../tables/decide.ts';
import type { TypedTable } from '../../tables/many/types.ts';
import type { Preview } from '../../tables/tables.svelte.ts';
import type { Column, Role } from '../../tables/types.ts';
import type { Session } from '../session.svelte.ts';

export const tabs = ['rows', 'joins', 'people', 'quality'] as const;
export type Tab = (typeof tabs)[number];

/** What a person is looking at among the data: which table, which side of it, which column. */
export class Desk {
  tab = $state<Tab>('rows');
  /** Id of a table; null is what they make together, or the only one. */
  #shown = $state<string | null>(null);
  picked = $state<number | null>(null);
  /** Of the table that is shown, where it is one of several. */
  #own = $state.raw<{ readonly of: TypedTable; readonly preview: Preview } | null>(null);
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  get shown(): string | null {
    return this.table?.id ?? null;
  }

  /** The table that is shown, where it is one of several. */
  get table(): TypedTable | null {
    const { tables } = this.#session.tables;
    return tables.length < 2 ? null : (tables.find(({ id }) => id === this.#shown) ?? null);
  }

  show(id: string | null): void {
    this.#shown = id;
    this.picked = null;
    if (this.tab !== 'quality') this.tab = 'rows';
    void this.#read();
  }

  get columns(): readonly Column[] {
    const { tables } = this.#session;
    return this.table?.columns ?? tables.dataset?.columns ?? tables.columns;
  }

  get preview(): Pick<Preview, 'rows' | 'lines'> {
    const { table } = this;
    const { previewRows, previewLines } = this.#session.tables;
    if (!table) return { rows: previewRows, lines: previewLines };
    return this.#own?.of.table === table.table ? this.#own.preview : { rows: [], lines: [] };
  }

  /** Rows of the table that is shown. */
  get rows(): number {
    const { dataset, previewRows } = this.#session.tables;
    return this.table?.rows ?? dataset?.ledger.read ?? previewRows.length;
  }

  get column(): Column | undefined {
    return this.columns.find(({ index }) => index === this.picked);
  }

  /** Id of the table that quality is looked at for. */
  get checked(): string | null {
    const { ready } = this.#session.tables;
    return this.shown ?? (ready?.project?.assembly.spine || ready?.tables[0]?.id) ?? null;
  }

  setRole(column: Column, role: Role): void {
    const { tables } = this.#session;
    const label = `${column.header || column.name} is ${role}`;
    const next = decideRole(tables.settings, this.shown, { column: column.name, role });
    void this.#session.change('tables', label, next).then(() => this.#read());
  }

  async #read(): Promise<void> {
    const { table } = this;
    if (!table) return;
    const preview = await this.#session.tables.preview(table.id, { from: 0, count: 100 });
    this.#own = { of: table, preview };
  }
}
