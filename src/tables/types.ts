import type { Scan, Source } from '../files/types.ts';
import type { ManySettings } from './many/types.ts';
import type { PeopleSettings } from './people/types.ts';
import type { Fix } from './quality/types.ts';
import type { Reader, ReaderChoice } from './reader.ts';

/** In the database: VARCHAR, DOUBLE, TIMESTAMP, BOOLEAN. */
export type ColumnType = 'text' | 'number' | 'date' | 'yes-no';

/** What a column means. `feature`: a property of a customer; `outcome`: one that is to be predicted; `left-out`: not used. */
export const roles = [
  'customer',
  'order',
  'date',
  'amount',
  'quantity',
  'price',
  'discount',
  'product',
  'category',
  'channel',
  'place',
  'feature',
  'outcome',
  'email',
  'phone',
  'person-name',
  'birth-date',
  'address',
  'campaign',
  'coupon',
  'event',
  'rating',
  'comment',
  'image',
  'line',
  'left-out',
] as const;
export type Role = (typeof roles)[number];

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
    | 'bad-json'
    | 'misaligned'
    | 'bad-encoding'
    | 'repeated-customer'
    | 'comment'
    | 'repeated-header'
    | 'footer'
    | 'repeat'
    | 'not-loaded'
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
export type Finding = {
  readonly code: string;
  readonly words: string;
  readonly rows: number;
  /** Where it asks something of a person: the column that it is about, and what can be chosen for it. */
  readonly column?: string;
  readonly choices?: readonly ReaderChoice[];
};

/** `orders`: one row per order line. `customers`: one row per customer, its columns are the features. */
export type TableKind = 'orders' | 'customers';

/**
 * What a row of one of several tables is. `transactions`: an order, or an order line that knows its customer and date.
 * `order-lines`: a line of an order whose customer and date stand in another table. `contacts`: who was contacted by a campaign.
 * `campaigns`: what was offered (campaigns, coupons, promotions). `reviews`: ratings, comments and service messages.
 * `lookup`: what a code stands for. `other`: nothing says what it is.
 */
export type SourceKind =
  | 'customers'
  | 'transactions'
  | 'order-lines'
  | 'payments'
  | 'events'
  | 'campaigns'
  | 'contacts'
  | 'redemptions'
  | 'reviews'
  | 'products'
  | 'images'
  | 'lookup'
  | 'other';

/** What a person decided; what is absent was found by Tessera. Arrays, not objects: a column may be called `__proto__`. */
export type TableSettings = {
  readonly kind?: TableKind;
  /** Of the columns of what is cleaned: the only table, or the one that several make together. */
  readonly roles?: readonly { readonly column: string; readonly role: Role }[];
  /** How columns are read, by table and name. */
  readonly readers?: readonly {
    readonly table: string;
    readonly column: string;
    readonly reader: Reader;
  }[];
  /** What is mended in each table, in order. */
  readonly fixes?: readonly { readonly table: string; readonly fixes: readonly Fix[] }[];
  /** What the tables are and how they join. */
  readonly many?: ManySettings;
  /** Present: records of one person are put together. */
  readonly people?: PeopleSettings;
};

/**
 * Typed tables in the database, and what is known about them.
 * `raw`: every record that could be read, typed, columns named as `columns[].name`, plus `line BIGINT` counting records from 1.
 * `orders` (kind orders): customer VARCHAR, ordered_at TIMESTAMP, order_id VARCHAR, amount DOUBLE, quantity DOUBLE, price DOUBLE,
 *   discount DOUBLE, product VARCHAR, category VARCHAR, channel VARCHAR, place VARCHAR, is_return BOOLEAN. A column whose role
 *   nobody plays is NULL throughout (see `has`). amount = quantity × price where no column is the amount; 1 a row where neither is known.
 * `customer_facts` (kind orders, only where a column tells of the customer): customer VARCHAR (unique, those of `orders`), then one
 *   column a fact, named `facts[].name`: the first filled value in the order of the file, NULL where there is none.
 * `customers` (kind customers): customer VARCHAR (unique), then one column a feature, outcome or birth date, named `columns[].name`.
 */
export type Dataset = {
  readonly source: Source;
  readonly scan: Scan;
  readonly kind: TableKind;
  readonly columns: readonly Column[];
  /** Of `customer_facts`: columns with the role feature, outcome or birth-date, counted over its rows. Empty or absent: no such table. */
  readonly facts?: readonly Column[];
  readonly ledger: Ledger;
  readonly findings: readonly Finding[];
  /** The roles that some column plays, plus 'amount' where it is quantity × price. */
  readonly has: readonly Role[];
  readonly customers: number;
  /** First and last date of the kept rows, ISO, or null. */
  readonly from: string | null;
  readonly to: string | null;
};
