import { id, sql, type Sql } from '../../lib/sql.ts';
import type { TimeStep } from './time.ts';

/** Where the customers of a feature table come from, in its order: those who ordered until the end of `asOf`, or all of the file. */
export type Customers = { readonly kind: 'orders' | 'customers'; readonly asOf: string | null };

const until = (asOf: string | null): Sql =>
  asOf === null ? sql`true` : sql`ordered_at < ${asOf}::DATE + 1`;

/** `customer` with its place (`row`) in the feature table. */
export function places({ kind, asOf }: Customers): Sql {
  const ids =
    kind === 'customers'
      ? sql`SELECT customer FROM customers`
      : sql`SELECT customer FROM orders WHERE ${until(asOf)} GROUP BY customer`;
  return sql`SELECT customer, (row_number() OVER (ORDER BY customer) - 1)::INTEGER AS row FROM (${ids})`;
}

/** Every `stride`th customer: `row`, `customer`, `rows` (of all): to see that they stand as in the feature table. */
export function placeProbe(customers: Customers, stride: number): Sql {
  return sql`
    SELECT row, customer, rows FROM (SELECT *, (count(*) OVER ())::INTEGER AS rows FROM (${places(customers)}))
    WHERE row % ${stride} = 0 OR row = rows - 1 ORDER BY row`;
}

/** A column and the table that it stands in; of `orders` each line is one value. */
export type ColumnOf = {
  readonly table: 'orders' | 'customers' | 'customer_facts';
  readonly column: string;
};

function linesOf({ table, column }: ColumnOf, { asOf }: Customers): Sql {
  const value = sql`${id(column)} AS value`;
  if (table !== 'orders') return sql`SELECT customer, ${value} FROM ${id(table)}`;
  return sql`
    SELECT customer, ${value} FROM orders
    WHERE NOT coalesce(is_return, false) AND ${id(column)} IS NOT NULL AND ${until(asOf)}`; // a line without a value says nothing of a customer
}

/** How many customers have each value of a column, commonest first, up to `most`: `value` (NULL: blank), `customers`. */
export function valueCounts(of: ColumnOf, customers: Customers, most: number): Sql {
  return sql`
    WITH places AS (${places(customers)}), lines AS (${linesOf(of, customers)})
    SELECT value::VARCHAR AS value, count(DISTINCT customer)::DOUBLE AS customers
    FROM lines SEMI JOIN places USING (customer)
    GROUP BY ALL ORDER BY customers DESC, value NULLS LAST LIMIT ${most}`;
}

/** `row` and `bin` of each value that a customer has, once, with how many lines (`times`): `bin` is its place in `values`, those in none of them share the last. */
export function valueBins(
  of: ColumnOf,
  customers: Customers,
  values: readonly (string | null)[],
): Sql {
  const list = values.map((value, bin) => sql`(${value}::VARCHAR, ${bin})`);
  const named = list.reduce((left, right) => sql`${left}, ${right}`);
  return sql`
    WITH places AS (${places(customers)}), lines AS (${linesOf(of, customers)}),
    named(name, bin) AS (VALUES ${named}),
    counted AS (SELECT customer, value::VARCHAR AS value, count(*) AS times FROM lines GROUP BY ALL)
    SELECT row, coalesce(bin, ${values.length})::INTEGER AS bin, sum(times)::INTEGER AS times
    FROM counted JOIN places USING (customer) LEFT JOIN named ON name IS NOT DISTINCT FROM value
    GROUP BY ALL ORDER BY row, bin`;
}

/** Place of the bin that holds `moment`, the first beginning at day `first`. */
function timeBin(moment: Sql, first: string, step: TimeStep): Sql {
  const from = sql`${first}::DATE`;
  if (step === 'month') return sql`date_diff('month', ${from}, ${moment}::DATE)`;
  if (step === 'year') return sql`date_diff('year', ${from}, ${moment}::DATE)`;
  const days = sql`date_diff('day', ${from}, ${moment}::DATE)`;
  return step === 'day' ? days : sql`${days} // 7`;
}

/** What a bin of time counts. */
export type Dated =
  { readonly of: 'orders'; readonly hasOrderId: boolean } | { readonly of: ColumnOf };

/** `row`, `bin` and `times` of each span of time in which a customer bought (`times`: orders; an order is of the moment that it began) or has a date. */
export function timeBins(
  dated: Dated,
  customers: Customers,
  time: { readonly first: string; readonly step: TimeStep },
): Sql {
  const order =
    dated.of === 'orders' && dated.hasOrderId
      ? sql`coalesce(order_id, ordered_at::DATE::VARCHAR, '')`
      : sql`ordered_at::DATE`;
  const moments =
    dated.of === 'orders'
      ? sql`SELECT customer, min(ordered_at) AS moment FROM orders
      WHERE NOT coalesce(is_return, false) AND ${until(customers.asOf)} GROUP BY customer, ${order}`
      : sql`SELECT customer, value AS moment FROM (${linesOf(dated.of, customers)})`;
  return sql`
    WITH places AS (${places(customers)}), moments AS (${moments})
    SELECT row, (${timeBin(sql`moment`, time.first, time.step)})::INTEGER AS bin, count(*)::INTEGER AS times
    FROM moments JOIN places USING (customer)
    WHERE moment IS NOT NULL GROUP BY ALL ORDER BY row, bin`;
}
