import type { Database } from '../db/query.ts';
import { count } from '../lib/format.ts';
import { wordsForNone } from './clean.sql.ts';
import { number } from './profile.ts';
import type { Raw } from './raw.ts';
import type { Column, Finding, Ledger, Role } from './types.ts';

/** Whether some column, or two together, tell what a row cost. */
export const hasAmount = (columns: readonly Column[]): boolean => {
  const has = (role: Role) => columns.some((column) => column.role === role);
  return has('amount') || (has('quantity') && has('price'));
};

/** Ids of customers that are a word for none. */
export async function nobodyFinding(
  db: Database,
  raw: Raw,
  columns: readonly Column[],
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const asked = wordsForNone(columns, raw.profiles.table);
  const rows = asked ? (number(await db.query(asked, signal), 'rows') ?? 0) : 0;
  if (rows === 0) return [];
  const words = `${count(rows)} customer ids are a word for none, such as NULL or nan, and are read as empty.`;
  return [{ code: 'id-word-for-none', rows, words }];
}

/** Cells that are not of the type of their column. */
export function unreadableFindings(columns: readonly Column[]): readonly Finding[] {
  const kinds = { text: 'text', number: 'number', date: 'date', 'yes-no': 'yes or no' };
  return columns
    .filter(({ unreadable }) => unreadable > 0)
    .map(({ header, name, type, unreadable }) => ({
      code: 'unreadable',
      rows: unreadable,
      words: `${count(unreadable)} ${unreadable === 1 ? 'cell' : 'cells'} of “${header || name}” ${unreadable === 1 ? 'is' : 'are'} no ${kinds[type]} and count as empty.`,
    }));
}

type Facts = {
  readonly ledger: Ledger;
  readonly negative: number;
  readonly zero: number;
  readonly rows: number;
  readonly cancelled: boolean;
};

/** What a person should know of the rows that were kept, and of columns that are not there. Pure. */
export function orderFindings(columns: readonly Column[], it: Facts): readonly Finding[] {
  const { ledger, negative, zero, rows, cancelled } = it;
  const has = (role: Role) => columns.some((column) => column.role === role);
  const findings: Finding[] = [];
  if (ledger.returns > 0)
    findings.push({
      code: 'returns',
      rows: ledger.returns,
      words: `${count(ledger.returns)} of the rows kept are returns: a negative quantity or amount${cancelled ? ', or a cancelled order (C before its number)' : ''}.`,
    });
  if (negative > 0)
    findings.push({
      code: 'negative-quantity',
      rows: negative,
      words: `${count(negative)} of all rows have a negative quantity.`,
    });
  if (!hasAmount(columns))
    findings.push({
      code: 'amount-is-rows',
      rows,
      words: 'No column tells what a row cost, so each counts as 1.',
    });
  else if (!has('amount'))
    findings.push({
      code: 'amount-is-product',
      rows,
      words: 'The amount of a row is its quantity × price.',
    });
  if (hasAmount(columns) && zero === rows)
    findings.push({
      code: 'all-amounts-zero',
      rows,
      words: 'Every amount is 0, so spending tells nobody apart.',
    });
  if (!has('date'))
    findings.push({
      code: 'no-dates',
      rows,
      words: 'No column dates the rows, so nothing about time can be measured.',
    });
  return findings;
}
