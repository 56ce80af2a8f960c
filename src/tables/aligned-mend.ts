import { alignmentAt, cutLine, runCells } from '../files/aligned.ts';
import { cellsOf, checkMend, recordText } from '../files/mend.ts';
import type { OpenSource } from '../files/types.ts';

type Shape = Pick<OpenSource, 'dialect' | 'columns'>;
type Row = { readonly text: string };

/** The cells of a line that does not line up, as well as they can be told; of what was written in its place exactly. */
export function alignedCells(
  row: Row,
  text: string,
  { dialect, columns }: Shape,
): readonly string[] | null {
  if (text !== row.text) return cellsOf(text, dialect);
  const parted = runCells(text, 2);
  if (parted.length === columns) return parted;
  const starts = dialect.written?.starts ?? [];
  return starts.length > 0
    ? (cutLine(text, { ...alignmentAt(starts, []), gaps: touching(starts) }) ?? parted)
    : parted;
}

/** Cut at the places themselves, whatever stands there. */
const touching = (starts: readonly number[]) => starts.slice(1).map((to) => ({ from: to, to }));

/** Why this text cannot stand for the line, in a sentence; null where it can. */
export function checkAligned(row: Row, text: string, { dialect, columns }: Shape): string | null {
  if (text === row.text) return 'It does not line up with the columns. Change a cell.';
  return checkMend(text, dialect, { columns, lines: 1 });
}

/** The cells between runs of two or more blanks, where they are as many as the columns and each fits its own. Null otherwise. */
export function proposeAligned(
  { text }: Row,
  { dialect, columns }: Shape,
  fits: readonly { fits(cell: string): boolean }[],
): { readonly text: string; readonly why: string } | null {
  const cells = runCells(text, 2);
  if (cells.length !== columns || !cells.every((cell, c) => fits[c]?.fits(cell))) return null;
  const written = recordText(cells, dialect);
  return written === null
    ? null
    : { text: written, why: 'Two blanks or more are taken to part its cells.' };
}
