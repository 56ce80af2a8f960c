import { afterAll, describe, expect, it } from 'vitest';
import { sql } from '../../src/lib/sql.ts';
import type { Role } from '../../src/tables/types.ts';
import { testEngine } from '../support/engine.ts';
import { fileOf, importFile } from '../support/import.ts';

const { engine: database } = testEngine();
afterAll(() => database.close());

const columns = 'customer_id,order_date,amount,city,vip,income,born';
const roles = [
  ['customer_id', 'customer'],
  ['order_date', 'date'],
  ['amount', 'amount'],
  ['city', 'feature'],
  ['vip', 'outcome'],
  ['income', 'feature'],
  ['born', 'birth-date'],
].map(([column, role]) => ({ column: column!, role: role as Role })); // each is a role

const imported = (lines: readonly string[], given = roles) =>
  importFile(database, fileOf([columns, ...lines, ''].join('\n')), {
    tables: { kind: 'orders', roles: given },
  });
const facts = async () =>
  (
    await database.query(
      sql`SELECT * REPLACE (born::DATE::VARCHAR AS born) FROM customer_facts ORDER BY customer`,
    )
  )
    .toArray()
    .map((row) => Object.values(row.toJSON()));
const isThere = async () =>
  (
    await database.query(
      sql`SELECT count(*)::DOUBLE AS n FROM duckdb_tables() WHERE table_name = 'customer_facts'`,
    )
  ).toArray()[0]!.n === 1;

const lines = [
  'A,2024-01-02,5,,yes,100,1990-05-01',
  'A,2024-01-03,6,Bath,yes,100,1990-05-01',
  'A,2024-01-01,7,York,,100,1991-05-01',
  'B,2024-01-04,,Leeds,no,7,1980-01-01', // set aside: no amount
  'B,2024-01-05,8,Hull,no,,',
  'B,2024-01-06,9,Hull,yes,250.5,',
  'C,2024-01-07,1,,,,',
  'D,2024-01-08,,Bath,yes,1,1970-01-01', // set aside, so D is no customer
  ',2024-01-09,3,Bath,yes,1,1970-01-01', // set aside: nobody
];

describe('what order lines tell of a customer', () => {
  it('is one row a customer with kept lines: the first filled value of each column, in the order of the file', async () => {
    const dataset = await imported(lines);
    expect(await facts()).toEqual([
      ['A', 'Bath', true, 100, '1990-05-01'],
      ['B', 'Hull', false, 250.5, null],
      ['C', null, null, null, null],
    ]);
    expect(dataset.customers).toBe(3);
    expect(
      dataset.facts!.map(({ name, type, role, gaps, distinct, low, high }) => {
        return [name, type, role, gaps, distinct, low, high];
      }),
    ).toEqual([
      ['city', 'text', 'feature', 1, 2, null, null],
      ['vip', 'yes-no', 'outcome', 1, 2, null, null],
      ['income', 'number', 'feature', 1, 2, 100, 250.5],
      ['born', 'date', 'birth-date', 2, 1, '1990-05-01T00:00:00', '1990-05-01T00:00:00'],
    ]);
  });

  it('says how many customers have different values of a column, among the lines kept', async () => {
    const { findings } = await imported([
      ...lines,
      'C,2024-01-10,1,Ely,,1,',
      'C,2024-01-11,1,Rye,,,',
    ]);
    expect(findings.filter(({ code }) => code === 'facts-differ')).toEqual([
      {
        code: 'facts-differ',
        rows: 2,
        words: '2 customers have more than one “city”; the first was taken.',
      },
      {
        code: 'facts-differ',
        rows: 1,
        words: '1 customer has more than one “vip”; the first was taken.',
      },
      {
        code: 'facts-differ',
        rows: 1,
        words: '1 customer has more than one “born”; the first was taken.',
      },
    ]);
  });

  it('of a single customer is one row', async () => {
    const { facts: told, findings } = await imported(lines.slice(6, 7));
    expect(await facts()).toEqual([['C', null, null, null, null]]);
    expect(told!.map(({ gaps, distinct }) => [gaps, distinct])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
    expect(findings.some(({ code }) => code === 'facts-differ')).toBe(false);
  });

  it('is no table where no column tells of the customer, also after one that had it', async () => {
    await imported(lines);
    expect(await isThere()).toBe(true);
    const plain = roles.map(({ column, role }, i) => ({
      column,
      role: i < 3 ? role : ('left-out' as const),
    }));
    const dataset = await imported(lines, plain);
    expect(await isThere()).toBe(false);
    expect(dataset.facts).toEqual([]);
    expect(dataset.findings.some(({ code }) => code === 'facts-differ')).toBe(false);
  });

  it('never holds who a person is, where they live or what they wrote', async () => {
    const personal: Role[] = ['email', 'phone', 'person-name', 'address', 'comment'];
    for (const role of personal) {
      const given = roles.map((each) => (each.column === 'city' ? { ...each, role } : each));
      const dataset = await imported(lines, given);
      expect(dataset.facts!.map(({ name }) => name)).toEqual(['vip', 'income', 'born']);
    }
  });
});
