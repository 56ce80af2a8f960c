import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Query } from '../../src/db/query.ts';
import { ageOn } from '../../src/features/age.sql.ts';
import { DESCRIBES, isByChoice, measureFeatures } from '../../src/features/build.ts';
import type { FeatureSettings, FeatureTable } from '../../src/features/types.ts';
import { id, sql } from '../../src/lib/sql.ts';
import { Tables } from '../../src/tables/tables.svelte.ts';
import type { Column, Dataset } from '../../src/tables/types.ts';
import { column, dataset, ordersTable } from '../support/datasets.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, open } from '../support/import.ts';
import { peopleService } from '../support/people-service.ts';
import { segmentService } from '../support/segment-service.ts';

let query: Query;
let database: Database;
let db: Awaited<ReturnType<typeof testDatabase>>['db'];
beforeAll(async () => void ({ db, query, database } = await testDatabase()));

const measure = (of: Dataset, settings: FeatureSettings = {}) =>
  measureFeatures(of, settings, { query, worker: segmentService() }, {});
const withFacts = (facts: Column[], settings: FeatureSettings = {}) =>
  measure(dataset({ has: ['customer', 'date', 'amount'], customers: 40, facts }), settings);
const valuesOf = ({ features, raw }: FeatureTable, name: string) => {
  const at = features.findIndex((feature) => feature.name === name);
  return Array.from({ length: raw.rows }, (_, r) => raw.data[r * raw.cols + at]);
};
const featureOf = ({ features }: FeatureTable, name: string) =>
  features.find((feature) => feature.name === name)!;

