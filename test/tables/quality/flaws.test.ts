import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/query.ts';
import { unattended } from '../../../src/lib/job.ts';
import { id, sql, type Sql } from '../../../src/lib/sql.ts';
import { checkColumn, checkTable } from '../../../src/tables/quality/check.ts';
import { fixEffect } from '../../../src/tables/quality/effect.ts';
import { fixed } from '../../../src/tables/quality/fix.sql.ts';
import type { Flaw, FlawCode } from '../../../src/tables/quality/types.ts';
import { flawRows } from '../../../src/tables/quality/where.sql.ts';
import { testDatabase } from '../../support/duckdb.ts';
import { cleanTable, columns, withColumn } from './clean-table.ts';

let db: Database;
beforeAll(async () => {
  ({ database: db } = await testDatabase());
  await cleanTable(db, 'clean', { seed: 1, rows: 2000 });
}, 120_000);

const some = [3, 700, 701, 1999];
const check = (table = 'raw', these = columns) =>
  checkTable(db, { table, columns: these }, unattended);
/** With the id and the time line; the other columns are as they were. */
const only = (column: string) =>
  columns.filter(({ name }) => ['customer_id', 'ordered_at', column].includes(name));
const linesOf = async (flaw: Flaw): Promise<readonly number[]> =>
  Array.from(
    (await db.query(flawRows(flaw, columns, { from: 0, count: 10_000 }))).getChild('line') ?? [],
    Number,
  );
const where = async (condition: Sql): Promise<readonly number[]> =>
  Array.from(
    (
      await db.query(sql`SELECT line::DOUBLE AS line FROM raw WHERE ${condition} ORDER BY line`)
    ).getChild('line') ?? [],
    Number,
  );

/** Plants, and expects exactly the flaws of these codes on the column, with exactly these rows. */
async function planted(
  column: string,
  cells: Sql,
  code: FlawCode,
  lines: readonly number[],
  beside: readonly FlawCode[] = [],
): Promise<Flaw> {
  await withColumn(db, column, cells);
  const found = await check('raw', only(column));
  expect(found.map((flaw) => flaw.code).toSorted()).toEqual([code, ...beside].toSorted());
  const flaw = found.find((each) => each.code === code)!;
  expect(flaw.column).toBe(column);
  expect(await linesOf(flaw)).toEqual(lines);
  expect(flaw).toMatchObject({ rows: lines.length, share: lines.length / 2000 });
  return flaw;
}
const onLines = (lines: readonly number[], then: Sql, column: string): Sql =>
  sql`CASE WHEN list_contains([${lines.reduce((all, line) => sql`${all}, ${line}`, sql`0`)}], line) THEN ${then} ELSE ${id(column)} END`;

it('finds nothing in a clean table, and says so with an empty list', async () => {
  expect(await check('clean')).toEqual([]);
});

