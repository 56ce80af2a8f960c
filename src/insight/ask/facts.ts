import type { Query, Table } from '../../db/query.ts';
import type { Sql } from '../../lib/sql.ts';
import {
  flowsByPart,
  flowsByValue,
  flowsIn,
  rowsBought,
  rowsElsewhere,
  rowsWith,
  valuesOf,
  type Lines,
} from './facts.sql.ts';
import type { LineFilter, OrderColumn, Part } from './types.ts';

/** What customers spent and ordered in some days; [customers], 0 where nothing. */
export type Flows = { readonly spend: Float64Array; readonly orders: Float64Array };

/** The same, apart by a value or a month: entry i is of customer `rows[i]` and of `parts[i]`. */
export type Parted = {
  readonly rows: Int32Array;
  readonly parts: Int32Array;
  readonly spend: Float64Array;
  readonly orders: Float64Array;
  /** 1 where the customer bought, and did not only return. */
  readonly bought: Uint8Array;
};

/** What answers ask of the order lines, wherever they are computed. */
export type Told = Pick<Facts, 'flows' | 'having' | 'bought' | 'elsewhere' | 'byValue' | 'byPart'>;

/**
 * What of the order lines the answers ask for. Every statement that ran is kept in `ran`, to be shown. Throws RangeError where the
 * database holds other customers than the feature table.
 */
export class Facts {
  readonly ran: string[] = [];
  readonly #asked = new Map<string, Promise<Table>>();
  readonly #query: Query;
  readonly #lines: Lines;
  readonly #customers: number;
  readonly #signal: AbortSignal | undefined;

  constructor(query: Query, lines: Lines, customers: number, signal?: AbortSignal) {
    this.#query = query;
    this.#lines = lines;
    this.#customers = customers;
    this.#signal = signal;
  }

  async flows(filter: LineFilter): Promise<Flows> {
    const table = await this.#ask(flowsIn(this.#lines, filter));
    const spend = new Float64Array(this.#customers);
    const orders = new Float64Array(this.#customers);
    const [rows, s, o] = [ints(table, 'row'), doubles(table, 'spend'), doubles(table, 'orders')];
    rows.forEach((row, i) => {
      this.#check(row);
      spend[row] = s[i]!;
      orders[row] = o[i]!;
    });
    return { spend, orders };
  }

  /** [customers], 1 where the customer bought with one of the values. */
  async having(column: OrderColumn, values: readonly string[]): Promise<Uint8Array> {
    return this.#rows(await this.#ask(rowsWith(this.#lines, column, values)));
  }

  /** [customers], 1 where the customer bought on such a line. */
  async bought(filter: LineFilter): Promise<Uint8Array> {
    return this.#rows(await this.#ask(rowsBought(this.#lines, filter)));
  }

  /** [customers], 1 where the customer bought with other values than those of `filter`. */
  async elsewhere(filter: LineFilter): Promise<Uint8Array> {
    return this.#rows(await this.#ask(rowsElsewhere(this.#lines, filter)));
  }

  #rows(table: Table): Uint8Array {
    const inside = new Uint8Array(this.#customers);
    for (const row of ints(table, 'row')) {
      this.#check(row);
      inside[row] = 1;
    }
    return inside;
  }

  async byValue(
    column: OrderColumn,
    filter: LineFilter,
  ): Promise<Parted & { readonly names: readonly string[] }> {
    const table = await this.#ask(flowsByValue(this.#lines, column, filter));
    const names = await this.#query(valuesOf(column), this.#signal);
    const bought = new Uint8Array(ints(table, 'has'));
    return {
      ...this.#parted(table, 'value'),
      bought,
      names: Array.from(names.getChild('name') ?? [], String),
    };
  }

  /** Parts are counted from that of the day `first`, from Monday or from midnight. */
  async byPart(filter: LineFilter, part: Part, first: string): Promise<Parted> {
    const table = await this.#ask(flowsByPart(this.#lines, filter, { part, first }));
    const parted = this.#parted(table, 'part');
    const bought = new Uint8Array(parted.orders.length);
    for (let i = 0; i < bought.length; i++) bought[i] = parted.orders[i]! > 0 ? 1 : 0;
    return { ...parted, bought };
  }

  #parted(table: Table, part: string): Omit<Parted, 'bought'> {
    const rows = ints(table, 'row');
    let most = 0;
    for (let i = 0; i < rows.length; i++) if (rows[i]! > most) most = rows[i]!;
    if (rows.length > 0) this.#check(most);
    return {
      rows,
      parts: ints(table, part),
      spend: doubles(table, 'spend'),
      orders: doubles(table, 'orders'),
    };
  }

  /** The same statement is asked once. */
  #ask(statement: Sql): Promise<Table> {
    const text = statement.text.trim();
    const known = this.#asked.get(text);
    if (known) return known;
    const asked = this.#query(statement, this.#signal);
    this.ran.push(text);
    this.#asked.set(text, asked);
    return asked;
  }

  #check(row: number): void {
    if (!(row >= 0 && row < this.#customers))
      throw new RangeError(`customer ${row} of ${this.#customers}`);
  }
}

/** Columns as they lie in the result: of a million customers nothing is looked at one by one. */
const ints = (table: Table, name: string): Int32Array =>
  new Int32Array(table.getChild(name)?.toArray() ?? []);
const doubles = (table: Table, name: string): Float64Array =>
  new Float64Array(table.getChild(name)?.toArray() ?? []);
