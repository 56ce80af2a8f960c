import { TesseraError } from '../lib/errors.ts';
import type { Encoding } from './types.ts';

type Known = { readonly magic: readonly number[]; readonly words: string; readonly at?: number };

const ascii = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));
const picture = (kind: string) => `This is a picture (${kind}), not a table.`;
const packed = (kind: string) =>
  `This is a ${kind} archive. Unpack it first; .zip and .gz are read as they are.`;
const saved = (kind: string) =>
  `This is ${kind}. Save its table as CSV or Parquet from the program that made it.`;

/** What is known by its first bytes and not read. */
const known: readonly Known[] = [
  {
    magic: ascii('PARE'),
    words: 'This is an encrypted Parquet file. Write the table without encryption.',
  },
  {
    magic: ascii('FEA1'),
    words:
      'This is a Feather file of version 1. Write it again as Feather version 2 or as Parquet.',
  },
  { magic: [0x89, ...ascii('PNG')], words: picture('PNG') },
  { magic: [0xff, 0xd8, 0xff], words: picture('JPEG') },
  { magic: ascii('GIF8'), words: picture('GIF') },
  { magic: ascii('WEBP'), at: 8, words: picture('WebP') },
  { magic: [0x49, 0x49, 0x2a, 0], words: picture('TIFF') },
  { magic: [0x4d, 0x4d, 0, 0x2a], words: picture('TIFF') },
  { magic: ascii('%PDF-'), words: 'This is a PDF. Export the table behind it as CSV.' },
  {
    magic: ascii('SQLite format 3'),
    words: 'This is a SQLite database. Export the table of orders as CSV.',
  },
  { magic: ascii('DUCK'), at: 8, words: saved('a DuckDB database') },
  { magic: ascii('Standard Jet DB'), at: 4, words: saved('an Access database') },
  { magic: ascii('Standard ACE DB'), at: 4, words: saved('an Access database') },
  { magic: ascii('BZh'), words: packed('bzip2') },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], words: packed('Zstandard') },
  { magic: [0x04, 0x22, 0x4d, 0x18], words: packed('LZ4') },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], words: packed('xz') },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], words: packed('7-Zip') },
  { magic: ascii('Rar!'), words: packed('RAR') },
  { magic: ascii('ustar'), at: 257, words: packed('tar') },
  { magic: ascii('Obj\x01'), words: saved('an Avro file') },
  { magic: ascii('ORC'), words: saved('an ORC file') },
  { magic: ascii('$FL2'), words: saved('an SPSS file (.sav)') },
  { magic: ascii('$FL3'), words: saved('an SPSS file (.zsav)') },
  { magic: ascii('<stata_dta>'), words: saved('a Stata file (.dta)') },
  { magic: [0xc2, 0xea, 0x81, 0x60], at: 12, words: saved('a SAS file (.sas7bdat)') },
  { magic: ascii('HEADER RECORD*******LIB'), words: saved('a SAS transport file (.xpt)') },
  { magic: ascii('RDX2'), words: saved('an R workspace (.RData)') },
  { magic: ascii('RDX3'), words: saved('an R workspace (.RData)') },
  { magic: [0x58, 0x0a, 0, 0, 0], words: saved('an R object (.rds)') },
  { magic: [0x89, ...ascii('HDF')], words: saved('an HDF5 file') },
  { magic: [0x93, ...ascii('NUMPY')], words: saved('a NumPy array') },
  { magic: [0x80, 4, 0x95], words: saved('a Python pickle') },
  { magic: [0x80, 5, 0x95], words: saved('a Python pickle') },
];

const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0];
const has = (head: Uint8Array, magic: readonly number[], at = 0): boolean =>
  magic.every((byte, i) => head[at + i] === byte);

/** Whether the bytes begin as gzip does. */
export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** What the bytes are and what to export instead, where they are known and not read; null otherwise. */
export function unreadKind(head: Uint8Array): string | null {
  if (has(head, OLD_OFFICE)) return oldOffice(head);
  const found = known.find(({ magic, at }) => has(head, magic, at));
  // ORC and BZh could be the first letters of a column name: binary formats have control characters right behind
  const sure =
    found?.magic.some((byte, i) => i > 3 || byte < 32 || byte > 126) ||
    share(head.subarray(0, 64), isControl) > 0.02;
  return found && sure ? found.words : null;
}

/** A locked .xlsx hides in the same container as an old .xls; its directory names the stream in UTF-16. */
function oldOffice(head: Uint8Array): string {
  const names = new TextDecoder('utf-16le').decode(head.subarray(0, head.length & ~1));
  return names.includes('EncryptedPackage')
    ? 'This is an Excel workbook that is locked with a password. Save it without the password.'
    : 'This is an old Excel workbook (.xls). In Excel choose Save as, then Excel Workbook (.xlsx) or CSV UTF-8.';
}

/** Throws format-unsupported (with what to export instead) or file-binary, where the bytes are no text table. */
export function refuseBinary(head: Uint8Array, encoding: Encoding): void {
  const words = unreadKind(head);
  if (words) throw new TesseraError('format-unsupported', words);
  if (!encoding.startsWith('utf-16') && share(head, isControl) > 0.005)
    throw new TesseraError(
      'file-binary',
      'Its bytes are not text. Export the table as CSV from the program that made this file.',
    );
}

/** Throws format-unsupported for HTML and XML: text, but no table of lines. */
export function refuseOtherText(text: string): void {
  const start = text.slice(0, 2000).trimStart();
  if (/^<(!doctype|html|\?xml|svg|table)\b/i.test(start))
    throw new TesseraError(
      'format-unsupported',
      'This is a web page or XML, perhaps a sign-in page saved by mistake. Export the table as CSV.',
    );
}

/** Control A and the four separators of ASCII stand between cells in files from Hive and older systems. */
const isControl = (byte: number): boolean =>
  byte < 32 &&
  !(byte >= 9 && byte <= 13) &&
  byte !== 0x01 &&
  byte !== 0x1a &&
  !(byte >= 0x1c && byte <= 0x1f);

function share(bytes: Uint8Array, is: (byte: number) => boolean): number {
  let count = 0;
  for (const byte of bytes) if (is(byte)) count++;
  return bytes.length === 0 ? 0 : count / bytes.length;
}
