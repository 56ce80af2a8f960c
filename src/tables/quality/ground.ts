import type { Database } from '../../db/query.ts';
import { id, sql } from '../../lib/sql.ts';
import { isoOf, number } from '../profile.ts';
import { meaning } from './meaning.ts';
import type { Flaw, QualityColumn, Where } from './types.ts';
import { countWhere } from './where.sql.ts';

/** A table that is looked at, and what every check of it needs. */
export type Ground = {
  readonly db: Database;
  readonly table: string;
  readonly columns: readonly QualityColumn[];
  readonly rows: number;
  /** The column that says when a row happened, where there is one. */
  readonly along: QualityColumn | null;
  /** The day up to which the table tells (ISO): when its file was written, else nearly the last event; null where nothing says. */
  readonly end: string | null;
  /** Nearly the last event (the last but one hundredth), ISO; null without a time line. Ages count to here. */
  readonly told: string | null;
  /** Whether the file says when it was written. */
  readonly isEndSure: boolean;
  readonly signal: AbortSignal;
};

export type ToCheck = {
  readonly table: string;
  readonly columns: readonly QualityColumn[];
  /** When the file was last written, ISO; null or absent where that is not known. No event can be later. */
  readonly until?: string | null;
};

/** Counts the rows and finds the time line. One pass. */
export async function groundOf(
  db: Database,
  { table, columns, until = null }: ToCheck,
  signal: AbortSignal,
): Promise<Ground> {
  const dates = columns.filter(({ type }) => type === 'date');
  const along =
    dates.find(({ role }) => role === 'date') ??
    dates.find((column) => !['birth', 'later'].includes(meaning(column))) ??
    null;
  // All but the last hundredth: one date in 2099 must not move the end of the table there.
  const lastAt = along
    ? sql`epoch_ms(quantile_disc(${id(along.name)}, ${0.99}))::DOUBLE`
    : sql`NULL::DOUBLE`;
  const seen = await db.query(
    sql`SELECT count(*)::DOUBLE AS rows, ${lastAt} AS last FROM ${id(table)}`,
    signal,
  );
  const last = number(seen, 'last') ?? null;
  const told = last === null ? null : isoOf(last);
  return {
    db,
    table,
    columns,
    rows: number(seen, 'rows') ?? 0,
    along,
    end: until?.slice(0, 19) ?? told,
    told,
    isEndSure: until !== null,
    signal,
  };
}

type Found = Omit<Flaw, 'table' | 'rows' | 'share' | 'words'> & {
  readonly words: (rows: number) => string;
  /** Where they have been counted already, each of them. */
  readonly rows?: number;
};

/** The flaw with its rows counted, each of them; nothing where there are none. */
export async function found(ground: Ground, it: Found): Promise<readonly Flaw[]> {
  const { words, rows: known, ...rest } = it;
  const rows = known ?? (await rowsWhere(ground, it.where));
  if (rows === 0) return [];
  const share = rows / Math.max(1, ground.rows);
  return [{ ...rest, table: ground.table, rows, share, words: words(rows) }];
}

export async function rowsWhere(ground: Ground, where: Where): Promise<number> {
  return number(await ground.db.query(countWhere(where, ground), ground.signal), 'rows') ?? 0;
}

/** What a column is called in a sentence. */
export const called = ({ header, name }: QualityColumn): string => `“${header || name}”`;
