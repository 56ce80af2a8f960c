import { decode } from '../../src/files/code-pages.ts';
import type { Encoding } from '../../src/files/types.ts';

/** Bytes of each character in an encoding of one or two bytes, by asking the decoder what every byte and pair of bytes means. */
function tableOf(encoding: Encoding): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  const read = (bytes: readonly number[]) => {
    return decode(Uint8Array.from(bytes), encoding);
  };
  const isOne = (text: string) => [...text].length === 1 && text !== '\ufffd';
  const leads: number[] = [];
  for (let byte = 0; byte < 256; byte++) {
    const text = read([byte]);
    if (isOne(text)) table.set(text, [byte]);
    else leads.push(byte);
  }
  for (const lead of leads)
    for (let trail = 0x40; trail < 0xff; trail++) {
      const text = read([lead, trail]);
      if (isOne(text) && !table.has(text)) table.set(text, [lead, trail]);
    }
  return table;
}

const tables = new Map<Encoding, ReadonlyMap<string, readonly number[]>>();

/** The text in an encoding; `mark`: with a byte order mark. Throws RangeError for a character that the encoding does not have. */
export function encode(text: string, encoding: Encoding, mark = false): Uint8Array<ArrayBuffer> {
  const marked = mark ? `\ufeff${text}` : text;
  if (encoding === 'utf-8') return new TextEncoder().encode(marked) as Uint8Array<ArrayBuffer>; // never shared
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const units = Array.from({ length: marked.length }, (_, i) => marked.charCodeAt(i));
    const little = encoding === 'utf-16le';
    return Uint8Array.from(units.flatMap((u) => (little ? [u & 255, u >> 8] : [u >> 8, u & 255])));
  }
  const table = tables.get(encoding) ?? tableOf(encoding);
  tables.set(encoding, table);
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const bytes = table.get(character);
      if (!bytes) throw new RangeError(`${encoding} has no ${character}`);
      return bytes;
    }),
  );
}
