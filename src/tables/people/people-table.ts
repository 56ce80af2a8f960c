import type { Database } from '../../db/query.ts';
import { blockTable, candidatePairs, peopleTable } from './blocks.sql.ts';
import type { People, Prepared } from './find-people.ts';
import type { Pairs } from './types.ts';

const KEYS = 'people_keys';
/** The table that says which records are one person. */
export const PEOPLE = 'people';

/**
 * Makes table `people`: source VARCHAR (the table's id), record VARCHAR (its own id, or its line), person VARCHAR (the id of the
 * person's first record; with its table before it where there are several), one row a record.
 */
export async function makePeopleTable(
  db: Database,
  { names, tables, oneTable }: Prepared,
  { people }: Pick<People, 'people'>,
  signal?: AbortSignal,
): Promise<void> {
  const first = new Map<number, string>();
  const lines = names.map((name, r) => {
    const person = people[r] ?? -1;
    if (!first.has(person)) first.set(person, oneTable ? name : `${tables[r]}:${name}`);
    return [tables[r] ?? '', name, first.get(person) ?? ''].map(quoted).join(',');
  });
  await fromCsv(db, new Blob([lines.join('\n'), '\n']), (path) =>
    db.make(PEOPLE, peopleTable(path), signal),
  );
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Candidate pairs from the keys that the worker wrote; the table of keys is gone afterwards. */
export async function pairUp(db: Database, csv: Blob, signal?: AbortSignal): Promise<Pairs> {
  try {
    await fromCsv(db, csv, (path) => db.make(KEYS, blockTable(path), signal));
    const table = await db.query(candidatePairs(KEYS), signal);
    const side = (name: string) => Int32Array.from(table.getChild(name)?.toArray() as Int32Array); // INTEGER, never null; a copy that may cross
    return { first: side('first'), second: side('second') };
  } finally {
    await db.drop(KEYS);
  }
}

async function fromCsv(
  db: Database,
  csv: Blob,
  use: (path: string) => Promise<void>,
): Promise<void> {
  const path = await db.register(new File([csv], 'people.csv'));
  try {
    await use(path);
  } finally {
    await db.release(path);
  }
}
