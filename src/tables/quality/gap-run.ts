import { id, sql, type Sql } from '../../lib/sql.ts';
import type { Ground } from './ground.ts';
import type { QualityColumn } from './types.ts';
import { isGap } from './where.sql.ts';

const BLOCKS = 256;

/** Up to 256 rows `block`, `rows`, `gaps`, `first`, `last` (records of gaps): equal stretches of the table. */
function gapBlocks(table: string, column: QualityColumn, rows: number): Sql {
  const size = Math.max(4, Math.ceil(rows / BLOCKS));
  return sql`
    SELECT floor(line / ${size}::DOUBLE)::DOUBLE           AS block,
           count(*)::DOUBLE                                AS rows,
           count(*) FILTER (${isGap(column)})::DOUBLE      AS gaps,
           min(line) FILTER (${isGap(column)})::DOUBLE     AS first,
           max(line) FILTER (${isGap(column)})::DOUBLE     AS last
    FROM ${id(table)} GROUP BY block ORDER BY block`;
}

/** The stretch with most gaps beyond their usual share (Bentley 1984), where it holds half of all, and five times as dense as elsewhere. */
export async function runOf(
  { db, table, signal, rows }: Ground,
  column: QualityColumn,
  gaps: number,
): Promise<{ readonly first: number; readonly last: number } | null> {
  const blocks = (await db.query(gapBlocks(table, column, rows), signal)).toArray();
  let best = { gain: 0, from: 0, to: -1 };
  let [gain, from] = [0, 0];
  blocks.forEach((block, i) => {
    if (gain <= 0) [gain, from] = [0, i];
    gain += Number(block['gaps']) - (2 * gaps * Number(block['rows'])) / rows;
    if (gain > best.gain) best = { gain, from, to: i };
  });
  const inside = blocks.slice(best.from, best.to + 1);
  const total = (name: string) => inside.reduce((sum, block) => sum + Number(block[name]), 0);
  const [held, within] = [total('gaps'), total('rows')];
  const outside = (gaps - held) / Math.max(1, rows - within);
  if (held < gaps / 2 || held / Math.max(1, within) < 5 * outside) return null;
  const filled = inside.filter((block) => Number(block['gaps']) > 0);
  return { first: Number(filled[0]?.['first']), last: Number(filled.at(-1)?.['last']) };
}
