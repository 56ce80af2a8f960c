import { beforeAll, describe, expect, it } from 'vitest';
import type { Query } from '../../src/db/query.ts';
import { id as idOf, sql } from '../../src/lib/sql.ts';
import { measureFeatures } from '../../src/features/build.ts';
import type { Column } from '../../src/tables/types.ts';
import { column, dataset } from '../support/datasets.ts';
import { testDatabase } from '../support/duckdb.ts';
import { segmentService } from '../support/segment-service.ts';

let query: Query;
beforeAll(async () => void ({ query } = await testDatabase()));

const measured = (columns: Column[], more: object = {}) =>
  measureFeatures(
    dataset({ kind: 'customers', columns, customers: 4, ...more }),
    {},
    { query, worker: segmentService() },
    {},
  );

describe('features from a table of customers', () => {
  it('are its columns: numbers as they are, yes and no as 1 and 0, dates in days, text as a category', async () => {
    await query(sql`CREATE OR REPLACE TABLE customers AS SELECT * FROM (VALUES
      ('c', 1.5, true, TIMESTAMP '2025-01-01 10:00:00', 'red'), ('a', 2.5, false, TIMESTAMP '2025-01-31 00:00:00', 'blue'),
      ('b', 4.0, true, TIMESTAMP '2025-01-11 00:00:00', 'red'), ('d', 9.0, false, NULL, NULL)) t(customer, age, member, joined, colour)`);
    const table = await measured([
      column('age', 'number'),
      column('member', 'yes-no'),
      column('joined', 'date', { gaps: 1, high: '2025-01-31' }),
      column('colour', 'text', { distinct: 2 }),
    ]);
    expect(table.customers).toEqual(['a', 'b', 'c', 'd']);
    expect(table.asOf).toBe('2025-01-31');
    expect(table.features.map(({ name, unit, gaps }) => [name, unit, gaps])).toEqual([
      ['age', 'number', 0],
      ['member', 'share', 0],
      ['joined', 'days', 1],
      ['colour', 'category', 0],
    ]);
    expect(table.features[3]!.categories).toEqual(['red', 'blue', '(blank)']);
    expect([...table.raw.data]).toEqual([2.5, 0, 0, 1, 4, 1, 20, 0, 1.5, 1, 30, 0, 9, 0, 20, 2]);
    expect(table.scaledFrom).toEqual([0, 1, 2, 3, 3, 3]);
    expect(table.spend).toBe(-1);
  });

  it('fill blank numbers with the median, and blank answers with the commoner one, and say so', async () => {
    await query(sql`CREATE OR REPLACE TABLE customers AS SELECT * FROM (VALUES
      ('a', 1, true), ('b', 3, NULL), ('c', NULL, true), ('d', 8, false)) t(customer, n, yes)`);
    const table = await measured([
      column('n', 'number', { unreadable: 1 }),
      column('yes', 'yes-no', { gaps: 1 }),
    ]);
    expect([...table.raw.data]).toEqual([1, 1, 3, 1, 3, 1, 8, 0]);
    expect(table.features.map(({ gaps, gapRule }) => [gaps, gapRule])).toEqual([
      [1, 'the median of the others'],
      [1, 'the commoner answer'],
    ]);
  });

  it('leave out ids, text of many values and empty columns, with the reason, and never group by the outcome', async () => {
    await query(
      sql`CREATE OR REPLACE TABLE customers AS SELECT 'c' || i AS customer, 'n' || i AS name, 'city ' || (i % 14) AS city, i % 2 = 0 AS churned, (i % 7)::DOUBLE AS n, NULL::DOUBLE AS none FROM range(40) t(i)`,
    );
    const table = await measured(
      [
        column('name', 'text', { distinct: 40 }),
        column('city', 'text', { distinct: 14 }),
        column('churned', 'yes-no', { role: 'outcome' }),
        column('n', 'number'),
        column('none', 'number', { distinct: 0 }),
        column('ignored', 'number', { role: 'left-out' }),
      ],
      { customers: 40 },
    );
    expect(table.features.map(({ name, used }) => [name, used])).toEqual([
      ['churned', false],
      ['n', true],
    ]);
    expect(table.features[0]!.unusedReason).toContain('predicted');
    expect(table.raw.data[0]).toBe(1);
    expect(table.leftOut).toEqual([
      {
        column: 'name',
        reason: 'Nearly every customer has another value, so it names rather than describes them.',
      },
      { column: 'city', reason: 'It is text with more than 12 different values.' },
      { column: 'none', reason: 'It is empty throughout.' },
    ]);
    expect(table.scaled.cols).toBe(1);
  });

  it('take any name of a column and any value as a name and a value', async () => {
    const evil = `"; DROP TABLE customers; --`;
    await query(
      sql`CREATE OR REPLACE TABLE customers AS SELECT 'c' || i AS customer, i::DOUBLE AS ${idOf(evil)}, CASE WHEN i % 2 = 0 THEN ${"O'Brien"} ELSE '<img onerror=x>' END AS "__proto__" FROM range(4) t(i)`,
    );
    const table = await measured([
      column(evil, 'number'),
      column('__proto__', 'text', { distinct: 2 }),
    ]);
    expect([...table.raw.data]).toEqual([0, 1, 1, 0, 2, 1, 3, 0]);
    expect(table.features[1]!.categories).toEqual(['<img onerror=x>', "O'Brien"]);
    expect((await query(sql`SELECT count(*)::DOUBLE AS n FROM customers`)).toArray()[0]!.n).toBe(4);
  });

  it('know what customers brought in by the name of the column', async () => {
    await query(
      sql`CREATE OR REPLACE TABLE customers AS SELECT 'c' || i AS customer, i::DOUBLE AS "Spending Score", i::DOUBLE AS "Total spend" FROM range(4) t(i)`,
    );
    expect(
      (await measured([column('Spending Score', 'number'), column('Total spend', 'number')])).spend,
    ).toBe(1);
  });

  it('may be none at all', async () => {
    await query(
      sql`CREATE OR REPLACE TABLE customers AS SELECT 'c' || i AS customer FROM range(3) t(i)`,
    );
    const table = await measured([]);
    expect([table.customers.length, table.raw.cols, table.scaled.cols]).toEqual([3, 0, 0]);
  });
});
