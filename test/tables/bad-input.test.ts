import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { TesseraError } from '../../src/lib/errors.ts';
import { sql } from '../../src/lib/sql.ts';
import type { Dataset } from '../../src/tables/types.ts';
import { shownRows } from '../../src/tables/rows.ts';
import { rowsFrom } from '../../src/tables/clean.sql.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, importFile } from '../support/import.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const badInput = new URL('../../../shared/data/bad-input/', import.meta.url).pathname;

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()));

const fixture = (name: string) =>
  fileOf(new Uint8Array(readFileSync(new URL(name, fixtures))), name);
const rows = async (statement: ReturnType<typeof sql>) =>
  (await database.query(statement)).toArray().map((row) => row.toJSON());
const aside = ({ ledger }: Dataset) =>
  ledger.setAside.map(({ reason, rows, sample }) => [reason, rows, sample.map(({ line }) => line)]);
const codes = ({ findings }: Dataset) => findings.map(({ code }) => code);
const roleOf = ({ columns }: Dataset) => columns.map(({ role }) => role);

/** What must be true of every import. */
function addsUp({ ledger, scan }: Dataset) {
  expect(ledger.read).toBe(ledger.kept + ledger.setAside.reduce((sum, { rows }) => sum + rows, 0));
  expect(ledger.read).toBe(scan.records);
}

const orders = (lines: readonly string[]) =>
  fileOf(`order_id,customer_id,date,amount\n${lines.join('\n')}\n`);

