import { id, join, sql, type Sql } from '../lib/sql.ts';
import type { Column, Role } from './types.ts';

type Part = Pick<Column, 'name' | 'type' | 'role'>;

/** Words that programs write where there is no id; lower case. */
const noIdWords = ['null', 'nan', 'none', 'n/a', 'na', '#n/a', '\\n', 'undefined', 'nil', '?', '-'];

/** What was seen in the data and changes how it is read. */
export type CleanOptions = {
  /** The table of records as imported: `raw`. */
  readonly table: string;
  /** Ids of cancelled orders are those with a C before the digits. */
  readonly cancelled: boolean;
  /** Some customer cells hold a word for none. */
  readonly noneWords: boolean;
};

const playing = (columns: readonly Part[], role: Role): Part | undefined =>
  columns.find((column) => column.role === role);

const ofCustomer: readonly Role[] = ['feature', 'outcome', 'birth-date'];

/** The columns that tell of a customer, whatever a row is. */
export const tellingOfCustomer = <Of extends Pick<Part, 'role'>>(
  columns: readonly Of[],
): readonly Of[] => columns.filter(({ role }) => ofCustomer.includes(role));

/** A value as text: whole numbers without a decimal point, so that a number can be an id. `alias`: of its table. */
export function asText({ name, type }: Pick<Part, 'name' | 'type'>, alias?: Sql): Sql {
  const value = alias ? sql`${alias}.${id(name)}` : id(name);
  if (type === 'text') return value;
  if (type !== 'number') return sql`${value}::VARCHAR`;
  return sql`CASE WHEN ${value} = trunc(${value}) AND abs(${value}) < 1e15 THEN ${value}::BIGINT::VARCHAR ELSE ${value}::VARCHAR END`;
}

function asNumber({ name, type }: Part): Sql {
  if (type === 'number') return id(name);
  if (type === 'yes-no') return sql`${id(name)}::INTEGER::DOUBLE`;
  if (type === 'date') return sql`NULL::DOUBLE`;
  return sql`(SELECT CASE WHEN isfinite(v) THEN v END FROM (SELECT TRY_CAST(${id(name)} AS DOUBLE) AS v))`;
}

function asDate({ name, type }: Part): Sql {
  if (type === 'date') return id(name);
  return type === 'text' ? sql`TRY_CAST(${id(name)} AS TIMESTAMP)` : sql`NULL::TIMESTAMP`;
}

/** The customer of a row, NULL where there is none; the number of the record where no column tells. */
export function customerOf(columns: readonly Part[], { noneWords }: CleanOptions): Sql {
  const column = playing(columns, 'customer');
  if (!column) return sql`line::VARCHAR`;
  if (column.type !== 'text') return asText(column);
  const customer = sql`nullif(trim(${id(column.name)}), '')`;
  return noneWords ? sql`CASE WHEN NOT ${isNone(column)} THEN ${customer} END` : customer;
}

const isNone = ({ name }: Part): Sql =>
  sql`list_contains([${join(noIdWords.map((word) => sql`${word}`))}], lower(trim(${id(name)})))`;

function amountOf(columns: readonly Part[]): Sql {
  const amount = playing(columns, 'amount');
  if (amount) return asNumber(amount);
  const [quantity, price] = [playing(columns, 'quantity'), playing(columns, 'price')];
  return quantity && price ? sql`(${asNumber(quantity)} * ${asNumber(price)})` : sql`1::DOUBLE`;
}

function isReturn(columns: readonly Part[], { cancelled }: CleanOptions): Sql {
  const order = playing(columns, 'order');
  const quantity = playing(columns, 'quantity');
  const signs = [
    sql`coalesce(${amountOf(columns)} < 0, false)`,
    ...(quantity ? [sql`coalesce(${asNumber(quantity)} < 0, false)`] : []),
    ...(order && cancelled ? [isCancelled(order)] : []),
  ];
  return sql`(${join(signs, ' OR ')})`;
}

