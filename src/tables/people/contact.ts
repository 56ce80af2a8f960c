import { countryOf } from './countries.ts';
import type { Country } from './types.ts';

/** Hosts that ignore what stands behind a plus, and of these the ones that ignore dots. */
const ignoresPlus =
  /^(gmail|googlemail|outlook|hotmail|live|icloud|me|fastmail|protonmail|proton|pm)\./;
const ignoresDots = /^(gmail|googlemail)\./;
const nobody =
  /^(no-?reply|none|no-?e?-?mail|unknown|na|n\/a|test|anonymous|kein|keine)@|@(example|test|none|email|mail)\.(com|org|net|de)$/;

/** An e-mail address as it is compared; '' where it is none, or plainly nobody's (test@…, …@example.com). */
export function emailOf(text: string, sameMailbox: boolean): string {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^mailto:|^[^<]*<|>.*$/g, '');
  const [, local = '', host = ''] = /^([^@\s]+)@([^@\s]+\.[^@\s.]{2,})$/.exec(bare) ?? [];
  if (local === '' || nobody.test(bare)) return '';
  if (!sameMailbox) return bare;
  let box = ignoresPlus.test(host) ? local.replace(/\+.*$/, '') : local;
  if (ignoresDots.test(host)) box = box.replaceAll('.', '');
  return box === '' ? bare : `${box}@${host.replace(/^googlemail\./, 'gmail.')}`;
}

/** Length of the end of a number that tells it apart where a country code may or may not stand before it. */
const TELLING = 9;

/**
 * A phone number as it is compared: digits with the country code where `country` is known, otherwise its last nine.
 * '' for fewer than six digits and for numbers nobody has (0000000, 1234567).
 */
export function phoneOf(text: string, country: Country): string {
  const bare = text
    .replace(/\.0$/, '') // a number that was read as one
    .replace(/(ext|x|#|durchwahl|poste).*$/i, '')
    .replace(/\(0\)/g, '');
  const international = /^\s*(\+|00)/.test(bare);
  let digits = bare.replace(/\D/g, '').replace(/^00/, '');
  if (digits.length < 6 || /^(\d)\1+$/.test(digits) || '01234567890'.includes(digits)) return '';
  const known = countryOf(country);
  if (!known) return digits.replace(/^0+/, '').slice(-TELLING);
  if (international) return digits;
  if (known.trunk !== '' && digits.startsWith(known.trunk))
    digits = digits.slice(known.trunk.length);
  else if (digits.startsWith(known.dial) && digits.length >= 10 + known.dial.length - 1)
    return digits;
  return known.dial + digits;
}
