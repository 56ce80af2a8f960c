import { id, join, sql, type Sql } from '../../lib/sql.ts';
import { UNREADABLE_CELL, UNREADABLE_TEXT } from '../import.sql.ts';
import type { TypedColumn } from '../profile.sql.ts';
import { fixProblem } from './fix-problem.ts';
import type { Fix } from './types.ts';
import {
  boundSql,
  inPart,
  isFirst,
  isGap,
  isOneOf,
  isOutside,
  tidied,
  valueSql,
} from './where.sql.ts';

/** What a step must know: the table just before it, and that table's columns. */
export type Before = { readonly from: Sql; readonly columns: readonly TypedColumn[] };

const find = (columns: readonly TypedColumn[], name: string) =>
  columns.find((column) => column.name === name);

/** The columns that are left after the fixes, in order. */
export function columnsAfter<C extends TypedColumn>(
  columns: readonly C[],
  fixes: readonly Fix[],
): readonly C[] {
  return fixes.reduce(
    (left, fix) =>
      fix.kind === 'leave-out' ? left.filter(({ name }) => name !== fix.column) : left,
    columns,
  );
}

/** A cell of the fix's column after it, where `fixProblem` finds none; of the column's own type. */
export function cellAfter(
  fix: Exclude<Fix, { kind: 'drop-duplicates' | 'leave-out' }>,
  it: Before,
): Sql {
  const column = find(it.columns, fix.column);
  if (!column) throw new RangeError(`no column ${fix.column}`);
  const name = id(column.name);
  switch (fix.kind) {
    case 'to-gap':
      return sql`CASE WHEN ${isOneOf(column, fix.values)} THEN NULL ELSE ${name} END`;
    case 'to-gap-outside':
      return sql`CASE WHEN ${isOutside(column, fix.low, fix.high)} THEN NULL ELSE ${name} END`;
    case 'clip': {
      const [low, high] = [boundSql(column, fix.low), boundSql(column, fix.high)];
      const floor = low ? sql`WHEN ${name} < ${low} THEN ${low}` : sql``;
      const roof = high ? sql`WHEN ${name} > ${high} THEN ${high}` : sql``;
      return low || high ? sql`CASE ${floor} ${roof} ELSE ${name} END` : name;
    }
    case 'merge-values':
      return sql`CASE WHEN ${isOneOf(column, fix.from)} THEN ${fix.to} ELSE ${name} END`;
    case 'scale': {
      const along = fix.along === null ? null : (find(it.columns, fix.along) ?? 'gone');
      return sql`CASE WHEN ${inPart(fix, along)} THEN ${name} * ${fix.factor}::DOUBLE ELSE ${name} END`;
    }
    case 'fill':
      return sql`CASE WHEN ${isGap(column)} THEN ${filling(fix, column, it)} ELSE ${name} END`;
    case 'trim-case': {
      const bare = sql`nullif(${tidied(name)}, '')`;
      if (fix.letters === 'as-they-are') return bare;
      return fix.letters === 'lower' ? sql`lower(${bare})` : sql`upper(${bare})`;
    }
  }
}

/** The commonest value, the smallest of equally common ones; of dates the median is one of them. */
function filling(fix: Extract<Fix, { kind: 'fill' }>, column: TypedColumn, { from }: Before): Sql {
  const name = id(column.name);
  if (fix.with === 'value') return valueSql(column, fix.value ?? '') ?? sql`NULL`;
  if (fix.with === 'median')
    return column.type === 'date'
      ? sql`(SELECT quantile_disc(${name}, ${0.5}) FROM ${from})`
      : sql`(SELECT median(${name}) FROM ${from})`;
  return sql`(SELECT ${name} FROM ${from} WHERE NOT ${isGap(column)} GROUP BY ${name} ORDER BY count(*) DESC, ${name} LIMIT 1)`;
}

/** One step: the table after a fix, as a SELECT over the one before it. */
export function step(fix: Fix, it: Before): Sql {
  const { from, columns } = it;
  if (fixProblem(fix, columns) !== null) return sql`SELECT * FROM ${from}`;
  if (fix.kind === 'drop-duplicates')
    return sql`SELECT * FROM ${from} WHERE ${isFirst(from, columns, fix.by)}`;
  const place = columns.findIndex(({ name }) => name === fix.column);
  const rest = columns.filter((_, i) => i !== place);
  const cells =
    fix.kind === 'leave-out'
      ? rest.map(({ name }) => id(name))
      : columns.map(({ name }, i) =>
          i === place ? sql`${cellAfter(fix, it)} AS ${id(name)}` : id(name),
        );
  const unreadable =
    fix.kind === 'leave-out' || fix.kind === 'fill'
      ? sql`${withoutUnreadable(place, columns.length, fix.kind)} AS unreadable`
      : sql`unreadable`;
  return sql`SELECT ${join([...cells, sql`line`, unreadable])} FROM ${from}`;
}

/**
 * `unreadable` without the texts of column `place`: a cell that was filled is readable now, and a column that is left out takes
 * its texts along, so that the places of the later ones move up by one.
 */
function withoutUnreadable(place: number, columns: number, why: 'leave-out' | 'fill'): Sql {
  const places = Array.from({ length: columns }, (_, i) =>
    i === place ? sql`NULL` : sql`${String(why === 'leave-out' && i > place ? i - 1 : i)}`,
  );
  const part = sql`[${join(places)}][split_part(part, ${UNREADABLE_TEXT}, 1)::INTEGER + 1]`;
  const moved = sql`list_transform(string_split(unreadable, ${UNREADABLE_CELL}),
                    lambda part: ${part} || ${UNREADABLE_TEXT} || split_part(part, ${UNREADABLE_TEXT}, 2))`;
  return sql`CASE WHEN unreadable IS NOT NULL
                  THEN nullif(array_to_string(list_filter(${moved}, lambda part: part IS NOT NULL), ${UNREADABLE_CELL}), '') END`;
}

/** The steps before the last as a WITH clause, and the name of what they make; `table` itself where there are none. */
export function steps(
  table: string,
  columns: readonly TypedColumn[],
  fixes: readonly Fix[],
): { readonly heads: Sql; readonly last: Before } {
  let last: Before = { from: id(table), columns };
  const heads = fixes.map((fix, i) => {
    const head = sql`${id(`fix_${i + 1}`)} AS (${step(fix, last)})`;
    last = { from: id(`fix_${i + 1}`), columns: columnsAfter(last.columns, [fix]) };
    return head;
  });
  return { heads: heads.length === 0 ? sql`` : sql`WITH ${join(heads)}`, last };
}

/**
 * The table after all fixes, each on what the one before made; `line` and `unreadable` stay. A fix whose column is gone or of
 * another type does nothing (`fixProblem` says so). The order of the file is kept. The same table and fixes, the same rows.
 */
export function fixed(table: string, columns: readonly TypedColumn[], fixes: readonly Fix[]): Sql {
  const { heads, last } = steps(table, columns, fixes);
  const names = [...last.columns.map(({ name }) => id(name)), sql`line`, sql`unreadable`];
  const order = fixes.some(({ kind }) => kind === 'drop-duplicates' || kind === 'fill');
  return sql`${heads} SELECT ${join(names)} FROM ${last.from} ${order ? sql`ORDER BY line` : sql``}`;
}
