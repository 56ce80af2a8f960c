import { longText, type Scores, type Seen } from './role-scores.ts';
import { roleNames } from './role-names.ts';
import type { Assigned } from './roles.ts';
import type { Role } from './types.ts';
import { isIdName, wordsOf } from './words.ts';

const LEAST: Partial<Record<Role, number>> = {
  customer: 0.35,
  date: 0.3,
  order: 0.45,
  amount: 0.4,
};

/** Roles of a table of order lines: each role to the column that fits best, a column playing at most one. */
export function assignOrders(seen: readonly Seen[], scores: Scores): readonly Assigned[] {
  const given = new Map<number, Assigned>();
  for (const { role } of roleNames) {
    const found = scores.best(role, new Set(given.keys()));
    const better =
      found && scores.all.find((it) => it.index === found.index && it.score > found.score + 0.05);
    if (
      !found ||
      found.score < (LEAST[role] ?? 0.4) ||
      (better && !given.has(better.index) && !isTaken(given, better.role))
    )
      continue;
    given.set(found.index, { role, confidence: round(found.score), reason: found.reason });
  }
  fallBack(seen, given);
  return seen.map(
    ({ index }) =>
      given.get(index) ?? {
        role: 'left-out',
        confidence: 0.6,
        reason: 'Nothing in its name or values says what it would mean for an order.',
      },
  );
}

const isTaken = (given: ReadonlyMap<number, Assigned>, role: Role): boolean =>
  [...given.values()].some((it) => it.role === role);

const round = (score: number): number => Math.round(100 * score) / 100;

/** Whether its values look like ids and come back. */
function comesBack(column: Seen): boolean {
  const ratio = column.distinct / Math.max(1, column.filled);
  const looksLikeId = column.cells.slice(0, 200).every((cell) => /^\s*\S{0,40}\s*$/.test(cell));
  return (
    column.type === 'text' &&
    looksLikeId &&
    !longText(column) &&
    ratio > 0.005 &&
    ratio < 0.6 &&
    column.distinct > 20
  );
}

const isUnnamed = ({ header }: Seen): boolean => /^Column \d+$/.test(header);

/** In a table without a line of names: ids with digits that come back, and a date. Null where it is not so. */
export function unnamedActs(
  seen: readonly Seen[],
): { readonly id: Seen; readonly date: Seen } | null {
  if (!seen.every(isUnnamed)) return null;
  const id = seen.find(
    (column) => comesBack(column) && column.cells.every((cell) => /\d|^\s*$/.test(cell)),
  );
  const date = seen.find(({ type }) => type === 'date');
  return id && date ? { id, date } : null;
}

/** Where names say nothing: the only date, a column whose values come back, a price or fractions that stand for the amount. */
function fallBack(seen: readonly Seen[], given: Map<number, Assigned>): void {
  const free = seen.filter(({ index }) => !given.has(index));
  if (!isTaken(given, 'date')) {
    const date = free.find(({ type }) => type === 'date');
    if (date)
      given.set(date.index, {
        role: 'date',
        confidence: 0.5,
        reason: 'The first column of dates.',
      });
  }
  if (!isTaken(given, 'customer')) {
    const back = free.find(
      (column) =>
        comesBack(column) &&
        !(isIdName(column.header) && wordsOf(column.header).length > 1) &&
        !given.has(column.index),
    );
    if (back)
      given.set(back.index, {
        role: 'customer',
        confidence: 0.3,
        reason: 'Its values look like ids and come back; no name says so.',
      });
  }
  const price = [...given].find(([, it]) => it.role === 'price');
  if (price && !isTaken(given, 'amount') && !isTaken(given, 'quantity'))
    given.set(price[0], {
      role: 'amount',
      confidence: round(price[1].confidence * 0.8),
      reason: 'Named like a price, and no column tells a quantity: taken as what was paid.',
    });
  const fractions = free.filter(
    ({ index, numbers }) =>
      !given.has(index) && numbers?.some((n) => !Number.isNaN(n) && !Number.isInteger(n)),
  );
  if (seen.every(isUnnamed) && fractions.length === 1 && !isTaken(given, 'amount'))
    given.set(fractions[0]!.index, {
      role: 'amount',
      confidence: 0.4,
      reason: 'The only column of numbers with fractions; no name says so.',
    });
}
