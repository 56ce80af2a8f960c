import { random } from '../../src/lib/random.ts';
import type { TextColumn } from '../../src/tables/people/records.ts';
import type { FieldKind } from '../../src/tables/people/types.ts';
import {
  givenNames,
  nicknames,
  placeParts,
  streetNames,
  surnameParts,
  surnames,
} from './people-names.ts';

/** Made-up people as records of several systems: `truth[r]` is the person of record r. */
export type MadePeople = {
  readonly columns: readonly TextColumn[];
  readonly truth: Int32Array;
  readonly persons: number;
};

/** Chances of what goes wrong in a record, per record or per filled field. */
export type Difficulty = {
  readonly typo: number;
  readonly missing: number;
  readonly nickname: number;
  readonly moved: number;
  readonly otherEmail: number;
  readonly otherPhone: number;
  readonly married: number;
  /** Share of homes with more than one person. */
  readonly together: number;
};

export const easy: Difficulty = {
  typo: 0.02,
  missing: 0.03,
  nickname: 0.03,
  moved: 0.02,
  otherEmail: 0.05,
  otherPhone: 0.05,
  married: 0.005,
  together: 0.5,
};
export const standard: Difficulty = {
  typo: 0.06,
  missing: 0.15,
  nickname: 0.12,
  moved: 0.12,
  otherEmail: 0.2,
  otherPhone: 0.2,
  married: 0.02,
  together: 0.5,
};
export const hard: Difficulty = {
  typo: 0.12,
  missing: 0.3,
  nickname: 0.2,
  moved: 0.25,
  otherEmail: 0.35,
  otherPhone: 0.35,
  married: 0.05,
  together: 0.5,
};

type Home = { readonly street: string; readonly postcode: string; readonly city: string };
type Person = {
  readonly given: string;
  readonly family: string;
  readonly birth: string;
  readonly email: string;
  readonly phone: string;
  readonly home: Home;
};

const order: readonly FieldKind[] = [
  'given-name',
  'family-name',
  'birth-date',
  'email',
  'phone',
  'street',
  'postcode',
  'city',
];

/**
 * `records` records of people in households: 1 to 4 records a person; households that share address, family name, often the phone and
 * now and then the e-mail; twins; common names (about Zipf); each record with the faults of `difficulty`, one in 200 with its names swapped. The same seed gives the same people.
 */
export function makePeople(records: number, difficulty: Difficulty, seed: number): MadePeople {
  const next = random(seed);
  const dice = diceOf(next);
  const rows: { readonly person: number; readonly cells: readonly string[] }[] = [];
  let persons = 0;
  while (rows.length < records)
    for (const person of household(dice, difficulty.together)) {
      const copies = dice.weighted([0.35, 0.35, 0.2, 0.1]) + 1;
      for (let copy = 0; copy < copies; copy++)
        rows.push({ person: persons, cells: recordOf(person, difficulty, dice) });
      persons++;
    }
  rows.length = records;
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  return {
    columns: order.map((as, c) => ({ as, texts: rows.map(({ cells }) => cells[c] ?? '') })),
    truth: Int32Array.from(rows, ({ person }) => person),
    persons: new Set(rows.map(({ person }) => person)).size,
  };
}

