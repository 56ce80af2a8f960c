import type { Query, Table } from '../db/query.ts';
import type { JobOptions } from '../lib/job.ts';
import {
  binned,
  commonest,
  different,
  isOrdered,
  medians,
  overview,
  unreadableCounts,
  type TypedColumn,
} from './profile.sql.ts';
import type { Column } from './types.ts';

/** What the values of a column look like: `Column` without name, type and role. */
export type Profile = Pick<
  Column,
  'gaps' | 'unreadable' | 'distinct' | 'low' | 'high' | 'median' | 'bins'
>;
export type Profiles = {
  /** The table in the database that was looked at: `raw`, or `raw_t1`, … where several stand side by side. */
  readonly table: string;
  readonly rows: number;
  readonly columns: readonly Profile[];
  /** False: `distinct` is an estimate, and medians and bins are still to be looked at (`lookCloser`). */
  readonly isClose: boolean;
};

const BINS = 24;
/** Above this many different texts counting them all costs more than it tells. */
const MANY = 200_000;
const EXACT_BELOW = 1_100;
/** Up to this many rows looking closely costs nothing that a person could notice. */
const FEW = 100_000;

/** Looks at every column of `table` (`raw` unless told): one pass for all; closely at once where there are few rows. O(rows × columns). */
export async function profile(
  query: Query,
  columns: readonly TypedColumn[],
  job: JobOptions & { readonly table?: string } = {},
): Promise<Profiles> {
  const { signal, onProgress, table = 'raw' } = job;
  onProgress?.({ stage: 'Looking at the columns', done: 0, total: columns.length + 1 });
  const first = await query(overview(columns, table), signal);
  const rows = number(first, 'rows') ?? 0;
  const bad =
    number(first, 'unreadable') === 0
      ? null
      : await query(unreadableCounts(columns, table), signal);
  const profiles = columns.map((column, i): Profile => {
    const filled = number(first, `n${i}`) ?? 0;
    const unreadable = bad ? (number(bad, `u${i}`) ?? 0) : 0;
    const [low, high] = ['low', 'high'].map((what) => said(column, number(first, what + i)));
    return {
      gaps: rows - filled - unreadable,
      unreadable,
      distinct: Math.min(filled, number(first, `d${i}`) ?? 0),
      low: low ?? null,
      high: high ?? null,
      median: null,
      bins: [],
    };
  });
  const seen = { table, rows, columns: profiles, isClose: false };
  return rows > FEW ? seen : lookCloser(query, columns, seen, job);
}

/** Medians, bins, and exact counts of different values: one small grouping for each column. */
export async function lookCloser(
  query: Query,
  columns: readonly TypedColumn[],
  { table, rows, columns: seen }: Profiles,
  { signal, onProgress }: JobOptions = {},
): Promise<Profiles> {
  const total = columns.length + 1;
  const middle = columns.some(isOrdered) ? await query(medians(columns, table), signal) : null;
  const profiles: Profile[] = [];
  for (const [i, column] of columns.entries()) {
    onProgress?.({ stage: 'Looking at the columns', done: i + 1, total });
    const before = seen[i]!;
    const [low, high] = [measure(before.low), measure(before.high)];
    const shape =
      low != null && high != null
        ? await ordered(query, column, { table, low, high, about: before.distinct, signal })
        : await texts(query, column, {
            table,
            about: before.distinct,
            filled: rows - before.gaps - before.unreadable,
            signal,
          });
    const median = middle ? said(column, number(middle, `median${i}`)) : null;
    profiles.push({ ...before, median, ...shape });
  }
  return { table, rows, columns: profiles, isClose: true };
}

/** A number, or a date (ISO) as milliseconds since 1970. */
const measure = (value: number | string | null): number | null =>
  typeof value === 'string' ? Date.parse(`${value}Z`) : value;

type Shape = Pick<Profile, 'distinct' | 'bins'>;
type Asked = { table: string; signal: AbortSignal | undefined };

async function ordered(
  query: Query,
  column: TypedColumn,
  it: { low: number; high: number; about: number } & Asked,
): Promise<Shape> {
  const { table, low, high, about, signal } = it;
  const distinct =
    about < EXACT_BELOW
      ? (number(await query(different(column, table), signal), 'different') ?? about)
      : about;
  const width = high - low;
  if (!Number.isFinite(width)) return { distinct, bins: [] }; // from −1e308 to 1e308: no equal bins in double precision
  const count = width > 0 ? Math.min(BINS, Math.max(2, distinct)) : 1;
  const counts = await query(binned(column, { low, high, bins: count }, table), signal);
  const bins = new Array<number>(count).fill(0);
  for (const row of counts) bins[Number(row['bin'])] = Number(row['rows']);
  return { distinct, bins };
}

async function texts(
  query: Query,
  column: TypedColumn,
  { table, about, filled, signal }: { about: number; filled: number } & Asked,
): Promise<Shape> {
  if (filled === 0) return { distinct: 0, bins: [] };
  if (about > MANY) return { distinct: about, bins: [] };
  const rows = (await query(commonest(column, table), signal)).toArray();
  return {
    distinct: Number(rows[0]?.different ?? about),
    bins: rows.map((row) => Number(row.rows)),
  };
}

function said({ type }: TypedColumn, value: number | null | undefined): number | string | null {
  if (value == null) return null;
  return type === 'date' ? isoOf(value) : value;
}

/** Milliseconds since 1970 as ISO text without a zone; null for years that no calendar has. */
export function isoOf(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 19);
}

/** The first row's value of a DOUBLE column. */
export function number(table: Table, column: string): number | null {
  const value: unknown = table.getChild(column)?.get(0);
  return value === null || value === undefined ? null : Number(value);
}
