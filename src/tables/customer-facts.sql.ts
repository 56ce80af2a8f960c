import { id, join, sql, type Sql } from '../lib/sql.ts';
import { customerOf, keptOrders, tellingOfCustomer, type CleanOptions } from './clean.sql.ts';
import type { Column } from './types.ts';

type Part = Pick<Column, 'name' | 'type' | 'role'>;

/**
 * Table `customer_facts`: one row for each customer of table `orders`, with the columns that tell of them by name. Each holds the first
 * filled value in the order of the file, NULL where no row has one. `columns` are all of the raw table. O(rows × facts).
 */
export function customerFactsTable(columns: readonly Part[], options: CleanOptions): Sql {
  const first = tellingOfCustomer(columns).map(
    ({ name }) => sql`arg_min(${id(name)}, line) AS ${id(name)}`, // rows without a value are passed over
  );
  return sql`
    SELECT ${customerOf(columns, options)} AS customer,
           ${join(first)}
    FROM ${id(options.table)}
    WHERE ${keptOrders(columns, options)}
    GROUP BY 1`;
}

/** One row: for fact i as `differ{i}` how many customers have more than one value of it. O(rows × facts). */
export function differingFacts(columns: readonly Part[], options: CleanOptions): Sql {
  const facts = tellingOfCustomer(columns);
  const counts = facts.map(
    (_, i) => sql`count(*) FILTER (${id(`differs${i}`)})::DOUBLE AS ${id(`differ${i}`)}`,
  );
  const differs = facts.map(
    ({ name }, i) => sql`min(${id(name)}) <> max(${id(name)}) AS ${id(`differs${i}`)}`,
  );
  return sql`
    SELECT ${join(counts)}
    FROM (SELECT ${customerOf(columns, options)} AS customer,
                 ${join(differs)}
          FROM ${id(options.table)}
          WHERE ${keptOrders(columns, options)}
          GROUP BY 1)`;
}

/** One row about `customer_facts`: `rows`, and for fact i `n{i}` filled, `d{i}` different, of numbers and dates (ms) `low{i}`, `high{i}`. */
export function factsOverview(facts: readonly Part[]): Sql {
  const parts = facts.flatMap(({ name, type }, i) => {
    const common = [
      sql`count(${id(name)})::DOUBLE AS ${id(`n${i}`)}`,
      sql`count(DISTINCT ${id(name)})::DOUBLE AS ${id(`d${i}`)}`,
    ];
    if (type !== 'number' && type !== 'date') return common;
    const value = type === 'date' ? sql`epoch_ms(${id(name)})::DOUBLE` : id(name);
    return [
      ...common,
      sql`min(${value}) AS ${id(`low${i}`)}`,
      sql`max(${value}) AS ${id(`high${i}`)}`,
    ];
  });
  return sql`SELECT count(*)::DOUBLE AS rows, ${join(parts)} FROM customer_facts`;
}
