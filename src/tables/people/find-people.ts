import type { Database } from '../../db/query.ts';
import { TesseraError } from '../../lib/errors.ts';
import { callJob, type JobOptions, type Service } from '../../lib/job.ts';
import { pairUp } from './people-table.ts';
import { readRecords } from './read-records.ts';
import { suggestFields, type PeopleTable } from './suggest.ts';
import type {
  Blocks,
  FieldKind,
  KeyPair,
  Pairs,
  PeopleField,
  PeopleSettings,
  RecordKey,
  Records,
  Resolution,
} from './types.ts';
import type { PeopleApi } from './worker-api.ts';

/** Records read, normalised and paired: all that does not depend on thresholds and decisions. */
export type Prepared = {
  readonly fields: readonly PeopleField[];
  /** One table only: a person goes by the bare id of their first record. */
  readonly oneTable: boolean;
  /** What each record is called, and in which table it stands. */
  readonly names: readonly string[];
  readonly tables: readonly string[];
  /** As in the file, by field kind and record; for showing pairs. */
  readonly texts: readonly { readonly as: FieldKind; readonly texts: readonly string[] }[];
  readonly records: Records;
  readonly pairs: Pairs;
  readonly blocks: Blocks;
};

export type People = Resolution & {
  readonly keys: readonly RecordKey[];
  /** Decided pairs that name a record which is no longer there. */
  readonly strays: number;
};

type Means = { readonly db: Database; readonly worker: Service<PeopleApi> };

/**
 * Reads the records of `tables` and pairs those that may be one person.
 * Throws people-fields-missing where no column tells people apart.
 */
export async function preparePeople(
  { db, worker }: Means,
  tables: readonly PeopleTable[],
  settings: PeopleSettings,
  job: JobOptions = {},
): Promise<Prepared> {
  const chosen = settings.fields.length > 0 ? settings.fields : suggestFields(tables);
  const fields = chosen.filter(({ table, column }) =>
    tables.some(({ id, columns }) => id === table && columns.some(({ name }) => name === column)),
  );
  if (fields.length === 0)
    throw new TesseraError(
      'people-fields-missing',
      'No column holds an e-mail, phone, name, birth date or address.',
    );
  job.onProgress?.({ stage: 'Reading the records', done: 0, total: 1 });
  const read = await readRecords(db, tables, fields, job.signal);
  const input = {
    count: read.names.length,
    columns: read.texts,
    country: settings.country,
    sameMailbox: settings.sameMailbox,
  };
  const { records, keys } = await callJob(worker, (api, port) => api.normalise(input, port), job);
  job.onProgress?.({ stage: 'Pairing records', done: 0, total: 1 });
  const pairs = await pairUp(db, keys.csv, job.signal);
  return { fields, oneTable: tables.length === 1, ...read, records, pairs, blocks: keys.blocks };
}

/** Who is who, under these thresholds and decisions. */
export async function resolvePeople(
  worker: Service<PeopleApi>,
  { names, tables, records, pairs }: Prepared,
  settings: PeopleSettings,
  job: JobOptions = {},
): Promise<People> {
  const keys = names.map((name, r) => `${tables[r]}:${name}`);
  const places = new Map(keys.map((key, r) => [key, r]));
  const known = (list: readonly KeyPair[]) =>
    list.flatMap(([a, b]): [number, number][] => {
      const [x, y] = [places.get(a), places.get(b)];
      return x === undefined || y === undefined || x === y ? [] : [[x, y]];
    });
  const { link, review, seed } = settings;
  const [accepted, refused] = [known(settings.accepted), known(settings.refused)];
  const options = { link, review, seed, accepted, refused };
  const found = await callJob(
    worker,
    (api, port) => api.resolve({ records, pairs, options }, port),
    job,
  );
  const strays =
    settings.accepted.length + settings.refused.length - accepted.length - refused.length;
  return { ...found, keys, strays };
}
