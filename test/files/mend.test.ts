import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asideCount, asideRecords, indexAside } from '../../src/files/aside.ts';
import { addMends, cellsOf, checkMend, mendOf, recordText } from '../../src/files/mend.ts';
import { mendBody } from '../../src/files/mend-body.ts';
import { mendRecords } from '../../src/files/mending.ts';
import { countRecords, type CountInput } from '../../src/files/scan.ts';
import type { Marks } from '../../src/files/split.ts';
import type { Dialect, Mend } from '../../src/files/types.ts';
import { fileOf } from '../support/import.ts';

const dialect: Dialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  escape: '"',
  header: false,
  skip: 0,
  decimal: '.',
};
const columns = 3;
const inputOf = (body: File, above = 0) => ({
  text: body,
  offset: 0,
  marks: dialect,
  columns,
  above,
  blankAbove: 0,
});

async function opened(content: string | Uint8Array<ArrayBuffer>) {
  const body = fileOf(content);
  const original = { body, dialect, columns, above: 0 };
  const before = await countRecords(inputOf(body));
  const index = await indexAside(original, before);
  const places = Array.from({ length: asideCount(index) }, (_, i) => i);
  const records = await asideRecords(body, index, { places });
  const mend = async (mends: readonly Mend[]) => {
    const made = await mendBody({ body, count: before, index }, { mends, marks: dialect, columns });
    return { ...made, text: await made.body.text() };
  };
  return { before, records, mend };
}

describe('a mended body', () => {
  it('has the new text in the place of the record, and all else as it was', async () => {
    const { records, mend } = await opened('1,a,x\n2,b,c,y\n3,"d,z\n4,e,x\n');
    expect(records.map(({ line }) => line)).toEqual([2, 3]);
    const mends = [mendOf(records[1]!, '3,d,z'), mendOf(records[0]!, '2,"b,c",y')];
    const { text, mended, count } = await mend(mends);
    expect(text).toBe('1,a,x\n2,"b,c",y\n3,d,z\n4,e,x\n');
    expect(mended.taken.map(({ line }) => line)).toEqual([2, 3]);
    expect(count).toMatchObject({ records: 4, kept: 4, setAside: [], lines: 4 });
  });

  it('leaves a record set aside whose mend cannot be read, and says why', async () => {
    const { records, mend } = await opened('1,a,x\n2,b,c,y\n3,b,c,y\n');
    const { text, mended, count } = await mend([
      mendOf(records[0]!, '2,b,c,d'),
      mendOf(records[1]!, '3,"b,c,y'),
    ]);
    expect(text).toBe('1,a,x\n2,b,c,y\n3,b,c,y\n');
    expect(mended.refused.map(({ why }) => why)).toEqual([
      'It has 4 cells, and the table has 3 columns.',
      expect.stringContaining('a quote is not closed'),
    ]);
    expect(count).toMatchObject({ kept: 1, records: 3 });
  });

  it('never replaces another record than the one that was mended', async () => {
    const { mend } = await opened('1,a,x\n2,b,c,y\n');
    const { text, mended } = await mend([
      { line: 2, was: '2,b,c,z', text: '2,b,c' },
      { line: 7, was: '', text: '2,b,c' },
    ]);
    expect(text).toBe('1,a,x\n2,b,c,y\n');
    expect(mended.refused.map(({ why }) => why)).toEqual([
      'Another record stands on this line now, so it was left as it is.',
      'No record starts on this line.',
    ]);
  });

  it('takes a record that can be read too: a date or an amount can be put right', async () => {
    const { mend } = await opened('1,a,soon\n2,"b\nb",later\n3,c,4');
    const { text, count } = await mend([
      mendOf({ line: 1, text: '1,a,soon' }, '1,a,5'),
      mendOf({ line: 2, text: '2,"b\nb",later' }, '2,b,6'),
      mendOf({ line: 4, text: '3,c,4' }, '3,c,7'),
    ]);
    expect(text).toBe('1,a,5\n2,b,6\n\n3,c,7');
    expect(count).toMatchObject({ kept: 3, lines: 4, blankLines: 0 });
    expect([...count.rowLines]).toEqual([1, 1, 3, 4]);
  });

  it('keeps every other record on its line where a mend needs fewer, also at the end of the file', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const { records, mend } = await opened(
        ['1,"a', 'b",x,y', '2,b,z', '3,"c', '', 'd",x,y'].join(end),
      );
      const { count, mended } = await mend([
        mendOf(records[0]!, '1,ab,x'),
        mendOf(records[1]!, '3,cd,x'),
      ]);
      expect(mended.refused).toEqual([]);
      expect(count).toMatchObject({ records: 3, kept: 3, blankLines: 0, lines: 6 });
      expect([...count.rowLines]).toEqual([1, 1, 2, 3]);
    }
  });

  it('leaves alone what only looks like the record, inside the quotes of another', async () => {
    const { mend } = await opened('1,"a\n2,b,x\n",y\n');
    const { mended } = await mend([mendOf({ line: 2, text: '2,b,x' }, '2,b,y')]);
    expect(mended).toMatchObject({ taken: [], refused: [{ mend: { line: 2 } }] });
  });

  it('of any file with any mends keeps the account: as many records, each mend takes one back, lines stay', async () => {
    const piece = fc.constantFrom('a', ',', ',', '"', '\n', '\n', '\r\n', 'é', '""', '1,2,3\n');
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', ' ', 'é', '\\'), maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 60 }),
        fc.array(fc.tuple(fc.boolean(), cell, cell), { maxLength: 20 }),
        async (parts, choices) => {
          const { before, records, mend } = await opened(parts.join(''));
          const mends = choices.flatMap(([isTaken, one, two], i) => {
            const text = recordText([one, two, 'x'], dialect);
            return isTaken && records[i] && text ? [mendOf(records[i], text)] : [];
          });
          const { body, mended, count } = await mend(mends);
          expect(mended.refused).toEqual([]);
          expect(count.kept).toBe(before.kept + mends.length);
          expect(count.records).toBe(before.records);
          expect([count.lines, count.blankLines]).toEqual([before.lines, before.blankLines]);
          const again = await countRecords(inputOf(body));
          if (parts.includes('"') === false) expect(count).toEqual(again);
          const left = count.setAside.flatMap(({ sample }) => sample.map(({ line }) => line));
          const mendedLines = mends.map(({ line }) => line);
          expect(left.toSorted()).toEqual(
            records
              .map(({ line }) => line)
              .filter((line) => !mendedLines.includes(line))
              .toSorted(),
          );
        },
      ),
      { numRuns: 600, seed: 8 },
    );
  });
});