describe('what is known of a customer, beside orders', () => {
  beforeEach(async () => {
    const at = ['2025-01-01', '2025-02-01', '2025-03-01', '2025-03-02', '2025-03-31'];
    await ordersTable(
      query,
      at.map((day, i) => ({ customer: 'abcda'[i]!, at: `${day} 10:00:00`, amount: 10 * i })),
    );
    await query(sql`CREATE OR REPLACE TABLE customer_facts AS SELECT * FROM (VALUES
      ('d', 'Bath', NULL,  NULL, TIMESTAMP '2025-03-01', TIMESTAMP '2026-01-01', 'no'),
      ('a', 'Bath', 20.5,  true, TIMESTAMP '2025-03-30', TIMESTAMP '1990-03-31', 'yes'),
      ('b', 'York', 40.5,  true, NULL,                   TIMESTAMP '1990-04-01', 'yes'),
      ('c', NULL,   'inf'::DOUBLE, false, TIMESTAMP '2025-03-21', TIMESTAMP '1890-01-01', 'no'))
      t(customer, city, income, vip, joined, born, churned)`);
  });
  const facts = [
    column('city', 'text', { distinct: 2, gaps: 1 }),
    column('income', 'number', { gaps: 1 }),
    column('vip', 'yes-no', { gaps: 1 }),
    column('joined', 'date', { gaps: 1 }),
    column('born', 'date', { role: 'birth-date' }),
    column('churned', 'text', { role: 'outcome', distinct: 2 }),
  ];

  it('is measured like the columns of a table of customers, gaps filled as stated', async () => {
    const table = await withFacts(facts);
    expect(table.customers).toEqual(['a', 'b', 'c', 'd']);
    expect(featureOf(table, 'city').categories).toEqual(['Bath', 'York', '(blank)']);
    expect(valuesOf(table, 'city')).toEqual([0, 1, 2, 0]);
    expect(valuesOf(table, 'income')).toEqual([20.5, 40.5, 30.5, 30.5]);
    expect(valuesOf(table, 'vip')).toEqual([1, 1, 0, 1]);
    expect(valuesOf(table, 'joined')).toEqual([1, 10, 10, 30]);
    expect(
      ['city', 'income', 'vip', 'joined', 'age'].map((name) => {
        const { unit, gaps, gapRule } = featureOf(table, name);
        return [name, unit, gaps, gapRule];
      }),
    ).toEqual([
      ['city', 'category', 0, null],
      ['income', 'number', 2, 'the median of the others'],
      ['vip', 'share', 1, 'the commoner answer'],
      ['joined', 'days', 1, 'the median of the others'],
      ['age', 'number', 2, 'the median of the others, also for ages below 0 or above 120'],
    ]);
  });

  it('knows the age in whole years as of the day that counts; what cannot be true is a gap', async () => {
    expect(valuesOf(await withFacts(facts), 'age')).toEqual([35, 34, 34.5, 34.5]);
    const earlier = await withFacts(facts, { asOf: '2025-03-30' });
    expect(valuesOf(earlier, 'age')).toEqual([34, 34, 34, 34]);
    expect(featureOf(earlier, 'age').label).toBe('Age');
  });

  it('describes and does not group, so that the segments stay; the outcome never groups', async () => {
    const [without, table] = [await withFacts([]), await withFacts(facts)];
    expect(table.scaled).toEqual(without.scaled);
    expect(table.spend).toBe(without.spend);
    expect(table.features.slice(0, without.features.length)).toEqual(without.features);
    const more = table.features.slice(without.features.length);
    expect(more.map(({ name, unusedReason }) => [name, unusedReason === DESCRIBES])).toEqual([
      ['city', true],
      ['income', true],
      ['vip', true],
      ['joined', true],
      ['age', true],
      ['churned', false],
    ]);
    expect(more.map(isByChoice)).toEqual([true, true, true, true, true, false]);
  });

  it('can be turned on, and then each town is one column', async () => {
    const table = await withFacts(facts, { on: ['city'] });
    const city = table.features.findIndex(({ name }) => name === 'city');
    expect(table.features[city]!.used).toBe(true);
    expect(table.scaledFrom).toEqual([city, city, city]);
    const all = await withFacts(facts, { on: ['city', 'churned'] });
    expect(featureOf(all, 'churned').used).toBe(false);
  });

  it('stands in the one statement that is shown', async () => {
    const table = await withFacts(facts);
    const again = db.connect().query(table.sql);
    for (const name of ['city', 'income', 'vip', 'joined', 'age', 'churned'])
      expect([...again.getChild(name)!.toArray()]).toEqual(valuesOf(table, name));
  });

  it('is of the customers who had ordered by then', async () => {
    const table = await withFacts(facts, { asOf: '2025-02-15' });
    expect(table.customers).toEqual(['a', 'b']);
    expect(valuesOf(table, 'income')).toEqual([20.5, 40.5]);
    expect(valuesOf(table, 'joined')).toEqual([-43, -43]);
  });

  it('of one customer, or where nothing is known, is no error', async () => {
    await ordersTable(query, [{ customer: 'd', at: '2025-03-02', amount: 1 }]);
    const table = await withFacts(facts);
    expect(table.customers).toEqual(['d']);
    expect([valuesOf(table, 'income'), valuesOf(table, 'age')]).toEqual([[0], [0]]);
    await ordersTable(query, []);
    expect((await withFacts(facts)).customers).toEqual([]);
  });

  it('changes nothing where it is absent', async () => {
    await query(sql`DROP TABLE customer_facts`);
    const table = await withFacts([]);
    expect(table.sql).not.toContain('customer_facts');
    const old = dataset({ has: ['customer', 'date', 'amount'], customers: 40 });
    expect(await measure(old)).toEqual(table);
  });

  it('is left out with the reason where it is no feature: many values, nothing, no day to count from', async () => {
    await query(
      sql`CREATE OR REPLACE TABLE customer_facts AS SELECT 'c' || i AS customer, 'city ' || (i % 14) AS "Products", NULL::DOUBLE AS none, TIMESTAMP '1990-01-01' AS born FROM range(40) t(i)`,
    );
    await ordersTable(query, [{ customer: 'c1', at: null }]);
    const table = await withFacts([
      column('Products', 'text', { distinct: 14 }),
      column('none', 'number', { distinct: 0, gaps: 40 }),
      column('born', 'date', { role: 'birth-date' }),
    ]);
    expect(table.leftOut!.slice(-3)).toEqual([
      {
        column: 'Products (of the customer)',
        reason: 'It is text with more than 12 different values.',
      },
      { column: 'none', reason: 'It is empty throughout.' },
      {
        column: 'born',
        reason: 'It is a date of birth, and there is no day to count the age from.',
      },
    ]);
    const heads = table.leftOut!.map(({ column: head }) => head);
    expect(new Set(heads).size).toBe(heads.length);
  });

  it('may be called like a habit, or anything else, without taking its place', async () => {
    const evil = `"; DROP TABLE orders; --`;
    await query(sql`CREATE OR REPLACE TABLE customer_facts AS
      SELECT customer, 7.0::DOUBLE AS "Spend", 11.0::DOUBLE AS "Spend_2", 3.0::DOUBLE AS lines, 2.0::DOUBLE AS age,
             TIMESTAMP '2000-01-01' AS born, 5.0::DOUBLE AS ${id(evil)}
      FROM (SELECT DISTINCT customer FROM orders)`);
    const table = await withFacts([
      column('Spend', 'number'),
      column('Spend_2', 'number'),
      column('lines', 'number'),
      column('born', 'date', { role: 'birth-date' }),
      column('age', 'number'),
      column(evil, 'number'),
    ]);
    expect(valuesOf(table, 'spend')).toEqual([40, 10, 20, 30]);
    expect(table.features[table.spend]!.name).toBe('spend');
    expect(
      ['Spend_2', 'Spend_2_2', 'lines', 'age_2', 'age', evil].map(
        (name) => valuesOf(table, name)[0],
      ),
    ).toEqual([7, 11, 3, 25, 2, 5]);
    expect(featureOf(table, 'age_2').label).toBe('Age by Born');
  });
});