describe('bad input', () => {
  it.each([
    ['an empty file', '', 'file-empty'],
    ['a header only', 'order_id,customer_id,date,amount\n', 'file-header-only'],
    ['one column', 'customer_id\n1\n2\n3\n', 'columns-too-few'],
  ])('%s ends in one sentence', async (_, text, code) => {
    await expect(importFile(database, fileOf(text))).rejects.toMatchObject({ code });
  });

  it('orders without a line of names are told by their values', async () => {
    const lines = Array.from({ length: 200 }, (_, i) => {
      const id = String(4 + (i % 60)).padStart(5, '0');
      return ` ${id} ${id} ${19970101 + (i % 28)}  ${1 + (i % 3)} ${String(5 + (i % 40)).padStart(4)}.${10 + (i % 80)}`;
    });
    const dataset = await importFile(database, fileOf(`${lines.join('\n')}\n`, 'sample.txt'));
    addsUp(dataset);
    expect(dataset).toMatchObject({ kind: 'orders', customers: 60 });
    expect(roleOf(dataset)).toEqual(['customer', 'left-out', 'date', 'left-out', 'amount']);
  });

  it('a binary file ends in one sentence', async () => {
    const bytes = new Uint8Array(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251));
    await expect(importFile(database, fileOf(bytes))).rejects.toMatchObject({
      code: 'file-binary',
    });
  });

  it('a file in windows-1252 with decimal commas becomes a right table', async () => {
    const dataset = await importFile(database, fixture('german-orders.csv'));
    addsUp(dataset);
    expect(roleOf(dataset)).toEqual(['order', 'customer', 'date', 'product', 'quantity', 'amount']);
    expect(dataset.ledger).toMatchObject({ kept: 3, returns: 1, amountKept: 637.15 });
    expect(
      await rows(
        sql`SELECT customer, ordered_at::VARCHAR AS day, product, amount FROM orders LIMIT 2`,
      ),
    ).toEqual([
      { customer: '00017', day: '2024-03-02 00:00:00', product: 'Größe M', amount: 1234.5 },
      { customer: '00018', day: '2024-03-14 00:00:00', product: 'Hut; rot', amount: 19.9 },
    ]);
  });

  it('a file in UTF-16 becomes a right table', async () => {
    const dataset = await importFile(database, fixture('utf16-pasted.txt'));
    addsUp(dataset);
    expect(dataset).toMatchObject({ kind: 'orders', customers: 2, from: '2024-01-02T00:00:00' });
  });

  it('the wrong encoding, chosen by hand, is set aside and not guessed at', async () => {
    const file = fixture('german-orders.csv');
    const dataset = await importFile(database, file, { dialect: { encoding: 'utf-8' } });
    addsUp(dataset);
    expect(aside(dataset)).toEqual([['bad-encoding', 2, [2, 4]]]);
  });

  it('line breaks inside cells of another kind than between records are read right', async () => {
    const dataset = await importFile(database, fixture('excel-cells-with-breaks.csv'));
    addsUp(dataset);
    expect(dataset.scan).toMatchObject({ records: 3, lines: 5 });
    expect(await rows(sql`SELECT note FROM raw ORDER BY line`)).toEqual([
      { note: 'two\nlines' },
      { note: 'one line' },
      { note: 'quoted "word"' },
    ]);
  });

  it('duplicate, empty and hostile names get safe ones, and cells stay text', async () => {
    const dataset = await importFile(database, fixture('hostile-names.csv'));
    addsUp(dataset);
    expect(dataset.columns.map(({ name }) => name)).toEqual([
      'customer_id',
      '"; DROP TABLE raw; --',
      '__proto__',
      'constructor',
      'Amount',
      'amount_2',
      'column_7',
      'date',
      'line_2',
    ]);
    expect(dataset.columns[1]!.examples).toContain('<img src=x onerror=alert(1)>');
    expect(codes(dataset)).toContain('columns-renamed');
    const shown = shownRows(
      await database.query(rowsFrom(dataset.raw.columns, { from: 2, count: 5 })),
      dataset.columns,
    );
    expect(shown).toEqual([
      { row: 3, cells: ['8', "O'Brien", '1', '2', '3.5', '4.5', 'z', '2024-01-04', '9'] },
    ]);
    expect(await rows(sql`SELECT count(*)::DOUBLE AS n FROM raw`)).toEqual([{ n: 3 }]);
  });

  it('a line of 5 MB is read', async () => {
    const long = 'x'.repeat(5_000_000);
    for (const lines of [
      [`1,${long},2024-01-02,5`, '2,B,2024-01-03,6', '3,B,2024-01-03,6'],
      ['2,B,2024-01-03,6', '3,B,2024-01-03,6', `1,${long},2024-01-02,5`],
    ]) {
      const dataset = await importFile(database, orders(lines));
      addsUp(dataset);
      expect(dataset.ledger.kept).toBe(3);
      expect(await rows(sql`SELECT max(length(customer))::DOUBLE AS n FROM orders`)).toEqual([
        { n: 5_000_000 },
      ]);
    }
  });

  it('a record that is too long is set aside', async () => {
    const dataset = await importFile(
      database,
      orders(['1,A,2024-01-02,5', `2,${'x'.repeat(16_000_001)},2024-01-02,5`, '3,A,2024-01-02,5']),
    );
    addsUp(dataset);
    expect(aside(dataset)).toEqual([['too-long', 1, [3]]]);
  });

  it('ragged rows and broken quotes are set aside with their lines, short rows are filled and said', async () => {
    const dataset = await importFile(database, fixture('ragged-orders.csv'));
    addsUp(dataset);
    expect(aside(dataset)).toEqual([
      ['no-amount', 1, [4]],
      ['ragged', 1, [3]],
      ['bad-quote', 2, [5, 7]],
    ]);
    expect(codes(dataset)).toContain('short-records');
    expect(dataset.ledger).toMatchObject({ read: 7, kept: 3, amountKept: 42 });
    expect(dataset.ledger.setAside.find(({ reason }) => reason === 'ragged')!.sample).toEqual([
      { line: 3, text: '2,B2,2024-01-03,4,extra' },
    ]);
  });

  it('lines above the header are skipped; cancelled invoices and ids with .0 are understood', async () => {
    const dataset = await importFile(database, fixture('report-above-header.csv'));
    addsUp(dataset);
    expect(dataset.source.dialect).toMatchObject({ skip: 3, header: true });
    expect(dataset.ledger).toMatchObject({
      read: 4,
      kept: 3,
      returns: 1,
      amountRead: 4.5,
      amountKept: 3.5,
    });
    expect(aside(dataset)).toEqual([['no-customer', 1, [8]]]);
    expect(codes(dataset)).toEqual(expect.arrayContaining(['id-with-point-zero', 'returns']));
    expect(await rows(sql`SELECT DISTINCT customer FROM orders ORDER BY customer`)).toEqual([
      { customer: '13047' },
      { customer: '17850' },
    ]);
  });

  it('all ids missing ends in one sentence', async () => {
    await expect(
      importFile(database, orders(['1,,2024-01-02,5', '2,,2024-01-03,6'])),
    ).rejects.toMatchObject({ code: 'no-customers' });
    await expect(
      importFile(database, orders(['1,NULL,2024-01-02,5', '2,nan,2024-01-03,6'])),
    ).rejects.toMatchObject({ code: 'no-customers' });
  });

  it('words for none are no customers, and that is said', async () => {
    const dataset = await importFile(
      database,
      orders(['1,A,2024-01-02,5', '2,NULL,2024-01-03,6', '3,A,2024-01-03,6']),
    );
    addsUp(dataset);
    expect(dataset).toMatchObject({ customers: 1 });
    expect(aside(dataset)).toEqual([['no-customer', 1, [3]]]);
    expect(codes(dataset)).toContain('id-word-for-none');
  });

  it('no column for the customer ends in one sentence', async () => {
    const file = fileOf('order_id,date,amount\n1,2024-01-02,5\n2,2024-01-03,6\n');
    await expect(importFile(database, file)).rejects.toMatchObject({ code: 'roles-missing' });
  });

  it('all amounts zero, and one customer, are right tables', async () => {
    const dataset = await importFile(database, orders(['1,A,2024-01-02,0', '2,A,2024-01-03,0']));
    addsUp(dataset);
    expect(dataset).toMatchObject({ customers: 1, ledger: { kept: 2, amountKept: 0 } });
    expect(codes(dataset)).toContain('all-amounts-zero');
  });

  it('NaN and infinities are counted, kept out of sums, and shown as they are', async () => {
    const dataset = await importFile(
      database,
      orders([
        '1,A,2024-01-02,5',
        '2,B,2024-01-03,NaN',
        '3,A,2024-01-04,Infinity',
        '4,B,2024-01-05,-inf',
        '5,A,2024-01-05,',
      ]),
    );
    addsUp(dataset);
    expect(dataset.columns[3]).toMatchObject({
      type: 'number',
      gaps: 2, // NaN is what programs write for nothing
      unreadable: 2,
      low: 5,
      high: 5,
    });
    expect(dataset.ledger).toMatchObject({ kept: 1, amountRead: 5 });
    expect(aside(dataset)).toEqual([['no-amount', 4, [3, 4, 5, 6]]]);
    expect(dataset.ledger.setAside[0]!.sample[1]!.text).toBe('3,A,2024-01-04,Infinity');
    expect(codes(dataset)).toContain('unreadable');
  });

  it('dates that cannot be read are set aside, and none at all is one sentence', async () => {
    const good = Array.from({ length: 40 }, (_, i) => `${i},A,2024-01-02,5`);
    const dataset = await importFile(database, orders([...good, '41,A,soon,5']));
    addsUp(dataset);
    expect(aside(dataset)).toEqual([['no-date', 1, [42]]]);
    const tables = { roles: [{ column: 'date', role: 'date' as const }] };
    await expect(
      importFile(database, orders(['1,A,soon,5', '2,B,later,6']), { tables }),
    ).rejects.toMatchObject({ code: 'no-rows' });
  });

  it('a column whose sample promised numbers and that turns into text is read as text', async () => {
    const quiet = Array.from({ length: 60_000 }, (_, i) => `${i},A${i % 50},2024-01-02,${i % 9}`);
    const loud = Array.from({ length: 9_000 }, (_, i) => `${i},A${i % 50},2024-01-02,free ${i}`);
    // Between the slices that are sampled, so that nothing but the whole file shows it
    const dataset = await importFile(
      database,
      orders([...quiet, ...loud, ...quiet.slice(0, 5000)]),
    );
    addsUp(dataset);
    expect(dataset.columns[3]!.unreadable === 0 || dataset.columns[3]!.unreadable < 3500).toBe(
      true,
    );
  });

  it('a customers table without ids goes by row numbers; repeated ids are set aside', async () => {
    const numbered = await importFile(database, fileOf('age,spend,plan\n31,5,a\n44,6,b\n52,7,a\n'));
    addsUp(numbered);
    expect(numbered).toMatchObject({ kind: 'customers', customers: 3 });
    expect(codes(numbered)).toContain('row-number-ids');
    const repeated = await importFile(
      database,
      fileOf('customer_id,age\n1,31\n2,44\n2,45\n3,52\n4,53\n5,54\n6,55\n7,56\n'),
    );
    addsUp(repeated);
    expect(repeated.kind).toBe('customers');
    expect(aside(repeated)).toEqual([['repeated-customer', 1, [4]]]);
    expect(await rows(sql`SELECT customer, age FROM customers WHERE customer = '2'`)).toEqual([
      { customer: '2', age: 44 },
    ]);
  });

  it('no date is ever a TIMESTAMP WITH TIME ZONE', async () => {
    await importFile(
      database,
      orders(['1,A,2024-01-02T03:04:05+02:00,5', '2,B,2024-01-03T00:00:00Z,6']),
    );
    const types = await rows(
      sql`SELECT DISTINCT data_type AS type FROM information_schema.columns WHERE table_name IN ('raw', 'orders')`,
    );
    expect(types.map(({ type }) => type).toSorted()).not.toContain('TIMESTAMP WITH TIME ZONE');
  });
});

