import { id, join, sql, type Sql } from '../../lib/sql.ts';
import { places } from '../cross/listed.sql.ts';
import type { OrderColumn, Span } from './types.ts';

/** How the order lines are counted, as the features were: orders by their id or by day, lines until the end of `asOf`. */
export type Lines = { readonly asOf: string | null };

const until = ({ asOf }: Lines): Sql =>
  asOf === null ? sql`true` : sql`ordered_at < ${asOf}::DATE + 1`;

/** Names for what every statement stands on: `places` (customer, its row in the feature table) and `lines` of these days. */
function ground(lines: Lines, span: Span | null): Sql {
  const days = span
    ? sql`ordered_at >= ${span.from}::DATE AND ordered_at < ${span.to}::DATE + 1`
    : sql`true`;
  return sql`
WITH places AS (${places({ kind: 'orders', asOf: lines.asOf })}),
lines AS (
  SELECT row,
         ordered_at,
         coalesce(order_id, ordered_at::DATE::VARCHAR, '') AS the_order,
         NOT coalesce(is_return, false) AS bought,
         CASE WHEN isfinite(amount) THEN amount END AS amount,
         place, channel, category, product
  FROM orders JOIN places USING (customer)
  WHERE ${until(lines)} AND ${days}
)`;
}

const flows = sql`round(coalesce(fsum(amount), 0), 4)::DOUBLE AS spend,
       (count(DISTINCT the_order) FILTER (WHERE bought))::DOUBLE AS orders`;

/** Of each customer with a line in these days: `row`, `spend` (returns taken off), `orders`. */
export const flowsIn = (lines: Lines, span: Span): Sql => sql`${ground(lines, span)}
SELECT row,
       ${flows}
FROM lines
GROUP BY row
ORDER BY row`;

/** Rows of the customers who bought, not returned, with one of these values. */
export const rowsWith = (
  lines: Lines,
  column: OrderColumn,
  values: readonly string[],
): Sql => sql`${ground(lines, null)}
SELECT DISTINCT row
FROM lines
WHERE bought AND ${id(column)} IN (${join(values.map((value) => sql`${value}`))})
ORDER BY row`;

/** Of each customer and value of a column: `row`, `value` (its place among the values in order), `spend`, `orders`. */
export const flowsByValue = (
  lines: Lines,
  column: OrderColumn,
  span: Span | null,
): Sql => sql`${ground(lines, span)},
named AS (
  SELECT ${id(column)} AS name, (row_number() OVER (ORDER BY ${id(column)}) - 1)::INTEGER AS value
  FROM (SELECT DISTINCT ${id(column)} FROM orders WHERE ${id(column)} IS NOT NULL)
)
SELECT row,
       value,
       ${flows},
       bool_or(bought)::INTEGER AS has
FROM lines JOIN named ON name = ${id(column)}
GROUP BY row, value
ORDER BY row, value`;

/** The values of a column in the order that `flowsByValue` counts them in. */
export const valuesOf = (column: OrderColumn): Sql => sql`
SELECT DISTINCT ${id(column)} AS name
FROM orders
WHERE ${id(column)} IS NOT NULL
ORDER BY name`;

/** Of each customer and calendar month: `row`, `month` (from 0, that of `first`), `spend`, `orders`. */
export const flowsByMonth = (lines: Lines, first: string): Sql => sql`${ground(lines, null)}
SELECT row,
       date_diff('month', ${first}::DATE, ordered_at::DATE)::INTEGER AS month,
       ${flows}
FROM lines
WHERE ordered_at IS NOT NULL
GROUP BY row, month
ORDER BY row, month`;

/** The values of one column of the order lines that customers bought with, commonest first: `name`. */
export const commonValues = (lines: Lines, column: OrderColumn, most: number): Sql => sql`
SELECT ${id(column)} AS name
FROM orders
WHERE ${id(column)} IS NOT NULL AND NOT coalesce(is_return, false) AND ${until(lines)}
GROUP BY name
ORDER BY count(DISTINCT customer) DESC, name
LIMIT ${most}`;
