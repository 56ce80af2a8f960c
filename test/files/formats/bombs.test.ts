import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { crc32, gzipSync } from 'node:zlib';
import { listParts } from '../../../src/files/formats/contents.ts';
import { openFile } from '../../../src/files/open.ts';
import { sameBytes, sheetXml, workbookOf, zipOf, type Made } from './zip.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const table = bytes('id,v\n1,2\n3,4\n');
const fileOf = (content: Uint8Array<ArrayBuffer>, name: string) =>
  new File([content], name, { lastModified: 0 });
const zip = (members: readonly Made[], name = 'a.zip') => fileOf(zipOf(members), name);
const GIGABYTE = 125;

/** A gzip header and trailer around deflated bytes; the checksum is wrong, which is found out only at the end. */
const gzipAround = (data: Uint8Array) =>
  new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, ...data, 0, 0, 0, 0, 0, 0, 0, 0]);

const bomb = (name: string): Made => ({ name, ...big() });
const big = () => {
  const { data, bytes: size } = sameBytes(0x31, GIGABYTE, { before: 'id,v\n' });
  return { data, packed: { bytes: size, crc: 0 } };
};
const cell = (text: string) => `<row r="1"><c t="inlineStr"><is><t>${text}</t></is></c></row>`;

function lz4Lie(): File {
  const feather = new Uint8Array(readFileSync('test/fixtures/formats/typed-lz4.feather'));
  const frame = feather.findIndex((_, i) => String(feather.subarray(i, i + 4)) === '4,34,77,24');
  new DataView(feather.buffer).setBigInt64(frame - 8, 2n ** 37n, true);
  return fileOf(feather, 'a.feather');
}

/** `num_rows` of the footer (a varint of thrift, field 3 of the file) in as many bytes, but larger: 7 rows become 127·10⁹. */
function parquetLie(): File {
  const file = readFileSync('test/fixtures/formats/typed-none.parquet');
  const size = file.readUInt32LE(file.length - 8);
  const footer = file.subarray(file.length - 8 - size, file.length - 8);
  const at = footer.lastIndexOf(Buffer.from([0x16, 14, 0x19])); // field 3 as i64, zigzag 7, then the list of row groups
  const lie = Buffer.concat([
    footer.subarray(0, at + 1),
    Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x7f]),
    footer.subarray(at + 2),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(lie.length);
  const head = file.subarray(0, file.length - 8 - size);
  return fileOf(
    new Uint8Array(Buffer.concat([head, lie, length, Buffer.from('PAR1')])),
    'a.parquet',
  );
}