describe('planted flaws are found with their rows, and nothing else', () => {
  it('gaps, here and there', async () => {
    await planted('age', onLines(some, sql`NULL`, 'age'), 'gaps', some);
    await planted('country', onLines(some, sql`' '`, 'country'), 'gaps', some, ['spaces']);
  });
  it('gaps in a run', async () => {
    const lines = Array.from({ length: 120 }, (_, i) => 801 + i);
    await planted(
      'score',
      onLines([5, 1500, ...lines], sql`NULL`, 'score'),
      'gaps-in-a-run',
      lines,
      ['gaps'],
    );
  });
  it('an empty column and a constant one', async () => {
    const all = Array.from({ length: 2000 }, (_, i) => i + 1);
    await planted('score', sql`NULL::DOUBLE`, 'empty-column', all);
    expect((await planted('score', sql`7::DOUBLE`, 'constant', all)).words).toContain(
      '“7” in every row',
    );
  });
  it('words for nothing', async () => {
    const flaw = await planted(
      'country',
      onLines(some, sql`'N/A'`, 'country'),
      'words-for-nothing',
      some,
    );
    expect(flaw.fixes[0]?.fix).toEqual({ kind: 'to-gap', column: 'country', values: ['N/A'] });
  });
  it('far-out money, on both scales', async () => {
    await planted('amount', onLines(some, sql`amount * 1e6 + 1e7`, 'amount'), 'far-out', some);
    await planted('age', onLines([9], sql`45 - 400`, 'age'), 'impossible', [9]);
    await planted('score', onLines([9], sql`-90`, 'score'), 'far-out', [9]);
  });
  it('stand-ins', async () => {
    await planted(
      'discount_percent',
      onLines(some, sql`-1`, 'discount_percent'),
      'stand-in',
      some,
      ['impossible'],
    );
    await planted('score', onLines(some, sql`99999`, 'score'), 'stand-in', some);
    await planted('score', onLines([4], sql`99999`, 'score'), 'far-out', [4]);
  });
  it('ages, percentages and births that cannot be', async () => {
    await planted(
      'age',
      onLines([8, 9], sql`CASE line WHEN 8 THEN -3 ELSE 150 END`, 'age'),
      'impossible',
      [8, 9],
    );
    await planted(
      'discount_percent',
      onLines([8], sql`140`, 'discount_percent'),
      'impossible',
      [8],
    );
    await planted(
      'birth_date',
      onLines(
        [8, 9],
        sql`CASE line WHEN 8 THEN TIMESTAMP '1893-03-01' ELSE TIMESTAMP '2031-01-01' END`,
        'birth_date',
      ),
      'impossible',
      [8, 9],
    );
  });
  it('default dates', async () => {
    await planted(
      'birth_date',
      onLines(some, sql`TIMESTAMP '1900-01-01'`, 'birth_date'),
      'default-date',
      some,
    );
    await planted(
      'ordered_at',
      onLines(some, sql`TIMESTAMP '1970-01-01'`, 'ordered_at'),
      'default-date',
      some,
    );
  });
  it('dates after the end of the file', async () => {
    const late = onLines([10, 11], sql`TIMESTAMP '2029-05-05'`, 'ordered_at');
    await planted('ordered_at', late, 'after-the-end', [10, 11]);
    await withColumn(db, 'ordered_at', onLines([12], sql`TIMESTAMP '2025-02-03'`, 'ordered_at'));
    expect(await check()).toEqual([]);
    const until = { table: 'raw', columns, until: '2025-01-20T00:00:00' };
    expect(await checkTable(db, until, unattended)).toMatchObject([
      { code: 'after-the-end', rows: 1 },
    ]);
  });
  it('negative and zero quantities, negative prices', async () => {
    await planted('quantity', onLines(some, sql`-quantity`, 'quantity'), 'negative', some);
    await planted('quantity', onLines(some, sql`0`, 'quantity'), 'zero', some);
    expect(
      (await planted('price', onLines(some, sql`-price`, 'price'), 'negative', some)).severity,
    ).toBe('check');
  });
  it('spellings of one category, and spaces around it', async () => {
    await planted('country', onLines(some, sql`'GERMANY.'`, 'country'), 'spellings', some);
    const flaw = await planted(
      'country',
      onLines(some, sql`'  germany '`, 'country'),
      'spellings',
      some,
      ['spaces'],
    );
    expect(flaw.fixes.at(-1)?.fix).toEqual({
      kind: 'merge-values',
      column: 'country',
      from: ['  germany '],
      to: 'Germany',
    });
  });
  it('a rare slip of the fingers', async () => {
    await planted(
      'country',
      onLines([7, 8], sql`CASE line WHEN 7 THEN 'Gremany' ELSE 'Austrias' END`, 'country'),
      'typos',
      [7],
    );
  });
  it('repeated rows and repeated ids', async () => {
    await db.make(
      'raw',
      sql`SELECT * FROM clean UNION ALL SELECT * REPLACE (line + 2000 AS line) FROM clean WHERE line <= 5`,
    );
    const [rows, ids] = await check();
    expect([rows, ids]).toMatchObject([
      { code: 'repeated-rows', rows: 5 },
      { code: 'repeated-id', rows: 5, column: 'customer_id' },
    ]);
    expect(await linesOf(rows!)).toEqual([2001, 2002, 2003, 2004, 2005]);
    await planted('customer_id', onLines([4], sql`'C10002'`, 'customer_id'), 'repeated-id', [4]);
  });
  it('a column twice, and two that say the same', async () => {
    await withColumn(db, 'price', sql`amount`);
    expect(await check()).toMatchObject([{ code: 'same-column', column: 'price' }]);
    await withColumn(db, 'product', sql`'code ' || left(country, 5) || length(country)`);
    expect(await check()).toMatchObject([{ code: 'same-information', column: 'product' }]);
  });
  it('personal data in a column, and inside of texts', async () => {
    const flaw = await planted(
      'product',
      sql`'anna.' || line || '@example.org'`,
      'personal',
      await where(sql`true`),
    );
    expect(flaw).toMatchObject({ sampled: 2000 });
    expect(flaw.words).toContain('e-mail addresses: 100 % of 2,000 cells');
    const note = sql`'Please call back, order ' || line || CASE line WHEN 12 THEN ' write to jo@ex.com.' WHEN 14 THEN ' DE89 3704 0044 0532 0130 00 thanks' WHEN 16 THEN ' at home@night' ELSE '' END`;
    await withColumn(db, 'product', note);
    const inside = await check();
    expect(inside.map(({ code, rows }) => [code, rows])).toEqual([
      ['personal-inside', 1],
      ['personal-inside', 1],
    ]);
    expect((await Promise.all(inside.map(linesOf))).flat()).toEqual([12, 14]);
  });
});

