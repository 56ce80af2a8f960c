import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asideAt, asideCount, asideRecords, indexAside, placesOf } from '../../src/files/aside.ts';
import { mapLines } from '../../src/files/lines.ts';
import { recordsAt, textAt } from '../../src/files/record-at.ts';
import { countRecords } from '../../src/files/scan.ts';
import type { Dialect } from '../../src/files/types.ts';
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

async function looked(content: string | Uint8Array<ArrayBuffer>, columns = 2, above = 0) {
  const body = fileOf(content);
  const input = { text: body, offset: 0, marks: dialect, columns, above, blankAbove: 0 };
  const count = await countRecords(input);
  const index = await indexAside({ body, dialect, columns, above }, count);
  const places = Array.from({ length: asideCount(index) }, (_, i) => i);
  return { body, count, index, records: await asideRecords(body, index, { places }) };
}

describe('the records set aside', () => {
  it('are all found, with reason, line and text, more than the count shows of them', async () => {
    const lines = Array.from({ length: 5000 }, (_, i) =>
      i % 4 === 1 ? `${i},b,c` : i % 10 === 0 ? `"${i}"x,b` : `${i},b`,
    );
    const { count, index, records } = await looked(lines.join('\n'), 2, 3);
    const ragged = records.filter(({ reason }) => reason === 'ragged');
    expect([ragged.length, records.length - ragged.length]).toEqual([1250, 500]);
    expect(count.setAside.map(({ rows }) => rows).toSorted()).toEqual([1250, 500].toSorted());
    for (const { line, text, lines: height } of records) {
      expect(text).toBe(lines[line - 4]);
      expect(height).toBe(1);
    }
    expect(placesOf(index, 'bad-quote').map((i) => asideAt(index, i).reason)).toEqual(
      new Array(500).fill('bad-quote'),
    );
    const sample = count.setAside.find(({ reason }) => reason === 'ragged')!.sample;
    expect(ragged.slice(0, 100).map(({ line, text }) => ({ line, text }))).toEqual(sample);
  });

  it('know how many lines they stand on, quoted line breaks included', async () => {
    const { records } = await looked('1,2\n\n"a\r\nb",2,3\n4,5\n"x\n\ny",2,3');
    expect(records.map(({ line, lines, text }) => [line, lines, text])).toEqual([
      [3, 2, '"a\r\nb",2,3'],
      [6, 3, '"x\n\ny",2,3'],
    ]);
  });

  it('are cut short where they are long, and say so', async () => {
    const { records, body, index } = await looked(`1,2,${'x'.repeat(150_000)}\n1,2\n`);
    expect(records[0]).toMatchObject({ whole: false, line: 1 });
    expect(records[0]!.text).toHaveLength(100_000);
    const [all] = await asideRecords(body, index, { places: [0], most: 1_000_000 });
    expect([all!.text.length, all!.whole]).toEqual([150_004, true]);
  });

  it('keep their bytes where these are not UTF-8', async () => {
    const bytes = new Uint8Array([...Buffer.from('1,2\n3,Stra'), 0xdf, ...Buffer.from('e\n')]);
    const { records } = await looked(bytes);
    expect(records).toMatchObject([{ reason: 'bad-encoding', line: 2, text: '3,Stra�e' }]);
    expect([...records[0]!.bytes].at(-2)).toBe(0xdf);
  });

  it('are those that the count set aside, also behind more quotes that run away than are taken back', async () => {
    const runaway = Array.from({ length: 230 }, (_, i) => `${i},"oops\n${i},ok\n`).join('');
    const { count, index } = await looked(`${runaway}1,2\n`);
    expect(asideCount(index)).toBe(count.records - count.kept);
  });

  it('of any text are those that the count set aside, line by line', async () => {
    const piece = fc.constantFrom('a', ',', ',', '"', '\n', '\n', '\r\n', '\r', ' ', 'é', '""');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (parts) => {
        const { count, records } = await looked(parts.join(''));
        const counted = count.setAside.flatMap(({ reason, sample }) =>
          sample.map(({ line, text }) => ({ reason, line, text: text.replace(/[\r\n]+$/, '') })),
        );
        const byLine = (a: { line: number }, b: { line: number }) => a.line - b.line;
        expect(
          records
            .map(({ reason, line, text }) => ({ reason, line, text: text.replace(/[\r\n]+$/, '') }))
            .toSorted(byLine),
        ).toEqual(counted.toSorted(byLine));
      }),
      { numRuns: 1000, seed: 6 },
    );
  });

  it('stop being looked for when cancelled', async () => {
    const body = fileOf('1,2\n');
    const job = { signal: AbortSignal.abort(), progress: () => {}, breathe: async () => {} };
    const none = {
      cuts: new Float64Array(),
      setAside: [],
      rowLines: Float64Array.of(1, 1),
      kept: 1,
    };
    await expect(
      indexAside({ body, dialect, columns: 2, above: 0 }, none, job),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('are refused where the count says otherwise', async () => {
    const body = fileOf('1,2\n1,2,3\n');
    const rowLines = Float64Array.of(1, 1);
    const wrong = { cuts: Float64Array.of(4, 10), setAside: [], rowLines, kept: 1 };
    await expect(indexAside({ body, dialect, columns: 2, above: 0 }, wrong)).rejects.toThrow(
      RangeError,
    );
  });
});

describe('a map of lines', () => {
  it('finds the record of any line, whatever ends the lines', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const lines = Array.from({ length: 3000 }, (_, i) => (i % 7 === 0 ? '' : `${i},"é, ${i}"`));
      const body = fileOf(lines.join(end));
      const map = await looked(lines.join(end), 2, 5);
      const wanted = [6, 7, 300, 1029, 2990, 3005, 3006, 5, 0];
      const found = await recordsAt(body, map.index, { marks: dialect, lines: wanted });
      const texts = await Promise.all(
        found.map(async (at) => (at ? (await textAt(body, at)).text : null)),
      );
      expect(texts).toEqual(wanted.map((line) => lines[line - 6] || null));
    }
  });

  it('finds records with line breaks in quotes whole, also far over the first look', async () => {
    const long = `"${'line\n'.repeat(40_000)}end ""quoted"""`;
    const body = fileOf(`1,2\n3,${long}\n5,6`);
    const { index } = await looked(`1,2\n3,${long}\n5,6`);
    const lines = [2, 40_003, 3, 40_002, 40_004];
    const found = await recordsAt(body, index, { marks: dialect, lines });
    expect(found.slice(2)).toEqual([null, null, null]);
    expect(found.slice(0, 2)).toEqual([
      { from: 4, end: 6 + long.length, to: 7 + long.length },
      { from: 7 + long.length, end: 10 + long.length, to: 10 + long.length },
    ]);
  });

  it('counts a CR LF once where two chunks meet in it', async () => {
    const body = fileOf(`${'x'.repeat(4_194_303)}\r\n1,2\r\n3,4\r\n`);
    const asked = Float64Array.of(0, 4_194_305, 4_194_310);
    const { lines } = await mapLines(body, { above: 0, asked });
    expect([...lines]).toEqual([1, 2, 3]);
  });
});
