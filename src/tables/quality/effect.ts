import type { Database } from '../../db/query.ts';
import type { Job } from '../../lib/job.ts';
import { id, join, sql, type Sql } from '../../lib/sql.ts';
import { asText } from '../clean.sql.ts';
import { number } from '../profile.ts';
import type { TypedColumn } from '../profile.sql.ts';
import { fixProblem } from './fix-problem.ts';
import { cellAfter, step, steps, type Before } from './fix.sql.ts';
import type { Fix, FixEffect } from './types.ts';
import { isGap } from './where.sql.ts';

const EXAMPLES = 5;

export type ToFix = {
  readonly table: string;
  readonly columns: readonly TypedColumn[];
  /** Those that come before, in order. */
  readonly fixes: readonly Fix[];
};

/** What `fix` would do after the fixes before it: counted, nothing is made. One or two passes over the table. */
export async function fixEffect(
  db: Database,
  { table, columns, fixes }: ToFix,
  fix: Fix,
  job: Pick<Job, 'signal'>,
): Promise<FixEffect> {
  const { heads, last } = steps(table, columns, fixes);
  const problem = fixProblem(fix, last.columns);
  const counted = await db.query(sql`${heads} ${counts(problem ? null : fix, last)}`, job.signal);
  const count = (name: string) => number(counted, name) ?? 0;
  const dropped = count('dropped');
  const cells = count('cells');
  const examples =
    problem || fix.kind === 'drop-duplicates' || fix.kind === 'leave-out' || cells === 0
      ? []
      : (await db.query(sql`${heads} ${changed(fix, last)}`, job.signal)).toArray();
  return {
    fix,
    problem,
    rowsBefore: count('rows'),
    rowsAfter: count('rows') - dropped,
    rowsDropped: dropped,
    rowsChanged: cells,
    cellsChanged: cells,
    gapsBefore: count('gaps'),
    gapsAfter: count('gaps_after'),
    sumBefore: number(counted, 'total') ?? null,
    sumAfter: number(counted, 'total_after') ?? null,
    examples: examples.map((row) => ({
      line: Number(row['line']),
      before: String(row['before'] ?? ''),
      after: String(row['after'] ?? ''),
    })),
  };
}

/** The account of a whole list: each fix on what the ones before it made, so rowsAfter of one is rowsBefore of the next. */
export async function fixLedger(
  db: Database,
  { table, columns, fixes }: ToFix,
  job: Job,
): Promise<readonly FixEffect[]> {
  const effects: FixEffect[] = [];
  for (const [i, fix] of fixes.entries()) {
    job.progress('Counting what the fixes change', i, fixes.length);
    await job.breathe();
    effects.push(await fixEffect(db, { table, columns, fixes: fixes.slice(0, i) }, fix, job));
  }
  return effects;
}

/** One row: `rows`, `cells` changed, `dropped`, and of the column the gaps and sums before and after. */
function counts(fix: Fix | null, it: Before): Sql {
  const rows = sql`count(*)::DOUBLE AS rows`;
  if (!fix) return sql`SELECT ${rows} FROM ${it.from}`;
  if (fix.kind === 'drop-duplicates')
    return sql`
      SELECT (SELECT count(*)::DOUBLE FROM ${it.from})                                               AS rows,
             (SELECT count(*)::DOUBLE FROM ${it.from}) - (SELECT count(*)::DOUBLE FROM (${step(fix, it)})) AS dropped`;
  const column = it.columns.find(({ name }) => name === fix.column);
  if (!column) throw new RangeError(`no column ${fix.column}`);
  const gap = isGap(column);
  if (fix.kind === 'leave-out')
    return sql`
      SELECT ${rows}, count(*) FILTER (NOT ${gap})::DOUBLE AS cells,
             count(*) FILTER (${gap})::DOUBLE AS gaps, count(*)::DOUBLE AS gaps_after
      FROM ${it.from}`;
  const [old, after] = both(column);
  const sums =
    column.type === 'number' ? [sql`fsum(old) AS total`, sql`fsum(new) AS total_after`] : [];
  const parts = [
    rows,
    sql`count(*) FILTER (new IS DISTINCT FROM old)::DOUBLE AS cells`,
    sql`count(*) FILTER (${isGap(old)})::DOUBLE AS gaps`,
    sql`count(*) FILTER (${isGap(after)})::DOUBLE AS gaps_after`,
    ...sums,
  ];
  return sql`SELECT ${join(parts)} FROM ${beside(fix, column, it)}`;
}

type CellFix = Exclude<Fix, { kind: 'drop-duplicates' | 'leave-out' }>;

/** `line`, the column as `old`, and as `new` what becomes of it. */
const beside = (fix: CellFix, column: TypedColumn, it: Before): Sql =>
  sql`(SELECT line, ${id(column.name)} AS old, ${cellAfter(fix, it)} AS new FROM ${it.from})`;

const both = ({ type }: TypedColumn): readonly [TypedColumn, TypedColumn] => [
  { name: 'old', type },
  { name: 'new', type },
];

function changed(fix: CellFix, it: Before): Sql {
  const column = it.columns.find(({ name }) => name === fix.column);
  if (!column) throw new RangeError(`no column ${fix.column}`);
  const [old, after] = both(column);
  return sql`
    SELECT line::DOUBLE AS line, ${asText(old)} AS before, ${asText(after)} AS after
    FROM ${beside(fix, column, it)}
    WHERE new IS DISTINCT FROM old
    ORDER BY line LIMIT ${EXAMPLES}`;
}
