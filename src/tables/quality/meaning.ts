import { isIdName, wordsOf } from '../words.ts';
import type { QualityColumn } from './types.ts';

/** What bounds the values of a column can have, from its role and name. `later`: dates that may lie ahead. */
export type Meaning =
  | 'id'
  | 'age'
  | 'birth'
  | 'percent'
  | 'price'
  | 'quantity'
  | 'latitude'
  | 'longitude'
  | 'later'
  | 'other';

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const words: readonly (readonly [Meaning, ReadonlySet<string>])[] = [
  [
    'birth',
    list(
      'birth birthday birthdate birthyear dob born geburt geburtsdatum geburtstag geburtsjahr nacimiento naissance nascimento geboren',
    ),
  ],
  ['age', list('age alter edad idade eta leeftijd')],
  ['percent', list('percent percentage pct prozent porcentaje pourcentage percentual')],
  ['latitude', list('lat latitude breitengrad')],
  ['longitude', list('lon lng longitude langengrad')],
  [
    'later',
    list(
      'expiry expires expiration expected estimated planned due until end ends valid next renewal deadline limit ablauf faellig fallig geplant gueltig gultig',
    ),
  ],
  ['price', list('price unitprice preis einzelpreis stuckpreis prix precio preco')],
  ['quantity', list('quantity qty menge stuckzahl anzahl quantite cantidad quantidade')],
];
/** "Age group", "days of age", "age at purchase in days": about age, but not years. */
const notYears = list('group band range days months class score count segment bracket');

/** From the role first, then from the words of the header. */
export function meaning(column: QualityColumn): Meaning {
  const { header, name, type, role } = column;
  if (role === 'price' || role === 'quantity') return role;
  if (role === 'birth-date') return 'birth';
  if (role === 'customer' || role === 'order' || role === 'product') return 'id';
  const named = wordsOf(header || name);
  const has = (set: ReadonlySet<string>) => named.some((word) => set.has(word));
  if (type !== 'date' && isIdName(header || name)) return 'id';
  if (header.includes('%') && type === 'number') return 'percent';
  const hit = words.find(([, set]) => has(set))?.[0] ?? 'other';
  return hit === 'age' && (type !== 'number' || has(notYears)) ? 'other' : hit;
}
