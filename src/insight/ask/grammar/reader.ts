import { keyOf, type Lexicon, type Meaning } from '../lexicon.ts';
import { spelledNumber, type Token } from '../tokens.ts';
import type { Subject } from '../types.ts';

/** What a stretch of tokens means. `to` is the place after it. */
type Edge = {
  readonly to: number;
  readonly meaning: Meaning;
  /** Only by another number: "average orders" for "average order". */
  readonly loose?: boolean;
};
type Stretch = { readonly from: number; readonly to: number };

/** A question with every meaning of every stretch of it. */
export type Text = {
  readonly subject: Subject;
  readonly tokens: readonly Token[];
  readonly edges: readonly (readonly Edge[])[];
  /** Stretches of several words that are one word of the project: nothing shorter inside of one counts. */
  readonly whole: readonly Stretch[];
};

/** All ways to read a part of the question that starts at `at`, with the place after each. */
export type Reader<T> = (text: Text, at: number) => readonly Hit<T>[];
export type Hit<T> = { readonly value: T; readonly to: number };

const noise = new Set(['the', 'an', 'please', 'me', 'us', 'our', 'my']);
const beforeLetter = /^(segments?|groups?|clusters?)$/;
/** "A" alone is a segment, and so is "a" after "segment"; otherwise "a" is an article. */
function isNoise(tokens: readonly Token[], at: number): boolean {
  const { raw, text } = tokens[at]!;
  return noise.has(text) || (raw === 'a' && !beforeLetter.test(tokens[at - 1]?.text ?? ''));
}

/** The next place that says something. */
export function next({ tokens }: Pick<Text, 'tokens'>, at: number): number {
  while (at < tokens.length && isNoise(tokens, at)) at++;
  return at;
}

/** Looks up every stretch of a question. O(tokens · longest phrase). */
export function textOf(tokens: readonly Token[], lexicon: Lexicon, subject: Subject): Text {
  const whole: Stretch[] = [];
  const edges = tokens.map((_, from): Edge[] => {
    const found: Edge[] = [];
    const words: string[] = [];
    for (let at = from; at < tokens.length && words.length < lexicon.longest; at++) {
      const token = tokens[at]!;
      if (token.text === ',' || isNoise(tokens, at)) {
        if (at === from) break;
        continue;
      }
      words.push(token.text);
      const known = lexicon.entries.get(keyOf(words));
      if (!known) continue;
      const exact = known.filter(({ text }) => text === words.join(' '));
      for (const { meaning } of exact.length > 0 ? exact : known) {
        found.push({ to: at + 1, meaning, loose: exact.length === 0 });
        const isProduct =
          meaning.is === 'value' &&
          meaning.dimension.of === 'orders' &&
          meaning.dimension.column === 'product';
        if (words.length > 1 && exact.length > 0 && !isProduct) whole.push({ from, to: at + 1 });
      }
    }
    return [...found, ...lettered(tokens, from, subject)];
  });
  return { subject, tokens, edges: withoutLoose(edges), whole };
}

/** "average orders" is the average of Orders, not Average order: a loose phrase gives way to a word that stands there as it is. */
const withoutLoose = (edges: readonly (readonly Edge[])[]): readonly (readonly Edge[])[] =>
  edges.map((own, from) =>
    own.filter(
      ({ loose, to }) =>
        !loose ||
        !edges.some(
          (others, at) =>
            at > from && others.some((other) => !other.loose && at < other.to && other.to === to),
        ),
    ),
  );

/** "A", "AA" typed large, or in any case after "segment". */
function lettered(tokens: readonly Token[], at: number, { segments }: Subject): Edge[] {
  const { raw } = tokens[at]!;
  const after = beforeLetter.test(tokens[at - 1]?.text ?? '');
  const shouted = tokens.every((token) => token.raw === token.raw.toUpperCase());
  if (!after && (shouted || raw !== raw.toUpperCase())) return [];
  return segments
    .filter(({ letter }) => letter !== '' && letter === raw.toUpperCase())
    .map(({ id }) => ({ to: at + 1, meaning: { is: 'segment', segment: id } as const }));
}

const covered = ({ whole }: Text, from: number, to: number): boolean =>
  whole.some((each) => each.from <= from && to <= each.to && each.to - each.from > to - from);

/** Every word that a question may be made of beside those of the project. */
export const grammarWords = new Set<string>();

/** One of these phrases, "|" between them; articles between their words are passed over. */
export function words(phrases: string): Reader<string> {
  const all = phrases.split('|').map((phrase) => phrase.split(' '));
  for (const phrase of all) for (const word of phrase) grammarWords.add(word);
  return (text, at) =>
    all.flatMap((phrase) => {
      const from = next(text, at);
      let to = from;
      for (const word of phrase) {
        to = next(text, to);
        if (text.tokens[to]?.text !== word) return [];
        to++;
      }
      return covered(text, from, to) ? [] : [{ value: phrase.join(' '), to }];
    });
}

