import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openFile } from '../../src/files/open.ts';
import { withoutCuts } from '../../src/files/source.ts';
import { fileOf } from '../support/import.ts';

const table = 'Größe;Preis\nXL;1,50\nM;2,25\n';
const latin1 = new Uint8Array([...table].map((c) => c.charCodeAt(0)));
const utf16 = (text: string, little: boolean, mark: boolean) => {
  const units = [...(mark ? [0xfeff] : []), ...[...text].map((c) => c.charCodeAt(0))];
  return new Uint8Array(units.flatMap((u) => (little ? [u & 255, u >> 8] : [u >> 8, u & 255])));
};
const bytesOf = (text: string) => new TextEncoder().encode(text);
const bodyOf = async ({ copy, offset }: Awaited<ReturnType<typeof openFile>>, file: File) =>
  (copy ?? file).slice(offset).text();

describe('opening a file', () => {
  it.each([
    ['utf-8', bytesOf(table)],
    ['utf-8', bytesOf(`\ufeff${table}`)],
    ['windows-1252', latin1],
    ['utf-16le', utf16(table, true, true)],
    ['utf-16be', utf16(table, false, true)],
    ['utf-16le', utf16(table, true, false)],
    ['utf-16be', utf16(table, false, false)],
  ])('reads %s', async (encoding, bytes) => {
    const file = fileOf(bytes);
    const opened = await openFile(file);
    expect(opened.dialect).toMatchObject({ encoding, delimiter: ';', decimal: ',', header: true });
    expect(opened.headers).toEqual(['Größe', 'Preis']);
    expect(await bodyOf(opened, file)).toBe('XL;1,50\nM;2,25\n');
    expect(opened.copy === null).toBe(encoding === 'utf-8');
  });

  it('looks for other letters than ASCII also behind the first megabyte', async () => {
    const lines = new Uint8Array(3_000_000).fill(0x61);
    for (let i = 0; i < lines.length; i += 10) [lines[i + 4], lines[i + 9]] = [0x3b, 0x0a];
    for (let i = 2_900_002; i < lines.length; i += 10) lines[i] = 0xfc;
    expect((await openFile(fileOf(lines))).dialect.encoding).toBe('windows-1252');
  });

  it('reads the encoding that a person chose', async () => {
    const opened = await openFile(fileOf(bytesOf(table)), {
      dialect: { encoding: 'windows-1252' },
    });
    expect(opened.headers[0]).toBe('GrÃ¶Ã\u0178e');
  });

  it('unpacks .gz, also of several members, whatever it is called', async () => {
    const one = gzipSync('id,v\n1,2\n');
    for (const packed of [one, Buffer.concat([one, gzipSync('3,4\n')])]) {
      const file = fileOf(new Uint8Array(packed), 'orders.bin');
      const body = await bodyOf(await openFile(file), file);
      expect(body).toBe(packed === one ? '1,2\n' : '1,2\n3,4\n');
    }
  });

  it('says that a .gz is cut off', async () => {
    const packed = gzipSync('id,v\n1,2\n'.repeat(5000));
    for (const size of [packed.length - 12, 30]) {
      const file = fileOf(new Uint8Array(packed.subarray(0, size)), 'orders.csv.gz');
      await expect(openFile(file)).rejects.toMatchObject({ code: 'file-unreadable' });
    }
  });

  it.each([
    ['file-empty', ''],
    ['file-empty', '\n \n\r\n'],
    ['file-header-only', 'id,name\n'],
    ['columns-too-few', 'name\nAnna\nBert\n'],
    ['columns-too-few', 'one line'],
    ['format-unsupported', '<!DOCTYPE html><html><body>Please sign in</body></html>'],
  ])('refuses with %s: %j', async (code, text) => {
    await expect(openFile(fileOf(text))).rejects.toMatchObject({ code });
  });

  it.each([
    ['old Excel', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
    ['picture', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]],
    ['not text', Array.from({ length: 500 }, (_, i) => (i * 37) % 256)],
  ])('says of a binary file what it is: %s', async (word, bytes) => {
    await expect(openFile(fileOf(new Uint8Array(bytes)))).rejects.toMatchObject({
      code: word === 'not text' ? 'file-binary' : 'format-unsupported',
      message: expect.stringContaining(word),
    });
  });

  it('samples the head, the middle and the end', async () => {
    const lines = Array.from({ length: 300_000 }, (_, i) => `${i},${i % 7}`);
    const { sample } = await openFile(fileOf(`id,v\n${lines.join('\n')}\n`));
    const ids = sample.map((row) => Number(row[0]));
    expect(Math.min(...ids)).toBe(0);
    expect(Math.max(...ids)).toBe(299_999);
    expect(ids.some((id) => id > 100_000 && id < 200_000)).toBe(true);
  });

  it('starts behind a header whose cells hold line breaks', async () => {
    const file = fileOf('"first\r\nname",age\r\nAnna,31\r\nBert,44\r\n');
    const opened = await openFile(file);
    expect(await bodyOf(opened, file)).toBe('Anna,31\r\nBert,44\r\n');
    expect(opened.above).toBe(2);
  });

  it('stops when it is cancelled', async () => {
    const job = { signal: AbortSignal.abort(), progress: () => {}, breathe: async () => {} };
    const file = fileOf(new Uint8Array(gzipSync('id,v\n1,2\n')));
    await expect(openFile(file, {}, job)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('cuts records out of a file without touching the others', async () => {
    const file = fileOf('aa\nbbb\ncc\n');
    expect(await withoutCuts(file, Float64Array.of(3, 7)).text()).toBe('aa\ncc\n');
    expect(await withoutCuts(file, Float64Array.of(0, 3, 7, 10)).text()).toBe('bbb\n');
    expect(await withoutCuts(file, Float64Array.of(0, 10)).text()).toBe('');
  });
});
