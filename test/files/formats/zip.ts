import { constants, crc32, deflateRawSync } from 'node:zlib';

/** A member of an archive to be made; sizes and flags may be lies. */
export type Made = {
  readonly name: string;
  readonly data: Uint8Array;
  /** What the archive says of it, where that is not so. */
  readonly says?: { readonly bytes?: number; readonly crc?: number; readonly flags?: number };
  /** Deflated already: of how many bytes, with which checksum. */
  readonly packed?: { readonly bytes: number; readonly crc: number };
  /** Share the bytes of the member before. */
  readonly overlaps?: boolean;
};

const number = (size: 2 | 4, value: number): Buffer => {
  const out = Buffer.alloc(size);
  if (size === 2) out.writeUInt16LE(value);
  else out.writeUInt32LE(value >>> 0);
  return out;
};

/** A .zip as its writer wants it, honest or not. */
export function zipOf(members: readonly Made[]): Uint8Array<ArrayBuffer> {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  let before = 0;
  for (const { name, data, says = {}, packed, overlaps } of members) {
    const content = packed ? Buffer.from(data) : deflateRawSync(data);
    const facts = Buffer.concat([
      number(2, 20),
      number(2, says.flags ?? 0x800),
      number(2, 8),
      number(4, 0),
      number(4, says.crc ?? packed?.crc ?? crc32(data)),
      number(4, content.length),
      number(4, says.bytes ?? packed?.bytes ?? data.length),
      number(2, Buffer.byteLength(name)),
      number(2, 0),
    ]);
    const title = Buffer.from(name);
    const offset = overlaps ? before : at;
    if (!overlaps) {
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, title, content]);
      bodies.push(local);
      before = at;
      at += local.length;
    }
    const rest = [number(2, 0), number(2, 0), number(2, 0), number(4, 0), number(4, offset)];
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), number(2, 20), facts, ...rest, title]),
    );
  }
  const list = Buffer.concat(directory);
  const count = number(2, Math.min(members.length, 0xffff));
  const end = Buffer.concat([
    ...(members.length > 0xffff ? [zip64End(members.length, list.length, at)] : []),
    Buffer.from('PK\x05\x06\0\0\0\0', 'latin1'),
    count,
    count,
    number(4, list.length),
    number(4, at),
    number(2, 0),
  ]);
  return new Uint8Array(Buffer.concat([...bodies, list, end]));
}

function zip64End(count: number, size: number, offset: number): Buffer {
  const long = (value: number) => {
    const out = Buffer.alloc(8);
    out.writeBigUInt64LE(BigInt(value));
    return out;
  };
  return Buffer.concat([
    Buffer.from('PK\x06\x06'),
    long(44),
    number(2, 45),
    number(2, 45),
    number(4, 0),
    number(4, 0),
    ...[count, count, size, offset].map(long),
    Buffer.from('PK\x06\x07'),
    number(4, 0),
    long(offset + size),
    number(4, 1),
  ]);
}

const BLOCK = 8_000_000;

/** `blocks` times 8 MB of one byte, deflated without ever making them: 8 kB each. */
export function sameBytes(
  byte: number,
  blocks: number,
  { before = '', after = '' } = {},
): Made['packed'] & { readonly data: Uint8Array } {
  const flush = { finishFlush: constants.Z_FULL_FLUSH };
  const block = deflateRawSync(Buffer.alloc(BLOCK, byte), flush);
  const start = deflateRawSync(Buffer.from(before), flush);
  const data = Buffer.concat([
    start,
    ...Array.from({ length: blocks }, () => block),
    deflateRawSync(Buffer.from(after)),
  ]);
  const bytes = blocks * BLOCK + Buffer.byteLength(before) + Buffer.byteLength(after);
  return { data: new Uint8Array(data), bytes, crc: 0 };
}

const sheetFiles = {
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml':
    '<workbook><workbookPr/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/></Relationships>',
};

/** A workbook of one sheet; members are given as text or deflated already. */
export function workbookOf(
  members: Readonly<Record<string, string | Omit<Made, 'name'>>>,
): Uint8Array<ArrayBuffer> {
  const all: typeof members = { ...sheetFiles, ...members };
  return zipOf(
    Object.entries(all).map(([name, own]) =>
      typeof own === 'string' ? { name, data: new TextEncoder().encode(own) } : { name, ...own },
    ),
  );
}

/** The XML of a sheet with these rows of `<c>` elements. */
export const sheetXml = (rows: string, after = ''): string =>
  `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`;
