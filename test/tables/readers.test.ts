import { beforeAll, describe, expect, it } from 'vitest';
import type { Query } from '../../src/db/query.ts';
import { join, sql } from '../../src/lib/sql.ts';
import { valueOf } from '../../src/tables/import.sql.ts';
import { inferColumn } from '../../src/tables/infer.ts';
import { monthLanguages, monthNumbers, monthWords, numbered } from '../../src/tables/months.ts';
import { readerChoices } from '../../src/tables/reader-choices.ts';
import { isGap, type Reader } from '../../src/tables/reader.ts';
import { testDatabase } from '../support/duckdb.ts';

let query: Query;
beforeAll(async () => ({ query } = await testDatabase()));

/** What the database makes of each cell with a reader; dates as ISO text. */
async function values(reader: Reader, cells: readonly string[]): Promise<readonly unknown[]> {
  const value = valueOf(sql`c`, reader);
  const shown = reader.as === 'date' ? sql`strftime(${value}, '%Y-%m-%d %H:%M:%S')` : value;
  const list = join(cells.map((cell) => sql`(${cell})`));
  const table = await query(sql`SELECT ${shown} AS it FROM (VALUES ${list}) AS t(c)`);
  return table.toArray().map((row) => row['it'] as unknown);
}

const read = async (header: string, cells: readonly string[], decimal: '.' | ',' = '.') =>
  values(inferColumn(header, cells, decimal).reader, cells);
const days = async (header: string, cells: readonly string[]) =>
  (await read(header, cells)).map((it) => String(it).replace(' 00:00:00', ''));

