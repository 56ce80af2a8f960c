import { readings } from './grammar/readings.ts';
import type { Lexicon } from './lexicon.ts';
import { nearestQuestions } from './nearest.ts';
import { textOf } from './grammar/reader.ts';
import { slipsOf } from './slips.ts';
import { LONGEST, tokensOf, type Token } from './tokens.ts';
import type { Ask, Correction, Parsed, Subject } from './types.ts';

/** More ways to read a question than this are no help to choose from. */
const MOST_CHOICES = 6;
const MOST_TOKENS = 40;

/**
 * Reads a question against the words of a project. Every word counts: where one is left over, the question is refused, with the nearest
 * that can be answered. A slip of one letter is put right only where one word can be meant, and is said.
 */
export function parse(question: string, lexicon: Lexicon, subject: Subject): Parsed {
  const refused = (reason: string): Parsed => ({
    is: 'refused',
    reason,
    nearest: nearestQuestions(question, subject),
  });
  if (question.length > LONGEST) return refused('It is too long.');
  const tokens = tokensOf(question);
  if (tokens.length === 0) return refused('It has no words.');
  if (tokens.length > MOST_TOKENS) return refused('It is too long.');
  const text = textOf(tokens, lexicon, subject);
  const slips = slipsOf(text, lexicon);
  const strange = slips.find(({ may }) => may.length === 0);
  if (strange)
    return refused(`“${tokens[strange.at]!.raw}” is no word of this project that I know.`);
  const found: { ask: Ask; corrections: readonly Correction[] }[] = [];
  for (const corrections of waysToCorrect(tokens, slips)) {
    const put = corrected(tokens, corrections);
    const asks = readings(textOf(put, lexicon, subject));
    for (const ask of asks)
      found.push({ ask, corrections: corrections.map(({ correction }) => correction) });
  }
  const distinct = [
    ...new Map(found.map((each) => [JSON.stringify(each.ask), each] as const)).values(),
  ];
  const [first] = distinct;
  if (!first) return refused(unread(text.tokens, subject));
  if (distinct.length === 1) return { is: 'ask', ask: first.ask, corrections: first.corrections };
  if (distinct.length > MOST_CHOICES) return refused('It can be read in too many ways.');
  return {
    is: 'choose',
    asks: distinct.map(({ ask }) => ask),
    corrections: first.corrections,
  };
}

type Put = { readonly at: number; readonly correction: Correction };

function waysToCorrect(
  tokens: readonly Token[],
  slips: readonly { readonly at: number; readonly may: readonly string[] }[],
): readonly (readonly Put[])[] {
  let ways: Put[][] = [[]];
  for (const { at, may } of slips)
    ways = ways
      .flatMap((way) =>
        may.map((read) => [...way, { at, correction: { typed: tokens[at]!.raw, read } }]),
      )
      .slice(0, 16);
  return ways;
}

const corrected = (tokens: readonly Token[], puts: readonly Put[]): Token[] =>
  tokens.map((token, at) => {
    const put = puts.find((each) => each.at === at);
    return put ? { ...token, raw: put.correction.read, text: put.correction.read } : token;
  });

function unread(tokens: readonly Token[], { days }: Subject): string {
  const timed = /^(last|past|days?|weeks?|months?|years?|falling|growing|since|monthly|trend)$/;
  if (!days && tokens.some(({ text }) => timed.test(text)))
    return 'Nothing in this project is dated, so questions about time have no answer.';
  return 'I know these words, but not this question.';
}