const isCancelled = ({ name }: Part): Sql =>
  sql`CASE WHEN upper(left(${id(name)}, 1)) = 'C' THEN TRY_CAST(substr(${id(name)}, 2) AS BIGINT) IS NOT NULL ELSE false END`;

/** Why a row takes no part, in the order in which it is asked: a row is set aside once. */
export function asideRules(
  columns: readonly Part[],
  options: CleanOptions,
): readonly { readonly reason: 'no-customer' | 'no-date' | 'no-amount'; readonly is: Sql }[] {
  const date = playing(columns, 'date');
  return [
    { reason: 'no-customer', is: sql`${customerOf(columns, options)} IS NULL` },
    ...(date ? [{ reason: 'no-date' as const, is: sql`${asDate(date)} IS NULL` }] : []),
    { reason: 'no-amount', is: sql`${amountOf(columns)} IS NULL` },
  ];
}

/** Whether a row is a usable order line. */
export const keptOrders = (columns: readonly Part[], options: CleanOptions): Sql =>
  join(
    asideRules(columns, options).map(({ is }) => sql`NOT (${is})`),
    ' AND ',
  );

/** Table `orders`: one row per usable order line, in the order of the file. */
export function ordersTable(columns: readonly Part[], options: CleanOptions): Sql {
  const text = (role: Role) => {
    const column = playing(columns, role);
    return column ? asText(column) : sql`NULL::VARCHAR`;
  };
  const number = (role: Role) => {
    const column = playing(columns, role);
    return column ? asNumber(column) : sql`NULL::DOUBLE`;
  };
  const date = playing(columns, 'date');
  return sql`
    SELECT ${customerOf(columns, options)}                       AS customer,
           ${date ? asDate(date) : sql`NULL::TIMESTAMP`} AS ordered_at,
           ${text('order')}                             AS order_id,
           ${amountOf(columns)}                         AS amount,
           ${number('quantity')}                        AS quantity,
           ${number('price')}                           AS price,
           ${number('discount')}                        AS discount,
           ${text('product')}                           AS product,
           ${text('category')}                          AS category,
           ${text('channel')}                           AS channel,
           ${text('place')}                             AS place,
           ${isReturn(columns, options)}                AS is_return
    FROM ${id(options.table)}
    WHERE ${keptOrders(columns, options)}`;
}

/** Table `customers`: one row a customer, the first where one comes twice, with the columns that describe them. */
export function customersTable(
  columns: readonly Part[],
  options: CleanOptions & { readonly repeated: boolean },
): Sql {
  const customer = customerOf(columns, options);
  const told = tellingOfCustomer(columns).map(({ name }) => id(name));
  const parts = [sql`${customer} AS customer`, ...told];
  const once = options.repeated
    ? sql`QUALIFY row_number() OVER (PARTITION BY ${customer} ORDER BY line) = 1`
    : sql``;
  return sql`SELECT ${join(parts)} FROM ${id(options.table)} WHERE ${customer} IS NOT NULL ${once}`;
}

/** One row: for each rule i `rows{i}` and `amount{i}` of the rows that it sets aside, then what is left and what is negative. */
export function ordersLedger(columns: readonly Part[], options: CleanOptions): Sql {
  const rules = asideRules(columns, options);
  const amount = amountOf(columns);
  const quantity = playing(columns, 'quantity');
  const aside = rules.flatMap(({ is }, i) => {
    const earlier = rules.slice(0, i).map((rule) => sql`NOT (${rule.is})`);
    const here = join([...earlier, sql`(${is})`], ' AND ');
    return [
      sql`count(*) FILTER (${here})::DOUBLE AS ${id(`rows${i}`)}`,
      sql`fsum(${amount}) FILTER (${here}) AS ${id(`amount${i}`)}`,
    ];
  });
  const kept = join(
    rules.map(({ is }) => sql`NOT (${is})`),
    ' AND ',
  );
  const negative = quantity ? sql`${asNumber(quantity)} < 0` : sql`false`;
  return sql`
    SELECT ${join(aside)},
           count(*)::DOUBLE                                               AS rows,
           count(*) FILTER (${kept})::DOUBLE                              AS kept,
           fsum(${amount})                                                AS amount_read,
           fsum(${amount}) FILTER (${kept})                               AS amount_kept,
           count(*) FILTER (${kept} AND ${isReturn(columns, options)})::DOUBLE AS returns,
           count(*) FILTER (${negative})::DOUBLE                          AS negative,
           count(*) FILTER (${amount} = 0)::DOUBLE                        AS zero
    FROM ${id(options.table)}`;
}

