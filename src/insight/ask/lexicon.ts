import { singular, tokensOf } from './tokens.ts';
import type { Dimension, Subject } from './types.ts';

/** What a word of the project stands for. */
export type Meaning =
  | { readonly is: 'feature'; readonly feature: number }
  | { readonly is: 'segment'; readonly segment: number }
  | { readonly is: 'dimension'; readonly dimension: Dimension }
  | { readonly is: 'value'; readonly dimension: Dimension; readonly value: string };

type Entry = { readonly text: string; readonly meaning: Meaning };

/** Every word and phrase of a project; keys are small, without accents, in the singular. */
export type Lexicon = {
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** Words of the longest phrase. */
  readonly longest: number;
  /** Single words that a slip of the keys may have meant; those of products are too many. */
  readonly words: ReadonlySet<string>;
};

/** Products of which the words are put right: of more, too many are a letter apart. */
const FEW = 200;

/** What else the features made from orders are called. */
const synonyms: ReadonlyMap<string, readonly string[]> = new Map([
  ['recency_days', ['recency', 'days since last order', 'days since last purchase']],
  [
    'orders',
    [
      ...['orders', 'number of orders', 'order count', 'purchases', 'number of purchases'],
      ...['frequency', 'ordered'],
    ],
  ],
  [
    'spend',
    [
      ...['spend', 'spent', 'spending', 'revenue', 'sales', 'turnover'],
      'money spent',
      'money',
      'takings',
      'income',
    ],
  ],
  ['average_order', ['average order', 'average order value', 'aov', 'order value', 'basket value']],
  ['tenure_days', ['tenure', 'days since first order', 'days since first purchase']],
  ['days_between_orders', ['days between orders', 'days between purchases']],
  ['items_per_order', ['items per order', 'basket size']],
  ['average_price', ['average price', 'price per item']],
  ['products', ['products', 'different products', 'number of products']],
  ['categories', ['categories', 'different categories', 'number of categories']],
  ['channels', ['channels', 'different channels', 'number of channels']],
  ['returns_share', ['returns', 'return rate', 'share of returns', 'returns share']],
  ['discount_share', ['discounts', 'discount share', 'bought at discount']],
  ['weekend_share', ['weekend orders', 'weekend share']],
  ['morning_share', ['morning orders', 'morning share']],
  ['evening_share', ['evening orders', 'evening share']],
]);

const dimensionWords = {
  place: ['place', 'location'],
  channel: ['channel'],
  category: ['category', 'product category'],
  product: ['product', 'item', 'article'],
} as const;

/** "stores", "categories", "countries": as they stand in a question, not as a loose form of another word. */
const plural = (word: string): string =>
  /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : /s$/.test(word) ? word : `${word}s`;

const ignored = new Set(['the', 'a', 'an']);

/** A phrase as it is looked up: tokens that say something, one blank between. */
export const phraseOf = (text: string): string[] =>
  tokensOf(text)
    .map((token) => token.text)
    .filter((word) => word !== ',' && !ignored.has(word));

export const keyOf = (words: readonly string[]): string => words.map(singular).join(' ');

/** Collects the words of a project. O(values). */
export function lexiconOf(subject: Subject): Lexicon {
  const entries = new Map<string, Entry[]>();
  const words = new Set<string>();
  let longest = 1;
  function add(text: string, meaning: Meaning, telling = true): void {
    const phrase = phraseOf(text);
    if (phrase.length === 0) return;
    longest = Math.max(longest, phrase.length);
    const key = keyOf(phrase);
    const known = entries.get(key);
    const same = (entry: Entry) => JSON.stringify(entry.meaning) === JSON.stringify(meaning);
    const entry = { text: phrase.join(' '), meaning };
    if (!known) entries.set(key, [entry]);
    else if (!known.some((each) => same(each) && each.text === entry.text)) known.push(entry);
    if (telling) for (const word of phrase) if (/^\p{L}+$/u.test(word)) words.add(word);
  }
  subject.features.forEach(({ name, label, categories }, feature) => {
    const meaning: Meaning = categories
      ? { is: 'dimension', dimension: { of: 'feature', feature } }
      : { is: 'feature', feature };
    const own = [label, label.replace(/\s*\([^)]*\)/g, ''), name.replaceAll('_', ' ')];
    for (const text of [...own, ...(synonyms.get(name) ?? [])]) add(text, meaning);
    for (const value of categories ?? [])
      add(value, { is: 'value', dimension: { of: 'feature', feature }, value });
  });
  for (const { id, name, rest } of subject.segments) {
    add(name, { is: 'segment', segment: id });
    if (rest) add('in no segment', { is: 'segment', segment: id });
  }
  for (const { column, label, values, names } of subject.lists) {
    const dimension: Dimension = { of: 'orders', column };
    // "states" of a Customer state
    const last = column === 'place' ? label.split(' ').slice(-1) : [];
    for (const text of [label, ...last, ...dimensionWords[column]])
      for (const form of [text, plural(text)]) add(form, { is: 'dimension', dimension });
    const isTelling = column !== 'product' || values.length <= FEW;
    for (const value of values)
      for (const text of [value, names?.get(value) ?? value])
        add(text, { is: 'value', dimension, value }, isTelling);
  }
  return { entries, longest, words };
}
