import type { Database } from '../db/query.ts';
import type { Opened } from '../files/open.ts';
import { rawTable } from './import.sql.ts';
import { planColumns } from './raw.ts';

const ROUNDS = 5;

/**
 * Imports the made-up file a few times into a table that is dropped again, while the person still looks for their own: wasm runs
 * slowly until the browser has optimised the parts that are used (measured: the first import of a million lines takes 0.3 to 0.5 s
 * less). Costs about a second of one core and holds nothing afterwards. A failure ends it in silence: nobody waits for it.
 */
export async function warmUp(
  db: Database,
  file: File,
  { headers, sample, dialect, offset }: Pick<Opened, 'headers' | 'sample' | 'dialect' | 'offset'>,
  signal?: AbortSignal,
): Promise<void> {
  let path: string | null = null;
  try {
    path = await db.register(new File([file.slice(offset)], file.name));
    const { columns } = planColumns({ headers, sample, dialect });
    for (let round = 0; round < ROUNDS; round++)
      await db.make(
        'warm_up',
        rawTable({ path, dialect, columns, strict: true, trusting: round > 0 }),
        signal,
      );
  } catch {
    // the first import will meet the same failure and tell it
  } finally {
    await db.drop('warm_up').catch(() => {});
    if (path) await db.release(path).catch(() => {});
  }
}
