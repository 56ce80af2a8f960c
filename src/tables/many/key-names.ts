import { wordsOf } from '../words.ts';

const idWords = new Set(
  'id ids no nr num number nummer code codigo key uid uuid guid ref'.split(' '),
);

const singular = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;

/** `kundennummer` and `customerid` are a thing and its number. */
const compound = /^(.{4,})(?:nummer|number|nr|id|code)$/;

const wordsIn = (text: string): readonly string[] =>
  wordsOf(text).flatMap((word) => {
    if (idWords.has(word)) return ['id'];
    const thing = compound.exec(word)?.[1];
    return thing ? [singular(thing), 'id'] : [singular(word)];
  });

export type KeyName = { readonly header: string; readonly label: string };

/** How alike two columns are called, 0 to 1, and in what way, in words: with the names of their tables taken into account. Pure. */
export function nameLikeness(
  left: KeyName,
  right: KeyName,
): { readonly score: number; readonly words: string } {
  const [a, b] = [wordsIn(left.header), wordsIn(right.header)];
  if (a.length === 0 || b.length === 0) return { score: 0, words: '' };
  if (same(a, b)) return { score: 1, words: `both are called “${left.header}”` };
  const forms = (words: readonly string[], { label }: KeyName) => {
    const own = wordsIn(label).filter((word) => word !== 'id');
    const bare = words.filter((word) => !own.includes(word));
    const last = own.at(-1);
    return {
      // `id` in customers is a `customer_id`; `customer_zip` there is a `zip`
      full: last && !words.includes(last) ? [last, ...words] : words,
      bare: bare.some((word) => word !== 'id') ? bare : words,
    };
  };
  const [x, y] = [forms(a, left), forms(b, right)];
  const words = `“${left.header}” is called “${right.header}” there`;
  if (same(x.full, b) || same(a, y.full)) return { score: 0.9, words };
  if (same(x.bare, y.bare)) return { score: 0.85, words };
  const plain = (of: readonly string[]) => of.filter((word) => word !== 'id');
  const [p, q] = [plain(a), plain(b)];
  if (p.length > 0 && same(p, q)) return { score: 0.8, words };
  const [short, long] = p.length < q.length ? [p, q] : [q, p];
  const isEnd =
    short.length > 0 && short.every((word, i) => word === long[long.length - short.length + i]);
  return isEnd && a.includes('id') === b.includes('id')
    ? { score: 0.6, words }
    : { score: 0, words: '' };
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, i) => word === b[i]);
