import type { Count } from '../files/types.ts';
import { count } from '../lib/format.ts';
import type { Finding, Ledger, SetAside } from './types.ts';

/** A sum of money as it is shown: the noise of binary fractions behind the 14th digit is cut off. */
export const tidy = (sum: number | null): number | null =>
  sum === null ? null : Number(sum.toPrecision(14));

const words: Record<SetAside['reason'], (rows: string, one: boolean) => string> = {
  'no-customer': (n, one) =>
    `${n} ${one ? 'row has' : 'rows have'} no customer id, so nobody to count ${one ? 'it' : 'them'} for.`,
  'no-date': (n, one) => `${n} ${one ? 'row has' : 'rows have'} no date that can be read.`,
  'no-amount': (n, one) => `${n} ${one ? 'row has' : 'rows have'} no amount that can be read.`,
  ragged: (n, one) =>
    `${n} ${one ? 'record has' : 'records have'} more cells than there are columns, so it is unclear which cell is which.`,
  'too-long': (n, one) => `${n} ${one ? 'record is' : 'records are'} longer than 16 MB.`,
  'bad-quote': (n, one) =>
    `${n} ${one ? 'line has' : 'lines have'} a quote that is never closed, or text behind a closing quote.`,
  'bad-encoding': (n, one) =>
    `${n} ${one ? 'record holds' : 'records hold'} bytes that are not UTF-8. If they are accented letters, choose windows-1252 under Assumed.`,
  'repeated-customer': (n, one) =>
    `${n} ${one ? 'row repeats' : 'rows repeat'} a customer; the first row of each was kept.`,
  other: (n, one) =>
    `${n} ${one ? 'record was' : 'records were'} counted in the file but not read by the database.`,
};

/** One entry of the ledger, with its sentence. */
export function setAside(
  reason: SetAside['reason'],
  rows: number,
  it: { readonly amount?: number | null; readonly sample: SetAside['sample'] },
): SetAside {
  const { amount = null, sample } = it;
  return {
    reason,
    words: words[reason](count(rows), rows === 1),
    rows,
    amount: tidy(amount),
    sample,
  };
}

/** What the file held that never became a row of `raw`, and what the two independent counts say of each other. */
export function beforeRaw(
  scan: Count,
  rawRows: number,
): {
  readonly read: number;
  readonly setAside: readonly SetAside[];
  readonly findings: readonly Finding[];
} {
  const unreadable = scan.setAside.map(({ reason, rows, sample }) =>
    setAside(reason, rows, { sample }),
  );
  const missing = scan.kept - rawRows;
  const lost = missing > 0 ? [setAside('other', missing, { sample: [] })] : [];
  const all = [...unreadable, ...lost];
  const findings: Finding[] = [];
  if (missing < 0)
    findings.push({
      code: 'count-differs',
      rows: -missing,
      words: `The database read ${count(rawRows)} records where counting found ${count(scan.kept)}. Look at the rows before relying on them.`,
    });
  if (scan.short > 0)
    findings.push({
      code: 'short-records',
      rows: scan.short,
      words: `${count(scan.short)} ${scan.short === 1 ? 'record has' : 'records have'} fewer cells than there are columns; the missing ones are read as empty.`,
    });
  return { read: rawRows + total(all), setAside: all, findings };
}

const total = (all: readonly SetAside[]): number => all.reduce((sum, { rows }) => sum + rows, 0);

/** Puts the ledger together and checks it. Throws RangeError if a record would be missing or be there twice. */
export function closeLedger(ledger: Ledger): Ledger {
  const { read, kept, setAside: aside } = ledger;
  if (read !== kept + total(aside))
    throw new RangeError(`${read} records read, but ${kept} kept and ${total(aside)} set aside`);
  return {
    ...ledger,
    setAside: aside.filter(({ rows }) => rows > 0),
    amountRead: tidy(ledger.amountRead),
    amountKept: tidy(ledger.amountKept),
  };
}

/** The physical line of a row of `raw` (from 1), by the line shifts that the scan found. O(log shifts). */
export function fileLine({ rowLines }: Pick<Count, 'rowLines'>, row: number): number {
  let low = 0;
  let high = rowLines.length / 2 - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (rowLines[2 * middle]! <= row) low = middle;
    else high = middle - 1;
  }
  return rowLines.length === 0 ? row : rowLines[2 * low + 1]! + row - rowLines[2 * low]!;
}
