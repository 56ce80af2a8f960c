import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { Tables } from '../../src/tables/tables.svelte.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, open } from '../support/import.ts';

const text =
  'order_id,customer_id,household,date,amount\n1,A,h1,2024-01-02,5\n2,B,h1,2024-01-03,6.5\n3,A,h2,2024-01-04,NaN\n4,A,h2,2024-01-05,7\n5,,h2,2024-01-05,7\n';
let real: Database;
let made: string[];
let tables: Tables;
beforeAll(async () => ({ database: real } = await testDatabase()));
beforeEach(() => {
  made = [];
  tables = new Tables({
    ...real,
    make: (name, select, signal) => (made.push(name), real.make(name, select, signal)),
  });
});

it('makes a dataset, its columns and a preview', async () => {
  const dataset = await tables.run(await open(real, fileOf(text)));
  expect(tables.task.error).toBe(null);
  expect(dataset).toMatchObject({ kind: 'orders', customers: 2 });
  expect(tables.columns.map(({ role }) => role)).toEqual([
    'order',
    'customer',
    'left-out',
    'date',
    'amount',
  ]);
  expect(tables.previewRows[2]).toEqual(['3', 'A', 'h2', '2024-01-04', 'NaN']);
  expect(tables.previewLines).toEqual([2, 3, 4, 5, 6]);
  expect(await tables.preview(3, 10)).toEqual({
    rows: [
      ['4', 'A', 'h2', '2024-01-05', '7'],
      ['5', '', 'h2', '2024-01-05', '7'],
    ],
    lines: [5, 6],
  });
  expect(tables.setAsideRows('no-customer')).toEqual([{ line: 6, text: '5,,h2,2024-01-05,7' }]);
});

it('does not read the file again when only roles change', async () => {
  const source = await open(real, fileOf(text));
  await tables.run(source);
  tables.settings = { roles: [{ column: 'household', role: 'customer' }] };
  const dataset = await tables.run(source);
  expect(dataset!.customers).toBe(2);
  expect(dataset!.columns.map(({ role }) => role)).toEqual([
    'order',
    'left-out',
    'customer',
    'date',
    'amount',
  ]);
  expect(made).toEqual(['raw', 'orders', 'orders']);
});

it('shows the columns also where no dataset can be made, so that a role can be corrected', async () => {
  const source = await open(
    real,
    fileOf(text.replace('customer_id', 'x').replace('household', 'y')),
  );
  expect(await tables.run(source)).toBe(undefined);
  expect(tables.task.error).toMatchObject({ code: 'roles-missing' });
  expect(tables.columns).toHaveLength(5);
  tables.settings = { roles: [{ column: 'y', role: 'customer' }] };
  expect(await tables.run(source)).toMatchObject({ customers: 2 });
  expect(tables.task.error).toBe(null);
});

it('reports what it is doing', async () => {
  const stages = new Set<string>();
  const source = await open(real, fileOf(text));
  const { importRaw } = await import('../../src/tables/raw.ts');
  await importRaw(real, source, { onProgress: ({ stage }) => stages.add(stage) });
  expect([...stages]).toEqual(['Reading the records', 'Looking at the columns']);
});

it('a cancelled run keeps the dataset before it and leaves no error', async () => {
  const first = await tables.run(await open(real, fileOf(text)));
  const running = tables.run(await open(real, fileOf(text.replaceAll('A', 'C'))));
  tables.task.cancel();
  expect(await running).toBe(undefined);
  expect(tables.dataset).toBe(first);
  expect(tables.task.error).toBe(null);
});
