const special: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Small letters without accents, one blank between words; letters and digits of every script stay. Apostrophes join. */
export function fold(text: string): string {
  const plain = /^[\x20-\x7e]*$/.test(text);
  const small = text.toLowerCase();
  const bare = plain
    ? small
    : small
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .replace(/[ßøæœłđðþı]/g, (letter) => special[letter] ?? letter);
  return bare
    .replace(/['’`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