describe('a unit that changes half-way', () => {
  it('is found by time, with the place, the factor and a fix that mends it', async () => {
    const late = sql`ordered_at >= TIMESTAMP '2024-03-01'`;
    await withColumn(db, 'score', sql`score * CASE WHEN ${late} THEN 100 ELSE 1 END`);
    const [flaw, ...more] = await check('raw', only('score'));
    expect(more).toEqual([]);
    expect(flaw).toMatchObject({ code: 'unit-change', column: 'score', severity: 'wrong' });
    expect(flaw!.words).toMatch(
      /100 times as large from .*2024.* as between cents and whole units/,
    );
    const right = await where(late);
    const told = new Set(await linesOf(flaw!));
    expect(
      right.filter((line) => !told.has(line)).length +
        told.size -
        right.filter((line) => told.has(line)).length,
    ).toBeLessThanOrEqual(3);
    expect(flaw!.fixes[0]?.label).toMatch(/^Divide by 100 from/);
    const { fix } = flaw!.fixes[0]!;
    const off = await db.query(sql`
      SELECT count(*)::DOUBLE AS n FROM (${fixed('raw', columns, [fix])}) AS f JOIN clean USING (line)
      WHERE abs(f.score - clean.score) > 1e-9`);
    expect(Number(off.getChild('n')?.get(0))).toBeLessThanOrEqual(3);
    const effect = await fixEffect(db, { table: 'raw', columns, fixes: [] }, fix, unattended);
    expect(effect.cellsChanged).toBe(told.size);
  });
  it('is found by record where there is no time, and its interval holds the place', async () => {
    await withColumn(db, 'amount', sql`amount / CASE WHEN line < 800 THEN 1000 ELSE 1 END`);
    const [flaw] = await check(
      'raw',
      columns.filter(({ name }) => name === 'amount'),
    );
    expect(flaw).toMatchObject({
      code: 'unit-change',
      severity: 'wrong',
      fixes: [
        { fix: { factor: 1000, along: null, from: null } },
        { fix: { factor: 0.001, until: null } },
      ],
    });
    expect(Math.abs(flaw!.rows - 799)).toBeLessThanOrEqual(3);
  });
  it('is found in the middle, and for a factor of 1000 in a long-tailed price', async () => {
    await withColumn(
      db,
      'price',
      sql`price * CASE WHEN line BETWEEN 500 AND 900 THEN 0.001 ELSE 1 END`,
    );
    const [flaw] = await check();
    expect(flaw).toMatchObject({ code: 'unit-change', column: 'price', severity: 'wrong' });
    expect(Math.abs(flaw!.rows - 401)).toBeLessThan(12);
  });
  it('is not seen in a season, a trend or a sorted column', async () => {
    for (const cells of [
      sql`price * (2 + sin(line / 300))`,
      sql`price * exp(line / 800)`,
      sql`line::DOUBLE`,
      sql`exp(line / 200)`,
    ]) {
      await withColumn(db, 'price', cells);
      expect(
        (await check('raw', only('price'))).filter(({ code }) => code === 'unit-change'),
      ).toEqual([]);
    }
  });
});

describe('degenerate tables', () => {
  it('no rows, one row, all gaps, no columns', async () => {
    await db.make('raw', sql`SELECT * FROM clean WHERE line < 0`);
    expect(await check()).toEqual([]);
    await db.make('raw', sql`SELECT * FROM clean WHERE line = 1`);
    expect(await check()).toEqual([]);
    expect(await checkTable(db, { table: 'raw', columns: [] }, unattended)).toEqual([]);
  });
  it('a column named __proto__ and one with quotes', async () => {
    const odd = [
      { name: '__proto__', header: '__proto__', type: 'text' as const },
      { name: 'a"b\'c', header: '', type: 'number' as const },
    ];
    await db.make(
      'raw',
      sql`SELECT country AS ${id('__proto__')}, line * 1.37 AS ${id('a"b\'c')}, line, unreadable FROM clean`,
    );
    expect(await checkTable(db, { table: 'raw', columns: odd }, unattended)).toEqual([]);
  });
});

it('can be cancelled between columns, and one column can be asked for alone', async () => {
  await withColumn(db, 'age', onLines(some, sql`NULL`, 'age'));
  const controller = new AbortController();
  const job = {
    ...unattended,
    signal: controller.signal,
    breathe: async () => controller.signal.throwIfAborted(),
    progress: () => controller.abort(),
  };
  await expect(checkTable(db, { table: 'raw', columns }, job)).rejects.toThrow('abort');
  const age = columns.find(({ name }) => name === 'age')!;
  expect(
    await checkColumn(db, { table: 'raw', columns, until: null, column: age }, unattended),
  ).toMatchObject([{ code: 'gaps', rows: 4 }]);
});