describe('the age in whole years', () => {
  it('is that of the calendar, on any day', async () => {
    const born = ['1990-03-31', '2000-02-29', '1999-12-31', '2024-01-01', '1904-02-29'];
    const days = [
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
      '2025-02-28',
      '2025-03-01',
      '2024-12-31',
    ];
    for (const day of days)
      for (const birth of born) {
        const [y, m, d] = birth.split('-').map(Number) as [number, number, number];
        let years = -1; // birthdays up to the day, the day of birth among them
        for (let at = y; Date.UTC(at, m - 1, d) <= Date.parse(day); at++) years++;
        const age = ageOn(day, sql`${birth}::TIMESTAMP`);
        const [found] = (await query(sql`SELECT (${age})::DOUBLE AS age`)).toArray();
        expect([day, birth, found!.age]).toEqual([
          day,
          birth,
          years >= 0 && years <= 120 ? years : null,
        ]);
      }
  });
});

describe('a table of customers', () => {
  const born = column('born', 'date', { role: 'birth-date', high: '2004-01-01' });
  beforeEach(() =>
    query(sql`CREATE OR REPLACE TABLE customers AS SELECT * FROM (VALUES
      ('a', TIMESTAMP '1980-06-01', TIMESTAMP '2020-05-31'), ('b', TIMESTAMP '2004-01-01', TIMESTAMP '2020-01-01'),
      ('c', TIMESTAMP '2020-06-01', NULL)) t(customer, born, joined)`),
  );
  const measured = (columns: Column[], settings: FeatureSettings = {}) =>
    measure(dataset({ kind: 'customers', columns, customers: 3 }), settings);

  it('tells ages as of its last date, or as of the day that a person names', async () => {
    const joined = column('joined', 'date', { high: '2020-05-31' });
    const table = await measured([born, joined]);
    expect([table.asOf, valuesOf(table, 'age')]).toEqual(['2020-05-31', [39, 16, 27.5]]);
    expect(featureOf(table, 'age')).toMatchObject({ label: 'Age', gaps: 1, unusedReason: null });
    const named = await measured([born], { asOf: '2024-06-01' });
    expect(valuesOf(named, 'age')).toEqual([44, 20, 4]);
  });

  it('leaves a birth date out, with the reason, where nothing says as of when or it is no date', async () => {
    const table = await measured([born]);
    expect([table.asOf, table.features]).toEqual([null, []]);
    expect(table.leftOut).toEqual([
      {
        column: 'born',
        reason: 'It is a date of birth, and there is no day to count the age from.',
      },
    ]);
    const text = await measured([column('born', 'text', { role: 'birth-date' })]);
    expect(text.leftOut![0]!.reason).toContain('not read as dates');
  });

  it('makes no feature of who a person is', async () => {
    const roles = ['email', 'phone', 'person-name', 'address', 'comment'] as const;
    const table = await measured(roles.map((role) => column('born', 'text', { role })));
    expect([table.features, table.leftOut]).toEqual([[], []]);
  });
});

it('the columns of a table of customers reach the features of orders from another file', async () => {
  const orders =
    'order_id,customer_id,date,amount\n1,A,2024-01-02,5\n2,B,2024-01-03,6.5\n3,A,2024-01-04,1\n4,A,2024-01-05,7\n5,C,2024-02-05,7\n6,Z,2024-02-06,1\n';
  const people =
    'customer_id,email,name,city,club,income,birth_date\nA,ann@x.org,Ann Lee,Bath,gold,100,1990-02-06\nB,bob@y.org,Bob Moor,York,blue,300,1990-02-07\nC,cem@y.org,Cem Kaya,York,gold,,1801-01-01\nD,dee@y.org,Dee Ray,Hull,blue,9,1960-01-01\n';
  const tables = new Tables(database, peopleService());
  const made = await tables.run([
    await open(database, fileOf(orders, 'orders.csv'), { id: 't1' }),
    await open(database, fileOf(people, 'customers.csv'), { id: 't2' }),
  ]);
  expect(tables.task.error).toBe(null);
  expect(made!.facts!.map(({ name, role }) => [name, role])).toEqual([
    ['club', 'feature'],
    ['income', 'feature'],
    ['birth_date', 'birth-date'],
  ]);
  const table = await measure(made!);
  expect(table.asOf).toBe('2024-02-06');
  expect(table.customers).toEqual(['A', 'B', 'C', 'Z']);
  expect(featureOf(table, 'club').categories).toEqual(['gold', 'blue', '(blank)']);
  expect(valuesOf(table, 'club')).toEqual([0, 1, 0, 2]);
  expect(valuesOf(table, 'income')).toEqual([100, 300, 200, 200]);
  expect(valuesOf(table, 'age')).toEqual([34, 33, 33.5, 33.5]);
  expect(table.features.filter(({ used }) => used).map(({ name }) => name)).toEqual(
    (await measure({ ...made!, facts: [] })).features.filter((f) => f.used).map((f) => f.name),
  );
});
