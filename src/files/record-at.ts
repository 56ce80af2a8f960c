import { EVERY, piece, type LineMap, type Stretch } from './lines.ts';
import { LONGEST_RECORD } from './scan.ts';
import type { Marks } from './split.ts';

const FIRST_LOOK = 65_536;
/** Of a record that is shown; the rest of a longer one stays in the file. */
export const SHOWN_BYTES = 100_000;

export type RecordText = {
  /** Without the line break behind it; bytes that are not UTF-8 show as �. */
  readonly text: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** False where it is longer than was asked for. */
  readonly whole: boolean;
};

/** The records that can be read and start on these physical lines; null for a line on which none starts. */
export async function recordsAt(
  body: Blob,
  map: LineMap,
  it: { readonly marks: Marks; readonly lines: readonly number[] },
): Promise<readonly (Stretch | null)[]> {
  const blocks = new Map<number, Promise<Uint8Array>>();
  return Promise.all(
    it.lines.map(async (physical) => {
      const line = physical - 1 - map.above;
      const block = Math.floor(line / EVERY);
      const start = map.starts[block];
      if (start === undefined || !startsRecord(map, physical)) return null;
      let read = blocks.get(block);
      if (!read) blocks.set(block, (read = piece(body, start, map.starts[block + 1] ?? body.size)));
      const from = skipLines(await read, line - block * EVERY);
      return from === null || start + from >= body.size
        ? null
        : recordFrom(body, start + from, it.marks);
    }),
  );
}

/** Whether a record that can be read starts on a line: between two pairs of `rowLines` each record is one line. O(log pairs). */
function startsRecord({ rowLines, kept }: LineMap, line: number): boolean {
  let low = -1;
  let high = rowLines.length / 2 - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (rowLines[2 * middle + 1]! <= line) low = middle;
    else high = middle - 1;
  }
  if (low < 0) return false;
  return line - rowLines[2 * low + 1]! < (rowLines[2 * low + 2] ?? kept + 1) - rowLines[2 * low]!;
}

async function recordFrom(body: Blob, from: number, marks: Marks): Promise<Stretch | null> {
  for (let size = FIRST_LOOK; ; size *= 16) {
    const bytes = await piece(body, from, from + size);
    const whole = from + bytes.length >= body.size;
    const end = recordEnd(bytes, marks, whole);
    if (end !== null) {
      const to = end + breakAt(bytes, end);
      return { from, end: from + end, to: from + to };
    }
    if (whole || size > LONGEST_RECORD) return null;
  }
}

/** The byte behind `count` line breaks, or null where there are fewer. */
function skipLines(bytes: Uint8Array, count: number): number | null {
  let at = 0;
  for (let seen = 0; seen < count; seen++) {
    while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
    if (at === bytes.length) return null;
    at += breakAt(bytes, at);
  }
  return at;
}

/** Bytes of the line break at this place: 0, 1 or 2. */
function breakAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 13) return bytes[at + 1] === 10 ? 2 : 1;
  return bytes[at] === 10 ? 1 : 0;
}

/** Where the text of a record that can be read ends, or null where its end is not within these bytes. */
function recordEnd(bytes: Uint8Array, marks: Marks, whole: boolean): number | null {
  const code = (mark: string) => (mark === '' ? -1 : mark.charCodeAt(0));
  const [delimiter, quote, escape] = [marks.delimiter, marks.quote, marks.escape].map(code);
  const space = delimiter === 32 ? -1 : 32;
  let at = 0;
  while (at < bytes.length) {
    while (bytes[at] === space) at++;
    if (bytes[at] === quote) {
      for (at++; at < bytes.length; at++) {
        if (bytes[at] === escape && escape !== quote) at++;
        else if (bytes[at] === quote)
          if (escape === quote && bytes[at + 1] === quote) at++;
          else break;
      }
    }
    while (at < bytes.length && bytes[at] !== delimiter && breakAt(bytes, at) === 0) at++;
    if (at >= bytes.length) break;
    if (bytes[at] !== delimiter)
      return bytes[at] === 13 && at + 1 === bytes.length && !whole ? null : at;
    at++;
  }
  return whole ? bytes.length : null;
}

/** The text of a stretch of the body without the line break at its end. */
export async function textAt(
  body: Blob,
  { from, end }: Stretch,
  most = SHOWN_BYTES,
): Promise<RecordText> {
  const whole = end - from <= most;
  const bytes = new Uint8Array(await body.slice(from, whole ? end : from + most).arrayBuffer());
  let size = bytes.length;
  if (whole && bytes[size - 1] === 10) size--;
  if (whole && bytes[size - 1] === 13) size--;
  const kept = bytes.subarray(0, size);
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(kept), bytes: kept, whole };
}
