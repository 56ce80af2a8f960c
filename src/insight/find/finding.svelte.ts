import type { Query } from '../../db/query.ts';
import type { FeatureTable } from '../../features/types.ts';
import { pageJob } from '../../lib/page-job.ts';
import { Task } from '../../lib/task.svelte.ts';
import type { Dataset } from '../../tables/types.ts';
import type { Finder, Found } from './finder.ts';

/** Customers and the table that tells of them: the one that was cleaned. */
export type Searched = {
  readonly dataset: Dataset;
  readonly table: FeatureTable;
  readonly cleaned: string;
};

/** One order, or what came back of one. */
export type Order = {
  readonly day: string;
  readonly amount: number;
  readonly items: number;
  readonly lines: number;
  readonly isReturn: boolean;
  readonly what: string;
};

/** Orders of one customer, last first: `orders` of them in all, of which the last are listed. */
export type History = {
  readonly table: FeatureTable;
  readonly row: number;
  readonly list: readonly Order[];
  readonly orders: number;
};

const MOST_ORDERS = 1000;

/** Customers by id or words, and the time line of the one that is opened. */
export class Finding {
  readonly task = new Task();
  readonly historyTask = new Task();
  #finder = $state.raw<{ readonly table: FeatureTable; readonly finder: Finder } | null>(null);
  #history = $state.raw<History | null>(null);
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  /** Learns the ids and texts of the customers, once. */
  async prepare(given: Searched): Promise<void> {
    const { dataset, table, cleaned } = given;
    if (this.#finder?.table === table || this.task.running) return;
    const finder = await this.task.run(async (options) => {
      const [{ Finder: Made }, { customerTexts, tellingWho }] = await Promise.all([
        import('./finder.ts'),
        import('./customer.sql.ts'),
      ]);
      const job = pageJob(options);
      const { kind, columns } = dataset;
      const customers = { kind, asOf: kind === 'orders' ? table.asOf : null };
      const wanted = tellingWho(columns, kind);
      const texts: string[] = [];
      if (wanted.length > 0) {
        const asked = customerTexts(columns, wanted, { table: cleaned, customers });
        const found = await this.#query(asked, options.signal);
        const words = found.getChild('text');
        const rows: ArrayLike<number> = found.getChild('row')?.toArray() ?? [];
        for (let i = 0; i < rows.length; i++) {
          if (i % 4096 === 0) await job.breathe();
          texts[rows[i]!] = String(words?.get(i) ?? '');
        }
      }
      return Made.of(table.customers, texts, job);
    });
    if (finder) this.#finder = { table, finder };
  }

  /** Customers who have every typed word; null where nothing was typed, or nobody is known yet. */
  find(table: FeatureTable | null, typed: string, most: number): Found | null {
    const known = this.#finder;
    return known && known.table === table && typed.trim() !== ''
      ? known.finder.find(typed, most)
      : null;
  }

  /** The orders of the customer of a row; null until they are there. */
  historyOf(table: FeatureTable, row: number): History | null {
    return this.#history?.table === table && this.#history.row === row ? this.#history : null;
  }

  async look(table: FeatureTable, row: number): Promise<void> {
    const customer = table.customers[row];
    if (customer === undefined || this.historyOf(table, row)) return;
    const found = await this.historyTask.run(async ({ signal }) => {
      const { ordersOf } = await import('./customer.sql.ts');
      return (await this.#query(ordersOf(customer, table.asOf, MOST_ORDERS), signal)).toArray();
    });
    if (!found) return;
    const list = found.map(({ day, amount, items, lines, is_return, what }): Order => ({
      ...{ day: String(day), amount: Number(amount), items: Number(items), lines: Number(lines) },
      ...{ isReturn: is_return === true, what: String(what ?? '') },
    }));
    this.#history = { table, row, list, orders: Number(found[0]?.orders ?? 0) };
  }

  clear(): void {
    this.task.cancel();
    this.historyTask.cancel();
    this.#finder = null;
    this.#history = null;
  }
}
