import { compact, digits, luhn, remainder } from './checksums.ts';
import { isIpv4, isIpv6, isMac } from './network.ts';
import type { Recogniser } from './recogniser.ts';

/** Length of an IBAN by country (SWIFT registry, 2024). */
const ibanLengths = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
    .split(' ')
    .map((text) => [text.slice(0, 2), Number(text.slice(2))] as const),
);

export function isIban(text: string): boolean {
  const iban = compact(text);
  if (ibanLengths.get(iban.slice(0, 2)) !== iban.length || !/^[A-Z]{2}\d\d[0-9A-Z]+$/.test(iban))
    return false;
  const moved = iban.slice(4) + iban.slice(0, 4);
  return (
    remainder(
      moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)),
      97,
    ) === 1
  );
}

/** As `isIban`, where other words may follow. */
export function startsWithIban(text: string): boolean {
  const whole = compact(text);
  return isIban(whole.slice(0, ibanLengths.get(whole.slice(0, 2)) ?? 0));
}

/** Visa, Mastercard, Amex, Discover, JCB, Diners, UnionPay: prefix, length and Luhn. */
export function isCard(text: string): boolean {
  const card = digits(text, 14, 19);
  if (!card || text.includes('.') || text.includes('/')) return false;
  const [head, size] = [Number(card.slice(0, 4)), card.length];
  const within = (low: number, high: number) => head >= low && head <= high;
  const isIssued =
    (card[0] === '4' && (size === 16 || size === 19)) ||
    (size === 16 &&
      (within(5100, 5599) || within(2221, 2720) || head === 6011 || within(6440, 6599))) ||
    (size >= 16 && (within(3528, 3589) || within(6200, 6299))) ||
    (size === 15 && (within(3400, 3499) || within(3700, 3799))) ||
    (size === 14 && (within(3000, 3059) || within(3600, 3699) || within(3800, 3899)));
  return isIssued && luhn(card);
}

/** A mailbox as people have them (RFC 5321 without quoted names and addresses in brackets). */
export function isEmail(text: string): boolean {
  const cut = text.lastIndexOf('@');
  if (text.length > 254 || cut < 1 || cut > 64) return false;
  const [name, host] = [text.slice(0, cut), text.slice(cut + 1)];
  const labels = host.split('.');
  return (
    /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u.test(name) &&
    !/^\.|\.\.|\.$/.test(name) &&
    labels.length >= 2 &&
    labels.every((label) => /^[\p{L}\p{N}-]{1,63}$/u.test(label) && !/^-|-$/.test(label)) &&
    /^(?:\p{L}{2,24}|xn--[a-z0-9-]{2,59})$/iu.test(labels.at(-1) ?? '')
  );
}

/** Country codes of one, two and three digits (ITU E.164): the first digits decide how long they are. */
const countryCode =
  /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|21[12368]|2[2346]\d|25[0-8]|29[01789]|3[57]\d|38[0-35-79]|42[013]|5[09]\d|67[02-9]|68[0-35-9]|69[0-2]|80[08]|85[02356]|87[08]|88[0-368]|96[0-8]|97[0-79]|99[2-68])/;

/** International, or national with its usual marks; bare digits only where the header says so. */
export function isPhone(text: string, hinted: boolean): boolean {
  if (text.length > 32) return false;
  const bare = text.replace(/^tel:/i, '').replace(/(?:;ext=| ?(?:ext|x)\.? ?)\d{1,6}$/i, '');
  if (!/^(?:\+|00)?[ (]*\d[\d ().\-/]*\d$/.test(bare) || /[().\-/ ]{4}/.test(bare)) return false;
  const open = bare.indexOf('(');
  if (open !== bare.lastIndexOf('(') || open < 0 !== bare.indexOf(')') < 0) return false;
  const number = bare.replace(/\D/g, '');
  if (/^\+|^00/.test(bare)) {
    const whole = bare.startsWith('+') ? number : number.slice(2);
    return whole.length >= 8 && whole.length <= 15 && countryCode.test(whole);
  }
  if (hinted) return number.length >= 7 && number.length <= 13 && !/^(\d)\1*$/.test(number);
  if (/^(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}$/.test(bare))
    return /^[2-9]\d\d[2-9]/.test(number);
  return (
    /^\(?0\d{1,5}\)?[ /-]/.test(bare) &&
    number.length >= 10 &&
    number.length <= 12 &&
    !/\./.test(bare)
  );
}

/** How to reach, pay or trace somebody: the same in every country. */
export const contact: readonly Recogniser[] = [
  {
    kind: 'email',
    words: 'e-mail addresses',
    hints: ['email', 'mail', 'correo', 'courriel'],
    is: isEmail,
  },
  {
    kind: 'card',
    words: 'payment card numbers',
    hints: ['card', 'karte', 'tarjeta', 'carte', 'pan', 'cc'],
    is: isCard,
  },
  { kind: 'iban', words: 'bank accounts (IBAN)', hints: ['iban', 'konto', 'account'], is: isIban },
  { kind: 'ipv4', words: 'IP addresses', hints: ['ip'], is: isIpv4 },
  { kind: 'ipv6', words: 'IP addresses (version 6)', hints: ['ip', 'ipv6'], is: isIpv6 },
  { kind: 'mac', words: 'device addresses (MAC)', hints: ['mac', 'device'], is: isMac },
];

/** Last in the list: an id with groups and a check digit is the surer answer. */
export const phone: Recogniser = {
  kind: 'phone',
  words: 'phone numbers',
  hints: [
    'phone',
    'telephone',
    'tel',
    'telefon',
    'mobile',
    'mobil',
    'handy',
    'telefono',
    'celular',
    'telefone',
    'fax',
  ],
  is: isPhone,
};
