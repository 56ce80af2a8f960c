import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { sql } from '../../src/lib/sql.ts';
import { rowsFrom } from '../../src/tables/clean.sql.ts';
import { importRaw } from '../../src/tables/raw.ts';
import { shownRows } from '../../src/tables/rows.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, open } from '../support/import.ts';

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()), 60_000);

const text = 'id,at,n\n01,03/04/2024,1\n02,05/06/2024,x\n';

describe('raw tables', () => {
  it('stand side by side under their own names, each with its profile', async () => {
    const one = await importRaw(database, await open(database, fileOf(text)), { table: 'raw_t1' });
    const source = await open(database, fileOf('a,b\n1,2\n', 'other.csv'));
    const two = await importRaw(database, source, { table: 'raw_t2' }, {});
    expect([one.profiles, two.profiles].map(({ table, rows }) => [table, rows])).toEqual([
      ['raw_t1', 2],
      ['raw_t2', 1],
    ]);
    const page = await database.query(
      rowsFrom(one.columns, { from: 1, count: 5, table: 'raw_t1' }),
    );
    expect(shownRows(page, one.columns)).toMatchObject([{ row: 2, cells: { 0: '02', 2: 'x' } }]);
    expect((await database.query(sql`SELECT * FROM raw_t2`)).numRows).toBe(1);
  });

  it('are read as a person chose, and a choice is not taken back where it fits badly', async () => {
    const source = await open(database, fileOf(text));
    const style = { decimal: '.', thousands: '', mark: '', bookkeeping: false } as const;
    const { columns, profiles, findings } = await importRaw(database, source, {
      readers: [
        { column: 'at', reader: { as: 'date', formats: ['%m/%d/%Y'] } },
        { column: 'n', reader: { as: 'number', style } },
        { column: 'id', reader: { as: 'number', style } },
      ],
    });
    expect(columns.map(({ type }) => type)).toEqual(['number', 'date', 'number']);
    expect(profiles.columns[1]).toMatchObject({
      low: '2024-03-04T00:00:00',
      high: '2024-05-06T00:00:00',
    });
    expect(profiles.columns[2]).toMatchObject({ unreadable: 1, gaps: 0 });
    expect(findings.filter(({ code }) => code === 'date-ambiguous')).toEqual([]);
  });
});
