import { digits, isDay, mod1110, remainder, weighted } from './checksums.ts';
import type { Recogniser } from './recogniser.ts';

const two = (text: string, from: number): number => Number(text.slice(from, from + 2));

/** Poland: the month carries the century (+20 for 2000, +80 for 1800). */
export const isPesel = (text: string): boolean => {
  const id = digits(text, 11);
  if (!id || !isDay(two(id, 0), two(id, 2) % 20, two(id, 4))) return false;
  return (10 - (weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(id[10]);
};

const hetuSigns = '0123456789ABCDEFHJKLMNPRSTUVWXY';
/** Finland: 900 and above are of hospitals, for a while. */
export const isHetu = (text: string): boolean => {
  const id = text.toUpperCase();
  if (!/^\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]$/.test(id)) return false;
  if (!isDay(two(id, 4), two(id, 2), two(id, 0)) || !/^(?!00[01])[0-8]/.test(id.slice(7)))
    return false;
  return hetuSigns[Number(id.slice(0, 6) + id.slice(7, 10)) % 31] === id[10];
};

/** Norway: days above 40 (D-numbers) are of people who stay for a while. */
export const isFodselsnummer = (text: string): boolean => {
  const id = digits(text, 11);
  if (!id) return false;
  const day = two(id, 0) > 40 ? two(id, 0) - 40 : two(id, 0);
  const month = two(id, 2) > 40 ? two(id, 2) - 40 : two(id, 2);
  const [year, number] = [two(id, 4), Number(id.slice(6, 9))];
  const hasCentury = number < 500 || year < 40 || number >= 900 || (number < 750 && year >= 54);
  if (!hasCentury || !isDay(year, month, day)) return false;
  const first = (11 - (weighted(id, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11;
  const second = (11 - (weighted(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return first === Number(id[9]) && second === Number(id[10]);
};

/** Czechia and Slovakia: women have 50 added to the month, full years another 20. */
export const isRodneCislo = (text: string): boolean => {
  const id = digits(text, 10);
  if (!id) return false;
  const month = (two(id, 2) % 50) % 20;
  if (two(id, 2) > 82 || !isDay(two(id, 0), month, two(id, 4))) return false;
  return remainder(id.slice(0, 9), 11) % 10 === Number(id[9]);
};

export const isEgn = (text: string): boolean => {
  const id = digits(text, 10);
  if (!id || two(id, 2) > 52 || !isDay(two(id, 0), two(id, 2) % 20, two(id, 4))) return false;
  return (weighted(id, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === Number(id[9]);
};

export const isCnp = (text: string): boolean => {
  const id = digits(text, 13);
  if (!id || id[0] === '0' || !isDay(two(id, 1), two(id, 3), two(id, 5))) return false;
  const county = two(id, 7);
  if (!((county >= 1 && county <= 52) || county === 70 || (county >= 80 && county <= 83)))
    return false;
  const check = weighted(id, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  return (check === 10 ? 1 : check) === Number(id[12]);
};

/** Estonia and Lithuania: a second round of weights where the first gives 10. */
export const isIsikukood = (text: string): boolean => {
  const id = digits(text, 11);
  if (!id || !/^[1-8]/.test(id) || !isDay(two(id, 1), two(id, 3), two(id, 5))) return false;
  const first = weighted(id, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  const second = weighted(id, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
  return (first < 10 ? first : second % 10) === Number(id[10]);
};

/** Croatia. */
export const isOib = (text: string): boolean => {
  const id = digits(text, 11);
  return !!id && mod1110(id);
};

export const isTckn = (text: string): boolean => {
  const id = digits(text, 11);
  if (!id || id[0] === '0') return false;
  const tenth = weighted(id, [7, -1, 7, -1, 7, -1, 7, -1, 7]);
  return (
    ((tenth % 10) + 10) % 10 === Number(id[9]) &&
    weighted(id, new Array<number>(10).fill(1)) % 10 === Number(id[10])
  );
};

/** Northern and eastern Europe, and Türkiye. */
export const easternEurope: readonly Recogniser[] = [
  { kind: 'pl-pesel', words: 'Polish identity numbers', hints: ['pesel'], is: isPesel },
  {
    kind: 'fi-hetu',
    words: 'Finnish personal codes',
    hints: ['hetu', 'henkilotunnus'],
    is: isHetu,
  },
  {
    kind: 'no-fodselsnummer',
    words: 'Norwegian birth numbers',
    hints: ['fodselsnummer', 'personnummer'],
    is: isFodselsnummer,
  },
  {
    kind: 'cz-rodne-cislo',
    words: 'Czech or Slovak birth numbers',
    hints: ['rodne', 'cislo'],
    is: isRodneCislo,
  },
  { kind: 'bg-egn', words: 'Bulgarian civil numbers', hints: ['egn'], is: isEgn },
  { kind: 'ro-cnp', words: 'Romanian personal numbers', hints: ['cnp'], is: isCnp },
  {
    kind: 'ee-isikukood',
    words: 'Estonian or Lithuanian personal codes',
    hints: ['isikukood', 'asmens'],
    is: isIsikukood,
  },
  { kind: 'hr-oib', words: 'Croatian personal numbers', hints: ['oib'], is: isOib },
  {
    kind: 'tr-tckn',
    words: 'Turkish identity numbers',
    hints: ['kimlik', 'tckn', 'tc'],
    is: isTckn,
  },
];
