import { fold } from '../../lib/fold.ts';

/** An address as it is compared; '' for what is missing. */
export type Address = {
  readonly street: string;
  readonly house: string;
  readonly postcode: string;
  readonly city: string;
};

const short: Readonly<Record<string, string>> = {
  street: 'st',
  str: 'strasse',
  road: 'rd',
  avenue: 'av',
  ave: 'av',
  avenida: 'av',
  avda: 'av',
  boulevard: 'blvd',
  bd: 'blvd',
  bvd: 'blvd',
  lane: 'ln',
  drive: 'dr',
  court: 'ct',
  square: 'sq',
  place: 'pl',
  platz: 'pl',
  plaza: 'pl',
  pza: 'pl',
  close: 'cl',
  terrace: 'ter',
  gardens: 'gdns',
  crescent: 'cres',
  parkway: 'pkwy',
  highway: 'hwy',
  r: 'rue',
  c: 'calle',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  saint: 'st',
  sankt: 'st',
};
/** What stands for a part of a house, and its number. */
const unit =
  /\b(apt|apartment|flat|unit|suite|ste|no|nr|top|stiege|etage|piso|fl|floor|room)\b\.? *[\p{L}\p{N}]*/gu;

/** "12a High Street, Flat 3" and "High St. 12 A" → street "high st", house "12a". */
export function streetOf(text: string): Pick<Address, 'street' | 'house'> {
  const bare = fold(text).replace(unit, (whole, word: string) =>
    /^(no|nr)$/.test(word) ? whole.slice(word.length) : '',
  );
  const house = /(?:^|\s)(\d+ ?[a-z]?)(?=\s|$)/.exec(bare)?.[1] ?? '';
  const street = bare
    .replace(house, '')
    .split(/\s+/)
    .filter((word) => word !== '' && !/^\d+$/.test(word))
    .map((word) => word.replace(/(?<=\p{L}{3})str(asse)?$/u, 'strasse'))
    .map((word) => (Object.hasOwn(short, word) ? short[word] : word));
  return { street: street.join(' '), house: house.replace(' ', '') };
}

/** Without blanks and leading zeros (which a number column loses); a US ZIP+4 is its first five digits. */
export function postcodeOf(text: string): string {
  const bare = fold(text.replace(/\.0$/, '')).replaceAll(' ', '');
  return (/^\d{9}$/.test(bare) ? bare.slice(0, 5) : bare).replace(/^0+/, '');
}

export const cityOf = (text: string): string => fold(text).replace(/ \d+$/, '');

/** Of the UK, the Netherlands, Canada, and plain digits (optionally with the country before them, or ZIP+4). */
const postcodes =
  /\b([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4} ?[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|(?:[A-Z]{1,2}-)?\d{5}(?:-\d{4})?|\d{4})\b/i;

/** One line with everything, parts parted by commas, semicolons or line breaks: "12 High St, Leeds LS1 4AB". */
export function addressOf(text: string): Address {
  const parts = text
    .split(/[,;\n]+/)
    .map((part) => part.trim())
    .filter(Boolean);
  const [first = '', ...rest] = parts;
  let postcode = '';
  let city = '';
  for (const part of rest.toReversed()) {
    const found = postcode === '' ? postcodes.exec(part)?.[0] : undefined;
    if (found) postcode = postcodeOf(found.replace(/^[A-Z]{1,2}-/i, ''));
    const words = cityOf(found ? part.replace(found, ' ') : part);
    if (words.length > 2 && (found || city === '')) city = words;
  }
  return { ...streetOf(first), postcode, city };
}
