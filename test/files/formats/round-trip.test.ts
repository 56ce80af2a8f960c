import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openFile, type Opened } from '../../../src/files/open.ts';
import { split } from '../../../src/files/split.ts';

const rowsOf = async ({ copy, offset, dialect }: Opened) =>
  split(await copy!.slice(offset).text(), dialect, { limit: Infinity, whole: true }).rows;

// A single empty cell and lone halves of surrogate pairs are no table that UTF-8 could hold
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((s) => `n${s.trim()}`);
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const value = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
  fc.boolean(),
  fc.constant(null),
);
const shown = (cell: unknown): string => (cell === null ? '' : String(cell));
/** The same double, whichever way it is spelled. */
const isSame = (cell: string, planted: unknown): boolean =>
  typeof planted === 'number' && cell !== '' ? Number(cell) === planted : cell === shown(planted);

const tables = fc
  .tuple(
    fc.uniqueArray(fc.oneof(name, fc.constantFrom('__proto__', 'constructor', 'toString', '')), {
      minLength: 2,
      maxLength: 5,
    }),
    fc.integer({ min: 1, max: 8 }),
  )
  .chain(([names, rows]) =>
    fc.tuple(
      fc.constant(names),
      fc.array(fc.array(value, { minLength: names.length, maxLength: names.length }), {
        minLength: rows,
        maxLength: rows,
      }),
    ),
  );

describe('any table', () => {
  it.each(['list', 'lines', 'inside', 'one after another'])(
    'comes back from JSON: %s',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(tables, async ([names, rows]) => {
          const records = rows.map(
            (row) =>
              `{${names.map((n, c) => `${JSON.stringify(n)}: ${JSON.stringify(row[c])}`).join(', ')}}`,
          );
          const content = {
            list: `[${records.join(',\n ')}]`,
            lines: records.join('\r\n'),
            inside: `{"total": ${rows.length}, "ok": [], "rows": [${records.join(',')}]}`,
            'one after another': records.map((record) => record.replace('{', '{\n')).join('\n'),
          }[kind]!;
          const opened = await openFile(
            new File([content], kind === 'lines' ? 'a.ndjson' : 'a.json'),
          );
          expect(opened.headers).toEqual(names.map((n) => n.trim()));
          const read = await rowsOf(opened);
          expect(read).toHaveLength(rows.length);
          const wrong = read.flatMap((row, r) =>
            row.filter((cell, c) => !isSame(cell, rows[r]![c])),
          );
          expect(wrong).toEqual([]);
        }),
        { numRuns: 40, seed: 7 },
      );
    },
  );

  it('comes back from Parquet', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ([names, rows]) => {
        const columnData = names.map((n, c) => ({
          name: n === '' ? 'x' : n,
          data: rows.map((row) => (row[c] === null ? null : shown(row[c]))),
          type: 'STRING' as const,
        }));
        columnData.push({ name: 'number', data: rows.map((_, i) => String(i)), type: 'STRING' });
        const opened = await openFile(new File([parquetWriteBuffer({ columnData })], 'a.parquet'));
        expect(await rowsOf(opened)).toEqual(rows.map((row, i) => [...row.map(shown), String(i)]));
      }),
      { numRuns: 40, seed: 8 },
    );
  });

  it('keeps names that appear only after thousands of records', async () => {
    const records = Array.from({ length: 12_000 }, (_, i) =>
      JSON.stringify(i < 9000 ? { id: i, v: 'a' } : { id: i, late: { x: i % 7 } }),
    );
    const opened = await openFile(new File([records.join('\n')], 'a.ndjson'));
    const rows = await rowsOf(opened);
    expect(opened.headers).toEqual(['id', 'v', 'late.x']);
    expect(rows).toHaveLength(12_000);
    expect([rows[0], rows[8999], rows[9000], rows[11_999]]).toEqual([
      ['0', 'a', ''],
      ['8999', 'a', ''],
      ['9000', '', '5'],
      ['11999', '', '1'],
    ]);
  });
});
