import { byPairs } from '../files/lines.ts';
import type { Count } from '../files/types.ts';
import { count } from '../lib/format.ts';
import { badCount } from './bad-fit.ts';
import type { Raw } from './raw.ts';
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
  'bad-json': (n, one) =>
    `${n} ${one ? 'record is' : 'records are'} no JSON, or JSON of another shape than the others.`,
  misaligned: (n, one) =>
    `${n} ${one ? 'line does' : 'lines do'} not line up with the columns, so it is unclear which cell is which.`,
  'repeated-customer': (n, one) =>
    `${n} ${one ? 'row repeats' : 'rows repeat'} a customer; the first row of each was kept.`,
  comment: (n, one) =>
    `${n} ${one ? 'line begins' : 'lines begin'} with the mark of comments, so ${one ? 'it is no record' : 'they are no records'}.`,
  'repeated-header': (n, one) =>
    `${n} ${one ? 'line repeats' : 'lines repeat'} the column names inside the table.`,
  footer: (n, one) =>
    `${n} ${one ? 'line' : 'lines'} at the end ${one ? 'is a total or a note' : 'are totals or notes'}, not a record.`,
  repeat: (n, one) =>
    `${n} ${one ? 'row repeats another and was' : 'rows repeat others and were'} taken out by you.`,
  'not-loaded': (n, one) =>
    `${n} ${one ? 'record was' : 'records were'} left out by you when the file was opened.`,
  other: (n, one) =>
    `${n} ${one ? 'record was' : 'records were'} counted in the file but not read by the database.`,
};

const titles: Record<SetAside['reason'], string> = {
  'no-customer': 'No customer',
  'no-date': 'Date not readable',
  'no-amount': 'No amount',
  ragged: 'Too many cells',
  'too-long': 'Line too long',
  'bad-quote': 'Quote not closed',
  'bad-encoding': 'Not readable text',
  'bad-json': 'Not readable JSON',
  misaligned: 'Not lined up',
  'repeated-customer': 'Repeated customer',
  comment: 'Comments',
  'repeated-header': 'Repeated names',
  footer: 'Footer',
  repeat: 'Repeats',
  'not-loaded': 'Not loaded',
  other: 'Other',
};

/** A reason in a few words. */
export const reasonTitle = (reason: SetAside['reason']): string => titles[reason];

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
  { dropped = 0, leftOut }: Pick<Raw, 'dropped' | 'leftOut'> = {},
): {
  readonly read: number;
  readonly setAside: readonly SetAside[];
  readonly findings: readonly Finding[];
} {
  const unreadable = [...scan.setAside, ...(scan.extras ?? [])].map(({ reason, rows, sample }) =>
    setAside(reason, rows, { sample }),
  );
  const missing = scan.kept - rawRows - dropped - (leftOut?.rows ?? 0);
  const lost = missing > 0 ? [setAside('other', missing, { sample: [] })] : [];
  const repeats = dropped > 0 ? [setAside('repeat', dropped, { sample: [] })] : [];
  const unloaded = leftOut
    ? [
        {
          ...setAside('not-loaded', leftOut.rows, { sample: [] }),
          words: `Loaded is ${leftOut.words}.`,
        },
      ]
    : [];
  const all = [...unreadable, ...lost, ...repeats, ...unloaded];
  const findings: Finding[] = [...badCount(scan)];
  if (missing < 0)
    findings.push({
      code: 'count-differs',
      rows: -missing,
      words: `The database read ${count(rawRows)} records where counting found ${count(scan.kept)}. Look at the rows before relying on them.`,
    });
  if (scan.short > 0 && !findings.some(({ code }) => code === 'many-short'))
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
export const fileLine = ({ rowLines }: Pick<Count, 'rowLines'>, row: number): number =>
  byPairs(rowLines, row);