/** One row: `rows`, `without` a customer, `different` customers. */
export function customersLedger(columns: readonly Part[], options: CleanOptions): Sql {
  const customer = customerOf(columns, options);
  return sql`
    SELECT count(*)::DOUBLE                                     AS rows,
           count(*) FILTER (${customer} IS NULL)::DOUBLE        AS without,
           count(DISTINCT ${customer})::DOUBLE                  AS different
    FROM ${id(options.table)}`;
}

/** One row about `orders`: `customers`, and the first and last date in milliseconds. */
export function ordersSpan(): Sql {
  return sql`
    SELECT count(DISTINCT customer)::DOUBLE     AS customers,
           epoch_ms(min(ordered_at))::DOUBLE    AS first,
           epoch_ms(max(ordered_at))::DOUBLE    AS last
    FROM orders`;
}

/** How many customer cells hold a word that means none, as `rows`. */
export function wordsForNone(columns: readonly Part[], table: string): Sql | null {
  const column = playing(columns, 'customer');
  if (column?.type !== 'text') return null;
  return sql`SELECT count(*)::DOUBLE AS rows FROM ${id(table)} WHERE ${isNone(column)}`;
}

/** Which rows, of which table (`raw` unless told). */
type Page = { readonly from: number; readonly count: number; readonly table?: string };

/** Rows of a raw table as `line`, `unreadable` and the cells `c0`, `c1`, … as text. It keeps the file's order, so LIMIT may stop early. */
export function rowsWhere(
  columns: readonly Pick<Part, 'name' | 'type'>[],
  where: Sql,
  page: Page,
): Sql {
  const cells = columns.map((column, i) => sql`${asText(column)} AS ${id(`c${i}`)}`);
  return sql`
    SELECT line::DOUBLE AS line, unreadable, ${join(cells)}
    FROM (SELECT * FROM ${id(page.table ?? 'raw')} WHERE ${where} LIMIT ${page.count} OFFSET ${page.from})
    ORDER BY line`;
}

/** The rows from record `from` (0 is the first) on: found by their number, so far pages cost no more than near ones. */
export function rowsFrom(columns: readonly Pick<Part, 'name' | 'type'>[], page: Page): Sql {
  const where = sql`line > ${page.from} AND line <= ${page.from + page.count}`;
  return rowsWhere(columns, where, { ...page, from: 0 });
}

/** Rows set aside by one of the rules of `asideRules`, or the later ones of a repeated customer. */
export function asideRows(
  columns: readonly Part[],
  it: CleanOptions & {
    readonly reason: 'no-customer' | 'no-date' | 'no-amount' | 'repeated-customer';
    readonly count: number;
  },
): Sql {
  const { reason, count, ...options } = it;
  const page = { from: 0, count, table: options.table };
  if (reason === 'repeated-customer') {
    const customer = customerOf(columns, options);
    const later = sql`line IN (SELECT line FROM ${id(options.table)} WHERE ${customer} IS NOT NULL
                               QUALIFY row_number() OVER (PARTITION BY ${customer} ORDER BY line) > 1)`;
    return rowsWhere(columns, later, page);
  }
  const rules = asideRules(columns, options);
  const i = rules.findIndex((rule) => rule.reason === reason);
  const earlier = rules.slice(0, i).map(({ is }) => sql`NOT (${is})`);
  return rowsWhere(columns, join([...earlier, sql`(${rules[i]!.is})`], ' AND '), page);
}
