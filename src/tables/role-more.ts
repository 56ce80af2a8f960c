import { percent } from '../lib/format.ts';
import { moreNames, type MoreName, type MoreRole } from './role-more-names.ts';
import { longText, type Seen } from './role-scores.ts';
import { isIdName, wordsOf } from './words.ts';

export type MoreScore = {
  readonly role: MoreRole;
  /** 0 to 1. */
  readonly score: number;
  readonly reason: string;
};

const LEAST = 0.6;
const LOOKED_AT = 300;

/** The best of the additional roles for a column, or null where none fits well. Pure; O(roles + cells looked at). */
export function moreRoleOf(column: Seen): MoreScore | null {
  if (column.filled === 0) return null;
  const cells = column.cells
    .slice(0, LOOKED_AT)
    .map((cell) => cell.trim())
    .filter(Boolean);
  const scores = moreNames.map((names): MoreScore => {
    const named = nameScore(column.header, names);
    const { fit, certain, reason } = valueFit(column, names.role, cells);
    const score = Math.max(certain ? 0.95 : 0, fit * named);
    const name = named > 0 ? `named like ${article(names.role)}` : '';
    return { role: names.role, score, reason: sentence([name, reason]) };
  });
  const best = scores.toSorted((a, b) => b.score - a.score)[0];
  return best && best.score >= LEAST
    ? { ...best, score: Math.round(100 * best.score) / 100 }
    : null;
}

function nameScore(header: string, { words, hints, not, role }: MoreName): number {
  const said = wordsOf(header);
  const has = (list: readonly string[]) => said.filter((word) => list.includes(word)).length;
  const strong = has(words) > 0 || words.includes(said.join(''));
  const hinted = has(hints);
  if (has(not) > 0) return strong && role === 'comment' ? 0.3 : 0;
  if (strong) return Math.min(0.95, 0.8 + 0.1 * hinted);
  if (hinted === 0 || hinted < said.length) return 0;
  // made of hints alone: "name", "first name", "title"; an id of something is none of these
  const weak = role === 'person-name' || role === 'comment' || hinted > 1;
  return weak && (role === 'line' || !isIdName(header)) ? 0.65 : 0;
}

type Fit = { readonly fit: number; readonly certain: boolean; readonly reason: string };

const fits = (fit: number, reason = '', certain = false): Fit => ({ fit, certain, reason });

const patterns = {
  email: /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/,
  phone: /^(?=(?:\D*\d){6,15}\D*$)\+?[\d\s().\/-]{6,24}$/,
  'person-name': /^[\p{L}][\p{L}\p{M}'’.\- ,]{1,60}$/u,
  image: /\.(?:jpe?g|png|webp|gif|avif|bmp)(?:\?.*)?$/i,
  address: /[\p{L}\d]/u,
} as const;

/** Whether the values can play the role, and a fact about them; `certain` where they say it without a name. */
function valueFit(column: Seen, role: MoreRole, cells: readonly string[]): Fit {
  const { type, distinct, filled } = column;
  const varied = distinct > Math.min(12, 0.5 * filled);
  const share = (pattern: RegExp) =>
    cells.filter((cell) => pattern.test(cell)).length / Math.max(1, cells.length);
  const matching = (pattern: RegExp, what: string, certain = false): Fit => {
    const found = share(pattern);
    return found >= 0.8
      ? fits(1, `${percent(found, 0)} of the values looked at ${what}`, certain)
      : fits(0);
  };
  switch (role) {
    case 'email':
      return type === 'text' ? matching(patterns.email, 'are e-mail addresses', true) : fits(0);
    case 'phone':
      return type === 'text' || type === 'number'
        ? matching(patterns.phone, 'can be dialled')
        : fits(0);
    case 'image':
      return type === 'text' ? matching(patterns.image, 'name pictures', true) : fits(0);
    case 'person-name':
      return type === 'text' && varied && !longText(column)
        ? matching(patterns['person-name'], 'are words without digits')
        : fits(0);
    case 'birth-date':
      return type === 'date' ? fits(1, 'every value looked at is a date') : fits(0);
    case 'address':
      return type === 'text' && varied ? fits(1) : fits(0);
    case 'campaign':
    case 'coupon':
      return type === 'text' || type === 'number' ? fits(distinct > 1 ? 1 : 0.8) : fits(0);
    case 'event':
      return type === 'text' && distinct <= 1000 && distinct < 0.5 * filled
        ? fits(1, `${distinct} different values`)
        : fits(0);
    case 'rating':
      return isScale(cells) && distinct <= 101 ? fits(1, 'numbers on a short scale') : fits(0);
    case 'comment':
      return type === 'text' && varied
        ? fits(longText(column) ? 1.1 : 0.95, longText(column) ? 'sentences' : '')
        : fits(0);
    case 'line':
      return isCounting(cells) && distinct < 0.5 * filled && distinct <= 1000
        ? fits(1, 'small whole numbers that start at 1')
        : fits(0);
  }
}

/** Numbers between 0 and 10, or up to 100, as people give points. */
function isScale(cells: readonly string[]): boolean {
  const numbers = cells.map(Number);
  return numbers.length > 0 && numbers.every((n) => n >= 0 && n <= 100);
}

function isCounting(cells: readonly string[]): boolean {
  return cells.length > 0 && cells.includes('1') && cells.every((cell) => /^\d{1,3}$/.test(cell));
}

const article = (role: string): string =>
  `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role.replace('-', ' ')}`;

const sentence = (parts: readonly string[]): string => {
  const text = parts.filter(Boolean).join(', ');
  return text === '' ? '' : `${text[0]?.toUpperCase()}${text.slice(1)}.`;
};