/** A word of the project. */
export const meaning: Reader<Meaning> = (text, at) => {
  const from = next(text, at);
  return (text.edges[from] ?? [])
    .filter(({ to }) => !covered(text, from, to))
    .map(({ meaning: value, to }) => ({ value, to }));
};

export type Figure = { readonly value: number; readonly sign: '%' | 'money' | null };

/** A number with its sign of money or percent. */
export const figure: Reader<Figure> = (text, at) => {
  let from = next(text, at);
  const minus = text.tokens[from]?.text === '−';
  if (minus) from++;
  const before = /^[€$£¥]$/.test(text.tokens[from]?.raw ?? '');
  if (before) from++;
  const token = text.tokens[from];
  if (!token || covered(text, from, from + 1)) return [];
  const spelledOut = spelledNumber(token.text);
  const values = spelledOut === null ? token.numbers : [spelledOut];
  const after = text.tokens[from + 1]?.text ?? '';
  return values.map((size) => {
    const value = minus ? -size : size;
    if (/^(%|percent)$/.test(after)) return { value: { value, sign: '%' }, to: from + 2 };
    if (/^([€$£¥]|euros?|dollars?|pounds?)$/.test(after))
      return { value: { value, sign: 'money' }, to: from + 2 };
    return { value: { value, sign: before ? 'money' : null }, to: from + 1 };
  });
};

/** One after the other. */
export function seq<T extends readonly unknown[]>(
  ...parts: { readonly [K in keyof T]: Reader<T[K]> }
): Reader<T> {
  return (text, at) => {
    let hits: { value: unknown[]; to: number }[] = [{ value: [], to: at }];
    for (const part of parts as readonly Reader<unknown>[])
      hits = hits.flatMap(({ value, to }) =>
        part(text, to).map((hit) => ({ value: [...value, hit.value], to: hit.to })),
      );
    return hits as unknown as readonly Hit<T>[]; // each value holds what each part gave, in order
  };
}

/** Any of several ways; the same reading twice counts once. */
export function any<T>(...ways: readonly Reader<T>[]): Reader<T> {
  return (text, at) => distinct(ways.flatMap((way) => way(text, at)));
}

/** What was read, made into something; null: not so. */
export function as<T, U>(
  way: Reader<T>,
  make: (value: T, subject: Subject) => U | null,
): Reader<U> {
  return (text, at) =>
    way(text, at).flatMap(({ value, to }) => {
      const made = make(value, text.subject);
      return made === null ? [] : [{ value: made, to }];
    });
}

/** One reading for each of what was made. */
export function each<T, U>(
  way: Reader<T>,
  make: (value: T, subject: Subject) => readonly U[],
): Reader<U> {
  return (text, at) =>
    way(text, at).flatMap(({ value, to }) =>
      make(value, text.subject).map((made) => ({ value: made, to })),
    );
}

/** One word or number of this shape, made into something; null: not so. */
export function token<T>(shape: RegExp, make: (text: string) => T | null): Reader<T> {
  return (text, at) => {
    const from = next(text, at);
    const own = text.tokens[from]?.text ?? '';
    const made = shape.test(own) ? make(own) : null;
    return made === null || covered(text, from, from + 1) ? [] : [{ value: made, to: from + 1 }];
  };
}

/** The same reading of the same place is made once: for what many ways of reading begin with. */
export function once<T>(way: Reader<T>): Reader<T> {
  const known = new WeakMap<Text, Map<number, readonly Hit<T>[]>>();
  return (text, at) => {
    let own = known.get(text);
    if (!own) known.set(text, (own = new Map()));
    const found = own.get(at) ?? way(text, at);
    own.set(at, found);
    return found;
  };
}

/** There or not. */
export const maybe = <T>(way: Reader<T>): Reader<T | null> => any<T | null>(way, nothing);
const nothing: Reader<null> = (_, at) => [{ value: null, to: at }];

/** As often as it comes, `least` times or more; `between` parts them. */
export function many<T>(way: Reader<T>, least: number, between: Reader<unknown>): Reader<T[]> {
  const more = (text: Text, at: number, had: readonly T[]): readonly Hit<T[]>[] => {
    const here = had.length >= least ? [{ value: [...had], to: at }] : [];
    const starts = had.length === 0 ? [{ to: at }] : between(text, at);
    const longer = starts.flatMap(({ to }) =>
      way(text, to).flatMap((hit) => (hit.to > at ? more(text, hit.to, [...had, hit.value]) : [])),
    );
    return [...here, ...longer];
  };
  return (text, at) => distinct(more(text, at, []));
}

function distinct<T>(hits: readonly Hit<T>[]): Hit<T>[] {
  if (hits.length < 2) return [...hits];
  const seen = new Map<string, Hit<T>>();
  for (const hit of hits) {
    const key = `${hit.to} ${JSON.stringify(hit.value)}`;
    if (!seen.has(key)) seen.set(key, hit);
  }
  return [...seen.values()];
}