type Dice = {
  readonly next: () => number;
  /** E-mail addresses that are somebody's. */
  readonly taken: Set<string>;
  chance(p: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Item i about 1 / (i + 3) as likely: some names are common. */
  zipf<T>(items: readonly T[]): T;
  weighted(shares: readonly number[]): number;
  digits(n: number): string;
};

function diceOf(next: () => number): Dice {
  return {
    next,
    taken: new Set(),
    chance: (p) => next() < p,
    pick: (items) => items[Math.floor(next() * items.length)]!,
    zipf: (items) =>
      items[Math.min(items.length - 1, Math.floor(3 * ((items.length / 3 + 1) ** next() - 1)))]!,
    weighted(shares) {
      let left = next() * shares.reduce((a, b) => a + b);
      return Math.max(
        0,
        shares.findIndex((share) => (left -= share) < 0),
      );
    },
    digits: (n) => Array.from({ length: n }, () => Math.floor(next() * 10)).join(''),
  };
}

const familyOf = (dice: Dice): string =>
  dice.chance(0.5)
    ? dice.zipf(surnames)
    : dice.pick(surnameParts[0]!) + dice.pick(surnameParts[1]!);

function homeOf(dice: Dice): Home {
  const place = dice.zipf(placeParts);
  return {
    street: `${1 + Math.floor(dice.next() * 180)} ${dice.pick(streetNames)} ${dice.pick(['Street', 'Road', 'Lane', 'Avenue', 'Close'])}`,
    postcode: `${place.slice(0, 2).toUpperCase()}${1 + Math.floor(dice.next() * 30)} ${1 + Math.floor(dice.next() * 9)}${dice.pick([...'ABDEFGHJ'])}${dice.pick([...'LNPQRSTU'])}`,
    city: place,
  };
}

const phoneOf = (dice: Dice): string => `07${dice.digits(9)}`;
const two = (n: number): string => String(n).padStart(2, '0');
const birthOf = (dice: Dice, from: number, to: number): string =>
  `${from + Math.floor(dice.next() * (to - from))}-${two(1 + Math.floor(dice.next() * 12))}-${two(1 + Math.floor(dice.next() * 28))}`;

const hosts = [
  'gmail.com',
  'gmail.com',
  'hotmail.com',
  'yahoo.co.uk',
  'outlook.com',
  'btinternet.com',
  'icloud.com',
];
/** An address belongs to whoever had it first: a second person's gets digits. */
function emailOf(dice: Dice, given: string, family: string, birth: string): string {
  for (let tail = dice.chance(0.4) ? dice.digits(2) : ''; ; tail = dice.digits(3)) {
    const email = emailLike(dice, given, family, birth, tail);
    if (!dice.taken.has(email)) return (dice.taken.add(email), email);
  }
}
function emailLike(dice: Dice, given: string, family: string, birth: string, tail: string): string {
  const [g, f] = [given.toLowerCase(), family.toLowerCase().replace(/[^a-z]/g, '')];
  const names = [
    `${g}.${f}`,
    `${g[0]}${f}`,
    `${g}${f}${birth.slice(2, 4)}`,
    `${f}.${g}`,
    `${g}${dice.digits(3)}`,
  ];
  return `${dice.pick(names)}${tail}@${dice.pick(hosts)}`;
}

/** One to four people: a person alone, a couple, or parents with children; a child may have a twin. */
function household(dice: Dice, together: number): Person[] {
  const home = homeOf(dice);
  const family = familyOf(dice);
  const landline = dice.chance(0.35) ? phoneOf(dice) : null;
  const size = dice.weighted([1 - together, 0.6 * together, 0.24 * together, 0.16 * together]) + 1;
  const people: Person[] = [];
  for (let i = 0; i < size; i++) {
    const before = people.at(-1);
    const isTwin = i > 2 && dice.chance(0.3);
    const birth =
      isTwin && before
        ? before.birth
        : i < 2
          ? birthOf(dice, 1940, 1990)
          : birthOf(dice, 1985, 2008);
    let given = dice.zipf(givenNames);
    while (people.some((other) => other.given === given)) given = dice.pick(givenNames);
    const own = i === 1 && dice.chance(0.2) ? familyOf(dice) : family;
    const shared = i === 1 && dice.chance(0.08) ? people[0]?.email : undefined;
    const email = shared ?? emailOf(dice, given, own, birth);
    people.push({ given, family: own, birth, email, phone: landline ?? phoneOf(dice), home });
  }
  return people;
}

function recordOf(person: Person, it: Difficulty, dice: Dice): string[] {
  const home = dice.chance(it.moved) ? homeOf(dice) : person.home;
  const family = dice.chance(it.married) ? familyOf(dice) : person.family;
  let given = person.given;
  const short = nicknames[given];
  if (short && dice.chance(it.nickname)) given = dice.pick(short);
  else if (dice.chance(it.nickname / 4)) given = `${given[0]}.`;
  const email = dice.chance(it.otherEmail)
    ? emailOf(dice, person.given, person.family, person.birth)
    : person.email;
  const phone = dice.chance(it.otherPhone) ? phoneOf(dice) : person.phone;
  const names = [styled(given, dice), styled(family, dice)];
  if (dice.chance(0.005)) names.reverse();
  const cells = [
    ...names,
    person.birth,
    email,
    writtenPhone(phone, dice),
    writtenStreet(home.street, dice),
    home.postcode,
    home.city,
  ];
  return cells.map((cell, c) => {
    if (c > 1 ? dice.chance(it.missing) : dice.chance(it.missing / 10)) return '';
    if (!dice.chance(it.typo)) return cell;
    return c === 2 ? wrongDate(cell, dice) : typo(cell, dice);
  });
}

const styled = (text: string, dice: Dice): string =>
  dice.chance(0.1) ? text.toUpperCase() : dice.chance(0.1) ? text.toLowerCase() : text;
const writtenPhone = (phone: string, dice: Dice): string =>
  dice.pick([
    phone,
    `+44 ${phone.slice(1, 5)} ${phone.slice(5)}`,
    `${phone.slice(0, 5)}-${phone.slice(5)}`,
    `0044${phone.slice(1)}`,
  ]);
const writtenStreet = (street: string, dice: Dice): string =>
  dice.chance(0.3)
    ? street.replace('Street', 'St').replace('Road', 'Rd.').replace('Avenue', 'Ave')
    : street;

function wrongDate(date: string, dice: Dice): string {
  const [year = '', month = '', day = ''] = date.split('-');
  if (dice.chance(0.4) && Number(day) <= 12) return `${year}-${day}-${month}`;
  const digit = 8 + Math.floor(dice.next() * 2);
  const changed = `${date.slice(0, digit)}${Math.floor(dice.next() * 10)}${date.slice(digit + 1)}`;
  return Number(changed.slice(8)) >= 1 && Number(changed.slice(8)) <= 28
    ? changed
    : `${Number(year) - 1}-${month}-${day}`;
}

/** One letter changed, left out, doubled or swapped with the next. */
function typo(text: string, dice: Dice): string {
  if (text.length < 3) return text;
  const at = 1 + Math.floor(dice.next() * (text.length - 2));
  const letter = /\d/.test(text[at]!) ? dice.digits(1) : dice.pick([...'aeiounrst']);
  const [before, here, after] = [text.slice(0, at), text[at]!, text.slice(at + 1)];
  return dice.pick([
    before + letter + after,
    before + after,
    before + here + here + after,
    before + (after[0] ?? '') + here + after.slice(1),
  ]);
}
