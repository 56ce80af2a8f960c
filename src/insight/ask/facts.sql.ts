import { id, join, sql, type Sql } from '../../lib/sql.ts';
import { places } from '../cross/listed.sql.ts';
import { everyLine } from './line-filter.ts';
import type { LineFilter, LineValues, OrderColumn, Part, Span } from './types.ts';

/** How the order lines are counted, as the features were: orders by their id or by day, lines until the end of `asOf`. */
export type Lines = { readonly asOf: string | null };

const until = ({ asOf }: Lines): Sql =>
  asOf === null ? sql`true` : sql`ordered_at < ${asOf}::DATE + 1`;

const inDays = ({ from, to }: Span): Sql =>
  sql`ordered_at >= ${from}::DATE AND ordered_at < ${to}::DATE + 1`;
const withValues = ({ column, values, not }: LineValues): Sql => {
  const isIn = sql`${id(column)} IN (${join(values.map((value) => sql`${value}`))})`;
  return not ? sql`NOT coalesce(${isIn}, false)` : isIn;
};

/** Whether a line is one of these. */
function holds({ span, values, weekdays }: LineFilter): Sql {
  const all = [
    ...(span ? [inDays(span)] : []),
    ...values.map(withValues),
    ...(weekdays.length > 0
      ? [sql`isodow(ordered_at) IN (${join(weekdays.map((day) => sql`${day}`))})`]
      : []),
  ];
  return all.length > 0 ? join(all, ' AND ') : sql`true`;
}

/** Names for what every statement stands on: `places` (customer, its row in the feature table) and `lines` of these. */
function ground(lines: Lines, filter: LineFilter): Sql {
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
  WHERE ${until(lines)} AND ${holds(filter)}
)`;
}

const flows = sql`round(coalesce(fsum(amount), 0), 4)::DOUBLE AS spend,
       (count(DISTINCT the_order) FILTER (WHERE bought))::DOUBLE AS orders`;

/** Of each customer with such a line: `row`, `spend` (returns taken off), `orders`. */
export const flowsIn = (lines: Lines, filter: LineFilter): Sql => sql`${ground(lines, filter)}
SELECT row,
       ${flows}
FROM lines
GROUP BY row
ORDER BY row`;

/** Rows of the customers who bought, not returned, with one of these values. */
export const rowsWith = (lines: Lines, column: OrderColumn, values: readonly string[]): Sql =>
  rowsBought(lines, { ...everyLine, values: [{ column, values, not: false }] });

/** Rows of the customers who bought, not returned, on such a line. */
export const rowsBought = (lines: Lines, filter: LineFilter): Sql => sql`${ground(lines, filter)}
SELECT DISTINCT row
FROM lines
WHERE bought
ORDER BY row`;

/** Rows of the customers who bought on a line of which something is known that speaks against these values. */
export const rowsElsewhere = (
  lines: Lines,
  { values }: LineFilter,
): Sql => sql`${ground(lines, everyLine)}
SELECT DISTINCT row
FROM lines
WHERE bought AND (${join(
  values.map(
    ({ column, ...rest }) =>
      sql`(${id(column)} IS NOT NULL AND NOT ${withValues({ column, ...rest })})`,
  ),
  ' OR ',
)})
ORDER BY row`;

/** Of each customer and value of a column: `row`, `value` (its place among the values in order), `spend`, `orders`. */
export const flowsByValue = (
  lines: Lines,
  column: OrderColumn,
  filter: LineFilter,
): Sql => sql`${ground(lines, filter)},
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

const partOf = {
  week: sql`date_diff('week', first_day, ordered_at::DATE)`,
  month: sql`date_diff('month', first_day, ordered_at::DATE)`,
  quarter: sql`date_diff('quarter', first_day, ordered_at::DATE)`,
  year: sql`date_diff('year', first_day, ordered_at::DATE)`,
  weekday: sql`isodow(ordered_at) - 1`,
  hour: sql`hour(ordered_at)`,
} as const satisfies Record<Part, Sql>;

/** Of each customer and part of time: `row`, `part` (from 0: that of the day `first`, Monday, midnight), `spend`, `orders`. */
export const flowsByPart = (
  lines: Lines,
  filter: LineFilter,
  { part, first }: { readonly part: Part; readonly first: string },
): Sql => sql`${ground(lines, filter)}
SELECT row,
       (${partOf[part]})::INTEGER AS part,
       ${flows}
FROM lines, (SELECT ${first}::DATE AS first_day)
WHERE ordered_at IS NOT NULL
GROUP BY row, part
ORDER BY row, part`;

/** For each value of a column of the file, what another says of it most often: `value`, `name`. */
export const namesIn = (table: string, code: string, name: string): Sql => sql`
SELECT ${id(code)}::VARCHAR AS value, mode(trim(${id(name)})) AS name
FROM ${id(table)}
WHERE ${id(code)} IS NOT NULL AND trim(${id(name)}) <> ''
GROUP BY value`;

/** The values of one column of the order lines that customers bought with, commonest first: `name`. */
export const commonValues = (lines: Lines, column: OrderColumn, most: number): Sql => sql`
SELECT ${id(column)} AS name
FROM orders
WHERE ${id(column)} IS NOT NULL AND NOT coalesce(is_return, false) AND ${until(lines)}
GROUP BY name
ORDER BY count(DISTINCT customer) DESC, name
LIMIT ${most}`;
