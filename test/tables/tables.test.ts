import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { peopleDefaults } from '../../src/tables/people/types.ts';
import { Tables } from '../../src/tables/tables.svelte.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, open } from '../support/import.ts';
import { peopleService } from '../support/people-service.ts';

const text =
  'order_id,customer_id,household,date,amount\n1,A,h1,2024-01-02,5\n2,B,h1,2024-01-03,6.5\n3,A,h2,2024-01-04,inf\n4,A,h2,2024-01-05,7\n5,,h2,2024-01-05,7\n';
let real: Database;
let made: string[];
let tables: Tables;
beforeAll(async () => ({ database: real } = await testDatabase()));
beforeEach(() => {
  made = [];
  const watched: Database = {
    ...real,
    make: (name, select, signal) => (made.push(name), real.make(name, select, signal)),
  };
  tables = new Tables(watched, peopleService());
});

it('makes a dataset, its columns and a preview', async () => {
  const dataset = await tables.run([await open(real, fileOf(text))]);
  expect(tables.task.error).toBe(null);
  expect(dataset).toMatchObject({ kind: 'orders', customers: 2 });
  expect(tables.columns.map(({ role }) => role)).toEqual([
    'order',
    'customer',
    'left-out',
    'date',
    'amount',
  ]);
  expect(tables.previewRows[2]).toEqual(['3', 'A', 'h2', '2024-01-04', 'inf']);
  expect(tables.previewLines).toEqual([2, 3, 4, 5, 6]);
  const page = await tables.preview(null, { from: 3, count: 10 });
  expect(page).toMatchObject({
    rows: [
      ['4', 'A', 'h2', '2024-01-05', '7'],
      ['5', '', 'h2', '2024-01-05', '7'],
    ],
    lines: [5, 6],
  });
  expect(page.columns).toEqual(tables.columns);
  expect(dataset!.ledger.setAside).toMatchObject([
    { reason: 'no-customer', sample: [{ line: 6, text: '5,,h2,2024-01-05,7' }] },
    { reason: 'no-amount' },
  ]);
});

it('does not read the file again when only roles change', async () => {
  const source = await open(real, fileOf(text));
  await tables.run([source]);
  tables.settings = { roles: [{ column: 'household', role: 'customer' }] };
  const dataset = await tables.run([source]);
  expect(dataset!.customers).toBe(2);
  expect(dataset!.columns.map(({ role }) => role)).toEqual([
    'order',
    'left-out',
    'customer',
    'date',
    'amount',
  ]);
  expect(made).toEqual(['raw_t1', 'orders', 'orders']);
});

it('shows the columns also where no dataset can be made, so that a role can be corrected', async () => {
  const source = await open(
    real,
    fileOf(text.replace('customer_id', 'x').replace('household', 'y')),
  );
  expect(await tables.run([source])).toBe(undefined);
  expect(tables.task.error).toMatchObject({ code: 'roles-missing' });
  expect(tables.columns).toHaveLength(5);
  tables.settings = { roles: [{ column: 'y', role: 'customer' }] };
  expect(await tables.run([source])).toMatchObject({ customers: 2 });
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
  const first = await tables.run([await open(real, fileOf(text))]);
  const running = tables.run([await open(real, fileOf(text.replaceAll('A', 'C')))]);
  tables.task.cancel();
  expect(await running).toBe(undefined);
  expect(tables.dataset).toBe(first);
  expect(tables.task.error).toBe(null);
});

const people =
  'customer_id,email,name,city\nA,ann@x.org,Ann Lee,Bath\nB,ann@x.org,Ann Lee,Bath\nC,bob@y.org,Bob Moor,York\n';
const openTwo = async () => [
  await open(real, fileOf(text, 'orders.csv'), { id: 't1' }),
  await open(real, fileOf(people, 'customers.csv'), { id: 't2' }),
];

it('puts several tables together, and each can still be looked at', async () => {
  const dataset = await tables.run(await openTwo());
  expect(tables.task.error).toBe(null);
  expect(dataset).toMatchObject({ kind: 'orders', customers: 2, ledger: { read: 5, kept: 3 } });
  expect(tables.tables.map(({ kind }) => kind)).toEqual(['transactions', 'customers']);
  expect(tables.ready!.project!.joins).toMatchObject([{ coverage: 0.8, coverageBack: 2 / 3 }]);
  expect((await tables.preview('t2', { from: 0, count: 9 })).rows[2]).toEqual([
    'C',
    'bob@y.org',
    'Bob Moor',
    'York',
  ]);
});

it('a person who stands in the table of customers twice is one customer', async () => {
  const sources = await openTwo();
  await tables.run(sources);
  tables.settings = { people: peopleDefaults };
  const dataset = await tables.run(sources);
  expect(tables.task.error).toBe(null);
  expect(tables.ready!.people!.people.count).toBe(2);
  expect(dataset).toMatchObject({ customers: 1, ledger: { read: 5, kept: 3 } });
  tables.settings = {};
  expect(await tables.run(sources)).toMatchObject({ customers: 2 });
});

it('fixes are steps that can be taken back, and the ledger accounts for the rows they take out', async () => {
  const sources = [await open(real, fileOf(`${text}4,A,h2,2024-01-05,7\n`))];
  expect(await tables.run(sources)).toMatchObject({ ledger: { read: 6, kept: 4 } });
  const fixes = [{ kind: 'drop-duplicates', by: 'all' } as const];
  tables.settings = { fixes: [{ table: 't1', fixes }] };
  const dataset = await tables.run(sources);
  expect(tables.task.error).toBe(null);
  expect(dataset).toMatchObject({ ledger: { read: 6, kept: 3 } });
  expect(dataset!.ledger.setAside).toContainEqual(
    expect.objectContaining({ reason: 'repeat', rows: 1 }),
  );
  tables.settings = {};
  expect(await tables.run(sources)).toMatchObject({ ledger: { read: 6, kept: 4 } });
});

it('reads a column as a person says', async () => {
  const sources = [await open(real, fileOf(text))];
  await tables.run(sources);
  const reader = { as: 'text', trim: false, pointZero: false } as const;
  tables.settings = { readers: [{ table: 't1', column: 'order_id', reader }] };
  await tables.run(sources);
  expect(tables.columns[0]).toMatchObject({ name: 'order_id', type: 'text' });
});