describe('dates', () => {
  it.each([
    [
      'German',
      ['12. März 2024', '1. Mai 2024', '31. Dez. 2023'],
      ['2024-03-12', '2024-05-01', '2023-12-31'],
    ],
    [
      'German, weekday',
      ['Dienstag, 12. März 2024', 'Mittwoch, 1. Mai 2024'],
      ['2024-03-12', '2024-05-01'],
    ],
    [
      'French',
      ['1er janvier 2024', '12 févr. 2024', '3 août 2023'],
      ['2024-01-01', '2024-02-12', '2023-08-03'],
    ],
    [
      'Spanish',
      ['12 de marzo de 2024', '1 de enero de 2024', '5 ene 2023'],
      ['2024-03-12', '2024-01-01', '2023-01-05'],
    ],
    [
      'Italian',
      ['12 marzo 2024', '1 gennaio 2024', '9 ott 2023'],
      ['2024-03-12', '2024-01-01', '2023-10-09'],
    ],
    [
      'Italian, weekday like a month',
      ['mar 12 aprile 2024', 'gio 2 maggio 2024'],
      ['2024-04-12', '2024-05-02'],
    ],
    [
      'Dutch',
      ['12 maart 2024', '1 mei 2024', '9 okt 2023'],
      ['2024-03-12', '2024-05-01', '2023-10-09'],
    ],
    [
      'Portuguese',
      ['12 de março de 2024', '1 de maio de 2024', '9-out-2023'],
      ['2024-03-12', '2024-05-01', '2023-10-09'],
    ],
    ['English, ordinals', ['March 12th, 2024', 'May 1st, 2024'], ['2024-03-12', '2024-05-01']],
    ['English, Sept', ['12 Sept 2024', '1 Sept 2023'], ['2024-09-12', '2023-09-01']],
    ['two digits of the year', ['12-Dez-10', '01-Mrz-11'], ['2010-12-12', '2011-03-01']],
    ['eastern', ['2024年3月12日', '2024年12月1日'], ['2024-03-12', '2024-12-01']],
    [
      'year and month',
      ['2024-03', '2024-12', '2023-01'],
      ['2024-03-01', '2024-12-01', '2023-01-01'],
    ],
    [
      'AM and PM',
      ['01/13/2024 8:05 PM', '02/01/2024 12:00 AM'],
      ['2024-01-13 20:05:00', '2024-02-01'],
    ],
  ])('with months in words and other spellings are read: %s', async (_, cells, expected) => {
    expect(await days('when', cells)).toEqual(expected);
  });

  it('with a time behind the month in words keep it', async () => {
    expect(await read('when', ['12. März 2024 8:15', '1. Mai 2024, 23:59:58'])).toEqual([
      '2024-03-12 08:15:00',
      '2024-05-01 23:59:58',
    ]);
  });

  it('as numbers are dates where the name says so', async () => {
    expect(await days('created', ['1260759144', '1260759179.5', '1260759182'])).toEqual([
      '2009-12-14 02:52:24',
      '2009-12-14 02:52:59',
      '2009-12-14 02:53:02',
    ]);
    expect(await days('timestamp', ['1704067200000', '1704153600000', '1704240000000'])).toEqual([
      '2024-01-01',
      '2024-01-02',
      '2024-01-03',
    ]);
    expect(
      await days('event time', ['1704067200000000', '1704153600000000', '1704240000000000']),
    ).toEqual(['2024-01-01', '2024-01-02', '2024-01-03']);
    expect(await days('Order Date', ['45292', '45293.5', '45294'])).toEqual([
      '2024-01-01',
      '2024-01-02 12:00:00',
      '2024-01-03',
    ]);
    expect(inferColumn('pieces', ['45292', '45293', '45294'], '.').reader.as).toBe('number');
    expect(inferColumn('Order Date', ['45292', '99', '45294'], '.').reader.as).toBe('number');
    expect(inferColumn('Order Date', ['45292', '45293', '45294'], '.').findings[0]).toMatchObject({
      code: 'date-epoch',
      words: expect.stringContaining('Excel'),
    });
  });

  it('never overflow: numbers beyond the calendar are nothing', async () => {
    for (const formats of ['epoch-seconds', 'epoch-ms', 'epoch-us', 'excel-serial'] as const)
      expect(await values({ as: 'date', formats }, ['1e300', '-1e300', 'x', ''])).toEqual([
        null,
        null,
        null,
        null,
      ]);
  });

  it('are read alike in JavaScript and in the database, for every name of a month in every language', async () => {
    for (const months of monthLanguages) {
      const cells = monthWords(months).map(({ word, month }) => `${month} ${word} 2024`);
      const words = monthNumbers(months);
      const expected = monthWords(months).map(
        ({ month }) =>
          `2024-${String(month).padStart(2, '0')}-${String(month).padStart(2, '0')} 00:00:00`,
      );
      expect(cells.map((cell) => numbered(cell, words))).toEqual(
        monthWords(months).map(({ month }) => `${month} ${month} 2024`),
      );
      expect(await values({ as: 'date', formats: ['%d %m %Y'], months }, cells)).toEqual(expected);
    }
  });

  it('with months in words read nothing from other text', async () => {
    const reader: Reader = { as: 'date', formats: ['%d %m %Y'], months: 'de' };
    expect(
      await values(reader, ['12 Blume 2024', 'März', 'im März 2024 waren es 12', '32. März 2024']),
    ).toEqual([null, null, null, null]);
  });

  it('whose day and month cannot be told apart ask once, with both orders to choose from', async () => {
    const cells = ['01/02/2024', '03/04/2024', '05/06/2024'];
    const { findings } = inferColumn('when', cells, '.');
    expect(findings).toHaveLength(1);
    const [{ code, choices = [] }] = findings as [(typeof findings)[0]];
    expect(code).toBe('date-order');
    expect(choices.map(({ id, fits }) => [id, fits])).toEqual([
      ['date-day-first', 1],
      ['date-month-first', 1],
    ]);
    expect(await values(choices[0]!.reader, cells)).toEqual([
      '2024-02-01 00:00:00',
      '2024-04-03 00:00:00',
      '2024-06-05 00:00:00',
    ]);
    expect(await values(choices[1]!.reader, cells)).toEqual([
      '2024-01-02 00:00:00',
      '2024-03-04 00:00:00',
      '2024-05-06 00:00:00',
    ]);
    expect(inferColumn('when', cells, '.', choices[0]!.reader)).toEqual({
      reader: choices[0]!.reader,
      findings: [],
    });
    expect(inferColumn('when', ['13/02/2024', ...cells], '.').findings).toEqual([]);
  });
});

