import type { Encoding } from './types.ts';

export type EncodingGuess = { readonly encoding: Encoding; readonly reason: string };

/**
 * Byte order mark, then strict UTF-8, then the zero bytes of UTF-16, then windows-1252, which reads any bytes.
 * `head` starts the file; `slices` are from elsewhere in it, since the first accented letter may come late.
 */
export function guessEncoding(head: Uint8Array, slices: readonly Uint8Array[] = []): EncodingGuess {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { encoding: 'utf-8', reason: 'UTF-8 by its byte order mark' };
  if (head[0] === 0xff && head[1] === 0xfe)
    return { encoding: 'utf-16le', reason: 'UTF-16 by its byte order mark' };
  if (head[0] === 0xfe && head[1] === 0xff)
    return { encoding: 'utf-16be', reason: 'UTF-16 by its byte order mark' };
  const [even, odd] = zeros(head);
  if (odd > 0.3 && even < 0.1)
    return { encoding: 'utf-16le', reason: 'UTF-16: every second byte is zero' };
  if (even > 0.3 && odd < 0.1)
    return { encoding: 'utf-16be', reason: 'UTF-16: every second byte is zero' };
  if ([head, ...slices].every(isUtf8)) return { encoding: 'utf-8', reason: 'valid UTF-8' };
  return { encoding: 'windows-1252', reason: 'not UTF-8, so read as windows-1252 (Western)' };
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

/** Share of zero bytes at even and at odd places. */
function zeros(bytes: Uint8Array): readonly [number, number] {
  const count = [0, 0] as [number, number];
  bytes.forEach((byte, i) => byte === 0 && count[(i & 1) as 0 | 1]++);
  const half = Math.max(1, bytes.length / 2);
  return [count[0] / half, count[1] / half];
}
