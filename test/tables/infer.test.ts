import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Query } from '../../src/db/query.ts';
import { sql } from '../../src/lib/sql.ts';
import { valueOf } from '../../src/tables/import.sql.ts';
import { inferColumn } from '../../src/tables/infer.ts';
import { uniqueNames } from '../../src/tables/names.ts';
import { numberStyle, numberTest, parseNumber } from '../../src/tables/numbers.ts';
import { isIdName, wordsOf } from '../../src/tables/words.ts';
import { testDatabase } from '../support/duckdb.ts';

const infer = (header: string, cells: readonly string[], decimal: '.' | ',' = '.') =>
  inferColumn(header, cells, decimal);

let query: Query;
beforeAll(async () => ({ query } = await testDatabase()));

/** What the database makes of the cells once the column is inferred from them. */
async function read(header: string, cells: readonly string[], decimal: '.' | ',' = '.') {
  const { reader } = infer(header, cells, decimal);
  const out: unknown[] = [];
  for (const cell of cells) {
    const value = sql`(SELECT ${valueOf(sql`c`, reader)} FROM (SELECT ${cell} AS c))`;
    const shown = reader.as === 'date' ? sql`strftime(${value}, '%Y-%m-%d %H:%M:%S')` : value;
    out.push((await query(sql`SELECT ${shown} AS it`)).get(0)!['it']);
  }
  return out;
}

describe('types from values', () => {
  it.each([
    ['number', 'amount', ['1', '2.5', '-3', '1e3', '']],
    ['number', 'amount', ['1.5', 'NaN', 'inf', '-Infinity']],
    ['number', 'TotalCharges', ['29.85', ' ', '1889.5', 'NA']],
    ['text', 'name', ['Anna', 'Bert', '7']],
    ['text', 'zip', ['01234', '98765']],
    ['text', 'value', ['01234', '98765']],
    ['text', 'customer_id', ['17850', '13047']],
    ['text', 'value', ['12345678901234567', '1']],
    ['text', 'anything', ['', '', '']],
    ['yes-no', 'active', ['yes', 'No', 'YES']],
    ['yes-no', 'aktiv', ['ja', 'nein']],
    ['text', 'grade', ['y', 'n', 'x']],
    ['date', 'when', ['2020-01-02', '2020-01-03 04:05', '2020-01-03T04:05:06Z']],
    ['date', 'when', ['1.2.2020', '28.2.2020']],
    ['date', 'when', ['12-Dec-2010', '1-Jan-2011']],
    ['date', 'date', ['19970101', '19970118', '19970802']],
    ['number', 'pieces', ['19970101', '19970118', '19970802']],
    ['date', 'timestamp', ['1260759144', '1260759179', '1260759182']],
  ])('sees %s in %s: %j', (type, header, cells) => {
    expect(infer(header, cells).reader.as).toBe(type);
  });

  it('reads numbers as they are written', async () => {
    expect(await read('price', ['1.234,56', '-7,5', '1.000'], ',')).toEqual([1234.56, -7.5, 1000]);
    expect(await read('price', ['1,234.56', '12', '1,000,000'])).toEqual([1234.56, 12, 1000000]);
    expect(await read('price', ['$1,234.56', '-$7.50', '$0.99'])).toEqual([1234.56, -7.5, 0.99]);
    expect(await read('Preis', ['1 234,50 €', '7,00 €', '−0,99 €'], ',')).toEqual([
      1234.5, 7, -0.99,
    ]);
    expect(await read('net', ['(5.00)', '6.25', '7-'])).toEqual([-5, 6.25, -7]);
    expect(await read('share', ['5%', '12.5 %'])).toEqual([5, 12.5]);
  });

  it('reads 1.234 by the decimal mark of the file', async () => {
    expect(await read('price', ['1.234', '5.678'])).toEqual([1.234, 5.678]);
    expect(await read('price', ['1.234', '5.678'], ',')).toEqual([1234, 5678]);
  });

  it('does not turn a number of another style into a wrong one', async () => {
    const cells = [...Array.from({ length: 40 }, (_, i) => `${i},25`), '1.5'];
    expect((await read('price', cells, ',')).at(-1)).toBe(null);
  });

  it('reads NaN and infinities as nothing', async () => {
    expect(await read('amount', ['1.5', 'NaN', 'inf', '-Infinity', '1e999'])).toEqual([
      1.5,
      null,
      null,
      null,
      null,
    ]);
  });

  it('knows day first from month first by the numbers above 12', async () => {
    expect(await read('when', ['01/02/2020', '13/02/2020 8:05'])).toEqual([
      '2020-02-01 00:00:00',
      '2020-02-13 08:05:00',
    ]);
    expect(await read('when', ['01/02/2020', '02/13/2020 8:05 PM'])).toEqual([
      '2020-01-02 00:00:00',
      '2020-02-13 20:05:00',
    ]);
    expect(await read('when', ['1/2/20', '13/2/2020'])).toEqual([
      '2020-02-01 00:00:00',
      '2020-02-13 00:00:00',
    ]);
  });

  it('says that day and month cannot be told apart, and takes the order of the file', () => {
    const rising = infer('when', ['01/02/2020', '02/02/2020', '03/02/2020', '01/03/2020']);
    expect(rising.reader).toEqual({ as: 'date', formats: ['%d/%m/%Y'] });
    expect(rising.findings[0]).toMatchObject({ code: 'date-order' });
    const american = infer('when', ['01/02/2020', '01/03/2020', '02/01/2020', '02/02/2020']);
    expect(american.reader).toEqual({ as: 'date', formats: ['%m/%d/%Y'] });
  });

  it('keeps the clock of the place where a time zone is named, and says so', async () => {
    const cells = ['2020-01-02T03:04:05+02:00', '2020-01-02 03:04:05Z'];
    expect(await read('when', cells)).toEqual(['2020-01-02 03:04:05', '2020-01-02 03:04:05']);
    expect(infer('when', cells).findings[0]).toMatchObject({ code: 'date-zone' });
  });

  it('reads dates that the calendar does not have as nothing', async () => {
    const good = Array.from({ length: 30 }, (_, i) => `2020-01-${String(i + 1).padStart(2, '0')}`);
    expect((await read('when', [...good, '2020-02-30'])).at(-1)).toBe(null);
  });

  it('reads 17850.0 as the id 17850 and says so', async () => {
    expect(await read('CustomerID', ['17850.0', '', '13047.0'])).toEqual(['17850', null, '13047']);
    expect(infer('CustomerID', ['17850.0', '']).findings[0]).toMatchObject({
      code: 'id-with-point-zero',
    });
    expect(infer('Amount', ['17850.0', '2.0']).reader.as).toBe('number');
  });

  it('keeps text as it is, spaces included, unless most cells are padded', async () => {
    expect(await read('note', ['a', ' b ', 'c'])).toEqual(['a', ' b ', 'c']);
    expect(await read('note', [' a', ' b', ' c'])).toEqual(['a', 'b', 'c']);
  });

  it('reads numbers in JavaScript as the database does', async () => {
    const spelled = ['1', '-2.5', '1,234.5', '$5', '(7.25)', '3-', '+4', '1e2', '.5', '12.', ' 9 '];
    for (const cell of spelled) {
      const { style } = numberStyle([cell], '.')!;
      const value = valueOf(sql`c`, { as: 'number', style });
      const table = await query(sql`SELECT ${value} AS it FROM (SELECT ${cell} AS c)`);
      expect(parseNumber(cell, style), cell).toBe(table.get(0)!['it']);
    }
  });

  it('answers for any cells, and patterns do not run away', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 20 }),
        (cells) => {
          expect(['text', 'number', 'date', 'yes-no']).toContain(infer('x', cells).reader.as);
        },
      ),
    );
    const test = numberTest({ decimal: ',', thousands: '.', mark: '€', bookkeeping: true });
    for (const hard of ['1'.repeat(1e5), '1.'.repeat(5e4), ' '.repeat(1e5), '-('.repeat(5e4)]) {
      const start = performance.now();
      infer('x', [hard, hard]);
      parseNumber(hard, { decimal: ',', thousands: '.', mark: '€', bookkeeping: true }, test);
      expect(performance.now() - start).toBeLessThan(2000); // an exponential pattern would not end at all
    }
  });
});

