import {
  compact,
  digits,
  isDay,
  luhn,
  mod112,
  startsWithDay,
  verhoeff,
  weighted,
} from './checksums.ts';
import type { Recogniser } from './recogniser.ts';

/** USA: with its hyphens or spaces; nine bare digits could be anything. Areas 000, 666 and 9xx are never given out (SSA). */
export const isSsn = (text: string): boolean =>
  /^(?!000|666|9)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}$/.test(text) &&
  !['078-05-1120', '219-09-9999', '457-55-5462'].includes(text.replaceAll(' ', '-'));

/** USA, for those without an SSN: 9xx and a group that the IRS gives out. */
export const isItin = (text: string): boolean =>
  /^9\d{2}([- ])(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\1\d{4}$/.test(text);

export const isSin = (text: string): boolean => {
  const sin = digits(text, 9);
  return !!sin && !/^[08]/.test(sin) && luhn(sin);
};

export const isCpf = (text: string): boolean => {
  const cpf = digits(text, 11);
  if (!cpf || /^(\d)\1*$/.test(cpf)) return false;
  const check = (from: number) =>
    ((weighted(
      cpf,
      Array.from({ length: from - 1 }, (_, i) => from - i),
    ) *
      10) %
      11) %
    10;
  return check(10) === Number(cpf[9]) && check(11) === Number(cpf[10]);
};

export const isAadhaar = (text: string): boolean => {
  const id = digits(text, 12);
  if (!id || /^[01]/.test(id) || id === [...id].reverse().join('')) return false;
  return verhoeff(id);
};

/** India, tax: the fourth letter says what kind of holder; P is a person. */
export const isPan = (text: string): boolean =>
  /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/.test(compact(text)) && !/0000.$/.test(compact(text));

/** Australia. */
export const isTfn = (text: string): boolean => {
  const tfn = digits(text, 8, 9);
  return (
    !!tfn &&
    Number(tfn) > 0 &&
    weighted(tfn, [1, 4, 3, 7, 5, 8, 6, 9, 10].slice(0, tfn.length)) % 11 === 0
  );
};

export const isChineseId = (text: string): boolean => {
  const id = compact(text);
  if (!/^[1-9]\d{5}(?:18|19|20)\d{9}[0-9X]$/.test(id)) return false;
  return (
    isDay(Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14))) && mod112(id)
  );
};

/** South Africa: the eleventh digit tells citizens (0) from residents (1). */
export const isSouthAfricanId = (text: string): boolean => {
  const id = digits(text, 13);
  return !!id && startsWithDay(id) && /^[0-2]/.test(id[10] ?? '') && luhn(id);
};

const curpSigns = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
const states =
  'AS BC BS CC CH CL CM CS DF DG GR GT HG JC MC MN MS NE NL NT OC PL QR QT SL SP SR TC TL TS VZ YN ZS';
export const isCurp = (text: string): boolean => {
  const id = compact(text);
  if (!/^[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\d$/.test(id))
    return false;
  if (!startsWithDay(id.slice(4)) || !states.split(' ').includes(id.slice(11, 13))) return false;
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += curpSigns.indexOf(id[i] ?? '') * (18 - i);
  return (10 - (sum % 10)) % 10 === Number(id[17]);
};

/** Chile: the check sign may be K. */
export const isRut = (text: string): boolean => {
  const id = compact(text);
  if (!/^[1-9]\d{6,7}[0-9K]$/.test(id)) return false;
  const body = [...id.slice(0, -1)].reverse().join('');
  const sum = weighted(body, [2, 3, 4, 5, 6, 7, 2, 3].slice(0, body.length));
  return id.at(-1) === '0123456789K'[(11 - (sum % 11)) % 11];
};

/** Argentina: 20, 23, 24 and 27 are people. */
export const isCuit = (text: string): boolean => {
  const id = digits(text, 11);
  if (!id || !/^(?:2[0-7]|3[0134]|5[015])/.test(id)) return false;
  const sum = weighted(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return '09987654321'[sum] === id[10];
};

/** America, Asia, Africa and Australia. */
export const world: readonly Recogniser[] = [
  { kind: 'us-ssn', words: 'US Social Security numbers', hints: ['ssn', 'social'], is: isSsn },
  { kind: 'us-itin', words: 'US taxpayer numbers', hints: ['itin'], is: isItin },
  { kind: 'ca-sin', words: 'Canadian social insurance numbers', hints: ['sin', 'nas'], is: isSin },
  { kind: 'br-cpf', words: 'Brazilian taxpayer numbers (CPF)', hints: ['cpf'], is: isCpf },
  { kind: 'in-aadhaar', words: 'Indian Aadhaar numbers', hints: ['aadhaar', 'uid'], is: isAadhaar },
  { kind: 'in-pan', words: 'Indian tax numbers (PAN)', hints: ['pan'], is: isPan },
  { kind: 'au-tfn', words: 'Australian tax file numbers', hints: ['tfn'], is: isTfn },
  {
    kind: 'cn-ric',
    words: 'Chinese identity numbers',
    hints: ['shenfenzheng', 'ric'],
    is: isChineseId,
  },
  {
    kind: 'za-id',
    words: 'South African identity numbers',
    hints: ['said', 'id'],
    is: isSouthAfricanId,
  },
  { kind: 'mx-curp', words: 'Mexican population codes (CURP)', hints: ['curp'], is: isCurp },
  { kind: 'cl-rut', words: 'Chilean tax numbers (RUT)', hints: ['rut', 'run'], is: isRut },
  { kind: 'ar-cuit', words: 'Argentine tax numbers (CUIT)', hints: ['cuit', 'cuil'], is: isCuit },
];
