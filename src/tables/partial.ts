import { withNeeded, type Portion } from '../files/fit.ts';
import type { OpenSource } from '../files/types.ts';
import { day, percent } from '../lib/format.ts';
import { id, join, sql, type Sql } from '../lib/sql.ts';
import { rawTable, type Reading } from './import.sql.ts';
import { uniqueNames } from './names.ts';
import { conditions } from './portion.sql.ts';

/** A source of which only some columns are looked at, and where each stands in a record of the file. */
export type PartOfSource = { readonly source: OpenSource; readonly cells: readonly number[] };

/** The source as if it had only the columns of the portion: types, roles and names are found as before. Throws RangeError where none is left. */
export function partOf(source: OpenSource, portion: Portion): PartOfSource {
  const { columns } = withNeeded(portion);
  const names = uniqueNames(source.headers);
  const cells = names.flatMap((name, i) => (!columns || columns.includes(name) ? [i] : []));
  if (cells.length === 0) throw new RangeError('a portion without a column');
  const pick = (row: readonly string[]) => cells.map((i) => row[i] ?? '');
  return {
    cells,
    // names are those of the whole file, so that they stay when columns before them are left out
    source: { ...source, headers: cells.map((i) => names[i]!), sample: source.sample.map(pick) },
  };
}

/**
 * Table `raw` of the portion: the reading of `cells.length` columns out of records of `width` cells, without the rows left out. `line` goes on
 * counting every record of the file.
 */
export function partialTable(
  reading: Reading,
  portion: Portion,
  it: { readonly cells: readonly number[]; readonly width: number },
): Sql {
  const kept = reading.columns.map(({ name }) => id(name));
  const where = join([sql`true`, ...conditions(reading.columns, portion)], ' AND ');
  return sql`SELECT ${join([...kept, id('line'), id('unreadable')])} FROM (${rawTable(wide(reading, it))}) WHERE ${where}`;
}

/** How many records the database reads in all, as `rows`: what `partialTable` leaves out cannot hide that some were lost. A fifth of an import. */
export const recordsRead = (
  reading: Reading,
  it: { readonly cells: readonly number[]; readonly width: number },
): Sql => sql`SELECT count(*)::DOUBLE AS rows FROM (${rawTable(wide(reading, it))})`;

/** The reading with the columns that are left out, as text under names that nothing asks for: the database skips them. */
function wide(
  reading: Reading,
  { cells, width }: { readonly cells: readonly number[]; readonly width: number },
): Reading {
  const taken = new Set(reading.columns.map(({ name }) => name.toLowerCase()));
  const free = (i: number) => {
    let name = `left out ${i}`;
    while (taken.has(name)) name += '_';
    return name;
  };
  const columns = Array.from({ length: width }, (_, i) => {
    const place = cells.indexOf(i);
    const column = reading.columns[place];
    return column
      ? { ...column, place }
      : { name: free(i), reader: { as: 'text', trim: false, pointZero: false } as const };
  });
  return { ...reading, columns };
}

/** How a source becomes a table, and how many records the database read for it: of the whole file, or of a portion. */
export type Loading = {
  /** To plan the columns by. */
  readonly source: OpenSource;
  readonly table: (reading: Reading) => Sql;
  /** Asked once the table called `name` is made; one row, `rows`. */
  readonly read: (reading: Reading, name: string) => Sql;
};

export function loadingOf(source: OpenSource, portion: Portion = {}): Loading {
  const { columns, where = [], sample } = portion;
  if (!columns && where.length === 0 && !sample)
    return {
      source,
      table: rawTable,
      read: (_, name) => sql`SELECT count(*)::DOUBLE AS rows FROM ${id(name)}`,
    };
  const part = partOf(source, portion);
  const it = { cells: part.cells, width: source.columns };
  return {
    source: part.source,
    table: (reading) => partialTable(reading, portion, it),
    read: (reading) => recordsRead(reading, it),
  };
}

/** Why rows are not there, for the ledger: "only 10 % of the customers, all their rows; only from 1 Jan 2024". */
export function portionWords({ where = [], sample }: Portion): string {
  const parts = where.map((condition) => {
    if ('is' in condition) return `only where ${condition.column} is ${condition.is.join(' or ')}`;
    const from = condition.from ? ` from ${day(condition.from)}` : '';
    const to = condition.to ? ` until ${day(condition.to)}` : '';
    return `only where ${condition.column} is${from}${to}`;
  });
  if (sample)
    parts.push(
      sample.by === 'customer'
        ? `only ${percent(sample.share, 0)} of the customers, with all their rows`
        : `only ${percent(sample.share, 0)} of the records, evenly from the file`,
    );
  return parts.join('; ');
}
