/** Bytes 0x80 to 0x9f of windows-1252; a space where it has none. Not every TextDecoder knows them. */
const high = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** UTF-8 where the bytes are that, and windows-1252 elsewhere; null where such a byte is no letter there. */
export function decodeMixed(
  bytes: Uint8Array,
): { readonly text: string; readonly letters: readonly string[] } | null {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const letters = new Set<string>();
  let text = '';
  for (let at = 0; at < bytes.length;) {
    if (bytes[at]! < 0x80) {
      text += String.fromCharCode(bytes[at++]!);
      continue;
    }
    const size = [2, 3, 4].find((n) => isCharacter(bytes.subarray(at, at + n), n, strict));
    const letter = size
      ? strict.decode(bytes.subarray(at, at + size))
      : (high[bytes[at]! - 0x80] ?? String.fromCharCode(bytes[at]!));
    if (!size && !/[\p{L}€£¥§°²³‘’“”–—…«»©®]/u.test(letter)) return null;
    if (!size) letters.add(letter);
    text += letter;
    at += size ?? 1;
  }
  return { text, letters: [...letters] };
}

function isCharacter(bytes: Uint8Array, size: number, strict: TextDecoder): boolean {
  if (bytes.length < size || bytes[0]! < 0xc2) return false;
  try {
    return [...strict.decode(bytes)].length === 1;
  } catch {
    return false; // the answer, not a failure: this is what `fatal` is for
  }
}
