import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { makeRaw } from '../../src/tables/make-raw.ts';
import { planColumns, type Raw } from '../../src/tables/raw.ts';
import { rowsFrom } from '../../src/tables/clean.sql.ts';
import { fileLine } from '../../src/tables/ledger.ts';
import { shownRows } from '../../src/tables/rows.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, open } from '../support/import.ts';

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()));

const asText = (columns: Raw['columns']): Raw['columns'] =>
  columns.map((column) => ({
    ...column,
    type: 'text',
    reader: { as: 'text', trim: false, pointZero: false },
  }));

const cell = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      'a',
      'B',
      'é',
      '😀',
      ',',
      ';',
      '\t',
      '|',
      '"',
      "'",
      '\\',
      ' ',
      '\n',
      '.',
      '1',
      '<',
      '=',
    ),
    maxLength: 8,
  }),
  fc.constantFrom(
    '',
    'NULL',
    'NaN',
    '1.5',
    '2020-01-02',
    '"; DROP TABLE raw',
    '<img onerror>',
    '\u0000',
  ),
);
const table = fc.integer({ min: 2, max: 4 }).chain((width) =>
  fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 6,
  }),
);

it('any table written in a claimed dialect comes back equal, cell for cell', async () => {
  const dialect = fc.record({
    delimiter: fc.constantFrom(
      ',',
      ';',
      '\t',
      '|',
      '~',
      '^',
      ':',
      ' ',
      '!',
      '#',
      '$',
      '%',
      '&',
      '*',
      '@',
      '\x01',
      '\x1f',
    ),
    quote: fc.constantFrom('"' as const, "'" as const),
    escape: fc.constantFrom('double', 'backslash'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
  });
  await fc.assert(
    fc.asyncProperty(table, dialect, async (rows, { delimiter, quote, escape, end }) => {
      const mark = escape === 'double' ? quote : '\\';
      const written = (text: string) =>
        quote +
        (mark === quote
          ? text.replaceAll(quote, quote + quote)
          : text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)) +
        quote;
      const names = rows[0]!.map((_, i) => `name ${i}`);
      const text = [names, ...rows].map((row) => row.map(written).join(delimiter)).join(end) + end;
      const claimed = {
        delimiter,
        quote,
        escape: mark as '"',
        header: true,
        skip: 0,
        encoding: 'utf-8',
      } as const;
      // A few NUL characters are read; a file full of them is taken for binary, which is right
      fc.pre(text.split('\0').length / text.length < 0.004 || !text.includes('\0'));
      const source = await open(database, fileOf(text), claimed);
      const { count, read } = await makeRaw(
        database,
        source,
        asText(planColumns(source).columns),
        {},
      );
      expect(read).toBe(rows.length);
      expect(count.records).toBe(rows.length);
      const columns = asText(planColumns(source).columns);
      const shown = shownRows(
        await database.query(rowsFrom(columns, { from: 0, count: 100 })),
        columns,
      );
      expect(shown.map(({ cells }) => cells)).toEqual(rows);
      await database.release(source.path);
    }),
    { numRuns: 300, seed: 11 },
  );
});

it('the database and the scan agree on any text, or the difference is set aside', async () => {
  const piece = fc.constantFrom(
    'a',
    '1',
    ',',
    ',',
    '"',
    '"',
    '\n',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\\',
    "'",
    'é',
    '""',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (parts) => {
      const claimed = { delimiter: ',', quote: '"', escape: '"', header: true, skip: 0 } as const;
      const source = await open(database, fileOf(`id,v\n1,2\n${parts.join('')}`), claimed);
      const { count, read: rows } = await makeRaw(
        database,
        source,
        asText(planColumns(source).columns),
        {},
      );
      expect(rows).toBe(count.kept);
      expect(count.records).toBe(
        count.kept +
          [...count.setAside, ...(count.extras ?? [])].reduce((sum, each) => sum + each.rows, 0),
      );
      await database.release(source.path);
    }),
    { numRuns: 400, seed: 3 },
  );
});

it('rows know their line in the file', async () => {
  const text = 'about this file\nid,v\n1,a\n\n2,"b\nb"\n3,c,too many\n4,d\n';
  const source = await open(database, fileOf(text));
  const columns = asText(planColumns(source).columns);
  const { count } = await makeRaw(database, source, columns, {});
  const shown = shownRows(await database.query(rowsFrom(columns, { from: 0, count: 9 })), columns);
  expect(shown.map(({ row, cells }) => [cells[0], fileLine(count, row)])).toEqual([
    ['1', 3],
    ['2', 5],
    ['4', 8],
  ]);
});
