import { looksLikeNumber } from './cell-kinds.ts';

/** The record that starts the table: the first as wide as the rest, or nearly so with wide ones right below. */
export function tableTop(rows: readonly (readonly string[])[], columns: number): number {
  const top = rows.slice(0, 100).findIndex((row, i) => {
    const next = rows[i + 1];
    if (row.length === columns) return columns < 3 || row.filter(Boolean).length > 1; // a title padded with delimiters is no header
    if (!next) return false;
    return next.length === columns && row.length >= Math.max(2, columns - 1) && row.some(Boolean);
  });
  return Math.max(0, top);
}

/** The first record that starts on this physical line (from 0) or below it. */
export function rowAt(lines: readonly number[], skip: number): number {
  const row = lines.findIndex((line) => line >= skip);
  return row < 0 ? lines.length : row;
}

/** Names are words over values: no number or date among them, not found again below them (but for the whole line of names). */
export function isHeader(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  const cells = first.map((cell) => cell.trim());
  const words = cells.filter((cell) => cell !== '');
  if (words.length === 0 || words.length < cells.length / 2) return false;
  if (words.some((cell) => looksLikeNumber(cell) || /^\d{1,4}[-/.]\d{1,2}[-/.]\d/.test(cell)))
    return false;
  const values = below.filter((row) => !isSameRow(first, row));
  if (values.length < below.length && !hasNumbers(values)) return false; // a record that comes twice, not names that do
  if (
    cells.some((cell, i) =>
      isOneOf(
        cell,
        values.map((row) => row[i]?.trim() ?? ''),
      ),
    )
  )
    return false;
  const again = cells.filter(
    (cell, i) => cell !== '' && values.some((row) => row[i]?.trim() === cell),
  );
  return again.length <= words.length / 4;
}

/** Whether a cell with digits is written like nearly all below it: "K1000" over "K1001", "01-Jan-2024" over "02-Mar-2024". */
function isOneOf(cell: string, below: readonly string[]): boolean {
  if (!/\d/.test(cell) || cell.length > 60) return false;
  const shape = shapeOf(cell);
  const filled = below.filter((other) => other !== '');
  return (
    filled.length > 1 &&
    filled.filter((other) => shapeOf(other) === shape).length > 0.8 * filled.length
  );
}

const shapeOf = (cell: string): string =>
  cell
    .slice(0, 60)
    .replace(/\d+/g, '9')
    .replace(/\p{L}+/gu, 'a');

/** Whether some column is made of numbers or dates, so that a row of words cannot be a record. */
const hasNumbers = (rows: readonly (readonly string[])[]): boolean =>
  rows.some((row) =>
    row.some((_, i) => {
      const filled = rows.map((each) => each[i]?.trim() ?? '').filter(Boolean);
      return filled.length > rows.length / 2 && filled.every((cell) => /^[-+(€$£]?\d/.test(cell));
    }),
  );

/** Whether a record repeats the line of names. */
export const isSameRow = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((cell, i) => cell.trim() === b[i]?.trim());

/** Line breaks inside the cells of a record. */
export const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

/** A comma where numbers can only be read so: "1,5" or "1.234,56". A full stop otherwise. */
export function decimalOf(rows: readonly (readonly string[])[], delimiter: string): '.' | ',' {
  let commas = 0;
  let points = 0;
  for (const row of rows.slice(0, 1000))
    for (const cell of row) {
      if (cell.length > 24) continue;
      if (/^\D{0,4}-?(\d{1,3}(\.\d{3})+|\d+),(\d{1,2}|\d{4,})\D{0,4}$/.test(cell)) commas++;
      if (/^\D{0,4}-?(\d{1,3}(,\d{3})+|\d+)\.(\d{1,2}|\d{4,})\D{0,4}$/.test(cell)) points++;
    }
  return commas > points || (commas === points && commas > 0 && delimiter === ';') ? ',' : '.';
}
