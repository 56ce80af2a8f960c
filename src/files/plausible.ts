import type { Letters } from './encodings.ts';

const scripts = {
  cyrillic: /\p{Script=Cyrillic}/u,
  greek: /\p{Script=Greek}/u,
  hebrew: /\p{Script=Hebrew}/u,
  arabic: /\p{Script=Arabic}/u,
  thai: /\p{Script=Thai}/u,
  asian:
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々、。「」・（）！？：～　]/u,
  latin: /\p{Script=Latin}/u,
} as const;
/** About two thirds of the letters of a text are of these. */
const frequent = {
  cyrillic: /[оеаинтсрвлкмОЕАИНТСРВЛКМ]/u,
  greek: /[αοιεητσςνκρπυΑΟΙΕΗΤΣΝΚΡΠΥάόίέήύώ]/u,
};
const halfWidth = /[\uff61-\uff9f]/;
const isLetter = /\p{L}/u;
const isAsciiLetter = /[A-Za-z]/;
const isUpper = /\p{Lu}/u;
const isLower = /\p{Ll}/u;
const usualSymbol = /[€£¥§°²³½¼¾«»“”„‚‘’–—…·•®©™¿¡ªº\u00a0±×÷µ¢№´¨]/;
const insideWords = /['’·\u00a0´]/;

export type Plausibility = {
  /** 0 to 1: how well the letters that are not ASCII fit the encoding. */
  readonly score: number;
  /** Letters and signs that are not ASCII. */
  readonly seen: number;
  /** Different ones among them. */
  readonly kinds: number;
  /** The language that explains most of them, where the encoding has several. */
  readonly language: string;
};

/**
 * How plausible a decoded text is: its letters belong to one language of the encoding, stand in words of their own kind, with
 * capitals at the beginning, and signs stand outside words. O(text).
 */
export function plausibility(text: string, letters: Letters): Plausibility {
  const characters = [...text];
  const kinds = new Set<string>();
  const latin: string[] = [];
  let sum = 0;
  let seen = 0;
  let common = 0;
  let own = 0;
  const script = scripts[letters.script];
  const often = letters.script in frequent ? frequent[letters.script as 'greek'] : null; // `in` has just said so
  for (const [i, it] of characters.entries()) {
    if (it.codePointAt(0)! < 128) continue;
    seen++;
    kinds.add(it);
    const [before, after] = [characters[i - 1] ?? ' ', characters[i + 1] ?? ' '];
    if (!isLetter.test(it) && !(letters.script === 'asian' && script.test(it)))
      sum += signFits(it, before, after);
    else if (!script.test(it)) sum += letters.script === 'asian' && isLetter.test(it) ? 0.2 : 0;
    else if (letters.script === 'asian') sum += asianFits(it, before, after, script);
    else if (letters.script === 'latin') {
      const fits = latinFits(it, before, after);
      sum += fits;
      if (fits > 0.5) latin.push(it);
      own++;
    } else {
      sum += alphabetFits(it, before, after, script);
      own++;
      if (often?.test(it)) common++;
    }
  }
  if (seen === 0) return { score: 1, seen: 0, kinds: 0, language: '' };
  if (letters.script === 'latin') {
    const { cover, language } = coverage(latin, letters.languages);
    return {
      score: (sum - own + own * cover * (latin.length / Math.max(1, own))) / seen,
      seen,
      kinds: kinds.size,
      language,
    };
  }
  const usual = often && own > 0 ? Math.min(1, common / own / 0.5) : 1;
  return { score: (sum / seen) * usual, seen, kinds: kinds.size, language: '' };
}

/** The share of the letters that one language has, and (less) that any of them has. */
function coverage(
  letters: readonly string[],
  languages: Readonly<Record<string, string>>,
): { readonly cover: number; readonly language: string } {
  if (letters.length === 0) return { cover: 1, language: '' };
  const shares = Object.entries(languages).map(([language, alphabet]) => ({
    language,
    share: letters.filter((it) => alphabet.includes(it)).length / letters.length,
  }));
  const best = shares.reduce((a, b) => (b.share > a.share ? b : a));
  const all = Object.values(languages).join('');
  const any = letters.filter((it) => all.includes(it)).length / letters.length;
  return { cover: 0.7 * best.share + 0.3 * any, language: best.language };
}

/** Capitals begin words or stand among capitals, and most letters around are plain ones. */
function latinFits(it: string, before: string, after: string): number {
  if (isUpper.test(it) && isLower.test(before)) return 0.2;
  const strange = [before, after].filter(
    (other) => isLetter.test(other) && !isAsciiLetter.test(other),
  );
  return strange.length === 2 ? 0.4 : 1;
}

function alphabetFits(it: string, before: string, after: string, script: RegExp): number {
  if (isAsciiLetter.test(before) || isAsciiLetter.test(after)) return 0.2;
  if (isUpper.test(it) && isLower.test(before)) return 0.2;
  return script.test(before) || script.test(after) ? 1 : 0.7;
}

function asianFits(it: string, before: string, after: string, script: RegExp): number {
  if (/[\ue000-\uf8ff]/.test(it)) return 0;
  if (halfWidth.test(it)) return halfWidth.test(before) || halfWidth.test(after) ? 0.4 : 0.1;
  if (isAsciiLetter.test(before) || isAsciiLetter.test(after)) return 0.15;
  return script.test(before) || script.test(after) ? 1 : 0.5;
}

function signFits(it: string, before: string, after: string): number {
  if (/[\p{Cc}\p{Co}\p{Cn}\ufffd]/u.test(it)) return 0;
  const inWord = isLetter.test(before) && isLetter.test(after);
  if (inWord && !insideWords.test(it)) return 0;
  return usualSymbol.test(it) ? 1 : 0.3;
}

/** First bytes of the characters of everyday use: kana, Hangul and the first level of each national standard. */
const everyday: Readonly<Record<string, readonly (readonly [from: number, to: number])[]>> = {
  shift_jis: [
    [0x81, 0x83],
    [0x88, 0x97],
  ],
  'euc-jp': [
    [0xa4, 0xa5],
    [0xb0, 0xcf],
  ],
  gb18030: [[0xb0, 0xd7]],
  big5: [[0xa4, 0xc6]],
  'euc-kr': [[0xb0, 0xc8]],
};

/** The share of the characters of two bytes that are of everyday use; in GB18030 also by their second byte. O(bytes). */
export function everydayShare(bytes: Uint8Array, encoding: string): number {
  const ranges = everyday[encoding] ?? [];
  let [all, usual] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80 || (encoding === 'shift_jis' && lead >= 0xa1 && lead <= 0xdf)) continue;
    all++;
    const trail = bytes[++i] ?? 0;
    const isFirstLevel = ranges.some(([from, to]) => lead >= from && lead <= to);
    if (isFirstLevel && (encoding !== 'gb18030' || trail >= 0xa1)) usual++;
  }
  return all === 0 ? 0 : usual / all;
}
