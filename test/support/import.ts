import type { Database } from '../../src/db/query.ts';
import { openFile } from '../../src/files/open.ts';
import { countRecords, fingerprint } from '../../src/files/scan.ts';
import { openSource } from '../../src/files/source.ts';
import type { Dialect, OpenSource } from '../../src/files/types.ts';
import { buildDataset } from '../../src/tables/build.ts';
import { describeColumns } from '../../src/tables/columns.ts';
import { lookCloser } from '../../src/tables/profile.ts';
import { importRaw, type Raw } from '../../src/tables/raw.ts';
import type { Dataset, TableSettings } from '../../src/tables/types.ts';

/** A file of the given text or bytes. */
export const fileOf = (content: string | Uint8Array<ArrayBuffer>, name = 'orders.csv'): File =>
  new File([content], name, { lastModified: 0 });

/** What the file stage makes of a file, without its worker. */
export async function open(
  database: Database,
  file: File,
  { id = 't1', ...dialect }: Partial<Dialect> & { readonly id?: string } = {},
): Promise<OpenSource> {
  return openSource([file], [await openFile(file, { dialect })], {
    id,
    db: database,
    passes: { count: (input) => countRecords(input), fingerprint: (whole) => fingerprint(whole) },
  });
}

/** File in, dataset out, as the app does it. */
export async function importFile(
  database: Database,
  file: File,
  given: { dialect?: Partial<Dialect>; tables?: TableSettings } = {},
): Promise<Dataset & { raw: Raw }> {
  const read = await importRaw(database, await open(database, file, given.dialect));
  const raw = {
    ...read,
    profiles: await lookCloser(database.query, read.columns, read.profiles),
  };
  const described = describeColumns(raw, given.tables ?? {});
  return { ...(await buildDataset(database, raw, described)), raw };
}
