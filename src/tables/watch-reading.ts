import type { Database } from '../db/query.ts';
import type { OpenSource } from '../files/types.ts';
import type { JobOptions } from '../lib/job.ts';

/**
 * Tells how many bytes of the source the database has read, which takes longer than the counting beside it: as the database reads them
 * where it says so, else as they are counted. Call it just before the table is made.
 */
export function watchReading(
  db: Pick<Database, 'reading'>,
  source: Pick<OpenSource, 'body' | 'counting'>,
  { onProgress, stage }: Pick<JobOptions, 'onProgress'> & { readonly stage: string },
): void {
  const total = source.body.size;
  let read = 0;
  onProgress?.({ stage, done: 0, total });
  if (db.reading)
    db.reading((bytes) => {
      if (read === total) return; // a later statement reads the file again
      read = Math.min(total, read + bytes);
      onProgress?.({ stage, done: read, total });
    });
  else source.counting((progress) => onProgress?.({ ...progress, stage }));
}
