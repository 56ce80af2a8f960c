import { isIdName, wordsOf } from '../words.ts';
import type { Column, Role } from '../types.ts';
import { nameLikeness } from './key-names.ts';
import type { TypedTable } from './types.ts';

/** Two columns that may hold the same keys. */
export type Candidate = {
  readonly left: Column;
  readonly right: Column;
  /** 0 to 1: how alike their names are. */
  readonly score: number;
  readonly words: string;
  /** Enough to join by alone; others only narrow down a key of several columns. */
  readonly alone: boolean;
};

const identity: readonly Role[] = [
  'customer',
  'order',
  'product',
  'campaign',
  'coupon',
  'email',
  'phone',
];
const never: readonly Role[] = [
  'comment',
  'image',
  'rating',
  'amount',
  'price',
  'discount',
  'person-name',
  'birth-date',
];
const narrowing = new Set(
  'week month year day period quarter season line position seq sequence version'.split(' '),
);
/** Fewer different values than this tell no keys apart when only the values speak for a join. */
const FEWEST = 20;

/** Whether hardly any value of a column comes back. `distinct` may be an estimate. */
export const isNearlyUnique = (
  { rows }: TypedTable,
  { distinct, gaps, unreadable }: Column,
): boolean => distinct > 1 && distinct >= 0.9 * (rows - gaps - unreadable);

/** Whether a table is looked up by this column: it has each value once, or it is the first column of a table of codes. */
const isKeyOf = (table: TypedTable, column: Column): boolean =>
  isNearlyUnique(table, column) || (table.kind === 'lookup' && column.index === 0);

const isId = ({ header, name, role }: Column): boolean =>
  identity.includes(role) || isIdName(header || name);

const isNarrowing = ({ header, name, role }: Column): boolean =>
  role === 'line' || wordsOf(header || name).some((word) => narrowing.has(word));

/** Columns of two tables that may be keys of each other by their names and roles, likeliest first. Pure; O(columns²). */
export function keyCandidates(left: TypedTable, right: TypedTable): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const a of left.columns)
    for (const b of right.columns) {
      if (!comparable(a, b)) continue;
      const named = nameLikeness(
        { header: a.header || a.name, label: left.label },
        { header: b.header || b.name, label: right.label },
      );
      const plays = a.role === b.role && identity.includes(a.role) ? 0.6 : 0;
      const score = Math.max(named.score, plays);
      if (score < 0.6) continue;
      const ids = isId(a) && isId(b);
      const isPlace = [a, b].some(({ role }) => role === 'place' || role === 'address');
      const alone = (ids && !isPlace) || isKeyOf(left, a) || isKeyOf(right, b);
      if (!alone && !ids && !(named.score === 1 && isNarrowing(a))) continue;
      const words = named.score >= plays ? named.words : `both name a ${a.role}`;
      found.push({ left: a, right: b, score, words, alone });
    }
  return once(found.toSorted((x, y) => Number(y.alone) - Number(x.alone) || y.score - x.score));
}

function comparable(a: Column, b: Column): boolean {
  if ([a, b].some(({ role, distinct }) => never.includes(role) || distinct < 2)) return false;
  const [x, y] = [a.type, b.type];
  const isKey = (type: string) => type === 'text' || type === 'number';
  return x === y ? isKey(x) || isNarrowing(a) : isKey(x) && isKey(y) && isId(a) && isId(b);
}

/** Each column with the one that it is likeliest to be. */
function once(candidates: readonly Candidate[]): readonly Candidate[] {
  const taken = new Set<Column>();
  return candidates.filter(({ left, right, score }) => {
    if (score < 1 && (taken.has(left) || taken.has(right))) return false;
    taken.add(left).add(right);
    return true;
  });
}

/**
 * Columns of which only the values could say that they are keys of each other: one unique, both of one spelling, and neither made
 * of a few digits, which agree by chance. Pure.
 */
export function valueCandidates(left: TypedTable, right: TypedTable): readonly Candidate[] {
  return left.columns.flatMap((a) =>
    right.columns.flatMap((b) => {
      const codes = [a, b].every(isCode);
      const other = a.role !== b.role && identity.includes(a.role) && identity.includes(b.role);
      const unique = isNearlyUnique(left, a) || isNearlyUnique(right, b);
      return codes && !other && unique && spelledAlike(a, b)
        ? [{ left: a, right: b, score: 0.3, words: 'only their values say so', alone: true }]
        : [];
    }),
  );
}

const isCode = ({ type, distinct, role, examples }: Column): boolean =>
  type === 'text' &&
  distinct >= FEWEST &&
  !never.includes(role) &&
  examples.length > 0 &&
  examples.every((text) => !text.includes(' ') && (/\p{L}/u.test(text) || text.length > 6));

const spelling = (text: string): string =>
  text.replace(/[\p{L}\d]+/gu, (run) => (/^\d+$/.test(run) ? '9' : 'x'));

function spelledAlike(a: Column, b: Column): boolean {
  const shapes = new Set(a.examples.map(spelling));
  const lengths = a.examples.map(({ length }) => length);
  const [low, high] = [Math.min(...lengths) - 2, Math.max(...lengths) + 2];
  const alike = b.examples.filter(
    (text) => shapes.has(spelling(text)) && text.length >= low && text.length <= high,
  );
  return alike.length > b.examples.length / 2;
}
