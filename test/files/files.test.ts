import { expose, wrap } from 'comlink';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { Files } from '../../src/files/files.svelte.ts';
import { openFile } from '../../src/files/open.ts';
import { countRecords, fingerprint } from '../../src/files/scan.ts';
import type { FileApi } from '../../src/files/worker-api.ts';
import { runJob } from '../../src/lib/job.ts';
import { sql } from '../../src/lib/sql.ts';
import { warmUp } from '../../src/tables/warm-up.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf } from '../support/import.ts';

const api: FileApi = {
  open: (file, given, port) => runJob(port, (job) => openFile(file, given, job)),
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

it('opens a file: its dialect, a path for the database, and the scan that follows', async () => {
  const source = await files.open(fileOf('id;v\n1;2\n3;4\n', 'shop.csv'));
  expect(files.task.error).toBe(null);
  expect(source).toMatchObject({ name: 'shop.csv', bytes: 13, headers: ['id', 'v'], columns: 2 });
  expect(files.source).toBe(source);
  expect(await source!.scan).toMatchObject({ records: 2, lines: 3 });
});

it('keeps the source before it when a file cannot be read, and says why', async () => {
  const source = await files.open(fileOf('id;v\n1;2\n'));
  expect(await files.open(fileOf(''))).toBe(undefined);
  expect(files.task.error).toMatchObject({ code: 'file-empty' });
  expect(files.source).toBe(source);
});

it('reads the same file again with the dialect that a person chose', async () => {
  await files.open(fileOf('id;v,w\n1;2,3\n4;5,6\n'));
  files.settings = { dialect: { delimiter: ',' } };
  const source = await files.reread();
  expect(source!.headers).toEqual(['id;v', 'w']);
});

it('takes pasted cells for a file', async () => {
  const file = files.paste('id\tname\n1\tAnna\n2\tBert\n', 'Pasted');
  expect((await files.open(file))!.dialect.delimiter).toBe('\t');
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
  expect(files.source).toBe(null);
});
