import { id, join, sql, type Sql } from '../../lib/sql.ts';
import type { PeopleColumn } from './suggest.ts';

/**
 * One row a record, in order of its first line: `record` (what the row is called), then `c0`, `c1`, … as text. With a `key`, rows of
 * one key are one record and its first filled cell of each column counts; rows without a key are no records.
 */
export function recordRows(
  table: string,
  key: string | null,
  columns: readonly PeopleColumn[],
): Sql {
  if (key === null)
    return sql`
      SELECT line::VARCHAR AS record, ${join(columns.map((column, i) => sql`${textOf(column)} AS ${id(`c${i}`)}`))}
      FROM ${id(table)}
      ORDER BY line`;
  const firsts = columns.map(
    (column, i) =>
      sql`arg_min(${textOf(column)}, line) FILTER (WHERE ${id(column.name)} IS NOT NULL) AS ${id(`c${i}`)}`,
  );
  return sql`
    SELECT ${id(key)}::VARCHAR AS record, ${join(firsts)}
    FROM ${id(table)}
    WHERE ${id(key)} IS NOT NULL
    GROUP BY ${id(key)}
    ORDER BY min(line)`;
}

const textOf = ({ name, type }: PeopleColumn): Sql =>
  type === 'date' ? sql`strftime(${id(name)}, '%Y-%m-%d')` : sql`${id(name)}::VARCHAR`;
