import { TesseraError } from '../lib/errors.ts';
import type { Encoding } from './types.ts';

type Known = { readonly magic: readonly number[]; readonly words: string };

const ascii = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));
const known: readonly Known[] = [
  {
    magic: [0x50, 0x4b, 0x03, 0x04],
    words:
      'This is a zip archive or an Excel workbook. In Excel choose Save as, then CSV UTF-8; a zip has to be unpacked first.',
  },
  {
    magic: [0xd0, 0xcf, 0x11, 0xe0],
    words: 'This is an old Excel workbook. In Excel choose Save as, then CSV UTF-8.',
  },
  { magic: ascii('PAR1'), words: 'This is a Parquet file. Export the table as CSV.' },
  {
    magic: ascii('ARROW1'),
    words: 'This is an Arrow file. Export the table as CSV.',
  },
  { magic: [0x89, ...ascii('PNG')], words: 'This is a picture (PNG), not a table.' },
  { magic: [0xff, 0xd8, 0xff], words: 'This is a picture (JPEG), not a table.' },
  { magic: ascii('GIF8'), words: 'This is a picture (GIF), not a table.' },
  { magic: ascii('%PDF'), words: 'This is a PDF. Export the table behind it as CSV.' },
  {
    magic: ascii('SQLite format 3'),
    words: 'This is a SQLite database. Export the table of orders as CSV.',
  },
  { magic: ascii('BZh'), words: 'This is a bzip2 archive. Unpack it first; .gz is read as it is.' },
  {
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    words: 'This is a Zstandard archive. Unpack it first; .gz is read as it is.',
  },
  {
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    words: 'This is an xz archive. Unpack it first; .gz is read as it is.',
  },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], words: 'This is a 7-Zip archive. Unpack it first.' },
  { magic: ascii('Rar!'), words: 'This is a RAR archive. Unpack it first.' },
  { magic: ascii('Obj\x01'), words: 'This is an Avro file. Export the table as CSV.' },
  { magic: ascii('ORC'), words: 'This is an ORC file. Export the table as CSV.' },
];

/** Whether the bytes begin as gzip does. */
export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** Throws file-binary or format-unsupported, with what to export instead, where the bytes are no text table. */
export function refuseBinary(head: Uint8Array, encoding: Encoding): void {
  const found = known.find(({ magic }) => magic.every((byte, i) => head[i] === byte));
  // ORC and BZh could be the first letters of a column name: binary formats have control characters right behind
  if (found && (found.magic.length > 3 || share(head.subarray(0, 64), isControl) > 0.02))
    throw new TesseraError('file-binary', found.words);
  if (!encoding.startsWith('utf-16') && share(head, isControl) > 0.005)
    throw new TesseraError(
      'file-binary',
      'Its bytes are not text. Export the table as CSV from the program that made this file.',
    );
}

/** Throws format-unsupported for JSON, HTML and XML: text, but no table of lines. */
export function refuseOtherText(text: string): void {
  const start = text.slice(0, 2000).trimStart();
  if (/^(\{\s*"|\[\s*(\{\s*["}]|\[))/.test(start))
    throw new TesseraError('format-unsupported', 'This is JSON. Export the table as CSV.');
  if (/^<(!doctype|html|\?xml|svg|table)\b/i.test(start))
    throw new TesseraError(
      'format-unsupported',
      'This is a web page or XML, perhaps a sign-in page saved by mistake. Export the table as CSV.',
    );
}

const isControl = (byte: number): boolean =>
  byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 0x1a && byte !== 0x1f && byte !== 0x1e;

function share(bytes: Uint8Array, is: (byte: number) => boolean): number {
  let count = 0;
  for (const byte of bytes) if (is(byte)) count++;
  return bytes.length === 0 ? 0 : count / bytes.length;
}
