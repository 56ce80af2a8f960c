import { describe, expect, it } from 'vitest';
import { openFile } from '../../src/files/open.ts';
import { joinBodies, lineInFile, sameShape, type Member } from '../../src/files/set.ts';
import { fileOf } from '../support/import.ts';

const member = async (text: string, name: string): Promise<Member> => {
  const file = fileOf(text, name);
  return { file, opened: await openFile(file) };
};
const [january, february, march] = await Promise.all([
  member('id;v\r\n1;2\r\n3;4', 'jan.csv'),
  member('\ufeffid;v\n5;6\n\n"7\r\n8";9\n', 'feb.csv'),
  member('made on 2024-03-31\nid;v\n10;11\n12;13\n', 'mar.csv'),
]);

describe('files of the same shape', () => {
  it('are those with the same names, delimiter and quoting', async () => {
    const shape = async (...texts: string[]) =>
      sameShape(
        (await Promise.all(texts.map((text) => member(text, 'a.csv')))).map((m) => m.opened),
      );
    expect(await shape('id,v\n1,2\n', 'id,v\n3,4\n')).toBe(true);
    expect(await shape('id,v\n1,2\n', 'id;v\n3;4\n')).toBe(false);
    expect(await shape('id,v\n1,2\n', 'v,id\n3,4\n')).toBe(false);
    expect(await shape('id,v\n1,2\n', 'id,v,w\n3,4,5\n')).toBe(false);
    expect(await shape('1,2\n3,4\n', '5,6\n7,8\n')).toBe(false);
    expect(sameShape([january.opened, february.opened, march.opened])).toBe(true);
  });

  it('become one table with every record of each, whatever stands above and at the end', async () => {
    const { opened } = await joinBodies([january, february, march]);
    const text = await opened.copy!.text();
    expect(text.slice(opened.offset)).toBe('1;2\r\n3;4\r\n5;6\n\n"7\r\n8";9\n10;11\n12;13\n');
    expect(opened.headers).toEqual(['id', 'v']);
    expect(opened.sample).toHaveLength(6);
    expect(opened.notes[0]).toBe(
      '3 files with the same columns are one table: jan.csv, feb.csv, mar.csv.',
    );
  });

  it('a line of the table is told with its file and its own line there', async () => {
    const { opened, pieces } = await joinBodies([january, february, march]);
    const lines = (await opened.copy!.text()).split(/\r\n|\n/);
    const place = (text: string) =>
      lineInFile({ pieces, fileLines: null }, lines.indexOf(text) + 1);
    expect(place('3;4')).toEqual({ file: 'jan.csv', line: 3 });
    expect(place('5;6')).toEqual({ file: 'feb.csv', line: 2 });
    expect(place('"7')).toEqual({ file: 'feb.csv', line: 4 });
    expect(place('12;13')).toEqual({ file: 'mar.csv', line: 4 });
    expect(lineInFile({ pieces, fileLines: null }, 1)).toEqual({ file: null, line: 1 });
    expect(lineInFile({ pieces, fileLines: null }, lines.length).file).toBe(null);
    const whole = new Uint8Array(await opened.copy!.arrayBuffer());
    const march1 = pieces[2]!;
    expect(new TextDecoder().decode(whole.slice(march1.from, march1.to))).toBe('10;11\n12;13\n');
  });
});
