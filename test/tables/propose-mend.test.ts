import { describe, expect, it } from 'vitest';
import { asideCount, asideRecords, indexAside } from '../../src/files/aside.ts';
import { cellsOf } from '../../src/files/mend.ts';
import { decodeMixed } from '../../src/files/mixed-bytes.ts';
import { openFile } from '../../src/files/open.ts';
import { proposeMend } from '../../src/files/propose-mend.ts';
import { countRecords } from '../../src/files/scan.ts';
import { columnFits } from '../../src/tables/column-fit.ts';
import { planColumns } from '../../src/tables/raw.ts';
import { fileOf } from '../support/import.ts';

const words = ['Red hat', 'White heart holder', 'Set of 6 mugs', 'Tea cosy', 'Jam jar, large'];
const places = ['United Kingdom', 'France', 'Germany'];
const good = Array.from(
  { length: 200 },
  (_, i) =>
    `${5000 + i},A${i % 40},2024-03-${10 + (i % 20)},"${words[i % 5]!} no ${i}",${i % 9}.5,${places[i % 3]}`,
);
const header = 'order_id,customer_id,date,description,amount,country';

/** The cells proposed for each record set aside, in the file's order. */
async function proposals(lines: readonly (string | Uint8Array)[], top = header) {
  const bytes = [top, ...good, ...lines].flatMap((line) => [
    ...(typeof line === 'string' ? Buffer.from(line) : line),
    10,
  ]);
  const file = fileOf(new Uint8Array(bytes));
  const opened = await openFile(file, { dialect: { encoding: 'utf-8', skip: 0, header: true } });
  const { dialect, columns, above, blankAbove, offset } = opened;
  const body = new File([file.slice(offset)], 'body');
  const count = await countRecords({
    text: body,
    offset: 0,
    marks: dialect,
    columns,
    above,
    blankAbove,
  });
  const index = await indexAside({ body, dialect, columns, above }, count);
  const all = Array.from({ length: asideCount(index) }, (_, i) => i);
  const fits = columnFits(planColumns(opened).columns, opened.sample);
  return (await asideRecords(body, index, { places: all })).map((record) => {
    const proposal = proposeMend(record, dialect, fits);
    return proposal && { cells: cellsOf(proposal.text, dialect), why: proposal.why };
  });
}
const cellsOfAll = async (lines: readonly (string | Uint8Array)[]) =>
  (await proposals(lines)).map((proposal) => proposal?.cells ?? null);

describe('a mend is proposed', () => {
  it('for a description that holds the separator without quotes, by what fits the other columns', async () => {
    expect(
      await cellsOfAll([
        '6001,A3,2024-03-12,Hat, blue, small,4.5,France',
        '6002,A4,2024-03-12,Hat,blue,7.5,Germany',
      ]),
    ).toEqual([
      ['6001', 'A3', '2024-03-12', 'Hat, blue, small', '4.5', 'France'],
      ['6002', 'A4', '2024-03-12', 'Hat,blue', '7.5', 'Germany'],
    ]);
  });

  it('for empty cells behind the last column', async () => {
    expect(await proposals(['6001,A3,2024-03-12,Hat,4.5,France,,'])).toEqual([
      {
        cells: ['6001', 'A3', '2024-03-12', 'Hat', '4.5', 'France'],
        why: 'The empty cells behind the last column are left out.',
      },
    ]);
  });

  it('for a quote that is never closed, also where its cell holds the separator', async () => {
    expect(
      await cellsOfAll([
        '6001,A3,2024-03-12,"Hat blue,4.5,France',
        '6002,A4,2024-03-12,"Hat, blue,7.5,Germany',
      ]),
    ).toEqual([
      ['6001', 'A3', '2024-03-12', 'Hat blue', '4.5', 'France'],
      ['6002', 'A4', '2024-03-12', 'Hat, blue', '7.5', 'Germany'],
    ]);
  });

  it('for quotes inside quotes that are not doubled', async () => {
    expect(await cellsOfAll(['6001,A3,2024-03-12,"The "best" hat, ever",4.5,France'])).toEqual([
      ['6001', 'A3', '2024-03-12', 'The "best" hat, ever', '4.5', 'France'],
    ]);
  });

  it('for letters of windows-1252 among letters of UTF-8', async () => {
    const line = [
      ...Buffer.from('6001,A3,2024-03-12,Größe '),
      0xfc,
      0x62,
      ...Buffer.from('er,4.5,France'),
    ];
    expect(await proposals([new Uint8Array(line)])).toEqual([
      {
        cells: ['6001', 'A3', '2024-03-12', 'Größe über', '4.5', 'France'],
        why: 'Its bytes that are not UTF-8 are read as windows-1252: ü.',
      },
    ]);
  });
});

describe('no mend is proposed', () => {
  it('where no place for the separator makes every cell fit', async () => {
    expect(
      await cellsOfAll([
        '6001,A3,2024-03-12,Hat,4,5,France', // which of 4 and 5 is the amount
        '6001,A3,2024-03-12,Hat,4.5,France,extra',
        '6001,2024-03-12,A3,Hat,blue,4.5,France', // cells in another order
        '1,2,3,4,5,6,7,8,9,10,11,12,13',
      ]),
    ).toEqual([null, null, null, null]);
  });

  it('for bytes that are no letters of windows-1252 either', async () => {
    const line = [
      ...Buffer.from('6001,A3,2024-03-12,Hat '),
      0x81,
      0x90,
      ...Buffer.from(',4.5,France'),
    ];
    expect(await cellsOfAll([new Uint8Array(line)])).toEqual([null]);
  });

  it('where two columns of words could hold the separator', async () => {
    const two = Array.from({ length: 50 }, (_, i) => `${i},word ${i} here,note ${i} there`);
    const file = fileOf(['id,title,note', ...two, '60,one a,two b,three c'].join('\n'));
    const opened = await openFile(file);
    const fits = columnFits(planColumns(opened).columns, opened.sample);
    const record = {
      reason: 'ragged',
      text: '60,one a,two b,three c',
      bytes: new Uint8Array(),
      whole: true,
      lines: 1,
    } as const;
    expect(proposeMend(record, opened.dialect, fits)).toBe(null);
    const spaced = { ...record, text: '60,one a, two b,three c' };
    expect(proposeMend(spaced, opened.dialect, fits)?.text).toBe('60,"one a, two b",three c');
    expect(proposeMend({ ...spaced, whole: false }, opened.dialect, fits)).toBe(null);
  });
});

it('100,000 characters of anything are judged at once', () => {
  const marks = { delimiter: ',', quote: '"', escape: '"' } as const;
  const column = { fits: () => true, isWords: true };
  for (const unit of ['"', ',', '",', '" ', '""', ' ', '"a', 'é,'])
    for (const reason of ['ragged', 'bad-quote', 'bad-encoding'] as const) {
      const text = unit.repeat(100_000 / unit.length);
      const bytes = new TextEncoder().encode(text);
      const started = performance.now();
      proposeMend({ reason, text, bytes, whole: true, lines: 1 }, marks, [column, column]);
      expect(performance.now() - started, `${unit} ${reason}`).toBeLessThan(5_000); // a hang, not a race
    }
});

it('bytes are read as UTF-8 where they are that, and as windows-1252 elsewhere', () => {
  const mixed = new Uint8Array([...Buffer.from('é€😀'), 0xe9, 0x80, 0x41]);
  expect(decodeMixed(mixed)).toEqual({ text: 'é€😀é€A', letters: ['é', '€'] });
});