const bombs: readonly (readonly [string, string, () => File])[] = [
  ['a megabyte that unpacks to a gigabyte', 'archive-unsafe', () => zip([bomb('orders.csv')])],
  [
    'a member that says it is small',
    'archive-unsafe',
    () => zip([{ ...bomb('orders.csv'), says: { bytes: 1000 } }]),
  ],
  [
    'a member that says it is larger',
    'file-unreadable',
    () => zip([{ name: 'orders.csv', data: table, says: { bytes: 5000 } }]),
  ],
  [
    'a hundred thousand members',
    'archive-unsafe',
    () => zip(Array.from({ length: 100_000 }, (_, i) => ({ name: `${i}.csv`, data: table }))),
  ],
  [
    'two members of one name',
    'archive-unsafe',
    () =>
      zip([
        { name: 'orders.csv', data: table },
        { name: 'orders.csv', data: bytes('id,v\n9,9\n') },
      ]),
  ],
  [
    'members that lie on top of each other',
    'archive-unsafe',
    () =>
      zip([
        { name: 'a.csv', data: table },
        { name: 'b.csv', data: table, overlaps: true },
      ]),
  ],
  [
    'an archive in an archive in an archive',
    'format-unsupported',
    () => zip([{ name: 'b.zip', data: zipOf([{ name: 'c.zip', data: zipOf([bomb('d.csv')]) }]) }]),
  ],
  [
    'an archive that is locked',
    'format-unsupported',
    () => zip([{ name: 'orders.csv', data: table, says: { flags: 0x801 } }]),
  ],
  [
    'a .gz that unpacks to a gigabyte',
    'archive-unsafe',
    () => fileOf(gzipAround(big().data), 'a.csv.gz'),
  ],
  [
    'a .gz in a .gz in a .gz',
    'format-unsupported',
    () => fileOf(new Uint8Array(gzipSync(gzipSync(gzipSync(table)))), 'a.csv.gz'),
  ],
  [
    'a .gz of a gigabyte inside an archive',
    'archive-unsafe',
    () =>
      zip([
        {
          name: 'orders.csv.gz',
          data: gzipAround(
            sameBytes(0x2c, GIGABYTE, { before: `id,v\n${'1,2\n'.repeat(20_000)}` }).data,
          ),
        },
      ]),
  ],
  [
    'a workbook whose sheet unpacks to a gigabyte',
    'archive-unsafe',
    () => fileOf(workbookOf({ 'xl/worksheets/sheet1.xml': big() }), 'a.xlsx'),
  ],
  [
    'a workbook whose texts unpack to a gigabyte',
    'archive-unsafe',
    () =>
      fileOf(
        workbookOf({
          'xl/worksheets/sheet1.xml': sheetXml(cell('a')),
          'xl/sharedStrings.xml': { ...big(), says: { bytes: 40_000_000 } },
        }),
        'a.xlsx',
      ),
  ],
  [
    'a workbook with entities that explode',
    'archive-unsafe',
    () =>
      fileOf(
        workbookOf({
          'xl/worksheets/sheet1.xml': `<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>${sheetXml(cell('&c;'))}`,
        }),
        'a.xlsx',
      ),
  ],
  [
    'a workbook with rows that no sheet has',
    'archive-unsafe',
    () =>
      fileOf(
        workbookOf({
          'xl/worksheets/sheet1.xml': sheetXml(
            '<row r="1999999999"><c r="A1999999999"><v>1</v></c></row>',
          ),
        }),
        'a.xlsx',
      ),
  ],
  [
    'a workbook with columns that no sheet has',
    'archive-unsafe',
    () =>
      fileOf(
        workbookOf({
          'xl/worksheets/sheet1.xml': sheetXml('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'),
        }),
        'a.xlsx',
      ),
  ],
  ['an Arrow buffer that says 128 GB', 'archive-unsafe', lz4Lie],
  ['a Parquet file that says 2 trillion rows', 'file-unreadable', parquetLie],
  [
    'a JSON record of 20 MB',
    'file-unreadable',
    () => fileOf(bytes(`[{"id": 1, "v": "${'x'.repeat(20_000_000)}"}]`), 'a.json'),
  ],
  [
    'a million brackets',
    'file-empty',
    () => fileOf(bytes(`[[${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}]]`), 'a.json'),
  ],
];

describe('an archive made to hurt is refused within 2 s and 100 MB', () => {
  it.each(bombs)('%s', async (_, code, make) => {
    const file = make();
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
    const started = process.cpuUsage();
    const error: unknown = await openFile(file).catch((cause: unknown) => cause);
    const { user, system } = process.cpuUsage(started); // not the clock: other work may share the machine
    clearInterval(watch);
    peak = Math.max(peak, process.memoryUsage().rss);
    expect(error).toMatchObject({ code, message: expect.stringMatching(/\w{3}/) });
    expect((user + system) / 1000).toBeLessThan(2000);
    expect((peak - before) / 1e6).toBeLessThan(100);
  });
});

it('a name that points out of the archive is only shown', async () => {
  const name = '../../etc/pass\0wd.csv';
  const file = zip([{ name, data: table }]);
  expect(await listParts(file)).toMatchObject([{ path: [name], format: 'text' }]);
  const opened = await openFile(file, { part: [name] });
  expect(opened.copy?.name).not.toContain('/');
  expect(await opened.copy?.text()).toBe('id,v\n1,2\n3,4\n');
});

it('a member whose checksum is wrong is damaged, not a table', async () => {
  const file = zip([{ name: 'orders.csv', data: table, says: { crc: crc32(table) ^ 1 } }]);
  await expect(openFile(file)).rejects.toMatchObject({ code: 'file-unreadable' });
});

it('an archive that is cut off says so', async () => {
  const whole = zipOf([{ name: 'orders.csv', data: table }]);
  for (const size of [whole.length - 10, 60])
    await expect(openFile(fileOf(whole.slice(0, size), 'a.zip'))).rejects.toMatchObject({
      code: 'file-unreadable',
    });
});

it('stays below the limit that it is given', async () => {
  const text = `id,v\n${'1,2\n'.repeat(10_000)}`;
  const file = zip([{ name: 'orders.csv', data: bytes(text) }]);
  expect((await openFile(file, { limit: 50_000 })).columns).toBe(2);
  await expect(openFile(file, { limit: 30_000 })).rejects.toMatchObject({ code: 'archive-unsafe' });
});
