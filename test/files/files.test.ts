import { expose, wrap } from 'comlink';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { Files } from '../../src/files/files.svelte.ts';
import { listParts } from '../../src/files/formats/contents.ts';
import { openFile } from '../../src/files/open.ts';
import { countRecords, fingerprint } from '../../src/files/scan.ts';
import { joinBodies } from '../../src/files/set.ts';
import type { FileApi } from '../../src/files/worker-api.ts';
import { runJob } from '../../src/lib/job.ts';
import { sql } from '../../src/lib/sql.ts';
import { warmUp } from '../../src/tables/warm-up.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf } from '../support/import.ts';

const api: FileApi = {
  parts: (file, port) => runJob(port, (job) => listParts(file, job)),
  open: (file, request, port) => runJob(port, (job) => openFile(file, request, job)),
  join: (members, port) => runJob(port, (job) => joinBodies(members, job)),
  count: (input, port) => runJob(port, (job) => countRecords(input, job)),
  fingerprint: (file, port) => runJob(port, (job) => fingerprint(file, job)),
};
let database: Database;
let channel: MessageChannel;
let files: Files;
beforeAll(async () => ({ database } = await testDatabase()));
beforeEach(() => {
  channel = new MessageChannel();
  expose(api, channel.port1);
  const service = {
    api: wrap<FileApi>(channel.port2) as unknown as FileApi,
    dead: new AbortController().signal,
  };
  files = new Files(database, service);
});
afterEach(() => (channel.port1.close(), channel.port2.close()));

/** Gives files to the project, as a person does, and opens what is found in them. */
async function openAll(...given: readonly File[]) {
  const settings = await files.propose(given.map((file) => files.given.give(file)));
  if (!settings) return undefined;
  files.settings = settings;
  return files.open();
}

it('opens a file: its dialect, a path for the database, and the scan that follows', async () => {
  const sources = await openAll(fileOf('id;v\n1;2\n3;4\n', 'shop.csv'));
  expect(files.task.error).toBe(null);
  expect(sources).toMatchObject([{ id: 't1', name: 'shop.csv', bytes: 13, headers: ['id', 'v'] }]);
  expect(files.sources).toBe(sources);
  expect(await sources![0]!.scan).toMatchObject({ records: 2, lines: 3 });
});

it('keeps the sources before it when a file cannot be read, and says why', async () => {
  const sources = await openAll(fileOf('id;v\n1;2\n'));
  expect(await openAll(fileOf(''))).toBe(undefined);
  expect(files.task.error).toMatchObject({ code: 'file-empty' });
  expect(files.sources).toBe(sources);
});

it('reads only the table again whose dialect a person chose', async () => {
  const [first, second] = (await openAll(
    fileOf('id;v,w\n1;2,3\n', 'a'),
    fileOf('x;y\n1;2\n', 'b'),
  ))!;
  const [one, two] = files.settings.sources;
  files.settings = { sources: [{ ...one!, dialect: { delimiter: ',' } }, two!] };
  const again = await files.open();
  expect(again![0]!.headers).toEqual(['id;v', 'w']);
  expect(again![0]!.path).not.toBe(first!.path);
  expect(again![1]).toBe(second);
});

it('makes one table of files of the same shape, in the order of their names, and others beside it', async () => {
  const month = (name: string, v: number) => fileOf(`id,v\n1,${v}`, name);
  const sources = await openAll(
    month('m10.csv', 10),
    fileOf('a;b;c\n1;2;3\n', 'other.csv'),
    month('m2.csv', 2),
  );
  expect(sources).toHaveLength(2);
  expect(await sources![0]!.body.text()).toBe('1,2\n1,10\n');
  expect(await sources![0]!.counted).toMatchObject({ records: 2, kept: 2 });
  expect(files.settings.sources.map((source) => source.files)).toEqual([['f3', 'f1'], ['f2']]);
});

it('gives every table an id that was never used before, and finds files again after a table was taken back', async () => {
  await openAll(fileOf('id,v\n1,2\n', 'a.csv'));
  const before = files.settings;
  await openAll(fileOf('x;y\n1;2\n', 'b.csv'));
  const both = files.settings;
  expect(both.sources.map(({ id }) => id)).toEqual(['t1', 't2']);
  files.settings = before;
  expect(await files.open()).toHaveLength(1);
  files.settings = both;
  expect(await files.open()).toHaveLength(2);
  expect(await files.fingerprints()).toMatchObject([{ key: 'f1' }, { key: 'f2', name: 'b.csv' }]);
});

it('takes pasted cells for a file', async () => {
  const sources = await openAll(files.paste('id\tname\n1\tAnna\n2\tBert\n', 'Pasted'));
  expect(sources![0]!.dialect.delimiter).toBe('\t');
});

it('warms up on a made-up file that leaves no trace', async () => {
  const warm = await files.warmUp();
  expect(warm?.opened).toMatchObject({
    columns: 4,
    headers: ['order_id', 'date', 'amount', 'name'],
  });
  await warmUp(database, warm!.file, warm!.opened);
  const tables = await database.query(sql`SELECT table_name FROM information_schema.tables`);
  expect(tables.numRows).toBe(0);
  expect(files.sources).toEqual([]);
});
