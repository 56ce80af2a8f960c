/** Luhn's sum (ISO/IEC 7812-1) over a text of digits; a valid number ends in its own check digit. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 === 0;
}

/** Sum of digit × weight over the first weights. */
export const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0);

/** The remainder of a long number of digits. */
export function remainder(digits: string, by: number): number {
  let rest = 0;
  for (const digit of digits) rest = (10 * rest + Number(digit)) % by;
  return rest;
}

/** ISO 7064 MOD 11,10, as the German tax id and the Croatian OIB have it. */
export function mod1110(digits: string): boolean {
  let check = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (check + Number(digit)) % 10 || 10;
    check = (2 * sum) % 11;
  }
  return (11 - check) % 10 === Number(digits.at(-1));
}

/** ISO 7064 MOD 11-2: the last sign may be X. */
export function mod112(text: string): boolean {
  let check = 0;
  for (const digit of text.slice(0, -1)) check = (2 * (check + Number(digit))) % 11;
  const last = (12 - check) % 11;
  return text.at(-1) === (last === 10 ? 'X' : String(last));
}

const turn = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];
const times = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];

/** Verhoeff (1969): catches every wrong digit and every swap of neighbours. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    const turned = turn[i % 8]?.[Number(digits[digits.length - 1 - i])];
    check = Number(times[check]?.[Number(turned)]);
  }
  return check === 0;
}

/** Whether there is such a day; a year of two digits may be of any century. */
export function isDay(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1)) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0 || year < 100);
  return day <= (month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

/** Whether the first six digits are a day as YYMMDD. */
export const startsWithDay = (digits: string): boolean =>
  isDay(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6)));

/** Without the signs that people put between groups, in capitals; '' where it is too long to be a number of a person. */
export const compact = (text: string): string =>
  text.length > 64 ? '' : text.replace(/[ .\-/\u00a0]/g, '').toUpperCase();

/** The compact text where it has so many digits and nothing else; null elsewhere. */
export function digits(text: string, low: number, high = low): string | null {
  const bare = compact(text);
  return bare.length >= low && bare.length <= high && /^\d+$/.test(bare) ? bare : null;
}
