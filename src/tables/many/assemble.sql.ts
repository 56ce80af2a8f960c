import { id, join, sql, type Sql } from '../../lib/sql.ts';
import { keyParts, sideOf } from './join.sql.ts';
import type { Assembly, Step, TypedTable } from './types.ts';

/** Rows of the spine in its order with the columns of the tables it meets, `line` and `unreadable`. Neither loses nor multiplies one. */
export function assembled(tables: readonly TypedTable[], { spine, steps, columns }: Assembly): Sql {
  const alias = new Map([
    [spine, id('spine')],
    ...steps.map(({ to }, i) => [to.table, id(`step_${i + 1}`)] as const),
  ]);
  const at = (table: string): Sql => {
    const name = alias.get(table);
    if (!name) throw new RangeError(`${table} is not part of the assembly`);
    return name;
  };
  const selected = columns.map(
    ({ name, origin }) => sql`${at(origin.table)}.${id(origin.column)} AS ${id(name)}`,
  );
  const rest = steps.map((step) => stepJoin(tables, step, at));
  return sql`
    SELECT ${join([...selected, sql`spine.line AS line`, sql`spine.unreadable AS unreadable`])}
    FROM ${id(tableOf(tables, spine))} AS spine
    ${rest.reduce((all, one) => sql`${all} ${one}`, sql``)}
    ORDER BY spine.line`;
}

const tableOf = (tables: readonly TypedTable[], of: string): string => {
  const found = tables.find(({ id: own }) => own === of);
  if (!found) throw new RangeError(`no table ${of}`);
  return found.table;
};

/** Both sides are read through a SELECT that names the parts of the key, so that names of columns cannot clash. */
function stepJoin(
  tables: readonly TypedTable[],
  { join: { folded }, from, to, firstOnly }: Step,
  at: (table: string) => Sql,
): Sql {
  const [left, right] = [sideOf(tables, from), sideOf(tables, to)];
  const parts = keyParts(left, right, { folded, of: at(from.table) });
  const keys = parts.right.map((part, i) => sql`${part} AS ${keyName(i)}`);
  const first = firstOnly
    ? sql`QUALIFY row_number() OVER (PARTITION BY ${join(parts.right)} ORDER BY line) = 1`
    : sql``;
  const on = parts.left.map((part, i) => sql`${part} = ${at(to.table)}.${keyName(i)}`);
  return sql`LEFT JOIN (SELECT *, ${join(keys)} FROM ${id(right.table)} ${first}) AS ${at(to.table)} ON ${join(on, ' AND ')}`;
}

/** No column of a file is called so: their names are trimmed. */
const keyName = (i: number): Sql => id(` key ${i}`);
