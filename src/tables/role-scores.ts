import { count } from '../lib/format.ts';
import { roleNames, type RoleName } from './role-names.ts';
import type { ColumnType, Role } from './types.ts';
import { isIdName, wordsOf } from './words.ts';

/** What is known of a column when its role is looked for. */
export type Seen = {
  readonly index: number;
  readonly name: string;
  readonly header: string;
  readonly type: ColumnType;
  /** Rows with a value, rows of the table, different values. */
  readonly filled: number;
  readonly rows: number;
  readonly distinct: number;
  /** Cells of the sample, as in the file, and as numbers where it is a column of numbers (NaN where not). */
  readonly cells: readonly string[];
  readonly numbers: readonly number[] | null;
};

export type Score = {
  readonly index: number;
  readonly role: Role;
  /** 0 to 1. */
  readonly score: number;
  readonly reason: string;
};

/** How well each column fits each role. */
export type Scores = {
  readonly all: readonly Score[];
  best(role: Role, without?: ReadonlySet<number>): Score | undefined;
};

/** Scores every column for every role: the name weighs most, the values can only confirm or refuse. */
export function candidates(seen: readonly Seen[]): Scores {
  const product = lineAmount(seen);
  const all = seen.flatMap((column) =>
    roleNames.map((names) => {
      const named = nameScore(column.header, names);
      const valued = valueFit(column, names.role);
      const sums = names.role === 'amount' && product === column.index;
      const score = valued.fit * Math.min(1, named.score + (sums ? 0.45 : 0));
      const reason = [named.reason, sums ? 'equals quantity × price' : '', valued.reason];
      return {
        index: column.index,
        role: names.role,
        score,
        reason: sentence(reason.filter(Boolean)),
      };
    }),
  );
  return {
    all,
    best: (role, without) =>
      all
        .filter((it) => it.role === role && it.score > 0 && !without?.has(it.index))
        .sort((a, b) => b.score - a.score || a.index - b.index)[0],
  };
}

const sentence = (parts: readonly string[]): string => {
  const text = parts.join(', ');
  return text === '' ? '' : `${text[0]?.toUpperCase()}${text.slice(1)}.`;
};

function nameScore(
  header: string,
  { role, words, hints, not }: RoleName,
): { readonly score: number; readonly reason: string } {
  const said = wordsOf(header);
  const joined = said.join('');
  const has = (list: readonly string[]) => said.filter((word) => list.includes(word));
  const strong = has(words).length > 0 || words.includes(joined);
  const hinted = has(hints).length;
  const against = has(not).filter((word) => !words.includes(word)).length;
  const id = isIdName(header);
  const asId = role === 'customer' || role === 'order' || role === 'product';
  let score = strong ? 0.75 : hinted > 0 ? 0.3 + 0.1 * Math.min(2, hinted) : 0;
  if (score === 0) return { score, reason: '' };
  if (strong && hinted > 0) score += 0.1;
  if (asId) score += id ? 0.15 : -0.1;
  else if (id) score -= role === 'place' ? 0.25 : 0.5;
  const strange = said.filter((word) => !words.includes(word) && !hints.includes(word)).length;
  if (asId && !strong) score -= 0.25 * strange;
  score -= 0.35 * against;
  const kind = asId && id ? 'named like an id' : `named like ${article(role)}`;
  return { score: Math.max(0, Math.min(0.98, score)), reason: kind };
}

/** Whether a column is called by a word that names the role itself. */
export function isNamed(header: string, role: Role): boolean {
  const words = roleNames.find((names) => names.role === role)?.words ?? [];
  const said = wordsOf(header);
  return words.includes(said.join('')) || said.some((word) => words.includes(word));
}

const article = (role: Role): string => (/^[aeiou]/.test(role) ? `an ${role}` : `a ${role}`);

const fits = (fit: number, reason = ''): { readonly fit: number; readonly reason: string } => ({
  fit,
  reason,
});

/** Whether the values can play the role at all, and a fact about them. */
function valueFit(column: Seen, role: Role): { readonly fit: number; readonly reason: string } {
  const { type, filled, rows, distinct } = column;
  const some = `${count(distinct)} different values in ${count(filled)} rows`;
  if (filled === 0) return role === 'customer' ? fits(0.9, 'but empty in every row') : fits(0);
  const ratio = distinct / filled;
  const integers = column.numbers?.every((n) => Number.isNaN(n) || Number.isInteger(n)) ?? false;
  const nameable = type === 'text' || (type === 'number' && integers);
  switch (role) {
    case 'customer':
      if (!nameable) return fits(0);
      return longText(column) ? fits(0.2) : fits(distinct < 10 && rows > 200 ? 0.4 : 1, some);
    case 'order':
      return nameable && !longText(column) && distinct > 1
        ? fits(ratio < 0.01 ? 0.5 : 1, some)
        : fits(0);
    case 'date':
      return type === 'date' ? fits(1, 'every value looked at is a date') : fits(0);
    case 'amount':
    case 'price':
    case 'discount':
    case 'quantity':
      if (type !== 'number') return fits(0);
      if (role === 'quantity' && !integers) return fits(0.6);
      return fits(1, role === 'quantity' ? 'whole numbers' : 'numbers');
    case 'product':
      return nameable && distinct > 1 ? fits(longText(column) ? 0.4 : 1, some) : fits(0);
    case 'category':
    case 'channel':
    case 'place':
      if (type !== 'text' || longText(column))
        return fits(type === 'number' && integers && role === 'place' ? 0.6 : 0);
      return fits(
        role === 'channel' && distinct > 60 ? 0.3 : ratio > 0.7 && filled > 50 ? 0.3 : 1,
        some,
      );
    default:
      return fits(0);
  }
}

/** Sentences rather than names: no id, no category. */
export const longText = ({ cells }: Seen): boolean => {
  const filled = cells.slice(0, 300).filter((cell) => cell !== '');
  return filled.filter((cell) => cell.length > 60).length > filled.length / 4;
};

/** The column that equals one column of whole numbers times another in 90 % of the sample, or −1. O(numbers³ × 100). */
function lineAmount(seen: readonly Seen[]): number {
  const numbers = seen.filter((column) => column.numbers && column.distinct > 2).slice(0, 12);
  for (const amount of numbers)
    for (const quantity of numbers)
      for (const price of numbers) {
        if (amount === quantity || amount === price || quantity.index === price.index) continue;
        const fitting = [...Array(100).keys()].map((r) => {
          const [a, q, p] = [amount.numbers![r], quantity.numbers![r], price.numbers![r]];
          if (a === undefined || q === undefined || p === undefined) return null;
          if (Number.isNaN(a + q + p) || q === 1 || q === 0 || p === 0 || p === 1) return null;
          return Math.abs(a - q * p) <= 0.006 + 1e-6 * Math.abs(a);
        });
        const tried = fitting.filter((it) => it !== null);
        if (tried.length >= 10 && tried.filter(Boolean).length >= 0.9 * tried.length)
          return amount.index;
      }
  return -1;
}
