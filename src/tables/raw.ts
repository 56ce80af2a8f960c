import type { Database } from '../db/query.ts';
import { withoutCuts } from '../files/source.ts';
import type { Count, OpenSource } from '../files/types.ts';
import { TesseraError } from '../lib/errors.ts';
import type { JobOptions } from '../lib/job.ts';
import { sql } from '../lib/sql.ts';
import { rawTable, type Reading } from './import.sql.ts';
import { inferColumn } from './infer.ts';
import { uniqueNames } from './names.ts';
import { isNotFinite } from './numbers.ts';
import { number, profile, type Profiles } from './profile.ts';
import type { TypedColumn } from './profile.sql.ts';
import { isGap, type Reader } from './reader.ts';
import type { Finding } from './types.ts';

/** Table `raw` as it stands in the database, and what is known of it. Kept as long as the file and its dialect stay. */
export type Raw = {
  readonly source: OpenSource;
  readonly count: Count;
  readonly columns: readonly (TypedColumn & { readonly header: string; readonly reader: Reader })[];
  readonly profiles: Profiles;
  readonly findings: readonly Finding[];
};

type Plan = { readonly columns: Raw['columns']; readonly findings: readonly Finding[] };

/** Names and types for every column, from the sample. Pure. */
export function planColumns({
  headers,
  sample,
  dialect,
}: Pick<OpenSource, 'headers' | 'sample' | 'dialect'>): Plan {
  const names = uniqueNames(headers);
  const inferred = headers.map((header, i) =>
    inferColumn(
      header,
      sample.map((row) => row[i] ?? ''),
      dialect.decimal,
    ),
  );
  return {
    columns: headers.map((header, i) => {
      const { reader } = inferred[i]!;
      return { header, name: names[i]!, type: reader.as, reader };
    }),
    findings: [...renamed(headers, names), ...inferred.flatMap(({ findings }) => findings)],
  };
}

function renamed(headers: readonly string[], names: readonly string[]): readonly Finding[] {
  const changed = headers.flatMap((header, i) =>
    header === names[i] ? [] : [`column ${i + 1} is called ${names[i]}`],
  );
  if (changed.length === 0) return [];
  const shown = changed.slice(0, 5).join(', ') + (changed.length > 5 ? ', …' : '');
  const words = `Names that are empty, repeated or taken were changed: ${shown}.`;
  return [{ code: 'columns-renamed', rows: 0, words }];
}

/**
 * Makes table `raw`: directly from the file where both readers agree, else from the file without the records that cannot be
 * read. A column of which more is unreadable than its sample promised is read again as text.
 */
export async function importRaw(
  db: Database,
  source: OpenSource,
  job: JobOptions = {},
): Promise<Raw> {
  const plan = planColumns(source);
  const { count } = await makeRaw(db, source, plan.columns, job);
  const profiles = await profile(db.query, plan.columns, job);
  const columns = plan.columns.map((column, i) =>
    isMisjudged(source, column, profiles, i)
      ? {
          ...column,
          type: 'text' as const,
          reader: { as: 'text', trim: false, pointZero: false } as const,
        }
      : column,
  );
  if (columns.every((column, i) => column === plan.columns[i]))
    return { source, count, ...plan, profiles };
  await makeRaw(db, source, columns, job);
  return {
    source,
    count,
    columns,
    findings: plan.findings,
    profiles: await profile(db.query, columns, job),
  };
}

/** Makes `raw` and waits for the count that runs beside it. */
export async function makeRaw(
  db: Database,
  source: OpenSource,
  columns: Raw['columns'],
  { signal, onProgress }: JobOptions,
): Promise<{ readonly count: Count; readonly rows: number }> {
  const reading: Reading = { path: source.path, dialect: source.dialect, columns, strict: true };
  onProgress?.({ stage: 'Reading the records', done: 0, total: source.body.size });
  source.counting((progress) => onProgress?.({ ...progress, stage: 'Reading the records' }));
  let rows = -1;
  try {
    await db.make('raw', rawTable(reading), signal);
    rows = await rowsOfRaw(db, signal);
  } catch (error) {
    if (!isAboutTheFile(error)) throw error; // the file is read once more below, without what stopped the parser
  }
  const count = await source.counted;
  signal?.throwIfAborted();
  if (rows === count.kept && count.setAside.every(({ reason }) => reason === 'ragged'))
    return { count, rows };
  const path =
    count.cuts.length > 0 ? await db.register(withoutCuts(source.body, count.cuts)) : source.path;
  try {
    await db.make('raw', rawTable({ ...reading, path, strict: false }), signal);
  } catch (error) {
    if (!isAboutTheFile(error)) throw error;
    const said = error instanceof Error ? error.message.split('\n')[0] : '';
    throw new TesseraError('file-unreadable', said ?? '', { cause: error });
  } finally {
    if (path !== source.path) await db.release(path);
  }
  return { count, rows: await rowsOfRaw(db, signal) };
}

const isAboutTheFile = (error: unknown): boolean =>
  error instanceof TesseraError && error.code === 'query-failed';

async function rowsOfRaw(db: Database, signal: AbortSignal | undefined): Promise<number> {
  return number(await db.query(sql`SELECT count(*)::DOUBLE AS rows FROM raw`, signal), 'rows') ?? 0;
}

/** More than 5 % unreadable, beyond the NaN and infinities that the sample showed. */
function isMisjudged(
  { sample }: OpenSource,
  { reader }: Raw['columns'][number],
  { rows, columns }: Profiles,
  i: number,
): boolean {
  const { unreadable, gaps } = columns[i]!;
  if (reader.as === 'text' || unreadable === 0) return false;
  const cells = sample.map((row) => row[i] ?? '').filter((cell) => !isGap(cell));
  const expected = cells.filter(isNotFinite).length / Math.max(1, cells.length);
  return unreadable / Math.max(1, rows - gaps) > 0.05 + 1.5 * expected;
}
