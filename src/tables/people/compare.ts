import { BITS, MISSING } from './levels.ts';
import { namesakes } from './nicknames.ts';
import { jaroWinkler, oneEdit } from './similarity.ts';
import type { Coded, Records } from './types.ts';

/** The usual cuts for names (Winkler 2006; fastLink and Splink take the same). */
const CLOSE = 0.92;
const ALIKE = 0.8;

/** Pattern of levels of two records, three bits a comparison in the order of `comparisons`. */
export type Compare = (a: number, b: number) => number;

/** Compares records by number. What can be known of one value alone is worked out once here. */
export function comparer(records: Records): Compare {
  const given = records.given.values.map((name) => {
    const parts = name.split(' ');
    return { parts, first: parts[0] ?? '', sakes: namesakes(parts[0] ?? '') };
  });
  const family = records.family.values.map((name) => ({ name, parts: name.split(' ') }));
  const email = records.email.values.map((whole) => {
    const at = whole.indexOf('@');
    const local = whole.slice(0, at).replace(/[._-]/g, '');
    return { whole, local, letters: local.replace(/[^a-z]/g, '') };
  });
  type Given = (typeof given)[number];
  type Family = (typeof family)[number];
  type Email = (typeof email)[number];

  function givenLevel(a: Given, b: Given): number {
    if (a.first === b.first) return a.first.length > 1 ? 0 : 2;
    if (a.sakes.some((sake) => b.sakes.includes(sake))) return 1;
    const [x, y] = [a.first, b.first];
    if (x.length === 1 || y.length === 1) return x[0] === y[0] ? 2 : 5;
    if (a.parts.slice(1).includes(y) || b.parts.slice(1).includes(x)) return 1;
    const near = jaroWinkler(x, y);
    return near >= CLOSE ? 3 : near >= ALIKE ? 4 : 5;
  }
  function familyLevel(a: Family, b: Family): number {
    if (a.parts.length + b.parts.length > 2)
      if (a.parts.some((part) => part.length > 2 && b.parts.includes(part))) return 1;
    const near = jaroWinkler(a.name, b.name);
    return near >= CLOSE ? 2 : near >= ALIKE ? 3 : 4;
  }
  /** The same e-mail name at two hosts says nothing where it is the person's own name. */
  function emailLevel(a: Email, b: Email, name: string): number {
    if (a.whole === b.whole) return 0;
    if (oneEdit(a.whole, b.whole)) return 1;
    if (a.local !== b.local || a.local.length < 5) return 3;
    return name !== '' && a.letters.includes(name) ? MISSING : 2;
  }

  return (a, b) => {
    const [givenA, givenB] = [records.given.codes[a]!, records.given.codes[b]!];
    const [familyA, familyB] = [records.family.codes[a]!, records.family.codes[b]!];
    let first = givenA < 0 || givenB < 0 ? MISSING : givenA === givenB ? -1 : 5;
    let last = familyA < 0 || familyB < 0 ? MISSING : familyA === familyB ? 0 : 4;
    if (first === -1) first = given[givenA]!.first.length > 1 ? 0 : 2;
    else if (first === 5) first = givenLevel(given[givenA]!, given[givenB]!);
    if (last === 4) last = familyLevel(family[familyA]!, family[familyB]!);
    if (first === 5 && last === 4 && crossed(a, b)) [first, last] = [3, 2];

    const name = last === 0 ? family[familyA]!.parts[0]! : '';
    const mail = best(records.email, a, b, MISSING, (x, y) =>
      emailLevel(email[x]!, email[y]!, name),
    );
    const phone = best(records.phone, a, b, MISSING, phoneLevel);
    return (
      first |
      (last << BITS) |
      (mail << (2 * BITS)) |
      (phone << (3 * BITS)) |
      (birthLevel(text(records.birth, a), text(records.birth, b)) << (4 * BITS)) |
      (placeLevel(a, b) << (5 * BITS))
    );
  };

  /** First and family name have changed places. */
  function crossed(a: number, b: number): boolean {
    const [g, f] = [records.given, records.family];
    return text(g, a) === text(f, b) && text(f, a) === text(g, b);
  }
  function phoneLevel(x: number, y: number): number {
    if (x === y) return 0;
    const [a, b] = [records.phone.values[x]!, records.phone.values[y]!];
    return a.slice(-9) === b.slice(-9) ? 0 : oneEdit(a, b) ? 1 : 2;
  }
  function placeLevel(a: number, b: number): number {
    const { street, house, postcode, city } = records;
    const [streetA, streetB] = [text(street, a), text(street, b)];
    const [codeA, codeB] = [text(postcode, a), text(postcode, b)];
    const [cityA, cityB] = [text(city, a), text(city, b)];
    const samePostcode = codeA !== '' && codeA === codeB;
    const sameCity = cityA !== '' && cityA === cityB;
    if (streetA !== '' && streetB !== '') {
      const [houseA, houseB] = [text(house, a), text(house, b)];
      const here =
        samePostcode ||
        ((codeA === '' || codeB === '') && (sameCity || cityA === '' || cityB === ''));
      const near = here || sameCity || (codeA !== '' && codeB !== '' && oneEdit(codeA, codeB));
      if (here && streetA === streetB && houseA === houseB) return houseA === '' ? 1 : 0;
      if (near && houseA === houseB && jaroWinkler(streetA, streetB) >= CLOSE) return 1;
      if (near && streetA === streetB && oneEdit(houseA, houseB)) return 1;
    }
    if (samePostcode) return 2;
    if (sameCity) return 3;
    const compared =
      (streetA !== '' && streetB !== '') ||
      (codeA !== '' && codeB !== '') ||
      (cityA !== '' && cityB !== '');
    return compared ? 4 : MISSING;
  }
}

const text = ({ codes, values }: Coded, r: number): string => values[codes[r]!] ?? '';

/** Best level over all values of both records. */
function best(
  { width, codes }: Coded,
  a: number,
  b: number,
  none: number,
  levelOf: (x: number, y: number) => number,
): number {
  let found = none;
  for (let i = a * width; i < (a + 1) * width; i++)
    for (let j = b * width; j < (b + 1) * width; j++)
      if (codes[i]! >= 0 && codes[j]! >= 0) found = Math.min(found, levelOf(codes[i]!, codes[j]!));
  return found;
}

/** By ISO date, or the year alone. */
export function birthLevel(a: string, b: string): number {
  if (a === '' || b === '') return MISSING;
  const sameYear = a.slice(0, 4) === b.slice(0, 4);
  if (a.length === 4 || b.length === 4) return sameYear ? 3 : 4;
  if (a === b) return 0;
  if (sameYear && a.slice(5, 7) === b.slice(8) && a.slice(8) === b.slice(5, 7)) return 1;
  if (oneEdit(a, b)) return 2;
  const years = Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4)));
  if (a.slice(4) === b.slice(4) && (years === 1 || years === 10)) return 2; // 1949 and 1950: two digits, one slip
  return sameYear ? 3 : 4;
}
