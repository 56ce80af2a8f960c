import type { Scan, Source } from '../files/types.ts';

/** In the database: VARCHAR, DOUBLE, TIMESTAMP, BOOLEAN. */
export type ColumnType = 'text' | 'number' | 'date' | 'yes-no';

/** What a column means. `feature`: a property of a customer; `outcome`: one that is to be predicted; `left-out`: not used. */
export type Role =
  | 'customer'
  | 'order'
  | 'date'
  | 'amount'
  | 'quantity'
  | 'price'
  | 'discount'
  | 'product'
  | 'category'
  | 'channel'
  | 'place'
  | 'feature'
  | 'outcome'
  | 'left-out';

export type Column = {
  /** Position in the file, from 0. */
  readonly index: number;
  /** Unique; the column of this name stands in table `raw`. */
  readonly name: string;
  /** As in the file. */
  readonly header: string;
  readonly type: ColumnType;
  readonly role: Role;
  /** 0 to 1, of the role, with the reason in words: "named like an id, 4,372 distinct values over 406,829 rows". */
  readonly confidence: number;
  readonly reason: string;
  readonly examples: readonly string[];
  /** Rows of `raw` where it is empty. */
  readonly gaps: number;
  /** Rows of `raw` whose text is not of `type`: shown, counted, NULL in `raw`. */
  readonly unreadable: number;
  /** Estimated by HyperLogLog (approx_count_distinct), exact below 1,000. */
  readonly distinct: number;
  /** Of numbers and dates (ISO text); null for others and for an empty column. */
  readonly low: number | string | null;
  readonly high: number | string | null;
  readonly median: number | string | null;
  /** Counts of up to 24 equal bins between low and high (numbers, dates), or of the 8 commonest values (text, yes-no). */
  readonly bins: readonly number[];
};

/** Rows that take no part, and why. `sample` shows up to 100 of them with their line in the file. */
export type SetAside = {
  readonly reason:
    | 'no-customer'
    | 'no-date'
    | 'no-amount'
    | 'ragged'
    | 'too-long'
    | 'bad-quote'
    | 'bad-encoding'
    | 'repeated-customer'
    | 'other';
  /** One sentence for the person. */
  readonly words: string;
  readonly rows: number;
  /** Sum of `amount` over them, where it can be known. */
  readonly amount: number | null;
  readonly sample: readonly { readonly line: number; readonly text: string }[];
};

/** Every record of the file is in here once: `read` = `kept` + the rows of `setAside`. */
export type Ledger = {
  readonly read: number;
  readonly kept: number;
  readonly setAside: readonly SetAside[];
  /** Sum of `amount` over all records read, where there is an amount: kept and set aside together. */
  readonly amountRead: number | null;
  readonly amountKept: number | null;
  /** Of the kept: records with a negative quantity or amount, or a cancelled invoice. */
  readonly returns: number;
};

/** A fact about the data that a person should know; nothing is done about it silently. */
export type Finding = { readonly code: string; readonly words: string; readonly rows: number };

/** `orders`: one row per order line. `customers`: one row per customer, its columns are the features. */
export type TableKind = 'orders' | 'customers';

/** What a person decided; what is absent was found by Tessera. Arrays, not objects: a column may be called `__proto__`. */
export type TableSettings = {
  readonly kind?: TableKind;
  readonly roles?: readonly { readonly column: string; readonly role: Role }[];
};

/**
 * Typed tables in the database, and what is known about them.
 * `raw`: every record that could be read, typed, columns named as `columns[].name`, plus `line BIGINT` counting records from 1.
 * `orders` (kind orders): customer VARCHAR, ordered_at TIMESTAMP, order_id VARCHAR, amount DOUBLE, quantity DOUBLE, price DOUBLE,
 *   discount DOUBLE, product VARCHAR, category VARCHAR, channel VARCHAR, place VARCHAR, is_return BOOLEAN. A column whose role
 *   nobody plays is NULL throughout (see `has`). amount = quantity × price where no column is the amount; 1 a row where neither is known.
 * `customers` (kind customers): customer VARCHAR (unique), then one column a feature or outcome, named `columns[].name`.
 */
export type Dataset = {
  readonly source: Source;
  readonly scan: Scan;
  readonly kind: TableKind;
  readonly columns: readonly Column[];
  readonly ledger: Ledger;
  readonly findings: readonly Finding[];
  /** The roles that some column plays, plus 'amount' where it is quantity × price. */
  readonly has: readonly Role[];
  readonly customers: number;
  /** First and last date of the kept rows, ISO, or null. */
  readonly from: string | null;
  readonly to: string | null;
};
