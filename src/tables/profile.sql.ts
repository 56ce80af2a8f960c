import { id, join, sql, type Sql } from '../lib/sql.ts';
import { UNREADABLE_CELL, UNREADABLE_TEXT } from './import.sql.ts';
import type { ColumnType } from './types.ts';

export type TypedColumn = { readonly name: string; readonly type: ColumnType };

export const isOrdered = ({ type }: TypedColumn): boolean => type === 'number' || type === 'date';

/** A number or date as DOUBLE: dates as milliseconds since 1970. */
const measured = ({ name, type }: TypedColumn): Sql =>
  type === 'date' ? sql`epoch_ms(${id(name)})::DOUBLE` : id(name);

/** The statements below ask about table `table` of records as imported: `raw` unless several stand side by side. */
const ONE = 'raw';

/** One row, one pass over the table: `rows`, `unreadable`, and for column i `n{i}`, `d{i}` (approximate), `low{i}`, `high{i}`. */
export function overview(columns: readonly TypedColumn[], table = ONE): Sql {
  const parts = columns.flatMap((column, i) => {
    const name = id(column.name);
    const common = [
      sql`count(${name})::DOUBLE AS ${id(`n${i}`)}`,
      sql`approx_count_distinct(${name})::DOUBLE AS ${id(`d${i}`)}`,
    ];
    if (!isOrdered(column)) return common;
    const value = measured(column);
    return [
      ...common,
      sql`min(${value}) AS ${id(`low${i}`)}`,
      sql`max(${value}) AS ${id(`high${i}`)}`,
    ];
  });
  return sql`SELECT count(*)::DOUBLE AS rows, count(unreadable)::DOUBLE AS unreadable, ${join(parts)} FROM ${id(table)}`;
}

/** One row: the `median{i}` of every number and date; there must be one. */
export function medians(columns: readonly TypedColumn[], table = ONE): Sql {
  const parts = columns.flatMap((column, i) =>
    isOrdered(column) ? [sql`median(${measured(column)}) AS ${id(`median${i}`)}`] : [],
  );
  return sql`SELECT ${join(parts)} FROM ${id(table)}`;
}

/** One row: for column i of `columns` how many of its cells were unreadable, as `u{i}`. Asked only where there are some. */
export function unreadableCounts(columns: readonly TypedColumn[], table = ONE): Sql {
  const parts = columns.map(
    (_, i) =>
      sql`count(*) FILTER (contains(${UNREADABLE_CELL} || unreadable, ${`${UNREADABLE_CELL}${i}${UNREADABLE_TEXT}`}))::DOUBLE AS ${id(`u${i}`)}`,
  );
  return sql`SELECT ${join(parts)} FROM ${id(table)} WHERE unreadable IS NOT NULL`;
}

/** Up to `bins` rows `bin`, `rows`: equal bins between low and high. */
export function binned(
  column: TypedColumn,
  range: { readonly low: number; readonly high: number; readonly bins: number },
  table = ONE,
): Sql {
  const { low, high, bins } = range;
  const place =
    high > low
      ? sql`least(${bins - 1}, floor(${bins} * ((${measured(column)} - ${low}) / ${high - low})))::INTEGER`
      : sql`0`;
  return sql`SELECT ${place} AS bin, count(*)::DOUBLE AS rows FROM ${id(table)} WHERE ${id(column.name)} IS NOT NULL GROUP BY ALL`;
}

/** The 8 commonest values as `rows`, and in every row how many `different` values there are, exactly. */
export function commonest({ name }: TypedColumn, table = ONE): Sql {
  return sql`
    SELECT rows::DOUBLE AS rows, count(*) OVER ()::DOUBLE AS different
    FROM (SELECT ${id(name)} AS value, count(*) AS rows FROM ${id(table)} WHERE ${id(name)} IS NOT NULL GROUP BY ALL)
    ORDER BY rows DESC, value
    LIMIT 8`;
}

/** How many different values there are, exactly, as `different`. */
export function different({ name }: TypedColumn, table = ONE): Sql {
  return sql`SELECT count(DISTINCT ${id(name)})::DOUBLE AS different FROM ${id(table)}`;
}
