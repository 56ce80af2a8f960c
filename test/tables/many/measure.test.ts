import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/query.ts';
import { id, join, sql } from '../../../src/lib/sql.ts';
import { orphans } from '../../../src/tables/many/join.sql.ts';
import { measureJoin } from '../../../src/tables/many/measure.ts';
import type { TypedTable } from '../../../src/tables/many/types.ts';
import { column } from '../../support/datasets.ts';
import { testDatabase } from '../../support/duckdb.ts';

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()), 60_000);

type Key = readonly (string | null)[];
const names = ['__proto__', 'a"b'];

/** A table of keys as it would have been imported. */
async function tableOf(at: string, keys: readonly Key[]): Promise<TypedTable> {
  const rows = keys.map(
    (key, i) => sql`(${join(key.map((part) => sql`${part}::VARCHAR`))}, ${i + 1}, NULL::VARCHAR)`,
  );
  const none = sql`(NULL::VARCHAR, NULL::VARCHAR, 0, NULL::VARCHAR)`;
  await database.make(
    `raw_${at}`,
    sql`SELECT * FROM (VALUES ${join([none, ...rows])}) AS t(${join([...names, 'line', 'unreadable'].map(id))}) WHERE line > 0`,
  );
  const columns = names.map((name, index) => column(name, 'text', { index }));
  const common = { name: at, label: at, kind: 'other' as const, confidence: 1, reason: '' };
  return { id: at, table: `raw_${at}`, rows: keys.length, columns, ...common };
}

const part = fc.option(fc.constantFrom('x', 'y', 'X ', ' x  Y', 'x y', "'", ''), {
  nil: null,
  freq: 7,
});
const foldedBy = (text: string | null): string | null =>
  text?.toLowerCase().trim().replace(/\s+/g, ' ') || null;
const keysOf = fc.array(fc.tuple(part, part), { maxLength: 25 });

describe('what comparing two keys finds', () => {
  it('is what counting by hand finds, for any two tables and for keys of two columns', async () => {
    await fc.assert(
      fc.asyncProperty(keysOf, keysOf, fc.boolean(), fc.boolean(), async (l, r, both, folded) => {
        const seen = (key: Key): Key => (folded ? key.map(foldedBy) : key);
        const [left, right] = [l.map(seen), r.map(seen)];
        const tables = [await tableOf('l', l), await tableOf('r', r)];
        const columns = both ? names : names.slice(0, 1);
        const given = { left: { table: 'l', columns }, right: { table: 'r', columns }, folded };
        const found = await measureJoin(database.query, tables, given);
        const key = (of: Key) => JSON.stringify(of.slice(0, columns.length));
        const whole = (of: Key) => of.slice(0, columns.length).every((each) => each !== null);
        const partners = left
          .filter(whole)
          .map((own) => right.filter((each) => whole(each) && key(each) === key(own)).length);
        const met = partners.filter((n) => n > 0);
        const backs = right
          .filter(whole)
          .map((own) => left.filter((each) => whole(each) && key(each) === key(own)).length);
        const once = (of: readonly Key[]) =>
          new Set(of.filter(whole).map(key)).size === of.filter(whole).length;
        expect(found).toMatchObject({
          kind: `${once(left) ? 'one' : 'many'}-to-${once(right) ? 'one' : 'many'}`,
          orphans: partners.length - met.length,
          orphansBack: backs.filter((n) => n === 0).length,
          empty: left.length - partners.length,
          emptyBack: right.length - backs.length,
          oneIn: 1,
        });
        expect(found.coverage).toBeCloseTo(left.length ? met.length / left.length : 0, 12);
        expect(found.fanOut.most).toBe(Math.max(0, ...met));
        expect(found.fanOut.mean).toBeCloseTo(
          met.length ? met.reduce((a, b) => a + b, 0) / met.length : 0,
          12,
        );
        const rows = await database.query(
          orphans(tables, given, { of: 'left', from: 0, count: 99 }),
        );
        expect(rows.numRows).toBe(found.orphans);
      }),
      { numRuns: 40 },
    );
  });

  it('compares numbers and texts as texts where their types differ', async () => {
    await database.make(
      'raw_n',
      sql`SELECT i::DOUBLE AS id, i AS line, NULL::VARCHAR AS unreadable FROM range(1, 11) t(i)`,
    );
    await database.make(
      'raw_s',
      sql`SELECT i::VARCHAR AS id, i AS line, NULL::VARCHAR AS unreadable FROM range(6, 16) t(i)`,
    );
    const common = {
      name: '',
      label: '',
      kind: 'other' as const,
      confidence: 1,
      reason: '',
      rows: 10,
    };
    const tables: TypedTable[] = [
      { ...common, id: 'n', table: 'raw_n', columns: [column('id', 'number')] },
      { ...common, id: 's', table: 'raw_s', columns: [column('id', 'text')] },
    ];
    const given = {
      left: { table: 'n', columns: ['id'] },
      right: { table: 's', columns: ['id'] },
      folded: false,
    };
    expect(await measureJoin(database.query, tables, given)).toMatchObject({
      kind: 'one-to-one',
      coverage: 0.5,
      shared: 5,
    });
    const page = await database.query(orphans(tables, given, { of: 'left', from: 3, count: 10 }));
    expect(page.toArray().map((row) => row.c0)).toEqual(['4', '5']);
  });

  it('of more than a million rows are estimated from one key in so many, the same on both sides', async () => {
    await database.make(
      'raw_big',
      sql`SELECT (i % 400000)::VARCHAR AS id, i + 1 AS line, NULL::VARCHAR AS unreadable FROM range(1200000) t(i)`,
    );
    await database.make(
      'raw_few',
      sql`SELECT i::VARCHAR AS id, i + 1 AS line, NULL::VARCHAR AS unreadable FROM range(100000, 500000) t(i)`,
    );
    const common = {
      name: '',
      label: '',
      kind: 'other' as const,
      confidence: 1,
      reason: '',
      columns: [column('id', 'text')],
    };
    const tables: TypedTable[] = [
      { ...common, id: 'big', table: 'raw_big', rows: 1_200_000 },
      { ...common, id: 'few', table: 'raw_few', rows: 400_000 },
    ];
    const given = {
      left: { table: 'big', columns: ['id'] },
      right: { table: 'few', columns: ['id'] },
    };
    const found = await measureJoin(database.query, tables, given);
    expect(found).toMatchObject({
      kind: 'many-to-one',
      oneIn: 2,
      fanOutBack: { most: 3, mean: 3 },
    });
    expect(found.coverage).toBeGreaterThan(0.745);
    expect(found.coverage).toBeLessThan(0.755);
  });
});
