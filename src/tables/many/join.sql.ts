import { asText, rowsWhere } from '../clean.sql.ts';
import { id, join, sql, type Sql } from '../../lib/sql.ts';
import type { Column } from '../types.ts';
import type { Join, JoinKey, TypedTable } from './types.ts';

export type KeySide = {
  readonly table: string;
  readonly columns: readonly Pick<Column, 'name' | 'type'>[];
};

/** The columns of a key, of one table. Throws RangeError where the table has no such column: settings are checked before. */
export function sideOf(tables: readonly TypedTable[], key: JoinKey): KeySide {
  const found = tables.find(({ id: own }) => own === key.table);
  const columns = key.columns.map((name) => found?.columns.find((column) => column.name === name));
  if (!found || columns.length === 0 || columns.some((column) => !column))
    throw new RangeError(`no table ${key.table} with ${key.columns.join(', ')}`);
  return { table: found.table, columns: columns.flatMap((column) => column ?? []) };
}

/**
 * The parts of the two keys as they are compared: as they are where their types agree, else as text. `of`: the left table's alias.
 * `folded`: texts in small letters, without blanks at the ends, any blanks inside as one.
 */
export function keyParts(
  left: KeySide,
  right: KeySide,
  { folded, of }: { readonly folded: boolean; readonly of?: Sql },
): { readonly left: readonly Sql[]; readonly right: readonly Sql[] } {
  const alike = left.columns.map(({ type }, i) => type === right.columns[i]?.type);
  const parts = ({ columns }: KeySide, alias?: Sql) =>
    columns.map((column, i) => {
      const part = alike[i] ? nameIn(column, alias) : asText(column, alias);
      return folded && (!alike[i] || column.type === 'text') ? fold(part) : part;
    });
  return { left: parts(left, of), right: parts(right) };
}

const nameIn = ({ name }: KeySide['columns'][number], alias?: Sql): Sql =>
  alias ? sql`${alias}.${id(name)}` : id(name);

const fold = (text: Sql): Sql =>
  sql`nullif(trim(regexp_replace(lower(${text}), '[\\s\\x{00A0}\\x{2009}\\x{202F}]+', ' ', 'g')), '')`;

const filled = (parts: readonly Sql[]): Sql =>
  join(
    parts.map((part) => sql`${part} IS NOT NULL`),
    ' AND ',
  );

/**
 * One row: for the left (`l`) and the right side (`r`) how many rows have a key (`l_filled`), how many of those looked at (`l_rows`)
 * meet a partner (`l_met`), how many different keys (`l_keys`), the most rows that share one (`l_most`) and those of a key that both
 * have (`l_shared_most`); `shared` keys and `pairs` of rows. Looks at one key in `oneIn`, by its hash. One grouping a side.
 */
export function measureKeys(
  left: KeySide,
  right: KeySide,
  { oneIn, folded }: { readonly oneIn: number; readonly folded: boolean },
): Sql {
  const parts = keyParts(left, right, { folded });
  const names = parts.left.map((_, i) => id(`k${i}`));
  const some = oneIn > 1 ? sql`WHERE hash(${join(names)}) % ${oneIn} = 0` : sql``;
  const grouped = (side: KeySide, of: readonly Sql[]) => sql`
    (SELECT ${join(names)}, count(*) AS n
     FROM (SELECT ${join(of.map((part, i) => sql`${part} AS ${names[i]!}`))} FROM ${id(side.table)} WHERE ${filled(of)})
     ${some} GROUP BY ALL)`;
  const count = (side: KeySide, of: readonly Sql[]) =>
    sql`(SELECT count(*) FROM ${id(side.table)} WHERE ${filled(of)})::DOUBLE`;
  return sql`
    SELECT ${count(left, parts.left)}                          AS l_filled,
           ${count(right, parts.right)}                        AS r_filled,
           sum(l)::DOUBLE                                      AS l_rows,
           sum(r)::DOUBLE                                      AS r_rows,
           sum(l) FILTER (r IS NOT NULL)::DOUBLE               AS l_met,
           sum(r) FILTER (l IS NOT NULL)::DOUBLE               AS r_met,
           count(l)::DOUBLE                                    AS l_keys,
           count(r)::DOUBLE                                    AS r_keys,
           max(l)::DOUBLE                                      AS l_most,
           max(r)::DOUBLE                                      AS r_most,
           max(l) FILTER (r IS NOT NULL)::DOUBLE               AS l_shared_most,
           max(r) FILTER (l IS NOT NULL)::DOUBLE               AS r_shared_most,
           count(*) FILTER (l IS NOT NULL AND r IS NOT NULL)::DOUBLE AS shared,
           sum(l::DOUBLE * r::DOUBLE)                          AS pairs
    FROM (SELECT x.n AS l, y.n AS r FROM ${grouped(left, parts.left)} AS x FULL JOIN ${grouped(right, parts.right)} AS y USING (${join(names)}))`;
}

/** Rows of one side that have a key and meet no partner, in the order of the file, as `shownRows` reads them. */
export function orphans(
  tables: readonly TypedTable[],
  { left, right, folded }: Pick<Join, 'left' | 'right' | 'folded'>,
  page: { readonly of: 'left' | 'right'; readonly from: number; readonly count: number },
): Sql {
  const [own, other] = page.of === 'left' ? [left, right] : [right, left];
  const [mine, theirs] = [sideOf(tables, own), sideOf(tables, other)];
  const parts = keyParts(mine, theirs, { folded });
  const key = (of: readonly Sql[]) => (of.length > 1 ? sql`(${join(of)})` : of[0]!);
  const where = sql`${filled(parts.left)} AND ${key(parts.left)} NOT IN (
    SELECT ${key(parts.right)} FROM ${id(theirs.table)} WHERE ${filled(parts.right)})`;
  const { columns } = tables.find(({ id: at }) => at === own.table)!; // sideOf has found it
  return rowsWhere(columns, where, { from: page.from, count: page.count, table: mine.table });
}