describe('names', () => {
  it('are unique without regard to case, and as in the file where they can be', () => {
    expect(uniqueNames(['a', 'A', '', 'a_2', '  b  '])).toEqual([
      'a',
      'A_2',
      'column_3',
      'a_2_2',
      'b',
    ]);
    expect(uniqueNames(['__proto__', '"; DROP TABLE raw; --', 'line', 'constructor'])).toEqual([
      '__proto__',
      '"; DROP TABLE raw; --',
      'line_2',
      'constructor',
    ]);
    expect(uniqueNames(['a\0b', 'x'.repeat(500)])).toEqual(['a b', 'x'.repeat(100)]);
  });

  it('stay unique whatever the headers are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a', 'A', 'a_2', ''))),
        (headers) => {
          const names = uniqueNames(headers).map((name) => name.toLowerCase());
          expect(new Set(names).size).toBe(headers.length);
          expect(names.every((name) => name.length > 0)).toBe(true);
        },
      ),
    );
  });

  it('are split into words', () => {
    expect(wordsOf('orderTotal_EUR (net)')).toEqual(['order', 'total', 'eur', 'net']);
    expect(wordsOf('CustomerID')).toEqual(['customer', 'id']);
    expect(wordsOf('Stückzahl')).toEqual(['stuckzahl']);
    expect([isIdName('InvoiceNo'), isIdName('InvoiceDate'), isIdName('number of items')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
