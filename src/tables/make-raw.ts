import type { Database } from '../db/query.ts';
import type { Portion } from '../files/fit.ts';
import { withoutCuts } from '../files/source.ts';
import type { Count, OpenSource } from '../files/types.ts';
import { TesseraError } from '../lib/errors.ts';
import type { JobOptions } from '../lib/job.ts';
import { loadingWords, PaceMeter } from '../lib/pace.ts';
import { directType, type Reading } from './import.sql.ts';
import { loadingOf } from './partial.ts';
import { number } from './profile.ts';
import { watchReading } from './watch-reading.ts';

/** What the two readers say of the file: `read` records by the database, those included that a portion leaves out. */
export type Made = { readonly count: Count; readonly read: number };

type Making = JobOptions & { readonly table?: string; readonly portion?: Portion };

/**
 * Makes the raw table and waits for the count that runs beside it: directly from the file where both readers agree (a plain one
 * with trust in its spelling, which fails early where that is misplaced), else from the file without the records that cannot be read. Throws file-unreadable where that fails too.
 */
export async function makeRaw(
  db: Database,
  source: OpenSource,
  columns: Reading['columns'],
  { signal, onProgress, table = 'raw', portion = {} }: Making,
): Promise<Made> {
  const loading = loadingOf(source, portion);
  const meter = new PaceMeter();
  const rowBytes = meanBytes(source);
  const make = async (reading: Reading): Promise<number> => {
    watchReading(db, source, {
      stage: 'Reading the records',
      onProgress: (progress) => {
        const pace = meter.see(progress, performance.now());
        onProgress?.({ ...progress, words: loadingWords(pace, { rowBytes, isExact: false }) });
      },
    });
    await db.make(table, loading.table(reading), signal);
    return number(await db.query(loading.read(reading, table), signal), 'rows') ?? 0;
  };
  const reading: Reading = { path: source.path, dialect: source.dialect, columns, strict: true };
  let read = -1;
  for (const trusting of isPlain(loading.source, columns) ? [true, false] : [false]) {
    try {
      read = await make({ ...reading, trusting });
      break;
    } catch (error) {
      if (!isAboutTheFile(error)) throw error; // the file is read once more, without what stopped the parser
    }
  }
  const count = await source.counted;
  signal?.throwIfAborted();
  if (read === count.kept && count.setAside.every(({ reason }) => reason === 'ragged'))
    return { count, read };
  const path =
    count.cuts.length > 0 ? await db.register(withoutCuts(source.body, count.cuts)) : source.path;
  try {
    return { count, read: await make({ ...reading, path, strict: false }) };
  } catch (error) {
    if (!isAboutTheFile(error)) throw error;
    const said = error instanceof Error ? error.message.split('\n')[0] : '';
    throw new TesseraError('file-unreadable', said ?? '', { cause: error });
  } finally {
    if (path !== source.path) await db.release(path);
  }
}

/** Whether every cell of the sample that the parser would read itself is spelled in the plainest way: then most likely all are. */
function isPlain({ sample }: OpenSource, columns: Reading['columns']): boolean {
  const direct = columns.map(({ reader }) => directType(reader));
  return (
    direct.some((type) => type !== null) &&
    sample.every((row) =>
      direct.every((type, i) => type === null || plain[type].test(row[i] ?? '')),
    )
  );
}

const plain = {
  DOUBLE: /^(-?\d{1,15}(\.\d{1,15})?)?$/,
  TIMESTAMP: /^(\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}:\d{2}(\.\d{1,6})?)?)?$/,
} as const;

/** Bytes of a record with its separators, by the sample. */
function meanBytes({ sample }: OpenSource): number {
  const letters = sample.reduce((sum, row) => sum + row.join(',').length + 1, 0);
  return Math.max(1, letters / Math.max(1, sample.length));
}

const isAboutTheFile = (error: unknown): boolean =>
  error instanceof TesseraError && error.code === 'query-failed';
