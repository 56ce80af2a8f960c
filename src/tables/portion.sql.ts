import type { Condition, Portion } from '../files/fit.ts';
import { id, join, sql, type Sql } from '../lib/sql.ts';
import { asText } from './clean.sql.ts';
import type { Reader } from './reader.ts';

export type Typed = { readonly name: string; readonly reader: Reader };

/** What a row of the typed columns must fulfil. Throws RangeError where a column is not there. */
export function conditions(
  columns: readonly Typed[],
  { where = [], sample }: Portion,
): readonly Sql[] {
  const typed = (name: string) => {
    const found = columns.find((column) => column.name === name);
    if (!found) throw new RangeError(`no column "${name}" to choose rows by`);
    return { name, type: found.reader.as };
  };
  const all = where.map((condition) => kept(condition, typed(condition.column)));
  if (!sample) return all;
  const { share, by, column, seed } = sample;
  if (!(share > 0 && share <= 1)) throw new RangeError(`${share} is no share`);
  const millionths = Math.round(share * 1e6);
  if (by === 'record')
    return [...all, sql`(line * ${millionths} + ${offset(seed)}) % 1000000 < ${millionths}`];
  if (column === undefined) throw new RangeError('customers are sampled by a column');
  const customer = sql`nullif(trim(${asText(typed(column))}), '')`;
  return [
    ...all,
    sql`(md5_number_lower(${`${seed}:`} || ${customer}) % 1000000)::INTEGER < ${millionths}`,
  ];
}

/** Where in the first stretch the sample of records begins: 0 to 999,999. */
const offset = (seed: number): number => (((seed % 1000003) + 1000003) * 7919) % 1000000;

function kept(condition: Condition, column: { name: string; type: Reader['as'] }): Sql {
  if ('is' in condition)
    return sql`list_contains([${join(condition.is.map((value) => sql`${value}`))}], ${asText(column)})`;
  const { from, to } = condition;
  const moment =
    column.type === 'date' ? id(column.name) : sql`TRY_CAST(${asText(column)} AS TIMESTAMP)`;
  const bounds = [
    ...(from ? [sql`${moment} >= ${from}::DATE`] : []),
    ...(to ? [sql`${moment} < ${to}::DATE + 1`] : []),
  ];
  return join([sql`${moment} IS NOT NULL`, ...bounds], ' AND ');
}
