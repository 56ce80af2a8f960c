import { fold } from '../../lib/fold.ts';

/** One word, number or sign of a question. `text` is small and without accents. */
export type Token = {
  readonly raw: string;
  readonly text: string;
  /** What it can mean as a number: "1.000" may be one or a thousand. Empty where it is none. */
  readonly numbers: readonly number[];
};

/** Longer questions are not read. */
export const LONGEST = 300;

const shape =
  /[€$£¥]|[<>=≤≥≠]+|\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:,\d+)?(?![\p{L}\p{N}]|[.,'’]\d)|\d+(?:[.,]\d+)*(?:[kK](?![\p{L}\p{N}]))?(?![\p{L}\p{N}])|[\p{L}\p{N}]+(?:['’][\p{L}]+)*|[^\s]/gu;
const silent = new Set(['"', '“', '”', '‘', '’', "'", '`', '«', '»', '_']);

/** Words, numbers and signs in order. Hyphens and quotes say nothing; a minus does, before a number. */
export function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  const plain = text.normalize('NFC');
  const all = [...plain.matchAll(shape)];
  for (const [i, match] of all.entries()) {
    const raw = match[0];
    if (silent.has(raw)) continue;
    const before = match.index === 0 ? ' ' : plain[match.index - 1]!;
    if (/^[-–−]$/.test(raw)) {
      const next = all[i + 1];
      const tight = next !== undefined && next.index === match.index + raw.length;
      if (/[\s<>=≤≥(]/.test(before) && tight && /^\d/.test(next[0]))
        found.push({ raw, text: '−', numbers: [] });
      continue;
    }
    const rest = all.slice(i).every(([sign]) => /^[?.!]$/.test(sign!));
    if (rest) break;
    found.push({ raw, text: fold(raw) || raw, numbers: numbersOf(raw) });
  }
  return found;
}

function numbersOf(raw: string): readonly number[] {
  const times = /k$/i.test(raw) ? 1000 : 1;
  const digits = raw.replace(/k$/i, '').replaceAll(/[\s'’](?=\d{3})/g, ''); // 1 500,50 and 1'500 are thousands
  const read = (text: string) => [Number(text) * times];
  if (/^\d+$/.test(digits)) return read(digits);
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)) return read(digits.replaceAll(',', ''));
  if (/^\d{1,3}(\.\d{3}){2,}(,\d+)?$/.test(digits))
    return read(digits.replaceAll('.', '').replace(',', '.'));
  if (/^[1-9]\d{0,2}\.\d{3}$/.test(digits))
    return [...read(digits), ...read(digits.replace('.', ''))];
  if (/^\d+\.\d+$/.test(digits)) return read(digits);
  if (/^\d+,\d+$/.test(digits)) return read(digits.replace(',', '.'));
  return [];
}

const spelled = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** "ten" is 10; null where a word is no number up to twelve. */
export const spelledNumber = (text: string): number | null => {
  const at = spelled.indexOf(text);
  return at < 0 ? null : at;
};

/** One word without the ending of its plural. */
export function singular(word: string): string {
  if (word.length < 4 || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(sh|ch|x|z|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
