import { id, join, sql, type Sql } from '../../lib/sql.ts';
import { asText } from '../clean.sql.ts';
import type { TypedColumn } from '../profile.sql.ts';
import type { Bound, Flaw, Where } from './types.ts';

/** White space as people paste it: spaces, tabs, line breaks, no-break and ideographic spaces. */
const SPACES = '[\\s\\x{00A0}\\x{202F}\\x{3000}]+';

/** Text without space around it and with single spaces inside. */
export const tidied = (text: Sql): Sql => sql`trim(regexp_replace(${text}, ${SPACES}, ' ', 'g'))`;

/** Whether a cell is empty: NULL, or text of nothing but spaces. */
export function isGap({ name, type }: TypedColumn): Sql {
  return type === 'text'
    ? sql`(${id(name)} IS NULL OR trim(${id(name)}) = '')`
    : sql`(${id(name)} IS NULL)`;
}

/** A value in SQL from its text, of the column's own type; null where the text is none. */
export function valueSql({ type }: Pick<TypedColumn, 'type'>, text: string): Sql | null {
  if (type === 'text') return sql`${text}`;
  if (type === 'yes-no')
    return text === 'true' || text === 'false' ? sql`${text === 'true'}` : null;
  if (type === 'number') {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) ? sql`${value}::DOUBLE` : null;
  }
  const date = new Date(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(date.getTime()) ? null : sql`${date}`;
}

/** Whether a cell is one of these values; NULL where it is empty. A list, since a long IN becomes a join. */
export function isOneOf(column: TypedColumn, texts: readonly string[]): Sql {
  const values = texts.flatMap((text) => valueSql(column, text) ?? []);
  return values.length === 0
    ? sql`false`
    : sql`list_contains([${join(values)}], ${id(column.name)})`;
}

/** A bound as SQL of the column's type; null where there is none. */
export const boundSql = (column: Pick<TypedColumn, 'type'>, bound: Bound | null): Sql | null =>
  bound === null ? null : valueSql(column, String(bound));

export type WhereOf = { readonly table: string; readonly columns: readonly TypedColumn[] };

/** A condition over the rows of `table`; never NULL. A column that is not there has no such rows. */
export function whereSql(where: Where, it: WhereOf): Sql {
  const { table, columns } = it;
  const find = (name: string) => columns.find((column) => column.name === name);
  switch (where.is) {
    case 'all':
      return sql`true`;
    case 'both':
      return sql`(${join([sql`true`, ...where.of.map((each) => whereSql(each, it))], ' AND ')})`;
    case 'lines':
      return where.lines.length === 0
        ? sql`false`
        : sql`list_contains([${join(where.lines.map((line) => sql`${line}::BIGINT`))}], line)`;
    case 'later-copies':
      return where.by !== 'all' && where.by.some((name) => !find(name))
        ? sql`false`
        : sql`NOT ${isFirst(id(table), columns, where.by)}`;
    case 'part':
      return inPart(where, where.along === null ? null : (find(where.along) ?? 'gone'));
  }
  const column = find(where.column);
  if (!column) return sql`false`;
  const name = id(column.name);
  switch (where.is) {
    case 'gap':
      return isGap(column);
    case 'filled':
      return sql`(NOT ${isGap(column)})`;
    case 'spaced':
      return sql`coalesce(${name} <> ${tidied(name)}, false)`;
    case 'values':
      return sql`coalesce(${isOneOf(column, where.values)}, false)`;
    case 'outside':
      return isOutside(column, where.low, where.high);
  }
}

/** Below `low` or above `high`; never NULL. */
export function isOutside(column: TypedColumn, low: Bound | null, high: Bound | null): Sql {
  const [from, to] = [boundSql(column, low), boundSql(column, high)];
  const parts = [
    ...(from ? [sql`${id(column.name)} < ${from}`] : []),
    ...(to ? [sql`${id(column.name)} > ${to}`] : []),
  ];
  return parts.length === 0 ? sql`false` : sql`coalesce(${join(parts, ' OR ')}, false)`;
}

type Part = { readonly from: Bound | null; readonly until: Bound | null };

/** From `from` up to, and without, `until`; `along` null counts records. Never NULL. */
export function inPart({ from, until }: Part, along: TypedColumn | null | 'gone'): Sql {
  if (along === 'gone') return sql`false`;
  const type = along?.type ?? 'number';
  const name = along ? id(along.name) : sql`line`;
  const [low, high] = [boundSql({ type }, from), boundSql({ type }, until)];
  const parts = [
    sql`${name} IS NOT NULL`,
    ...(low ? [sql`${name} >= ${low}`] : []),
    ...(high ? [sql`${name} < ${high}`] : []),
  ];
  return sql`(${join(parts, ' AND ')})`;
}

/** Whether a row is the first of its copies in `from`; with a key, rows with a gap in it are nobody's copy. */
export function isFirst(
  from: Sql,
  columns: readonly TypedColumn[],
  by: 'all' | readonly string[],
): Sql {
  const key = by === 'all' ? columns : columns.filter(({ name }) => by.includes(name));
  if (key.length === 0) return sql`true`;
  const first = sql`line IN (SELECT min(line) FROM ${from} GROUP BY ${join(key.map(({ name }) => id(name)))})`;
  return by === 'all' ? sql`(${first})` : sql`(${join([first, ...key.map(isGap)], ' OR ')})`;
}

/** One page of a flaw's rows as `line`, `unreadable` and the cells `c0`, `c1`, … as text, in the order of the file. */
export function flawRows(
  { table, where }: Pick<Flaw, 'table' | 'where'>,
  columns: readonly TypedColumn[],
  page: { readonly from: number; readonly count: number },
): Sql {
  const cells = columns.map((column, i) => sql`${asText(column)} AS ${id(`c${i}`)}`);
  return sql`
    SELECT ${join([sql`line::DOUBLE AS line`, sql`unreadable`, ...cells])}
    FROM (SELECT * FROM ${id(table)} WHERE ${whereSql(where, { table, columns })}
          ORDER BY line LIMIT ${page.count} OFFSET ${page.from})
    ORDER BY line`;
}

/** How many rows there are, as `rows`. */
export const countWhere = (where: Where, it: WhereOf): Sql =>
  sql`SELECT count(*)::DOUBLE AS rows FROM ${id(it.table)} WHERE ${whereSql(where, it)}`;
