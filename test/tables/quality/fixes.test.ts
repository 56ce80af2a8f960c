import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/query.ts';
import { unattended } from '../../../src/lib/job.ts';
import { id, sql } from '../../../src/lib/sql.ts';
import type { TypedColumn } from '../../../src/tables/profile.sql.ts';
import { fixEffect, fixLedger } from '../../../src/tables/quality/effect.ts';
import { fixProblem } from '../../../src/tables/quality/fix-problem.ts';
import { columnsAfter, fixed } from '../../../src/tables/quality/fix.sql.ts';
import type { Fix } from '../../../src/tables/quality/types.ts';
import { testDatabase } from '../../support/duckdb.ts';

let db: Database;
const columns: readonly TypedColumn[] = [
  { name: 'country', type: 'text' },
  { name: 'price', type: 'number' },
  { name: 'born', type: 'date' },
  { name: '__proto__', type: 'yes-no' },
];
beforeAll(async () => {
  ({ database: db } = await testDatabase());
  await db.make(
    'raw',
    sql`SELECT * FROM (VALUES
      ('UK', 100::DOUBLE, TIMESTAMP '1980-05-01', true, 1, NULL),
      ('U.K.', 250, TIMESTAMP '1900-01-01', false, 2, NULL),
      (' uk ', NULL, NULL, NULL, 3, ${'1\x1fabc\x1e2\x1fnever'}),
      ('UK', 100, TIMESTAMP '1980-05-01', true, 4, NULL),
      (NULL, 4, TIMESTAMP '1990-02-03 04:05:06', true, 5, NULL),
      ('France', -5, TIMESTAMP '2001-01-01', true, 6, NULL)
    ) AS t(country, price, born, ${id('__proto__')}, line, unreadable)`,
  );
}, 120_000);

const rows = async (fixes: readonly Fix[]) =>
  (await db.query(fixed('raw', columns, fixes))).toArray().map((row) => row.toJSON());
