import type { Query, Table } from '../db/query.ts';
import type { JobOptions } from '../lib/job.ts';
import {
  binned,
  commonest,
  different,
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
export type Profiles = { readonly rows: number; readonly columns: readonly Profile[] };

const BINS = 24;
/** Above this many different texts counting them all costs more than it tells. */
const MANY = 200_000;
const EXACT_BELOW = 1_100;

/** Looks at every column of `raw`: one pass for all, and a small grouping for each. O(rows × columns). */
export async function profile(
  query: Query,
  columns: readonly TypedColumn[],
  { signal, onProgress }: JobOptions = {},
): Promise<Profiles> {
  const total = columns.length + 1;
  onProgress?.({ stage: 'Looking at the columns', done: 0, total });
  const first = await query(overview(columns), signal);
  const rows = number(first, 'rows') ?? 0;
  const bad =
    number(first, 'unreadable') === 0 ? null : await query(unreadableCounts(columns), signal);
  const profiles: Profile[] = [];
  for (const [i, column] of columns.entries()) {
    onProgress?.({ stage: 'Looking at the columns', done: i + 1, total });
    const filled = number(first, `n${i}`) ?? 0;
    const unreadable = bad ? (number(bad, `u${i}`) ?? 0) : 0;
    const about = Math.min(filled, number(first, `d${i}`) ?? 0);
    const [low, high, median] = ['low', 'high', 'median'].map((what) => number(first, what + i));
    const shape =
      low != null && high != null
        ? await ordered(query, column, { low, high, about, signal })
        : await texts(query, column, { about, filled, signal });
    profiles.push({
      gaps: rows - filled - unreadable,
      unreadable,
      low: said(column, low),
      high: said(column, high),
      median: said(column, median),
      ...shape,
    });
  }
  return { rows, columns: profiles };
}

type Shape = Pick<Profile, 'distinct' | 'bins'>;

async function ordered(
  query: Query,
  column: TypedColumn,
  it: { low: number; high: number; about: number; signal: AbortSignal | undefined },
): Promise<Shape> {
  const { low, high, about, signal } = it;
  const distinct =
    about < EXACT_BELOW
      ? (number(await query(different(column), signal), 'different') ?? about)
      : about;
  const width = high - low;
  if (!Number.isFinite(width)) return { distinct, bins: [] }; // from −1e308 to 1e308: no equal bins in double precision
  const count = width > 0 ? Math.min(BINS, Math.max(2, distinct)) : 1;
  const table = await query(binned(column, { low, high, bins: count }), signal);
  const bins = new Array<number>(count).fill(0);
  for (const row of table) bins[Number(row['bin'])] = Number(row['rows']);
  return { distinct, bins };
}

async function texts(
  query: Query,
  column: TypedColumn,
  { about, filled, signal }: { about: number; filled: number; signal: AbortSignal | undefined },
): Promise<Shape> {
  if (filled === 0) return { distinct: 0, bins: [] };
  if (about > MANY) return { distinct: about, bins: [] };
  const rows = (await query(commonest(column), signal)).toArray();
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
