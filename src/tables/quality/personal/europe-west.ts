import { compact, digits, isDay, mod1110, remainder, weighted } from './checksums.ts';
import type { Recogniser } from './recogniser.ts';

/** UK National Insurance: prefixes that are never given out, and A to D at the end (HMRC manual NIM39110). */
export const isNino = (text: string): boolean => {
  const nino = compact(text);
  return (
    /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(nino) &&
    !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(nino)
  );
};

export const isNhs = (text: string): boolean => {
  const nhs = digits(text, 10);
  return !!nhs && (11 - (weighted(nhs, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(nhs[9]);
};

/** One digit of the first ten comes two or three times, every other once at most. */
export const isSteuerId = (text: string): boolean => {
  const id = digits(text, 11);
  if (!id || id[0] === '0') return false;
  const counts = Array.from({ length: 10 }, (_, d) => id.slice(0, 10).split(String(d)).length - 1);
  const repeated = counts.filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3 && mod1110(id);
};

/** France, numéro de sécurité sociale: Corsica's 2A and 2B count as 19 and 18. */
export const isNir = (text: string): boolean => {
  const nir = compact(text);
  if (!/^[123478]\d{2}(?:0[1-9]|1[0-2]|[2-4]\d|[5-9]\d)(?:\d{2}|2[AB])\d{8}$/.test(nir))
    return false;
  const body = nir.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - remainder(body, 97) === Number(nir.slice(13));
};

const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';
export const isDni = (text: string): boolean => {
  const dni = compact(text);
  if (!/^(?:\d{8}|[XYZ]\d{7})[A-Z]$/.test(dni)) return false;
  const number = Number(
    dni.slice(0, 8).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))),
  );
  return dniLetters[number % 23] === dni[8];
};

const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];
const codicePattern = /^[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]$/;
/** Italy: letters may stand for digits where two people would have the same code (omocodia). */
export const isCodiceFiscale = (text: string): boolean => {
  const code = compact(text);
  if (!codicePattern.test(code)) return false;
  const plain = (from: number, to: number) =>
    Number(
      code.slice(from, to).replace(/[A-Z]/g, (letter) => String('LMNPQRSTUV'.indexOf(letter))),
    );
  const day = plain(9, 11) % 40;
  if (!isDay(plain(6, 8), 'ABCDEHLMPRST'.indexOf(code[8] ?? '') + 1, day) || plain(9, 11) > 71)
    return false;
  const value = (sign: string) => (/\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65);
  let sum = 0;
  for (let i = 0; i < 15; i++)
    sum += i % 2 === 0 ? (oddValues[value(code[i] ?? '')] ?? 0) : value(code[i] ?? '');
  return code[15] === String.fromCharCode(65 + (sum % 26));
};

/** The United Kingdom, Germany, France, Spain and Italy. */
export const westernEurope: readonly Recogniser[] = [
  {
    kind: 'uk-nino',
    words: 'UK National Insurance numbers',
    hints: ['nino', 'insurance'],
    is: isNino,
  },
  { kind: 'uk-nhs', words: 'UK NHS numbers', hints: ['nhs'], is: isNhs },
  {
    kind: 'de-steuer-id',
    words: 'German tax ids',
    hints: ['steuer', 'steuerid', 'idnr'],
    is: isSteuerId,
  },
  {
    kind: 'fr-nir',
    words: 'French social security numbers',
    hints: ['nir', 'securite', 'insee'],
    is: isNir,
  },
  {
    kind: 'es-dni',
    words: 'Spanish identity numbers (DNI, NIE)',
    hints: ['dni', 'nie', 'nif'],
    is: isDni,
  },
  {
    kind: 'it-codice-fiscale',
    words: 'Italian fiscal codes',
    hints: ['codice', 'fiscale'],
    is: isCodiceFiscale,
  },
];
