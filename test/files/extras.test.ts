import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import type { Dialect } from '../../src/files/types.ts';
import { sql } from '../../src/lib/sql.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, importFile } from '../support/import.ts';

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()));

/** What of the file stands in the table, what was set aside with its lines, and the lines of the records. */
async function read(text: string, dialect: Partial<Dialect> = {}) {
  const { ledger, scan, source, raw } = await importFile(database, fileOf(text), {
    dialect,
    tables: { kind: 'customers' },
  });
  expect(ledger.read).toBe(scan.records);
  expect(ledger.read).toBe(ledger.kept + ledger.setAside.reduce((sum, { rows }) => sum + rows, 0));
  const column = raw.columns[0]!.name;
  expect(column).toBe('id');
  const table = await database.query(sql`SELECT id::VARCHAR AS id FROM raw ORDER BY line`);
  return {
    ids: table.toArray().map((row) => String(row['id'])),
    aside: ledger.setAside.map(({ reason, sample }) => [reason, ...sample.map(({ line }) => line)]),
    texts: ledger.setAside.flatMap(({ sample }) => sample.map(({ text }) => text)),
    dialect: source.dialect,
    reason: source.reason,
    rowLines: [...raw.count.rowLines],
  };
}

const lines = (from: number, to: number, end = '\n') =>
  Array.from(
    { length: to - from + 1 },
    (_, i) => `${from + i},a${from + i},${(from + i) * 1.5}${end}`,
  ).join('');

describe('lines that are no records', () => {
  it('comments between records are set aside with their lines, and the records keep theirs', async () => {
    const it = await read(
      `id,name,value\n1,a,2\n# made on Monday, by hand, twice, or so\n2,b,3\n\n#\n3,c,4\n`,
    );
    expect(it.ids).toEqual(['1', '2', '3']);
    expect(it.aside).toEqual([['comment', 3, 6]]);
    expect(it.texts).toEqual(['# made on Monday, by hand, twice, or so', '#']);
    expect(it.dialect.comment).toBe('#');
    expect(it.rowLines).toEqual([1, 2, 2, 4, 3, 7]);
    expect(it.reason).toContain('lines that begin with # are comments');
  });

  it('a # that begins a cell of a record, a name or a quoted line is no comment', async () => {
    expect((await read('id,name,value\n#1,a,2\n#2,b,3\n3,c,4\n')).ids).toEqual(['#1', '#2', '3']);
    const quoted = await read('id,name,value\n1,"two\n# lines",2\n# a comment\n2,b,3\n3,c,4\n');
    expect([quoted.ids, quoted.aside]).toEqual([['1', '2', '3'], [['comment', 4]]]);
    const named = await read('# about the file\nid,name,value\n1,a,2\n2,b,3\n');
    expect([named.dialect.skip, named.dialect.comment, named.aside]).toEqual([1, undefined, []]);
  });

  it('another mark for comments can be chosen, and none', async () => {
    const text = 'id,name,value\n1,a,2\n%note\n2,b,3\n';
    expect((await read(text, { comment: '%' })).aside).toEqual([['comment', 3]]);
    expect((await read('id,name,value\n1,a,2\n#note\n2,b,3\n', { comment: '' })).ids).toEqual([
      '1',
      '#note',
      '2',
    ]);
  });

  it('names that come again, as in files put one behind the other, are set aside', async () => {
    const it = await read(
      `id,name,value\r\n${lines(1, 3, '\r\n')}id,name,value\r\n${lines(4, 6, '\r\n')}`,
    );
    expect(it.ids).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(it.aside).toEqual([['repeated-header', 5]]);
    expect(it.dialect.repeats).toBe(true);
  });

  it('a record of words that comes twice is not taken for names', async () => {
    const it = await read('id,city\nAnna,Berlin\nBert,Köln\nAnna,Berlin\n', { header: true });
    expect(it.ids).toHaveLength(3);
    const bare = await importFile(database, fileOf('Anna,Berlin\nBert,Köln\nAnna,Berlin\n'), {
      tables: { kind: 'customers' },
    });
    expect(bare.source.dialect).toMatchObject({ header: false });
    expect(bare.ledger.read).toBe(3);
  });

  it.each([
    ['a count', `(5 rows affected)`],
    ['a total with gaps', `Total,,22.5`],
    ['a total that adds up', `Summe,5,22.5`],
    ['two notes', `Source: the till, 2024\n*** END ***`],
    ['a short note behind blank lines', `\n\nReport made on Monday`],
  ])('a footer is set aside: %s', async (_, foot) => {
    const it = await read(`id,name,value\n${lines(1, 5)}${foot}\n`);
    expect(it.ids).toEqual(['1', '2', '3', '4', '5']);
    const filled = foot.split('\n').filter(Boolean);
    expect(it.texts).toEqual(filled);
    expect(it.dialect.footer).toBe(filled.length);
    expect(it.aside[0]!.slice(1)).toEqual(
      foot.split('\n').flatMap((text, i) => (text ? [7 + i] : [])),
    );
    expect(it.reason).toMatch(/The last (line is|\d lines are) no part of it/);
  });

  it.each([
    ['a record that is cut off', '6,a6'],
    ['a record that is cut off early', '6'],
    ['a customer called Total with all cells', 'Total,a,100'],
    ['a name alone', 'Anna'],
  ])('the last record is no footer: %s', async (_, last) => {
    const it = await read(`id,name,value\n${lines(1, 5)}${last}\n`);
    expect(it.dialect.footer).toBe(undefined);
    expect(it.ids).toHaveLength(6);
  });

  it('a footer can be denied or given by hand', async () => {
    const text = `id,name,value\n${lines(1, 5)}Total,,22.5\n`;
    expect((await read(text, { footer: 0 })).ids).toHaveLength(6);
    expect((await read(text, { footer: 2 })).aside).toEqual([['footer', 6, 7]]);
  });

  it('all of it is found in a file of several megabytes, also behind its head', async () => {
    const many = lines(1, 90_000);
    const it = await read(`id,name,value\n# first\n${many}# late\n${lines(1, 90_000)}Total,,1\n`);
    expect(it.ids).toHaveLength(180_000);
    expect(it.aside).toEqual([
      ['comment', 2, 90_003],
      ['footer', 180_004],
    ]);
  });

  it('sep= in the first line chooses the separator', async () => {
    const it = await read('sep=;\nid;name;value\n1;a,b;2\n2;c,d;3\n');
    expect(it.dialect).toMatchObject({ delimiter: ';', skip: 1, header: true });
    expect(it.ids).toEqual(['1', '2']);
    expect(it.reason).toContain('The first line of the file says that the semicolon separates');
  });
});
