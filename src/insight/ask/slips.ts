import { oneEdit } from '../../tables/people/similarity.ts';
import type { Lexicon } from './lexicon.ts';
import { grammarWords, type Text } from './grammar/reader.ts';
import { singular, spelledNumber, type Token } from './tokens.ts';

/** Words that mean something else than the word of a question that is one letter away: they are never put right. */
const meant = new Set(
  `older newer border other brought fought failing filling calling feeling sending spelling county counties charge charges
chance produce produces produced medium mouth south north plane plate whole those these while would could should there where
every never seven share shape shore store stone stock spare sharp lease beast place price prize prior print treat speed local
legal crown brown growth court mount mean means money right light large small great sells seller sold offer listen custom customs
ordeal spender lover lowers lever waive wages order orders grouped trended retain retains refund refunds retired recent decent`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const SHORTEST = 5;

/** A token that no word of the project or of the grammar explains. */
const isKnown = (token: Token, at: number, text: Text, lexicon: Lexicon): boolean =>
  grammarWords.has(token.text) ||
  token.numbers.length > 0 ||
  spelledNumber(token.text) !== null ||
  lexicon.words.has(token.text) ||
  lexicon.words.has(singular(token.text)) ||
  text.edges.some((edges, from) => edges.some(({ to }) => from <= at && at < to)) ||
  /^(\d{1,2} \d{1,2} \d{4}|\d{1,2}(st|nd|rd|th)|the|a|an|please|me|us|our|my|,|[€$£¥%<>=≤≥−]+|euros?|dollars?|pounds?|percent)$/.test(
    token.text,
  );

/** For each unknown word: what it may be a slip of; nothing where it is a word of its own. */
export function slipsOf(
  text: Text,
  lexicon: Lexicon,
): readonly { readonly at: number; readonly may: readonly string[] }[] {
  return text.tokens.flatMap((token, at) => {
    if (isKnown(token, at, text, lexicon)) return [];
    const word = token.text;
    const much = text.tokens[at + 1]?.text ?? '';
    if (at === 0 && /^(hw|hwo|ohw|hoow|howw|hows|hiw)$/.test(word) && /^m/.test(much))
      return [{ at, may: ['how'] }];
    if (/^(mny|mnay|amny|manny)$/.test(word)) return [{ at, may: ['many'] }];
    if (word.length < SHORTEST || meant.has(word) || !/^\p{L}+$/u.test(word))
      return [{ at, may: [] }];
    const near = [...lexicon.words, ...grammarWords].filter(
      (each) => each.length >= SHORTEST && each[0] === word[0] && oneEdit(each, word),
    );
    const bySingular = new Map(near.map((each) => [singular(each), each]));
    return [{ at, may: [...bySingular.values()] }];
  });
}
