import { TesseraError } from '../lib/errors.ts';
import { id, sql, type Sql } from '../lib/sql.ts';

/**
 * A condition that a person typed, made again out of our own pieces: words from the two lists below, the names of columns as `id`, numbers
 * and strings as values. Nothing of the text itself reaches the database, so it cannot end the statement, open a comment, name a table or
 * call what is not listed. Numbers with a fraction are FLOAT, as the columns are. Throws `TesseraError` condition-refused with a sentence.
 */
export function typedCondition(text: string, columns: readonly string[]): Sql {
  const tokens = tokensOf(text);
  if (tokens.length === 0) refuse('There is no condition yet.');
  if (tokens.length > MOST_TOKENS) refuse(`It is longer than ${MOST_TOKENS} words and signs.`);
  let depth = 0;
  const pieces = tokens.map((token, i) => {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (depth < 0) refuse('A closing parenthesis has no opening one.');
    if (depth > MOST_DEPTH) refuse(`It has parentheses more than ${MOST_DEPTH} deep.`);
    return pieceOf(token, tokens[i - 1], tokens[i + 1], columns);
  });
  if (depth > 0) refuse('An opening parenthesis has no closing one.');
  return pieces.reduce((left, right) => sql`${left} ${right}`);
}

/** So deep and so long that no sensible condition is refused, and that the parser of the database has stack for it. */
const MOST_TOKENS = 400;
const MOST_DEPTH = 24;

type Token = { readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign'; readonly text: string };

function tokensOf(text: string): Token[] {
  const pattern =
    /\s+|(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\p{L}\p{N}_.])|(?<word>[\p{L}_][\p{L}\p{N}_]*)(?!['"])|"(?<name>(?:[^"]|"")+)"|'(?<text>(?:[^']|'')*)'|(?<comment>--|\/\*)|(?<sign><=|>=|<>|!=|\|\||[=<>+\-*/%(),])/uy;
  const tokens: Token[] = [];
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text)?.groups;
    if (!found) return refuse(oddity(text.slice(at)));
    const { number, word, name, text: value, comment, sign } = found;
    if (comment) return refuse('Comments cannot be part of it.');
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    if (word !== undefined) tokens.push({ kind: 'word', text: word });
    if (name !== undefined) tokens.push({ kind: 'name', text: name.replaceAll('""', '"') });
    if (value !== undefined) tokens.push({ kind: 'text', text: value.replaceAll("''", "'") });
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

function oddity(rest: string): string {
  const first = [...rest][0] ?? '';
  if (first === ';') return 'It must be one condition: a semicolon would begin another statement.';
  if (first === "'") return 'A text has no closing mark (’).';
  if (first === '"') return 'A name in double quotes has no closing one, or is empty.';
  return `“${first}” cannot stand here.`;
}

function pieceOf(
  { kind, text }: Token,
  before: Token | undefined,
  after: Token | undefined,
  columns: readonly string[],
): Sql {
  if (kind === 'sign') return signs[text]!;
  if (kind === 'text') return text.includes('\0') ? refuse('A text holds a NUL.') : sql`${text}`;
  if (kind === 'number') {
    const value = Number(text);
    if (!Number.isFinite(value)) return refuse(`${text} is too large a number.`);
    return Number.isSafeInteger(value) ? sql`${value}` : sql`${value}::FLOAT`;
  }
  const isCall = after?.kind === 'sign' && after.text === '(';
  const lower = text.toLowerCase();
  if (kind === 'word' && Object.hasOwn(keywords, lower)) {
    const last = before?.kind === 'word' ? before.text.toLowerCase() : '';
    if (lower === 'from' && last !== 'distinct')
      return refuse('It may only speak of the columns of the customers: no other table, no FROM.');
    if (lower === 'distinct' && last !== 'is' && last !== 'not')
      return refuse('DISTINCT only stands in IS DISTINCT FROM.');
    return keywords[lower]!;
  }
  if (isCall) {
    if (kind === 'word' && Object.hasOwn(functions, lower)) return functions[lower]!;
    return refuse(
      `“${text}( )” is none of the functions that a condition may use: ${Object.keys(functions).join(', ')}.`,
    );
  }
  const column =
    columns.find((name) => name === text) ?? columns.find((name) => name.toLowerCase() === lower);
  if (column === undefined)
    return refuse(`There is no column ${text}. Texts stand in single quotes.`);
  return id(column);
}

const signs: Readonly<Record<string, Sql>> = {
  '=': sql`=`,
  '<>': sql`<>`,
  '!=': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
  '+': sql`+`,
  '-': sql`-`,
  '*': sql`*`,
  '/': sql`/`,
  '%': sql`%`,
  '||': sql`||`,
  '(': sql`(`,
  ')': sql`)`,
  ',': sql`,`,
};

const keywords: Readonly<Record<string, Sql>> = {
  and: sql`AND`,
  or: sql`OR`,
  not: sql`NOT`,
  in: sql`IN`,
  is: sql`IS`,
  null: sql`NULL`,
  true: sql`TRUE`,
  false: sql`FALSE`,
  between: sql`BETWEEN`,
  like: sql`LIKE`,
  ilike: sql`ILIKE`,
  escape: sql`ESCAPE`,
  case: sql`CASE`,
  when: sql`WHEN`,
  then: sql`THEN`,
  else: sql`ELSE`,
  end: sql`END`,
  distinct: sql`DISTINCT`,
  from: sql`FROM`,
};

/** The same answer at every time and place, nothing read but their arguments, no result much larger than these. */
const functions: Readonly<Record<string, Sql>> = {
  abs: sql`abs`,
  ceil: sql`ceil`,
  floor: sql`floor`,
  round: sql`round`,
  sqrt: sql`sqrt`,
  greatest: sql`greatest`,
  least: sql`least`,
  coalesce: sql`coalesce`,
  nullif: sql`nullif`,
  lower: sql`lower`,
  upper: sql`upper`,
  trim: sql`trim`,
  length: sql`length`,
  left: sql`left`,
  right: sql`right`,
  contains: sql`contains`,
  starts_with: sql`starts_with`,
  ends_with: sql`ends_with`,
  regexp_matches: sql`regexp_matches`,
};

function refuse(sentence: string): never {
  throw new TesseraError('condition-refused', sentence);
}