describe('numbers', () => {
  it.each([
    ['EUR 1.234,50', ['EUR 1.234,50', 'EUR -7,00'], ',', [1234.5, -7]],
    ['1 234,50 €', ['1 234,50 €', '7,00 €'], ',', [1234.5, 7]],
    ['thin spaces', ['1\u202f234,5', '12\u2009345,5'], ',', [1234.5, 12345.5]],
    ['Swiss', ["CHF 1'234.50", 'CHF 2’345’678.00'], '.', [1234.5, 2345678]],
    ['lakh and crore', ['₹12,34,567.50', '₹1,234.00', '₹99.00'], '.', [1234567.5, 1234, 99]],
    ['R$', ['R$ 1.234,56', 'R$ 0,99'], ',', [1234.56, 0.99]],
    ['US$', ['US$1,234.56', '-US$0.99'], '.', [1234.56, -0.99]],
    ['yen', ['1,234円', '99円'], '.', [1234, 99]],
    ['bookkeeping', ['(1,234.50)', '5.00', '3-', '−2'], '.', [-1234.5, 5, -3, -2]],
    ['per cent', ['12,5 %', '3 %'], ',', [12.5, 3]],
  ] as const)('are read as they are written: %s', async (_, cells, decimal, expected) => {
    expect(await read('amount', cells, decimal)).toEqual(expected);
  });

  it('in two currencies are no numbers: nothing is added up that cannot be', () => {
    expect(inferColumn('amount', ['EUR 5', 'USD 5', 'EUR 6', 'USD 7'], '.').reader.as).toBe('text');
  });

  it('with words for nothing stay numbers, and the words are gaps', () => {
    const words = ['NA', 'N/A', 'NULL', '-', '.', '#N/A', 'nan', '(blank)', 'k.A.', '<NA>', '—'];
    expect(words.every(isGap)).toBe(true);
    expect(inferColumn('amount', ['1.5', ...words, '2'], '.').reader.as).toBe('number');
    expect(['none of it', 'Nancy', '0', '-1'].some(isGap)).toBe(false);
  });
});

describe('ids and answers', () => {
  it('ids keep what they are: leading zeros, long digits, and 17850.0 is 17850', async () => {
    expect(await read('zip', ['01234', '98765'])).toEqual(['01234', '98765']);
    expect(await read('value', ['12345678901234567890', '1'])).toEqual([
      '12345678901234567890',
      '1',
    ]);
    expect(await read('customer id', ['17850.00', ' 13047,0', '12.0'])).toEqual([
      '17850',
      '13047',
      '12',
    ]);
  });

  it.each([
    [['ja', 'nein'], 'de'],
    [['Oui', 'NON'], 'fr'],
    [['sí', 'no'], 'es'],
    [['sì', 'no'], 'it'],
    [['sim', 'não'], 'pt'],
    [['ja', 'nee'], 'nl'],
    [['tak', 'nie'], 'pl'],
    [['да', 'нет'], 'ru'],
    [['はい', 'いいえ'], 'ja'],
    [['true', 'FALSE'], ''],
    [['t', 'f'], ''],
    [['Y', 'N'], ''],
    [['wahr', 'falsch'], 'de'],
  ])('%j is yes and no', async (cells) => {
    expect(await read('active', cells)).toEqual([true, false]);
  });

  it('0 and 1 are answers only where the name asks', async () => {
    expect(await read('is_member', ['1', '0', '1'])).toEqual([true, false, true]);
    expect(inferColumn('children', ['1', '0', '1'], '.').reader.as).toBe('number');
  });
});

describe('the ways in which a column can be read', () => {
  it('come with the share that they read, best first, text always', () => {
    const choices = readerChoices('amount', ['1.234,50', '7,00', '9,5', 'free'], ',');
    expect(choices.map(({ id }) => id)).toEqual(['text', 'number-comma']);
    expect(choices[1]).toMatchObject({ fits: 0.75, label: 'Number, decimal comma (1.234,5)' });
    expect(
      readerChoices('x', ['31/12/2024', '01/02/2024'], '.').map(({ id, fits }) => [id, fits]),
    ).toEqual([
      ['date-day-first', 1],
      ['text', 1],
      ['date-month-first', 0.5],
    ]);
    expect(readerChoices('x', [], '.').map(({ id }) => id)).toEqual(['text']);
  });

  it('are plain JSON and each reads as many cells in the database as it says', async () => {
    const columns: readonly (readonly string[])[] = [
      ['31/12/2024', '01/02/2024', '5/6/2024', 'soon'],
      ['2024-12-31', '2024-01-02 03:04', '20241231', '45292'],
      ['1704067200', '1704067200000', '1704067200000000', '7'],
      ['1,5', '2.5', '3', 'x'],
      ['ja', 'nein', 'ja', '1'],
      ['12. März 2024', '12 mars 2024', '12-Mar-2024', '12 de marzo de 2024'],
      ['17850.0', '13047.0', '5.0', '6.0'],
      ['2024年3月1日', '2024-03', '2024/03/01', '1e3'],
    ];
    for (const cells of columns)
      for (const choice of readerChoices('x', cells, '.')) {
        const reader = JSON.parse(JSON.stringify(choice.reader)) as Reader; // what the recipe keeps
        const got = await values(reader, cells);
        const n = got.filter((value) => value !== null).length;
        const promised = Math.round(choice.fits * cells.length);
        if (/^(epoch|excel)/.test(choice.id))
          expect(n).toBeGreaterThanOrEqual(promised); // any number is some instant
        else expect([choice.id, cells, n]).toEqual([choice.id, cells, promised]);
      }
  });
});
