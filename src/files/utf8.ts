/**
 * Finds bytes that are not UTF-8 in a stream of chunks. Pieces of plain ASCII are passed over four bytes at a time.
 * Follows table 3-7 of the Unicode standard (no overlong forms, no surrogates, nothing above U+10FFFF).
 */
export class Utf8Check {
  #need = 0;
  #low = 0x80;
  #high = 0xbf;

  /** Offsets (from `base`) of the first byte of each broken sequence in this chunk go to `found`. */
  check(bytes: Uint8Array, base: number, found: number[]): void {
    if (this.#need === 0 && isAscii(bytes)) return;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (this.#need > 0) {
        if (byte >= this.#low && byte <= this.#high) {
          this.#need--;
          this.#low = 0x80;
          this.#high = 0xbf;
          continue;
        }
        found.push(base + i - 1);
        this.#need = 0;
      }
      if (byte >= 0x80) this.#begin(byte, base + i, found);
    }
  }

  /** After the last chunk: a sequence that the end at `size` cuts off is broken too. */
  end(size: number, found: number[]): void {
    if (this.#need > 0) found.push(size - 1);
    this.#need = 0;
  }

  #begin(byte: number, at: number, found: number[]): void {
    this.#low = 0x80;
    this.#high = 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) this.#need = 1;
    else if (byte >= 0xe0 && byte <= 0xef) {
      this.#need = 2;
      if (byte === 0xe0) this.#low = 0xa0;
      if (byte === 0xed) this.#high = 0x9f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      this.#need = 3;
      if (byte === 0xf0) this.#low = 0x90;
      if (byte === 0xf4) this.#high = 0x8f;
    } else found.push(at);
  }
}

function isAscii(bytes: Uint8Array): boolean {
  const lead = Math.min(-bytes.byteOffset & 3, bytes.length);
  const words = (bytes.length - lead) >>> 2;
  let any = 0;
  for (let i = 0; i < lead; i++) any |= bytes[i]!;
  for (let i = lead + 4 * words; i < bytes.length; i++) any |= bytes[i]!;
  if ((any & 0x80) !== 0) return false;
  if (words === 0) return true;
  const fours = new Uint32Array(bytes.buffer, bytes.byteOffset + lead, words);
  for (let i = 0; i < fours.length; i++) any |= fours[i]!;
  return (any & 0x80808080) === 0;
}
