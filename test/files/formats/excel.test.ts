import { describe, expect, it } from 'vitest';
import { openFile, type Opened } from '../../../src/files/open.ts';
import { lineInFile } from '../../../src/files/set.ts';
import { split } from '../../../src/files/split.ts';
import { listParts } from '../../../src/files/formats/contents.ts';
import { sheetXml, workbookOf } from './zip.ts';

type Members = Parameters<typeof workbookOf>[0];
const book = (sheet: string, more: Members = {}) =>
  new File([workbookOf({ 'xl/worksheets/sheet1.xml': sheet, ...more })], 'a.xlsx');
const rowsOf = async ({ copy, offset, dialect }: Opened) =>
  split(await copy!.slice(offset).text(), dialect, { limit: Infinity, whole: true }).rows;
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const names = `<row>${text('id')}${text('v')}</row>`;

describe('a sheet', () => {
  it('keeps all digits that are stored, and shows a double in its shortest spelling', async () => {
    const cells = [
      '0.30000000000000004',
      '1.1000000000000001',
      '12345678901234567890',
      '1E-7',
      '2.5E+20',
    ];
    const rows = cells.map((v, i) => `<row>${text(`a${i}`)}<c><v>${v}</v></c></row>`).join('');
    const opened = await openFile(book(sheetXml(names + rows)));
    expect((await rowsOf(opened)).map((row) => row[1])).toEqual([
      '0.30000000000000004',
      '1.1',
      '12345678901234567890',
      '0.0000001',
      '250000000000000000000',
    ]);
  });

  it('is read whoever wrote it: prefixes, no places, CDATA, readings, escapes, gaps', async () => {
    const sheet = `<x:worksheet xmlns:x="y"><!-- <c> --><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row>
      <x:row r="4"><x:c r="A4" t="s"><x:v>2</x:v></x:c><x:c r="B4" t="str"><x:f>A&gt;1</x:f><x:v><![CDATA[<&>]]></x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    const strings =
      '<sst><si><t>id</t></si><si><r><t>na</t></r><r><t>me</t></r><rPh><t>ナ</t></rPh></si><si><t xml:space="preserve"> a_x000D_b &#233;&#x4e2d; </t></si></sst>';
    const opened = await openFile(book(sheet, { 'xl/sharedStrings.xml': strings }));
    expect(opened.headers).toEqual(['id', 'name']);
    expect(await rowsOf(opened)).toEqual([[' a\rb é中 ', '<&>']]);
    // A line of the text is a row of the sheet
    expect((await opened.copy!.text()).split('\n')[3]).toContain('<&>');
  });

  it('tells the row of the sheet for each line of its text, whatever breaks stand in its cells', async () => {
    const row = (r: number, a: string) =>
      `<row r="${r}"><c r="A${r}" t="inlineStr"><is><t>${a}</t></is></c><c r="B${r}"><v>1</v></c></row>`;
    const sheet = sheetXml(names + row(2, 'one\ntwo\n\nthree') + row(5, 'four') + row(6, 'five'));
    const opened = await openFile(book(sheet));
    const lines = (await opened.copy!.text()).split('\n');
    const rowOf = (start: string) => {
      const line = lines.findIndex((each) => each.startsWith(start)) + 1;
      return lineInFile({ pieces: [], fileLines: opened.fileLines }, line).line;
    };
    expect(['id', '"one', 'four', 'five'].map(rowOf)).toEqual([1, 2, 5, 6]);
  });

  it('that gets wider below is read in its whole width', async () => {
    const rows = Array.from(
      { length: 150 },
      (_, i) =>
        `<row r="${i + 2}"><c r="A${i + 2}"><v>${i}</v></c><c r="B${i + 2}"><v>1</v></c></row>`,
    );
    const late = '<row r="300"><c r="A300"><v>9</v></c><c r="D300"><v>7</v></c></row>';
    const opened = await openFile(book(sheetXml(names + rows.join('') + late)));
    expect(opened.columns).toBe(4);
    expect((await rowsOf(opened)).at(-1)).toEqual(['9', '', '', '7']);
  });

  it('leaves a heading that spans a row of the table as it is, and fills what is merged downwards', async () => {
    const head = `<row r="1">${text('region')}${text('id')}${text('v')}</row>`;
    const line = (r: number, a: string) =>
      `<row r="${r}">${a === '' ? '' : text(a).replace('<c', `<c r="A${r}"`)}<c r="B${r}"><v>${r}</v></c><c r="C${r}"><v>1</v></c></row>`;
    const sheet = sheetXml(
      head +
        line(2, 'North') +
        line(3, '') +
        `<row r="4">${text('second half')}</row>` +
        line(5, 'South') +
        line(6, ''),
      '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A4:C4"/><mergeCell ref="A5:A6"/></mergeCells>',
    );
    const opened = await openFile(book(sheet));
    expect((await rowsOf(opened)).map((row) => row[0])).toEqual([
      'North',
      'North',
      'second half',
      'South',
      'South',
    ]);
    expect(opened.notes).toContain('2 merged cells were filled with their value.');
  });

  it('can be told that its first rows are titles, or that it has no names', async () => {
    const rows = [1, 2, 3].map((i) => `<row>${text(`a${i}`)}<c><v>${i}</v></c></row>`).join('');
    const file = book(sheetXml(names + rows));
    expect((await openFile(file, { dialect: { header: false } })).headers).toEqual([
      'Column 1',
      'Column 2',
    ]);
    expect(
      await rowsOf(await openFile(file, { dialect: { skip: 2, header: false } })),
    ).toHaveLength(2);
  });

  it('ends before its total, which is set aside and named', async () => {
    const rows = [1, 2, 3, 4, 5]
      .map((i) => `<row>${text(`a${i}`)}<c><v>${i}</v></c></row>`)
      .join('');
    const opened = await openFile(
      book(sheetXml(`${names}${rows}<row>${text('Total')}<c><v>15</v></c></row>`)),
    );
    expect(await rowsOf(opened)).toHaveLength(5);
    expect(opened.extras).toMatchObject([{ reason: 'footer', rows: 1 }]);
    expect(opened.notes).toEqual(['Row 7 at the end looks like a total.']);
  });

  it('without a cell is no table, and one that is not there is said to be missing', async () => {
    await expect(openFile(book(sheetXml('')))).rejects.toMatchObject({ code: 'file-empty' });
    const file = book(sheetXml(`${names}<row><c><v>1</v></c><c><v>2</v></c></row>`));
    expect(await listParts(file)).toMatchObject([{ path: ['S'], format: 'excel' }]);
    await expect(openFile(file, { part: ['T'] })).rejects.toMatchObject({ code: 'part-missing' });
  });
});
