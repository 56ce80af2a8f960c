import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignmentAt, alignmentOf, cutLine } from '../../src/files/aligned.ts';
import { longDelimiter } from '../../src/files/long-delimiter.ts';
import { openFile, type Opened } from '../../src/files/open.ts';
import { countRecords } from '../../src/files/scan.ts';
import { split } from '../../src/files/split.ts';
import { asInFile, asRead, asWritten } from '../../src/files/written.ts';
import { encode } from '../support/encode.ts';
import { fileOf } from '../support/import.ts';

async function read(content: string | Uint8Array<ArrayBuffer>, dialect = {}) {
  const file = fileOf(content, 'table.txt');
  const opened = await openFile(file, { dialect });
  const rows = await rowsOf(opened, file);
  const { copy, offset, columns, above, blankAbove, unreadAs } = opened;
  const text = copy ?? file;
  const count = await countRecords({
    ...{ text, offset, marks: opened.dialect, columns, above, blankAbove, unreadAs },
  });
  expect(count.records).toBe(count.kept + count.setAside.reduce((sum, it) => sum + it.rows, 0));
  return { opened, rows, count, written: asWritten(opened.dialect) };
}

async function rowsOf({ copy, offset, dialect }: Opened, file: File) {
  const text = await (copy ?? file).slice(offset).text();
  const { rows } = split(text, dialect, { limit: Infinity, whole: true });
  return rows.map((row) => row.map((cell) => asInFile(cell, dialect)));
}

const orders = Array.from({ length: 30 }, (_, i) => [
  String(1000 + i * 37),
  ['Anna Berg', 'Bo', 'Chloé van Dijk', '—'][i % 4]!,
  `2024-0${1 + (i % 9)}-1${i % 10}`,
  (i * 12.5).toFixed(2),
]);
const names = ['order', 'customer', 'day', 'amount'];

