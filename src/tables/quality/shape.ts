import type { Database } from '../../db/query.ts';
import { id, sql } from '../../lib/sql.ts';
import { number } from '../profile.ts';
import type { TypedColumn } from '../profile.sql.ts';
import type { Flaw } from './types.ts';
import { whereSql } from './where.sql.ts';

/** Counts of a number or date over bars; every filled row is in one bar. Times are milliseconds since 1970. */
export type Shape = {
  /** Ascending, one more than there are bars. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Of each bar the rows that are far from all others. */
  readonly far: readonly number[];
  /** The first bar gathers all below, the last all above: extremes do not squeeze the rest into one bar. */
  readonly under: boolean;
  readonly over: boolean;
  readonly filled: number;
  readonly gaps: number;
  /** Different values, estimated. */
  readonly distinct: number;
};

const BARS = 24;
/** A tail is gathered where the extreme lies further out than this share of the middle 98 %. */
const FAR = 0.25;

/** How a column of numbers or dates is spread, over every row, with what `flaws` call far out. Two passes. Null where nothing is filled. */
export async function columnShape(
  db: Database,
  it: {
    readonly table: string;
    readonly columns: readonly TypedColumn[];
    readonly column: TypedColumn;
    readonly flaws: readonly Flaw[];
  },
  signal: AbortSignal,
): Promise<Shape | null> {
  const { table, column } = it;
  const name = id(column.name);
  const x = column.type === 'date' ? sql`epoch_ms(${name})::DOUBLE` : sql`${name}::DOUBLE`;
  const facts = await db.query(
    sql`SELECT count(*)::DOUBLE AS rows, count(${name})::DOUBLE AS filled, approx_count_distinct(${name})::DOUBLE AS different,
               min(${x}) AS low, max(${x}) AS high, quantile_cont(${x}, ${0.01}) AS q1, quantile_cont(${x}, ${0.99}) AS q99
        FROM ${id(table)}`,
    signal,
  );
  const fact = (which: string) => number(facts, which) ?? 0;
  const filled = fact('filled');
  if (filled === 0) return null;
  const [low, high, q1, q99] = ['low', 'high', 'q1', 'q99'].map(fact) as [
    number,
    number,
    number,
    number,
  ]; // four names, four numbers
  const under = q99 > q1 && q1 - low > FAR * (q99 - q1);
  const over = q99 > q1 && high - q99 > FAR * (q99 - q1);
  const [from, to] = [under ? q1 : low, over ? q99 : high];
  const inner = BARS - (under ? 1 : 0) - (over ? 1 : 0);
  const width = (to - from) / inner || 1;
  const first = under ? 1 : 0;
  const bar = sql`CASE WHEN ${x} < ${from} THEN 0 WHEN ${x} > ${to} THEN ${BARS - 1}
                       ELSE least(${first + inner - 1}, ${first} + floor((${x} - ${from}) / ${width})) END`;
  const farOut = it.flaws.filter(
    ({ code, column: of }) => of === column.name && (code === 'far-out' || code === 'far-date'),
  );
  const isFar = farOut[0] ? whereSql(farOut[0].where, it) : sql`false`;
  const rows = (
    await db.query(
      sql`SELECT (${bar})::DOUBLE AS bar, count(*)::DOUBLE AS rows, count(*) FILTER (${isFar})::DOUBLE AS far
          FROM ${id(table)} WHERE ${name} IS NOT NULL GROUP BY bar`,
      signal,
    )
  ).toArray();
  const [counts, far] = [new Array<number>(BARS).fill(0), new Array<number>(BARS).fill(0)];
  for (const row of rows) {
    counts[Number(row['bar'])] = Number(row['rows']);
    far[Number(row['bar'])] = Number(row['far']);
  }
  const edges = Array.from({ length: inner + 1 }, (_, i) => from + i * width);
  if (under) edges.unshift(Math.min(low, from - width));
  if (over) edges.push(Math.max(high, to + width));
  return {
    edges,
    counts,
    far,
    under,
    over,
    filled,
    gaps: fact('rows') - filled,
    distinct: fact('different'),
  };
}
