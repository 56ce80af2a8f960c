import type { Query } from '../db/query.ts';
import type { Portion } from '../files/fit.ts';
import type { Probe } from '../files/probe.ts';
import { id, join, sql } from '../lib/sql.ts';
import { valueOf } from './import.sql.ts';
import { conditions, type Typed } from './portion.sql.ts';
import { number } from './profile.ts';

/** The share of records that the conditions of a portion (not its sample) keep, with a 95 % interval, from the slices of a probe. */
export async function shareKept(
  query: Query,
  it: { readonly seen: Pick<Probe, 'slices'>; readonly columns: readonly Typed[] },
  { where = [] }: Portion,
): Promise<{ readonly about: number; readonly low: number; readonly high: number }> {
  if (where.length === 0) return { about: 1, low: 1, high: 1 };
  const asked = it.columns.flatMap((column, i) =>
    where.some((condition) => condition.column === column.name) ? [{ ...column, i }] : [],
  );
  const rows = it.seen.slices.flatMap((slice, s) =>
    slice.map((row) => sql`(${join([sql`${s}`, ...asked.map(({ i }) => sql`${row[i] ?? ''}`)])})`),
  );
  if (rows.length === 0) return { about: 1, low: 0, high: 1 };
  const texts = asked.map((_, i) => id(`c${i}`));
  const values = asked.map(
    ({ name, reader }, i) => sql`${valueOf(id(`c${i}`), reader)} AS ${id(name)}`,
  );
  const table = await query(sql`
    WITH said(${join([id('slice'), ...texts])}) AS (VALUES ${join(rows)}),
    by_slice AS (
      SELECT slice, count(*) AS n, count(*) FILTER (${join(conditions(asked, { where }), ' AND ')}) AS kept
      FROM (SELECT slice, ${join(values)} FROM said)
      GROUP BY slice
    )
    SELECT sum(kept)::DOUBLE / sum(n) AS about,
           coalesce(sqrt(count(*) * sum((kept - n * (SELECT sum(kept) / sum(n) FROM by_slice)) ** 2) / greatest(count(*) - 1, 1)) / sum(n), 0)::DOUBLE AS error
    FROM by_slice`);
  const [about, error] = [number(table, 'about') ?? 1, number(table, 'error') ?? 0];
  const wide = it.seen.slices.length > 1 ? 2.04 * error : 0;
  return { about, low: Math.max(0, about - wide), high: Math.min(1, about + wide) };
}
