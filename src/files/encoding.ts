import { TesseraError } from '../lib/errors.ts';
import { decode } from './code-pages.ts';
import { encodingName, encodings } from './encodings.ts';
import { everydayShare, plausibility, type Plausibility } from './plausible.ts';
import type { Encoding } from './types.ts';

export type EncodingGuess = {
  readonly encoding: Encoding;
  readonly reason: string;
  /** 0 to 1. */
  readonly confidence: number;
};

/** Bytes of lines that are not ASCII: enough to know a language by. */
const LOOKED_AT = 32_768;
/** UTF-8 with this many good characters to each broken place is UTF-8 with damage, not another encoding. */
const GOOD_TO_BROKEN = 4;

/**
 * Byte order mark, then strict UTF-8, then the zero bytes of UTF-16, then whichever encoding reads every byte and gives the most
 * plausible words. `head` starts the file; `slices` are from elsewhere in it, since the first accented letter may come late.
 * Throws format-unsupported for UTF-32.
 */
export async function guessEncoding(
  head: Uint8Array,
  slices: readonly Uint8Array[] = [],
): Promise<EncodingGuess> {
  const sure = (encoding: Encoding, reason: string, confidence = 1): EncodingGuess => ({
    encoding,
    reason,
    confidence,
  });
  refuseUtf32(head);
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return sure('utf-8', 'UTF-8 by its byte order mark');
  if (head[0] === 0xff && head[1] === 0xfe)
    return sure('utf-16le', 'UTF-16 by its byte order mark');
  if (head[0] === 0xfe && head[1] === 0xff)
    return sure('utf-16be', 'UTF-16 by its byte order mark');
  const [even, odd] = zeros(head);
  const wide = odd > even ? 'utf-16le' : 'utf-16be';
  const [more, fewer] = [Math.max(odd, even), Math.min(odd, even)];
  if (fewer < more / 10 && (more > 0.3 || (more > 0.04 && isWide(head, wide))))
    return sure(wide, 'UTF-16 by where its zero bytes are');
  const pieces = [head, ...slices];
  if (pieces.every(isUtf8)) return sure('utf-8', 'valid UTF-8');
  const { good, broken } = utf8Health(pieces);
  if (good >= GOOD_TO_BROKEN * broken)
    return sure(
      'utf-8',
      `UTF-8 with ${broken} broken ${broken === 1 ? 'place' : 'places'} in what was looked at; records with such places are set aside`,
      0.6,
    );
  return mostPlausible(strangeLines(pieces));
}

type Judged = Plausibility & { readonly encoding: Encoding; readonly text: string };

/** Each encoding that reads all the bytes, by how plausible its words are; Asian ones also by how common their characters are. */
async function mostPlausible(bytes: Uint8Array): Promise<EncodingGuess> {
  const { analyse } = await import('chardet'); // only for files that are not UTF-8
  const said = new Map(analyse(bytes).map((m) => [m.name.toLowerCase(), m.confidence / 100]));
  const judged: Judged[] = [];
  for (const { encoding, letters, prior } of encodings) {
    if (encoding.startsWith('utf-')) continue;
    const text = decodeWhole(bytes, encoding);
    if (text === null) continue;
    const it = plausibility(text, letters);
    const known =
      letters.script === 'asian'
        ? 0.2 + 0.25 * (said.get(encoding) ?? 0) + 0.55 * everydayShare(bytes, encoding) ** 2
        : 1;
    judged.push({ ...it, encoding, text, score: it.score * known * prior });
  }
  judged.sort((a, b) => b.score - a.score);
  const best = judged[0];
  if (!best) throw new RangeError('windows-1252 reads any bytes');
  const rival = judged.find(({ text }) => text !== best.text);
  const margin = 1 - (rival?.score ?? 0) / Math.max(1e-9, best.score);
  const evidence = 1 - 0.5 / Math.sqrt(Math.max(1, best.kinds));
  const confidence = Math.max(0, Math.min(1, best.score * (0.55 + 2.5 * margin) * evidence));
  return { encoding: best.encoding, confidence, reason: reasonOf(best, rival, confidence) };
}

