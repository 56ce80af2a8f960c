import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { detectFormat } from '../../../src/files/formats/detect.ts';
import { openFile } from '../../../src/files/open.ts';
import { zipOf } from './zip.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const fixture = (name: string) => new Uint8Array(readFileSync(`test/fixtures/formats/${name}`));

describe('what a file is', () => {
  it.each([
    ['excel', fixture('plain.xlsx'), 'data'],
    ['zip', fixture('many.zip'), 'data'],
    ['parquet', fixture('typed-none.parquet'), 'data'],
    ['arrow', fixture('typed-lz4.feather'), 'data'],
    ['arrow', fixture('typed.arrows'), 'data'],
    ['gzip', new Uint8Array(gzipSync('a,b')), 'data'],
    ['json', bytes('  [{"id": 1}, {"id": 2}]'), 'data.txt'],
    ['json', bytes('\ufeff{\n "rows": []}'), 'data'],
    ['json', bytes('[[1, 2], [3, 4]]'), 'data'],
    ['json', fixture('utf16.json'), 'data'],
    ['ndjson', bytes('{"id": 1}\n{"id": 2}\n'), 'data'],
    ['ndjson', bytes('oops\n{"id": 1}\n{"id": 2}\n').subarray(5), 'data'],
    ['ndjson', bytes('{"id": 1}'), 'data.jsonl'],
    ['ndjson', bytes('oops\n{"id": 1}\n{"id": 2}\n'), 'data.ndjson'],
    ['text', bytes('id,v\n1,2\n'), 'data.ndjson'],
    ['json', bytes('{"id": 1}'), 'data'],
    ['text', bytes('[id],[name]\n1,Anna\n'), 'data.json'],
    ['text', bytes('{id},{name}\n1,Anna\n'), 'data'],
    ['text', bytes('id,v\n1,2\n'), 'data.parquet'],
    ['text', bytes('PAR,ORC,BZh\n1,2,3\n'), 'data'],
  ])('%s', (format, head, name) => {
    expect(detectFormat(head, name)).toBe(format);
  });

  const padded = (at: number, magic: string | number[]) => {
    const out = new Uint8Array(600);
    out.set(typeof magic === 'string' ? [...magic].map((c) => c.charCodeAt(0)) : magic, at);
    return out;
  };
  const utf16 = [...'EncryptedPackage'].flatMap((c) => [c.charCodeAt(0), 0]);
  it.each([
    ['.xls', padded(0, [0xd0, 0xcf, 0x11, 0xe0])],
    ['password', padded(0, [0xd0, 0xcf, 0x11, 0xe0, ...utf16])],
    [
      '.ods',
      zipOf([
        { name: 'META-INF/manifest.xml', data: bytes('a') },
        { name: 'content.xml', data: bytes('a') },
      ]),
    ],
    ['.xlsb', zipOf([{ name: 'xl/workbook.bin', data: bytes('a') }])],
    ['Word', zipOf([{ name: 'word/document.xml', data: bytes('a') }])],
    ['.sav', padded(0, '$FL2')],
    ['.rds', padded(0, [0x58, 0x0a, 0, 0, 0, 3])],
    ['.rds', new Uint8Array(gzipSync(padded(0, [0x58, 0x0a, 0, 0, 0, 3])))],
    ['.dta', padded(0, '<stata_dta>')],
    ['.sas7bdat', padded(12, [0xc2, 0xea, 0x81, 0x60])],
    ['SQLite', padded(0, 'SQLite format 3\0')],
    ['DuckDB', padded(8, 'DUCK')],
    ['Avro', padded(0, 'Obj\x01')],
    ['ORC', padded(0, 'ORC')],
    ['encrypted Parquet', padded(0, 'PARE')],
    ['Feather file of version 1', padded(0, 'FEA1')],
    ['HDF5', padded(0, [0x89, 0x48, 0x44, 0x46])],
    ['PDF', padded(0, '%PDF-1.7')],
    ['PNG', padded(0, [0x89, 0x50, 0x4e, 0x47])],
    ['WebP', padded(0, 'RIFF....WEBP')],
    ['7-Zip', padded(0, [0x37, 0x7a, 0xbc, 0xaf])],
    ['RAR', padded(0, 'Rar!\x1a\x07')],
    ['tar', padded(257, 'ustar')],
    ['tar', new Uint8Array(gzipSync(padded(257, 'ustar')))],
  ])('a file that is not read is named, with what to export instead: %s', async (word, content) => {
    const file = new File([content as Uint8Array<ArrayBuffer>], 'data'); // as: made here, on a plain buffer
    await expect(openFile(file)).rejects.toMatchObject({
      code: 'format-unsupported',
      message: expect.stringContaining(word),
    });
  });
});
