import { id, join, sql, type Sql } from '../../lib/sql.ts';
import { customerOf } from '../../tables/clean.sql.ts';
import type { Column, Role } from '../../tables/types.ts';
import { places, type Customers } from '../cross/listed.sql.ts';

const telling: readonly Role[] = [
  ...(['person-name', 'email', 'phone', 'address', 'place'] as const),
  ...(['feature', 'outcome', 'birth-date'] as const),
];

/** Columns whose words say who a customer is. Where a row is a customer those left out do so too: names often are. */
export const tellingWho = (
  columns: readonly Column[],
  kind: Customers['kind'],
): readonly Column[] =>
  columns.filter(
    ({ type, role }) =>
      type === 'text' && (telling.includes(role) || (kind === 'customers' && role === 'left-out')),
  );

/** `row` and `text` of each customer: the first filled value of each of these columns. `table` is the one that was cleaned. */
export function customerTexts(
  columns: readonly Column[],
  wanted: readonly Column[],
  { table, customers }: { readonly table: string; readonly customers: Customers },
): Sql {
  const options = { table, cancelled: false, noneWords: true };
  const firsts = wanted.map(({ name }) => sql`arg_min(${id(name)}, line)`);
  return sql`
    WITH places AS (${places(customers)}),
    texts AS (
      SELECT ${customerOf(columns, options)} AS customer, concat_ws(' ', ${join(firsts)}) AS text
      FROM ${id(table)} GROUP BY 1
    )
    SELECT row, text FROM texts JOIN places USING (customer) ORDER BY row`;
}

/** Orders of one customer up to the end of `asOf`, last first, up to `most`: `day`, `amount`, `items`, `lines`, `is_return`, `what` (up to three products), `orders` (of all). */
export function ordersOf(customer: string, asOf: string | null, most: number): Sql {
  const until = asOf === null ? sql`true` : sql`ordered_at < ${asOf}::DATE + 1`;
  return sql`
    SELECT strftime(min(ordered_at), '%Y-%m-%d')                     AS day,
           round(coalesce(fsum(amount), 0), 4)::DOUBLE               AS amount,
           coalesce(sum(quantity), 0)::DOUBLE                        AS items,
           count(*)::DOUBLE                                          AS lines,
           bool_and(coalesce(is_return, false))                      AS is_return,
           array_to_string(list_sort(list_distinct(list(product)))[1:3], ', ') AS what,
           (count(*) OVER ())::DOUBLE                                AS orders
    FROM orders
    WHERE customer = ${customer} AND ordered_at IS NOT NULL AND ${until}
    GROUP BY coalesce(order_id, ordered_at::DATE::VARCHAR, ''), coalesce(is_return, false)
    ORDER BY min(ordered_at) DESC, amount DESC
    LIMIT ${most}`;
}