function reasonOf(best: Judged, rival: Judged | undefined, confidence: number): string {
  const language =
    best.score > 0.85 && best.language ? `, since its letters are ${best.language}` : '';
  const read = `not UTF-8; read as ${encodingName(best.encoding)}${language}`;
  if (confidence >= 0.6 || !rival) return read;
  const example = firstDifference(best.text, rival.text);
  return `${read}; it could also be ${encodingName(rival.encoding)}${example}. Look at the letters, and change it under Assumed if they are wrong`;
}

/** A word that the two read differently: “Größe” or “Gröáe”. */
function firstDifference(a: string, b: string): string {
  const [ones, others] = [a, b].map((text) => text.split(/[^\p{L}\p{N}\p{S}]+/u));
  const at = ones?.findIndex((word, i) => word !== others?.[i]) ?? -1;
  const [one, other] = [ones?.[at], others?.[at]];
  return one && other ? ` (“${one.slice(0, 20)}” or “${other.slice(0, 20)}”)` : '';
}

/** Whether a piece of a file is UTF-8; characters cut off at its ends are forgiven. */
export function isUtf8(piece: Uint8Array): boolean {
  let from = 0;
  while (from < 4 && from < piece.length && (piece[from]! & 0xc0) === 0x80) from++;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(piece.subarray(from), { stream: true });
    return true;
  } catch {
    return false; // the answer, not a failure: this is what `fatal` is for
  }
}

/** The whole text, or null where some bytes mean nothing in this encoding. */
function decodeWhole(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return decode(bytes, encoding, true);
  } catch {
    return null; // the answer, as above
  }
}

/** Characters beyond ASCII that are good UTF-8, and places that are not. */
function utf8Health(pieces: readonly Uint8Array[]): { good: number; broken: number } {
  let [good, broken] = [0, 0];
  for (const piece of pieces)
    for (const character of new TextDecoder().decode(piece).match(/[^\0-\x7f]/gu) ?? [])
      if (character === '\ufffd') broken++;
      else good++;
  return { good, broken };
}

/** The lines with bytes above ASCII: no encoding claimed here uses the bytes of line breaks for anything else. */
function strangeLines(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(LOOKED_AT);
  let size = 0;
  for (const piece of pieces) {
    let start = 0;
    for (let i = 0; i <= piece.length && size < LOOKED_AT; i++) {
      if (i < piece.length && piece[i] !== 10 && piece[i] !== 13) continue;
      const line = piece.subarray(start, Math.min(i, start + LOOKED_AT - size));
      const isCut = (start === 0 && piece !== pieces[0]) || line.length < i - start; // may begin or end inside a character
      start = i + 1;
      if (isCut || line.every((byte) => byte < 0x80)) continue;
      out.set(line, size);
      size += line.length;
      if (size < LOOKED_AT) out[size++] = 10;
    }
  }
  return out.subarray(0, size);
}

function refuseUtf32(head: Uint8Array): void {
  const little = head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0;
  const big = head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff;
  if (little || big)
    throw new TesseraError(
      'format-unsupported',
      'This text is in UTF-32, which nearly no program writes. Save it as CSV UTF-8.',
    );
}

/** Whether bytes with few zeros are UTF-16 of a script that needs none: nearly every character is a letter or plain ASCII. */
function isWide(bytes: Uint8Array, encoding: Encoding): boolean {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, 4096));
  return text.length >= 40 && (text.match(/[\p{L}\n\r\t -~]/gu)?.length ?? 0) > 0.95 * text.length;
}

/** Share of zero bytes at even and at odd places. */
function zeros(bytes: Uint8Array): readonly [number, number] {
  const count = [0, 0] as [number, number];
  bytes.forEach((byte, i) => byte === 0 && count[(i & 1) as 0 | 1]++);
  const half = Math.max(1, bytes.length / 2);
  return [count[0] / half, count[1] / half];
}