it('records are counted once to be mended, and not at all where they are counted already', async () => {
  const body = fileOf('1,a,x\n2,b,c,y\n');
  const original = { body, dialect, columns, above: 0 };
  let passes = 0;
  const count = (input: CountInput) => (passes++, countRecords(input));
  const mends = [mendOf({ line: 2, text: '2,b,c,y' }, '2,bc,y')];
  const first = await mendRecords(original, { count, input: inputOf(body), mends });
  expect([passes, (await first.counted).kept, await first.body.text()]).toEqual([
    1,
    2,
    '1,a,x\n2,bc,y\n',
  ]);
  const known = await countRecords(inputOf(body));
  const indexed = { count: known, index: await indexAside(original, known) };
  const again = await mendRecords(original, { count, input: inputOf(body), mends, indexed });
  expect([passes, await again.counted]).toEqual([1, await first.counted]);
  const none = await mendRecords(original, { count, input: inputOf(body) });
  expect([none.body, none.mended, (await none.counted).kept]).toEqual([body, null, 1]);
});

describe('a mend', () => {
  it('must be one record with a cell for each column', () => {
    const check = (text: string, lines?: number) =>
      checkMend(text, dialect, { columns, ...(lines ? { lines } : {}) });
    expect(check('1,"a, b",c')).toBe(null);
    expect(check('1,"a\nb",c')).toBe(null);
    expect(check('1,"a\nb",c', 2)).toBe(null);
    expect(check('1,"a\nb",c', 1)).toContain('more line breaks');
    expect(check('1,2')).toBe('It has 2 cells, and the table has 3 columns.');
    expect(check('')).toContain('not one record');
    expect(check(',,')).toBe('It holds nothing.');
    for (const text of ['1,2,3\n4,5,6', '1,2,3\n', '\n1,2,3', '1,"2,3', '1,"2"x,3'])
      expect(check(text)).toContain('not one record');
  });

  it('made twice is made once, and remembers how the record stood in the file', () => {
    const one = mendOf({ line: 5, text: 'first' }, 'second');
    const two = mendOf({ line: 5, text: 'second' }, 'third');
    const other = mendOf({ line: 2, text: 'x' }, 'y');
    expect(addMends([one], [two, other])).toEqual([
      { line: 2, was: 'x', text: 'y' },
      { line: 5, was: 'first', text: 'third' },
    ]);
  });

  it('keeps no more of a long record than tells it from another', () => {
    expect(mendOf({ line: 1, text: 'x'.repeat(1e6) }, 'y').was).toHaveLength(400);
  });
});

it('cells written as a record come back the same in every dialect, or it cannot be written', () => {
  const dialects: readonly Marks[] = [
    { delimiter: ',', quote: '"', escape: '"' },
    { delimiter: ';', quote: "'", escape: "'" },
    { delimiter: '\t', quote: '"', escape: '\\' },
    { delimiter: ' ', quote: '"', escape: '"' },
    { delimiter: '|', quote: '', escape: '' },
  ];
  const cell = fc.string({
    unit: fc.constantFrom('a', '"', "'", ',', ';', '\t', '|', '\n', '\r', ' ', '\\', 'é'),
    maxLength: 6,
  });
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 2, maxLength: 4 }),
      fc.constantFrom(...dialects),
      (cells, marks) => {
        const text = recordText(cells, marks);
        if (text === null) expect(marks.quote).toBe('');
        else if (cells.some((each) => each.trim() !== ''))
          expect(cellsOf(text, marks)).toEqual(cells);
      },
    ),
    { numRuns: 3000, seed: 9 },
  );
});
