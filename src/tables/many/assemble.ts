import type { Database } from '../../db/query.ts';
import type { JobOptions } from '../../lib/job.ts';
import { rowsFrom } from '../clean.sql.ts';
import { number, profile } from '../profile.ts';
import type { Raw } from '../raw.ts';
import type { Reader } from '../reader.ts';
import { shownRows } from '../rows.ts';
import type { ColumnType } from '../types.ts';
import { sql } from '../../lib/sql.ts';
import { assembled } from './assemble.sql.ts';
import type { RawTable } from './describe.ts';
import type { Project } from './types.ts';

/** How many rows of the head, the middle and the end roles are judged by. */
const SAMPLE = 200;

/** How the values of the result are spelled when they are shown as text. */
const readers: Record<ColumnType, Reader> = {
  text: { as: 'text', trim: false, pointZero: false },
  number: { as: 'number', style: { decimal: '.', thousands: '', mark: '', bookkeeping: false } },
  date: { as: 'date', formats: 'iso' },
  'yes-no': { as: 'yes-no', yes: ['true'], no: ['false'] },
};

/**
 * Makes table `raw` from the tables of a project and says what is known of it, as if it had been one file: from here on it goes the
 * way of a single table. Its records and their lines are those of the spine's file. Throws RangeError if a row was lost or multiplied.
 */
export async function assembleRaw(
  db: Database,
  { tables, assembly, warnings }: Project,
  raws: readonly RawTable[],
  job: JobOptions = {},
): Promise<Raw> {
  const { signal, onProgress } = job;
  const spine = raws.find(({ id }) => id === assembly.spine)?.raw;
  if (!spine) throw new RangeError(`no table ${assembly.spine}`);
  onProgress?.({ stage: 'Joining the tables', done: 0, total: 2 });
  await db.make('raw', assembled(tables, assembly), signal);
  const rows =
    number(await db.query(sql`SELECT count(*)::DOUBLE AS rows FROM raw`, signal), 'rows') ?? 0;
  if (rows !== spine.profiles.rows)
    throw new RangeError(`${spine.profiles.rows} rows before joining, ${rows} after`);
  onProgress?.({ stage: 'Joining the tables', done: 1, total: 2 });
  const columns = assembly.columns.map(({ name, origin }) => {
    const { header, type } = raws
      .find(({ id }) => id === origin.table)!
      .raw.columns.find((column) => column.name === origin.column)!; // the plan was made from these tables
    return { name, header: name === origin.column ? header : name, type, reader: readers[type] };
  });
  const sample = await sampleOf(db, columns, rows, signal);
  const profiles = await profile(db.query, columns, job);
  const { kind, kindReason, columns: roles } = assembly;
  return {
    source: {
      ...spine.source,
      headers: columns.map(({ header }) => header),
      columns: columns.length,
      sample,
    },
    count: spine.count,
    columns,
    profiles,
    findings: [...spine.findings, ...warnings],
    planned: {
      kind,
      kindReason,
      roles: roles.map(({ name, role, confidence, reason }) => ({
        column: name,
        role,
        confidence,
        reason,
      })),
    },
  };
}

async function sampleOf(
  db: Database,
  columns: Raw['columns'],
  rows: number,
  signal: AbortSignal | undefined,
): Promise<readonly (readonly string[])[]> {
  const starts = new Set([0, Math.floor(rows / 2), Math.max(0, rows - SAMPLE)]);
  const cells: (readonly string[])[] = [];
  for (const from of starts) {
    const found = await db.query(rowsFrom(columns, { from, count: SAMPLE }), signal);
    cells.push(...shownRows(found, columns).map((row) => row.cells));
  }
  return cells;
}
