import { digits, isDay, luhn, remainder, weighted } from './checksums.ts';
import type { Recogniser } from './recogniser.ts';

/** The Netherlands: the eleven test. */
export const isBsn = (text: string): boolean => {
  const bsn = digits(text, 9);
  return !!bsn && Number(bsn) > 0 && weighted(bsn, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
};

/** Belgium: born from 2000 on a 2 is put before the number. The day can be unknown (00). */
export const isBelgian = (text: string): boolean => {
  const id = digits(text, 11);
  if (!id) return false;
  const [month, day] = [Number(id.slice(2, 4)) % 20, Number(id.slice(4, 6))];
  if (
    month > 12 ||
    day > 31 ||
    (month > 0 && day > 0 && !isDay(Number(id.slice(0, 2)), month, day))
  )
    return false;
  const check = Number(id.slice(9));
  const isYoung = Number(id.slice(0, 2)) < 40;
  return [id.slice(0, 9), ...(isYoung ? [`2${id.slice(0, 9)}`] : [])].some(
    (body) => 97 - remainder(body, 97) === check,
  );
};

/** Portugal. */
export const isNif = (text: string): boolean => {
  const nif = digits(text, 9);
  if (!nif || /^[047]/.test(nif)) return false;
  return ((11 - (weighted(nif, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === Number(nif[8]);
};

/** Switzerland: EAN-13 that begins with the country's 756. */
export const isAhv = (text: string): boolean => {
  const ahv = digits(text, 13);
  return (
    !!ahv?.startsWith('756') && weighted(ahv, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0
  );
};

/** Austria: the fourth digit checks the others; the month can be past 12 where days ran out. */
export const isSvnr = (text: string): boolean => {
  const id = digits(text, 10);
  if (!id || id[0] === '0' || Number(id.slice(4, 6)) > 31 || Number(id.slice(6, 8)) > 15)
    return false;
  return weighted(id, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(id[3]);
};

/** Sweden: with or without century; days above 60 are of people without a fixed address. */
export const isPersonnummer = (text: string): boolean => {
  if (!/^(?:\d{2})?\d{6}[-+]?\d{4}$/.test(text)) return false;
  const id = text.replace(/[-+]/, '').slice(-10);
  const day = Number(id.slice(4, 6));
  return (
    isDay(Number(id.slice(0, 2)), Number(id.slice(2, 4)), day > 60 ? day - 60 : day) && luhn(id)
  );
};

/** The Low Countries, Portugal, the Alps and Sweden. */
export const middleEurope: readonly Recogniser[] = [
  {
    kind: 'nl-bsn',
    words: 'Dutch citizen service numbers',
    hints: ['bsn', 'burgerservicenummer'],
    is: isBsn,
  },
  {
    kind: 'be-national',
    words: 'Belgian national numbers',
    hints: ['rijksregister', 'national', 'insz'],
    is: isBelgian,
  },
  { kind: 'pt-nif', words: 'Portuguese tax numbers', hints: ['nif', 'contribuinte'], is: isNif },
  {
    kind: 'ch-ahv',
    words: 'Swiss insurance numbers',
    hints: ['ahv', 'avs', 'sozialversicherung'],
    is: isAhv,
  },
  {
    kind: 'at-svnr',
    words: 'Austrian insurance numbers',
    hints: ['svnr', 'sozialversicherung'],
    is: isSvnr,
  },
  {
    kind: 'se-personnummer',
    words: 'Swedish personal numbers',
    hints: ['personnummer'],
    is: isPersonnummer,
  },
];
