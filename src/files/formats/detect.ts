import { isGzip } from '../guard.ts';
import type { Format } from './types.ts';

const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 8));

/**
 * What a file is: by its first bytes, then by its text, and by its name only where the bytes leave it open (a .zip that may be a
 * workbook; a single line of JSON). `head`: the first bytes, best 64 kB or more. What is none of these is 'text'.
 */
export function detectFormat(head: Uint8Array, name: string): Format {
  if (isGzip(head)) return 'gzip';
  const start = ascii(head);
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06'))
    return /\.xls[xm]$/i.test(name) || holds(head, 'xl/') ? 'excel' : 'zip';
  if (start.startsWith('PAR1')) return 'parquet';
  if (start.startsWith('ARROW1') || isArrowStream(head)) return 'arrow';
  return jsonKind(head, name) ?? 'text';
}

/** A message of the stream format: -1, the length of its metadata, and a flatbuffer whose root lies inside. */
function isArrowStream(head: Uint8Array): boolean {
  if (head.length < 16) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const size = view.getInt32(4, true);
  return (
    view.getInt32(0, true) === -1 && size > 0 && size % 8 === 0 && view.getUint32(8, true) < size
  );
}

function holds(head: Uint8Array, text: string): boolean {
  const codes = [...text].map((c) => c.charCodeAt(0));
  return head.some(
    (byte, i) => byte === codes[0] && codes.every((code, k) => head[i + k] === code),
  );
}

function jsonKind(head: Uint8Array, name: string): 'json' | 'ndjson' | null {
  const first = head.find((byte) => byte > 32 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  const little = head[0] === 0xff && head[1] === 0xfe;
  const big = head[0] === 0xfe && head[1] === 0xff;
  const isNamed = /\.(ndjson|jsonl)$/i.test(name); // its first line may be broken
  if (first !== 0x5b && first !== 0x7b && !little && !big && !isNamed) return null;
  const encoding = little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(head).trimStart();
  const lines = text.split(/\r\n|\n|\r/, 21).filter((line) => line.trim() !== '');
  const whole = lines.length > 1 ? lines.slice(0, 20) : lines;
  const records = whole.filter(isRecord).length;
  if (whole.length > 1 && records >= whole.length / 2) return 'ndjson';
  if (records > 0 && isNamed) return 'ndjson';
  // The name of a column may stand in brackets; a record or a list of records is more than that
  return /^(\{\s*("|\}|$)|\[\s*(\{|\[\s*("|-?\d|\[|\]|true|false|null)|\]\s*$))/.test(text)
    ? 'json'
    : null;
}

/** Whether a line is a record by itself: an object or a list. */
export function isRecord(line: string): boolean {
  const text = line.trim();
  if (!/^(\{.*\}|\[.*\])$/s.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