describe('a separator of several characters', () => {
  it.each(['||', '::', '|~|', '~|~', '^^', '<>', '##', '|;|', '\t|\t', '=>', '|||'])(
    'is found, shown and read: %j',
    async (delimiter) => {
      const text = [names, ...orders].map((row) => row.join(delimiter)).join('\n');
      const { opened, rows, written } = await read(text);
      expect(written.delimiter).toBe(delimiter);
      expect(opened.headers).toEqual(names);
      expect(rows).toEqual(orders);
      expect(opened.sample).toEqual(orders);
      expect(opened.reason).toContain(`“${delimiter}” separates the cells`);
      expect((await read(text, written)).rows).toEqual(orders); // as a recipe brings it back
    },
  );

  it('comes back for any table that is written with it and told', async () => {
    const unit = fc.constantFrom('a', 'é', '😀', '|', ':', '"', ' ', '\n', ',', '1', '~');
    const cell = fc.string({ unit, maxLength: 8 });
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    const delimiter = fc.constantFrom('||', '::', '~|~', '|:|', ' | ', '--', 'sep');
    await fc.assert(
      fc.asyncProperty(table, delimiter, async (rows, long) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = [['x', 'y', 'z'], ...rows].map((row) => row.map(quoted).join(long)).join('\n');
        const found = await read(`${text}\n`, {
          ...{ delimiter: long, quote: '"', escape: '"', header: true, skip: 0, footer: 0 },
        });
        expect(found.rows).toEqual(rows);
        expect(found.count.setAside).toEqual([]);
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  it('takes another character for it where the file holds the first', async () => {
    const rows = orders.map((row, i) => [...row.slice(0, 3), i === 7 ? 'a\x1fb\x1e' : row[3]!]);
    const text = [names, ...rows].map((row) => row.join('||')).join('\r\n');
    const { opened, rows: found } = await read(text);
    expect(found).toEqual(rows);
    expect(opened.dialect.delimiter).toBe('\x1d');
  });

  it('leaves the lines as they are, so that a record set aside stands on its line', async () => {
    const lines = [names, ...orders].map((row) => row.join('||'));
    lines[5] = 'too||many||cells||in||here';
    const { count, opened } = await read(lines.join('\n'));
    const [aside] = count.setAside;
    expect(aside).toMatchObject({ reason: 'ragged', rows: 1 });
    expect(aside!.sample[0]!.line).toBe(6);
    const { text } = aside!.sample[0]!;
    expect(asInFile(text, opened.dialect)).toBe(lines[5]);
    expect(asRead(lines[5], opened.dialect)).toBe(text);
  });

  it.each([
    ['empty cells', ['a|b|c', '1||2', '3||4', '5||6'], '|'],
    ['empty cells without a name', ['1,,2', '3,,4', '5,,6'], ','],
    ['times of day', ['a;t', '1;10:00', '2;11:30', '3;12:00'], ':'],
    ['web addresses', ['a;u', '1;http://x', '2;http://y', '3;http://z'], ':'],
    ['two lines', ['1||2', '3||4'], '|'],
  ])('is not seen in %s', (_, lines, delimiter) => {
    expect(longDelimiter(lines, delimiter)).toBe(null);
  });
});

/** Cells padded to columns, numbers to the right. */
function padded(rows: readonly (readonly string[])[], gap: number, right: readonly number[] = []) {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  return rows.map((row) =>
    row
      .map((cell, c) => (right.includes(c) ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

describe('columns that line up', () => {
  it.each([
    [2, []],
    [2, [0, 3]],
    [5, [3]],
    [1, [0, 3]],
  ] as const)('are found, shown and read: %i blanks, right %j', async (gap, right) => {
    const text = padded([names, ...orders], gap, right).join('\n');
    const { opened, rows, written } = await read(text);
    expect(opened.headers).toEqual(names);
    expect(rows).toEqual(orders);
    expect(written.starts).toHaveLength(4);
    expect((await read(text, written)).rows).toEqual(orders);
  });

  it('come back for any table of numbers and words that is padded to them', async () => {
    const word = fc.stringMatching(/^[a-zé]{1,9}( [a-z]{1,6})?$/);
    const number = fc.double({ min: 0, max: 99_999, noNaN: true }).map((n) => n.toFixed(2));
    const row = fc.tuple(word, number, word, number);
    const table = fc.array(row, { minLength: 12, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 2, max: 4 }), async (rows, gap) => {
        const text = padded([names, ...rows], gap, [1, 3]).join('\r\n');
        const found = await read(`${text}\r\n`);
        expect(found.opened.headers).toEqual(names);
        expect(found.rows).toEqual(rows);
      }),
      { numRuns: 80, seed: 11 },
    );
  });

  it('are found under titles, with a line of dashes, and in another encoding', async () => {
    const [head, ...lines] = padded(
      [names, ...orders.map((row) => row.map((c) => c.replace('—', 'Zoë')))],
      1,
    );
    const ruler = '----- -------------- ---------- ------';
    const text = ['Orders of 2024', '', head!.trimEnd(), ruler, ...lines].join('\r\n');
    for (const encoding of ['utf-8', 'cp850', 'windows-1252'] as const) {
      const { opened, rows } = await read(encode(text, encoding));
      expect(opened.dialect.encoding).toBe(encoding);
      expect(opened.headers).toEqual(names);
      expect(rows).toHaveLength(orders.length);
      expect(rows[3]![1]).toBe('Zoë');
      expect(opened.notes.join(' ')).toContain('Above the table stands: Orders of 2024.');
    }
  });

  it('that a line does not keep to set it aside, with its line and its text', async () => {
    const lines = padded([names, ...orders], 2, [3]);
    lines[9] = '1333  Maximiliane-Alexandrine von Hohenstein  2024-01-11  12.50';
    const { count, rows } = await read(lines.join('\n'));
    expect(count.setAside).toMatchObject([{ reason: 'misaligned', rows: 1 }]);
    expect(count.setAside[0]!.sample).toEqual([{ line: 10, text: lines[9] }]);
    expect(rows).toHaveLength(orders.length - 1);
  });

  it('that reach into the gap are read while a blank is between them', () => {
    const alignment = { starts: [0, 10], gaps: [{ from: 5, to: 10 }] };
    expect(cutLine('abc       12', alignment)).toEqual(['abc', '12']);
    expect(cutLine('abcdefg   12', alignment)).toEqual(['abcdefg', '12']);
    expect(cutLine('abc     1234', alignment)).toEqual(['abc', '1234']);
    expect(cutLine('abcdefg 1234', alignment)).toEqual(['abcdefg', '1234']);
    expect(cutLine('abcdefghi1234', alignment)).toBe(null);
    expect(cutLine('abc  x    12', alignment)).toBe(null);
    expect(cutLine('abc', alignment)).toEqual(['abc', '']);
  });

  it('can be told where they touch, as old programs write them', async () => {
    const lines = orders.map(
      ([order, name, day, amount]) =>
        `${order!.padStart(8, '0')}${name!.padEnd(16)}${day!.replaceAll('-', '')}${amount!.replace('.', '').padStart(9, '0')}`,
    );
    const { rows } = await read(lines.join('\n'), {
      ...{ delimiter: ' ', starts: [0, 8, 24, 32], header: false },
    });
    expect(rows).toHaveLength(30);
    expect(rows[1]).toEqual(['00001037', 'Bo', '20240211', '000001250']);
  });

  it('are not seen in prose, in one column, or in a few lines', () => {
    const prose = `The quick brown fox jumps over the lazy dog and then
      sleeps for a while under a tree that stands near the
      river where many boats go by each day of the summer`.split('\n');
    expect(alignmentOf(prose)).toBe(null);
    expect(alignmentOf(['2024-01-01', '2024-01-02', '2024-01-03'])).toBe(null);
    expect(alignmentOf(Array.from({ length: 20 }, (_, i) => `2024-01-01 1${i % 10}:00`))).toBe(
      null,
    );
    expect(alignmentOf(['a  1', 'b  2'])).toBe(null);
    expect(alignmentOf([])).toBe(null);
    expect(alignmentAt([0, 5], [])).toMatchObject({ starts: [0, 5] });
  });
});

describe('runs of spaces that do not line up', () => {
  it('separate cells where each line has as many', async () => {
    const lines = [names, ...orders].map((row, i) =>
      row.map((cell) => cell.replaceAll(' ', '_')).join(' '.repeat(1 + (i % 5))),
    );
    const { opened, rows, written } = await read(lines.join('\n'));
    expect(opened.headers).toEqual(names);
    expect(rows).toEqual(orders.map((row) => row.map((cell) => cell.replaceAll(' ', '_'))));
    expect(written.delimiter).toBe('  ');
    expect((await read(lines.join('\n'), written)).rows).toEqual(rows);
  });
});
