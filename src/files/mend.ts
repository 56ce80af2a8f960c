import { count } from '../lib/format.ts';
import { LONGEST_RECORD } from './scan.ts';
import { split, type Marks } from './split.ts';
import type { Mend } from './types.ts';

/** Characters of the old text that a mend keeps. */
export const KEPT_OF_OLD = 400;

/** A mend of the record that stands in the file as `text`. */
export const mendOf = (
  { line, text }: { readonly line: number; readonly text: string },
  mended: string,
): Mend => ({ line, text: mended, was: text.slice(0, KEPT_OF_OLD) });

/** The mends with more of them: one a line, in order of lines. A record that is mended twice still remembers how it stood in the file. */
export function addMends(mends: readonly Mend[], more: readonly Mend[]): readonly Mend[] {
  const byLine = new Map(mends.map((mend) => [mend.line, mend]));
  for (const mend of more)
    byLine.set(mend.line, { ...mend, was: byLine.get(mend.line)?.was ?? mend.was });
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}

/** The cells of a text that is one record, or null where it is none. */
export function cellsOf(text: string, marks: Marks): readonly string[] | null {
  const { rows, lines, broken } = split(text, marks, { limit: 2, whole: true });
  return broken === 0 && rows.length === 1 && lines[0] === 0 && !/^[\r\n]|[\r\n]$/.test(text)
    ? rows[0]!
    : null;
}

/** The record with these cells in the dialect of the file: quoted only where it must be; null where the dialect cannot write it. */
export function recordText(cells: readonly string[], marks: Marks): string | null {
  const { delimiter, quote, escape } = marks;
  const written = cells.map((cell) => {
    const opens = quote !== '' && cell.trimStart().startsWith(quote);
    const bare = cell !== '' || cells.length > 1;
    if (bare && !opens && !cell.includes(delimiter) && !/[\r\n]/.test(cell)) return cell;
    if (quote === '' || (escape === '' && cell.includes(quote))) return null;
    const inner =
      escape === '\\' ? cell.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) : cell;
    return quote + (escape === quote ? inner.replaceAll(quote, quote + quote) : inner) + quote;
  });
  return written.includes(null) ? null : written.join(delimiter);
}

/** Why a text cannot stand for a record of `columns` cells on `lines` lines of the file, in a sentence; null where it can. */
export function checkMend(
  text: string,
  marks: Marks,
  { columns, lines }: { readonly columns: number; readonly lines?: number },
): string | null {
  if (new TextEncoder().encode(text).length > LONGEST_RECORD)
    return 'It is longer than 16 MB. Shorten a cell.';
  const cells = cellsOf(text, marks);
  if (!cells)
    return 'It is not one record: a quote is not closed, text follows a closing quote, or there is an empty or a second line.';
  if (cells.length !== columns)
    return `It has ${count(cells.length)} ${cells.length === 1 ? 'cell' : 'cells'}, and the table has ${count(columns)} columns.`;
  if (cells.every((cell) => cell.trim() === '')) return 'It holds nothing.';
  if (lines !== undefined && breaksIn(text) + 1 > lines)
    return `It has more line breaks than the ${lines === 1 ? 'one line' : `${count(lines)} lines`} it stands on in the file. Take some out.`;
  return null;
}

/** Line breaks of any kind. */
export const breaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;