describe.skipIf(!existsSync(badInput))('the collections of odd files', () => {
  beforeEach(async () => void (await database.query(sql`SELECT 1`)));

  const spectrum = join(badInput, 'csv-spectrum');
  const cases = existsSync(spectrum) ? readdirSync(join(spectrum, 'csvs')) : [];
  it.each(cases)('csv-spectrum %s is read cell for cell', async (name) => {
    const expected = JSON.parse(
      readFileSync(join(spectrum, 'json', name.replace('.csv', '.json')), 'utf8'),
    ) as Record<string, string>[];
    const bytes = new Uint8Array(readFileSync(join(spectrum, 'csvs', name)));
    const dataset = await importFile(database, fileOf(bytes, name), {
      tables: { kind: 'customers' },
    });
    addsUp(dataset);
    const shown = shownRows(
      await database.query(rowsFrom(dataset.raw.columns, { from: 0, count: 100 })),
      dataset.columns,
    );
    const crlf = name.endsWith('crlf.csv'); // the expected JSON was made from the file with LF
    const clean = (text: string) => (crlf ? text.replaceAll('\r\n', '\n') : text);
    expect(shown.map(({ cells }) => cells.map(clean))).toEqual(
      expected.map((row) => Object.values(row).map(clean)),
    );
  });

  const all = existsSync(badInput)
    ? readdirSync(badInput, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(badInput, name)).isFile())
        .sort()
    : [];
  const sample = all.filter((_, i) => i % 4 === 0);
  it(`${sample.length} of ${all.length} odd files end in a table that adds up, or in one sentence`, async () => {
    let tables = 0;
    for (const name of sample) {
      const file = fileOf(new Uint8Array(readFileSync(join(badInput, name))), name);
      try {
        addsUp(await importFile(database, file));
        tables++;
      } catch (error) {
        if (!(error instanceof TesseraError)) throw new Error(name, { cause: error });
        expect(['unexpected', 'query-failed', 'out-of-memory'], name).not.toContain(error.code);
      }
    }
    expect(tables).toBeGreaterThan(50);
  }, 300_000);
});
