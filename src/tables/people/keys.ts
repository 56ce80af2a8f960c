import { unattended, type Job } from '../../lib/job.ts';
import { namesakes } from './nicknames.ts';
import { soundex } from './similarity.ts';
import type { Attribute, Blocks, Records } from './types.ts';

/** Records of one block are put in order of birth date, postcode and names, and each is paired with this many behind it. */
export const REACH = 40;

/** The keys of a record: two records with one key in common are in one block. */
export type Keys = {
  /** One line a (key, place in the order, record), CSV without a header, for `blockTable`. */
  readonly csv: Blob;
  readonly blocks: Blocks;
};

/** Everything that a key may be made of, of one record; '' where missing. */
type Parts = Readonly<Record<Attribute, string>> & {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
};

/**
 * Sets of keys, each forgiving what the others need: an e-mail or phone; sound of the family name with year of birth, postcode or
 * first name; birth date or street and house with the first name; postcode with the first name for who married.
 */
function keysOf(it: Parts): string[] {
  const keys: string[] = [];
  const add = (kind: string, ...parts: readonly string[]) => {
    if (parts.every((part) => part !== '')) keys.push(`${kind}:${parts.join('|')}`);
  };
  for (const email of it.emails) {
    add('e', email);
    const local = email.slice(0, email.indexOf('@')).replace(/[._-]/g, '');
    if (local.length >= 6) add('l', local);
  }
  for (const phone of it.phones) add('t', phone.slice(-9));
  const sound = soundOf(it.family);
  const first = it.given.split(' ')[0] ?? '';
  const initial = first.slice(0, 1);
  const year = it.birth.slice(0, 4);
  add('y', sound, year);
  add('p', sound, it.postcode);
  add('s', it.street, it.house, initial);
  if (it.birth.length > 4) add('b', it.birth, initial);
  for (const sake of roots(first)) {
    add('n', ...[sake, sound].toSorted());
    add('g', sake, it.postcode);
  }
  // first and family name changed places: the same two sounds, in order of the alphabet
  if (first.length > 1) add('x', ...[soundOf(first), sound].toSorted());
  return keys;
}

/** Letters of other scripts have no Soundex: the word itself stands for them. */
const soundOf = (name: string): string => {
  const word = name.split(' ').at(-1) ?? '';
  return soundex(word) || word;
};

const roots = (first: string): readonly string[] => {
  if (first.length < 2) return [];
  const sakes = namesakes(first);
  return sakes.length > 0 ? sakes.map((sake) => `#${sake}`) : [soundOf(first)];
};

/** The block keys of all records; those that only one record has are left out. O(records · keys). */
export async function blockKeys(records: Records, job: Job = unattended): Promise<Keys> {
  const members = new Map<string, number[]>();
  const order: string[] = [];
  for (let r = 0; r < records.count; r++) {
    if (r % 1024 === 0) {
      job.progress('Finding records that may belong together', r, records.count);
      await job.breathe();
    }
    const parts = partsOf(records, r);
    order.push([parts.birth, parts.postcode, parts.given, parts.family].join('\t'));
    for (const key of new Set(keysOf(parts))) {
      const block = members.get(key);
      if (block) block.push(r);
      else members.set(key, [r]);
    }
  }
  const places = placesOf(order);
  const lines: string[] = [];
  let blocks = 0;
  let capped = 0;
  let leftOut = 0;
  for (const block of members.values()) {
    if (block.length < 2) continue;
    const beyond = Math.max(0, block.length - 1 - REACH);
    if (beyond > 0) capped++;
    leftOut += (beyond * (beyond + 1)) / 2;
    for (const r of block) lines.push(`${blocks},${places[r]!},${r}`);
    blocks++;
    if (blocks % 1024 === 0) await job.breathe();
  }
  return { csv: new Blob([lines.join('\n'), '\n']), blocks: { blocks, capped, leftOut } };
}

/** Place of each record in the order of its text; equal texts in order of the records. */
function placesOf(order: readonly string[]): Int32Array {
  const sorted = Array.from(order.keys()).sort((a, b) => {
    const [x, y] = [order[a]!, order[b]!];
    return x < y ? -1 : x > y ? 1 : a - b;
  });
  const places = new Int32Array(order.length);
  sorted.forEach((r, place) => (places[r] = place));
  return places;
}

function partsOf(records: Records, r: number): Parts {
  const all = (name: Attribute): string[] => {
    const { width, codes, values } = records[name];
    const found: string[] = [];
    for (let i = r * width; i < (r + 1) * width; i++)
      if (codes[i]! >= 0) found.push(values[codes[i]!] ?? '');
    return found;
  };
  const one = (name: Attribute): string => all(name)[0] ?? '';
  const [emails, phones] = [all('email'), all('phone')];
  return {
    given: one('given'),
    family: one('family'),
    birth: one('birth'),
    street: one('street'),
    house: one('house'),
    postcode: one('postcode'),
    city: one('city'),
    email: emails[0] ?? '',
    phone: phones[0] ?? '',
    emails,
    phones,
  };
}
