import type { AsideRecord } from './aside.ts';
import { checkMend, cellsOf, recordText } from './mend.ts';
import { decodeMixed } from './mixed-bytes.ts';
import { split, type Marks } from './split.ts';

/** What is known of the cells of one column from the rows that can be read. */
export type ColumnFit = {
  /** Whether a cell could stand in this column. */
  fits(cell: string): boolean;
  /** Whether its cells are words, so that one of them may hold the delimiter. */
  readonly isWords: boolean;
};

export type Proposal = { readonly text: string; readonly why: string };

/** How many cells too many are still put together. */
const MOST_EXTRA = 4;

/**
 * How a record could be mended, only where one way is clearly right: each cell of it then fits its column. Null otherwise. Handles
 * cells that hold the delimiter unquoted, empty cells behind the last column, quotes that are never closed or stand inside a cell,
 * and letters of windows-1252 in a file of UTF-8.
 */
export function proposeMend(
  record: Pick<AsideRecord, 'reason' | 'text' | 'bytes' | 'whole' | 'lines'>,
  marks: Marks,
  columns: readonly ColumnFit[],
): Proposal | null {
  if (!record.whole) return null;
  const found = byReason(record, marks, columns);
  if (!found || !found.cells.every((cell, c) => columns[c]?.fits(cell))) return null;
  const text = recordText(found.cells, marks);
  const asked = { columns: columns.length, lines: record.lines };
  return text === null || checkMend(text, marks, asked) !== null ? null : { text, why: found.why };
}

type Way = { readonly cells: readonly string[]; readonly why: string };

function byReason(
  { reason, text, bytes }: Pick<AsideRecord, 'reason' | 'text' | 'bytes'>,
  marks: Marks,
  columns: readonly ColumnFit[],
): Way | null {
  switch (reason) {
    case 'ragged': {
      const cells = cellsOf(text, marks);
      return cells && together(cells, marks, columns);
    }
    case 'bad-quote':
      return requoted(text, marks, columns);
    case 'bad-encoding': {
      const read = decodeMixed(bytes);
      const cells = read && cellsOf(read.text, marks);
      const why = `Its bytes that are not UTF-8 are read as windows-1252: ${read?.letters.join(' ')}.`;
      return cells ? { cells, why } : null;
    }
    case 'too-long':
    case 'bad-json': // these are no cells: see tables/json-mend.ts
    case 'misaligned':
      return null;
  }
}

/** Neighbouring cells put together to one, at the only place where all then fit. */
function together(
  cells: readonly string[],
  { delimiter }: Marks,
  columns: readonly ColumnFit[],
): Way | null {
  const extra = cells.length - columns.length;
  if (extra <= 0) return null;
  const kept = cells.slice(0, columns.length);
  if (cells.slice(columns.length).every((cell) => cell.trim() === ''))
    return { cells: kept, why: 'The empty cells behind the last column are left out.' };
  if (extra > MOST_EXTRA) return null;
  const ways = columns.flatMap(({ isWords }, at) => {
    if (!isWords) return [];
    const parts = cells.slice(at, at + extra + 1);
    if (!parts.every((part) => /\p{L}/u.test(part))) return []; // “Hat,4,5” may be a hat for 4.5
    const joined = [...cells.slice(0, at), parts.join(delimiter), ...cells.slice(at + extra + 1)];
    if (!joined.every((cell, c) => c === at || columns[c]?.fits(cell))) return [];
    return [{ cells: joined, at, isSentence: parts.slice(1).every((part) => /^ \S/.test(part)) }];
  });
  const sentences = ways.filter(({ isSentence }) => isSentence);
  const [way, other] = ways.length > 1 ? sentences : ways;
  if (!way || other) return null;
  return { cells: way.cells, why: `Cell ${way.at + 1} holds the separator and is quoted.` };
}

/** The record read with quotes that close only before a delimiter or the end, then with quotes as letters. */
function requoted(text: string, marks: Marks, columns: readonly ColumnFit[]): Way | null {
  const { delimiter, quote } = marks;
  const wide = (cells: readonly string[]) => cells.length === columns.length;
  const lenient = lenientCells(text, marks);
  if (lenient && wide(lenient))
    return { cells: lenient, why: 'Quotes inside a cell are read as letters.' };
  const { rows } = split(text, { delimiter, quote: '', escape: '' }, { limit: 2, whole: true });
  const [cells] = rows;
  if (!cells || rows.length > 1) return null;
  const bare = cells.map((cell) => {
    const opens = cell.trimStart().startsWith(quote);
    return opens && !cell.trimStart().slice(1).includes(quote) ? cell.replace(quote, '') : cell;
  });
  const why = 'The quote that is never closed is left out.';
  if (wide(bare)) return { cells: bare, why };
  const way = together(bare, marks, columns);
  return way && { cells: way.cells, why: `${why} ${way.why}` };
}

/** Null where a quote that opens is not closed before a delimiter or the end of the text. */
function lenientCells(text: string, { delimiter, quote }: Marks): readonly string[] | null {
  const cells: string[] = [];
  for (let at = 0; at <= text.length; at++) {
    let first = at;
    while (delimiter !== ' ' && text[first] === ' ') first++;
    if (text[first] !== quote) {
      const end = text.indexOf(delimiter, at);
      cells.push(text.slice(at, end < 0 ? text.length : end));
      at = end < 0 ? text.length : end;
      continue;
    }
    let close = text.indexOf(quote, first + 1);
    let after = behindSpaces(text, close + 1);
    while (close >= 0 && after < text.length && text[after] !== delimiter) {
      close = text.indexOf(quote, text[close + 1] === quote ? close + 2 : close + 1);
      after = behindSpaces(text, close + 1);
    }
    if (close < 0) return null;
    cells.push(text.slice(first + 1, close).replaceAll(quote + quote, quote));
    at = after;
  }
  return cells;
}

function behindSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}
