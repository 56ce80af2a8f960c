import { id, sql, type Sql } from '../../lib/sql.ts';

/** One row of a column of numbers: `n`, `low`, `high`, `q` (the quantiles of `SHARES`), `middle` of the absolute values, how many are `negative`, `zero`, `broken` (not whole). */
export function numberFacts(table: string, column: string): Sql {
  const x = id(column);
  return sql`
    SELECT count(${x})::DOUBLE                                    AS n,
           min(${x})                                              AS low,
           max(${x})                                              AS high,
           quantile_cont(${x}, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99])::DOUBLE[] AS q,
           median(abs(${x}))                                      AS middle,
           count(*) FILTER (${x} < 0)::DOUBLE                     AS negative,
           count(*) FILTER (${x} = 0)::DOUBLE                     AS zero,
           count(*) FILTER (${x} <> trunc(${x}))::DOUBLE          AS broken
    FROM ${id(table)}`;
}

/** One row: the extremes and how often they come (`lows`, `highs`), and the values next to them (`second`, `last_but_one`). */
export function extremes(table: string, it: { column: string; low: number; high: number }): Sql {
  const { column, low, high } = it;
  const x = id(column);
  return sql`
    SELECT count(*) FILTER (${x} = ${low})::DOUBLE  AS lows,
           count(*) FILTER (${x} = ${high})::DOUBLE AS highs,
           min(${x}) FILTER (${x} > ${low})         AS second,
           max(${x}) FILTER (${x} < ${high})        AS last_but_one
    FROM ${id(table)}`;
}

/** Up to `blocks` rows in order: `block`, `n`, `mean` of the log of the absolute value, over equal stretches of `along` (a date) or of the records. Zeros and gaps take no part. */
export function logBlocks(
  table: string,
  it: { column: string; along: string | null; blocks: number },
): Sql {
  const x = id(it.column);
  const at = it.along === null ? sql`line::DOUBLE` : sql`epoch_ms(${id(it.along)})::DOUBLE`;
  return sql`
    WITH value AS (
      SELECT ${at} AS place, ln(abs(nullif(${x}, 0))) AS log FROM ${id(table)} WHERE ${x} <> 0
    ), span AS (
      SELECT quantile_cont(place, ${0.001}) AS low, quantile_cont(place, ${0.999}) AS high FROM value
    )
    SELECT block::DOUBLE AS block, count(*)::DOUBLE AS n, avg(log) AS mean
    FROM (SELECT log, greatest(0, least(${it.blocks - 1}, floor(${it.blocks} * (place - low) / nullif(high - low, 0)))) AS block FROM value, span)
    WHERE block IS NOT NULL
    GROUP BY block
    ORDER BY block`;
}

/** Rows `place` (record number, or milliseconds of the date) and `log`, in order, within the blocks around a change. */
export function logsBetween(
  table: string,
  it: { column: string; along: string | null; blocks: number; from: number; to: number },
): Sql {
  const x = id(it.column);
  const at = it.along === null ? sql`line::DOUBLE` : sql`epoch_ms(${id(it.along)})::DOUBLE`;
  const edge = (block: number) => sql`low + (high - low) * ${block / it.blocks}`;
  return sql`
    WITH value AS (
      SELECT ${at} AS place, ln(abs(nullif(${x}, 0))) AS log FROM ${id(table)} WHERE ${x} <> 0
    ), span AS (
      SELECT quantile_cont(place, ${0.001}) AS low, quantile_cont(place, ${0.999}) AS high FROM value
    )
    SELECT place, log FROM value, span
    WHERE place >= ${edge(it.from)} AND place <= ${edge(it.to)}
    ORDER BY place`;
}