const cells = async (name: string, ...fixes: Fix[]): Promise<readonly unknown[]> => {
  const values = (await db.query(fixed('raw', columns, fixes))).getChild(name);
  return Array.from(values ?? [], (value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
};
const day = (text: string) => Date.parse(`${text}Z`);

const trim: Fix = { kind: 'trim-case', column: 'country', letters: 'upper' };
const merge: Fix = { kind: 'merge-values', column: 'country', from: ['U.K.', ' uk '], to: 'UK' };
const fill: Fix = { kind: 'fill', column: 'price', with: 'median', value: null };
const copies: Fix = { kind: 'drop-duplicates', by: 'all' };
const all: readonly Fix[] = [
  trim,
  merge,
  { kind: 'to-gap', column: 'born', values: ['1900-01-01T00:00:00'] },
  { kind: 'to-gap-outside', column: 'price', low: 0, high: null },
  { kind: 'clip', column: 'price', low: 10, high: 200 },
  fill,
  { kind: 'fill', column: '__proto__', with: 'mode', value: null },
  copies,
  { kind: 'leave-out', column: 'country' },
];

describe('each fix', () => {
  it('none: the table as it is', async () => {
    expect(await cells('country')).toEqual(['UK', 'U.K.', ' uk ', 'UK', null, 'France']);
  });
  it('merges spellings into one', async () => {
    expect(await cells('country', merge)).toEqual(['UK', 'UK', 'UK', 'UK', null, 'France']);
  });
  it('trims and changes letters', async () => {
    expect(await cells('country', trim)).toEqual(['UK', 'U.K.', 'UK', 'UK', null, 'FRANCE']);
  });
  it('makes values gaps, by value and by bounds', async () => {
    const value: Fix = { kind: 'to-gap', column: 'price', values: ['100', 'nonsense', ''] };
    expect(await cells('price', value)).toEqual([null, 250, null, null, 4, -5]);
    const bounds: Fix = { kind: 'to-gap-outside', column: 'price', low: 0, high: 200 };
    expect(await cells('price', bounds)).toEqual([100, null, null, 100, 4, null]);
    const late: Fix = {
      kind: 'to-gap-outside',
      column: 'born',
      low: '1901-01-01',
      high: '2000-01-01',
    };
    expect(await cells('born', late)).toEqual([
      day('1980-05-01'),
      null,
      null,
      day('1980-05-01'),
      day('1990-02-03T04:05:06'),
      null,
    ]);
  });
  it('clips, and leaves gaps gaps', async () => {
    const clip: Fix = { kind: 'clip', column: 'price', low: 0, high: 200 };
    expect(await cells('price', clip)).toEqual([100, 200, null, 100, 4, 0]);
  });
  it('scales a part by record or by date', async () => {
    const lines: Fix = {
      kind: 'scale',
      column: 'price',
      factor: 0.01,
      along: null,
      from: 2,
      until: 5,
    };
    expect(await cells('price', lines)).toEqual([100, 2.5, null, 1, 4, -5]);
    const dates: Fix = { ...lines, factor: 100, along: 'born', from: '1985-01-01', until: null };
    expect(await cells('price', dates)).toEqual([100, 250, null, 100, 400, -500]);
  });
  it('fills gaps with the median, the commonest or a value', async () => {
    expect(await cells('price', fill)).toEqual([100, 250, 100, 100, 4, -5]);
    expect(
      await cells('country', { kind: 'fill', column: 'country', with: 'mode', value: null }),
    ).toContain('UK');
    const given: Fix = {
      kind: 'fill',
      column: 'born',
      with: 'value',
      value: '2000-02-02T00:00:00',
    };
    expect((await cells('born', given))[2]).toBe(day('2000-02-02'));
  });
  it('a filled cell is unreadable no more; others keep their text', async () => {
    expect(await cells('unreadable', fill)).toEqual([null, null, '2\x1fnever', null, null, null]);
  });
  it('a column left out takes its unreadable texts along, and the later ones move up', async () => {
    const out: Fix = { kind: 'leave-out', column: 'price' };
    expect(await cells('unreadable', out)).toEqual([null, null, '1\x1fnever', null, null, null]);
    expect(columnsAfter(columns, [out]).map(({ name }) => name)).toEqual([
      'country',
      'born',
      '__proto__',
    ]);
  });
  it('drops later copies, whole and by key, and keeps the order of the file', async () => {
    expect(await cells('line', copies)).toEqual([1, 2, 3, 5, 6]);
    expect(await cells('line', { kind: 'drop-duplicates', by: ['__proto__'] })).toEqual([1, 2, 3]);
  });
});

it('fixes run in the order of the list: trimming first makes a merge miss', async () => {
  const lower: Fix = { kind: 'merge-values', column: 'country', from: [' uk '], to: 'Britain' };
  expect((await cells('country', lower, trim))[2]).toBe('BRITAIN');
  expect((await cells('country', trim, lower))[2]).toBe('UK');
});

it('the same fixes give the same rows, and all but scale change nothing the second time', async () => {
  expect(await rows(all)).toEqual(await rows(all));
  for (const fix of all) expect(await rows([fix, fix]), fix.kind).toEqual(await rows([fix]));
  const scale: Fix = {
    kind: 'scale',
    column: 'price',
    factor: 2,
    along: null,
    from: null,
    until: null,
  };
  expect(await cells('price', scale, scale)).toEqual([400, 1000, null, 400, 16, -20]);
});

it('the ledger adds up: each step starts where the one before ended, and the table has what is left', async () => {
  const effects = await fixLedger(db, { table: 'raw', columns, fixes: all }, unattended);
  effects.forEach((effect, i) => {
    expect(effect.rowsBefore).toBe(i === 0 ? 6 : effects[i - 1]!.rowsAfter);
    expect(effect.rowsAfter).toBe(effect.rowsBefore - effect.rowsDropped);
  });
  expect(effects.at(-1)!.rowsAfter).toBe((await rows(all)).length);
  for (const [i, { cellsChanged, fix }] of effects.entries()) {
    if (fix.kind === 'drop-duplicates' || fix.kind === 'leave-out') continue;
    const [before, after] = [
      await cells(fix.column, ...all.slice(0, i)),
      await cells(fix.column, ...all.slice(0, i + 1)),
    ];
    expect(before.filter((cell, r) => cell !== after[r]).length, fix.kind).toBe(cellsChanged);
  }
});

it('an effect tells cells, gaps and sums before and after, with examples', async () => {
  const nothing = { table: 'raw', columns, fixes: [] };
  expect(await fixEffect(db, nothing, merge, unattended)).toMatchObject({
    problem: null,
    rowsBefore: 6,
    rowsAfter: 6,
    cellsChanged: 2,
    gapsBefore: 1,
    gapsAfter: 1,
    sumBefore: null,
    examples: [
      { line: 2, before: 'U.K.', after: 'UK' },
      { line: 3, before: ' uk ', after: 'UK' },
    ],
  });
  expect(await fixEffect(db, nothing, fill, unattended)).toMatchObject({
    cellsChanged: 1,
    gapsBefore: 1,
    gapsAfter: 0,
    sumBefore: 449,
    sumAfter: 549,
    examples: [{ line: 3, before: '', after: '100' }],
  });
  expect(await fixEffect(db, nothing, copies, unattended)).toMatchObject({
    rowsDropped: 1,
    rowsAfter: 5,
    cellsChanged: 0,
  });
  expect(
    await fixEffect(db, nothing, { kind: 'leave-out', column: 'born' }, unattended),
  ).toMatchObject({ cellsChanged: 5, rowsDropped: 0 });
});

it('a fix whose column is gone or of another type says so and changes nothing', async () => {
  const gone: Fix = { kind: 'trim-case', column: 'town', letters: 'lower' };
  const other: Fix = { kind: 'clip', column: 'country', low: 0, high: 1 };
  const odd: Fix = { kind: 'fill', column: 'price', with: 'value', value: 'cheap' };
  expect(fixProblem(gone, columns)).toBe(
    'There is no column “town” here, so this step does nothing.',
  );
  for (const fix of [gone, other, odd]) {
    expect(fixProblem(fix, columns), fix.kind).not.toBe(null);
    expect(await rows([fix])).toEqual(await rows([]));
    expect(
      await fixEffect(db, { table: 'raw', columns, fixes: [] }, fix, unattended),
    ).toMatchObject({ rowsBefore: 6, rowsAfter: 6, cellsChanged: 0 });
  }
  const left = fixProblem(trim, columnsAfter(columns, [{ kind: 'leave-out', column: 'country' }]));
  expect(left).toContain('no column “country”');
});

it('a table made by its own fixes can replace the one it is made of, and holds for an empty table', async () => {
  await db.make('small', sql`SELECT * FROM raw WHERE line < 0`);
  expect((await db.query(fixed('small', columns, all))).numRows).toBe(0);
  await db.make('copy', sql`SELECT * FROM raw`);
  await db.make('copy', fixed('copy', columns, [copies, fill]));
  expect((await db.query(sql`SELECT line FROM copy`)).numRows).toBe(5);
});
