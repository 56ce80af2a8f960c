import { unattended, type Job } from '../../lib/job.ts';
import { addressOf, cityOf, postcodeOf, streetOf } from './address.ts';
import { birthOf } from './birth.ts';
import { emailOf, phoneOf } from './contact.ts';
import { familyName, givenName, wholeName } from './names.ts';
import type { Attribute, Coded, Country, FieldKind, Records } from './types.ts';

/** One column of the records as text, '' where empty: `texts[r]` belongs to record r. */
export type TextColumn = { readonly as: FieldKind; readonly texts: readonly string[] };

type Found = readonly (readonly [Attribute, string])[];

/** What one cell says about a person, '' left out. */
function read(as: FieldKind, text: string, how: How): Found {
  switch (as) {
    case 'email':
      return [['email', emailOf(text, how.sameMailbox)]];
    case 'phone':
      return [['phone', phoneOf(text, how.country)]];
    case 'given-name':
      return [['given', givenName(text)]];
    case 'family-name':
      return [['family', familyName(text)]];
    case 'full-name':
      return entries(wholeName(text));
    case 'birth-date':
      return [['birth', birthOf(text, how.country)]];
    case 'street':
      return entries(streetOf(text));
    case 'postcode':
      return [['postcode', postcodeOf(text)]];
    case 'city':
      return [['city', cityOf(text)]];
    case 'address':
      return entries(addressOf(text));
  }
}

const entries = (parts: Readonly<Record<string, string>>): Found =>
  Object.entries(parts) as [Attribute, string][]; // the keys of Name and Address are attributes

type How = { readonly country: Country; readonly sameMailbox: boolean };

/** E-mail and phone may stand in several columns; of the others the first that is filled counts. */
const several: ReadonlySet<Attribute> = new Set(['email', 'phone']);
const attributes = 'given family email phone birth street house postcode city'.split(
  ' ',
) as Attribute[];

/**
 * Normalises the columns of `count` records. Each distinct text is read once.
 * O(records × columns).
 */
export async function makeRecords(
  count: number,
  columns: readonly TextColumn[],
  how: How,
  job: Job = unattended,
): Promise<Records> {
  const coders = new Map(attributes.map((name) => [name, new Coder(count, width(name, columns))]));
  for (const [i, { as, texts }] of columns.entries()) {
    job.progress('Reading names and addresses', i, columns.length);
    const known = new Map<string, readonly (readonly [Coder, number])[]>();
    for (let r = 0; r < count; r++) {
      if (r % 4096 === 0) await job.breathe();
      const text = texts[r] ?? '';
      if (text === '') continue;
      let codes = known.get(text);
      if (!codes) {
        codes = read(as, text, how)
          .filter(([, value]) => value !== '')
          .map(([name, value]) => [coders.get(name)!, coders.get(name)!.code(value)] as const);
        known.set(text, codes);
      }
      for (const [coder, code] of codes) coder.put(r, code);
    }
  }
  const made = Object.fromEntries([...coders].map(([name, coder]) => [name, coder.done()]));
  return { count, ...(made as Record<Attribute, Coded>) }; // every attribute has a coder
}

const width = (name: Attribute, columns: readonly TextColumn[]): number =>
  several.has(name) ? Math.max(1, columns.filter(({ as }) => as === name).length) : 1;

class Coder {
  readonly #codes: Int32Array<ArrayBuffer>;
  readonly #width: number;
  readonly #places = new Map<string, number>();

  constructor(count: number, width: number) {
    this.#width = width;
    this.#codes = new Int32Array(count * width).fill(-1);
  }

  code(value: string): number {
    const place = this.#places.get(value) ?? this.#places.size;
    this.#places.set(value, place);
    return place;
  }

  /** Into the first free place of the record; what is there already, or has no place, is passed over. */
  put(record: number, code: number): void {
    for (let i = record * this.#width; i < (record + 1) * this.#width; i++) {
      if (this.#codes[i] === code) return;
      if (this.#codes[i] === -1) return void (this.#codes[i] = code);
    }
  }

  done(): Coded {
    return { width: this.#width, codes: this.#codes, values: [...this.#places.keys()] };
  }
}
