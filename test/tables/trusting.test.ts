import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { sql } from '../../src/lib/sql.ts';
import { rawTable } from '../../src/tables/import.sql.ts';
import { importRaw, planColumns } from '../../src/tables/raw.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, open } from '../support/import.ts';

let db: Database;
let made: string[];
beforeAll(async () => {
  const { database } = await testDatabase();
  db = {
    ...database,
    make: (name, select, signal) => (made.push(select.text), database.make(name, select, signal)),
  };
});

const head = 'id,amount,day,at,note\n';
const line = (i: number) =>
  `C${i},${i % 7 === 0 ? '' : (i * 1.37 - 40).toFixed(2)},2024-0${1 + (i % 9)}-11,2024-03-1${i % 9} 0${i % 9}:05:06${i % 3 ? '' : '.25'},"a, ${i}"\n`;
const plain = Array.from({ length: 400 }, (_, i) => line(i));
const rows = async (text: string) => {
  made = [];
  const raw = await importRaw(db, await open(db, fileOf(text)));
  const table = await db.query(sql`SELECT * FROM raw ORDER BY line`);
  return {
    raw,
    cells: JSON.stringify(
      table.toArray().map((row) => Object.values(row.toJSON())),
      (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v),
    ),
  };
};

it('a plain file read with trust has the same values as one read cell by cell', async () => {
  const { cells } = await rows(head + plain.join(''));
  expect(made).toHaveLength(1);
  expect(made[0]).toContain("'TIMESTAMP'");
  const source = await open(db, fileOf(head + plain.join('')));
  const { columns } = planColumns(source);
  const { path, dialect } = source;
  await db.make('raw', rawTable({ path, dialect, columns, strict: true }));
  const table = await db.query(sql`SELECT * FROM raw ORDER BY line`);
  const careful = JSON.stringify(
    table.toArray().map((row) => Object.values(row.toJSON())),
    (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v),
  );
  expect(cells).toBe(careful);
});

it.each([
  ['a word among numbers', 'C1,twelve,2024-01-01,2024-01-01 00:00:00,x\n', 1],
  ['an infinity', 'C1,inf,2024-01-01,2024-01-01 00:00:00,x\n', 1],
  ['a day that does not exist', 'C1,1,2024-02-30,2024-01-01 00:00:00,x\n', 1],
  ['a word for nothing', 'C1,n/a,2024-01-01,2024-01-01 00:00:00,x\n', 0],
  ['spaces around a number', 'C1, 12 ,2024-01-01,2024-01-01 00:00:00,x\n', 0],
])('%s behind the sample is read with care, and nothing is lost', async (_, odd, unreadable) => {
  const many = Array.from({ length: 60_000 }, (_each, i) => line(i)).join('');
  const { raw } = await rows(head + many + odd + plain.join(''));
  expect(raw.profiles.rows).toBe(60_401);
  expect(raw.count.kept).toBe(60_401);
  expect(raw.profiles.columns.reduce((sum, column) => sum + column.unreadable, 0)).toBe(unreadable);
});

it('a ragged record behind the sample is set aside as ever', async () => {
  const many = Array.from({ length: 60_000 }, (_, i) => line(i)).join('');
  const { raw } = await rows(
    `${head}${many}C1,1,2024-01-01,2024-01-01 00:00:00,x,y,z\n${plain.join('')}`,
  );
  expect(raw.count.setAside).toMatchObject([{ reason: 'ragged', rows: 1 }]);
  expect(raw.profiles.rows).toBe(60_400);
});
