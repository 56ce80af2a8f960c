import { count } from '../../lib/format.ts';
import { totalRow } from './excel-layout.ts';
import type { Blanks, SheetRow } from './excel-sheet.ts';

export type SheetFacts = {
  /** What stands above the table, a line each, and how many rows that are. */
  readonly titles: readonly string[];
  readonly top: number;
  /** Cells filled because they are merged with others. */
  readonly filled: number;
  readonly blanks: Blanks;
  readonly last: readonly SheetRow[];
};

/** What a person should know about how a sheet became a table: a sentence each. */
export function sheetNotes({ titles, top, filled, blanks, last }: SheetFacts): readonly string[] {
  const { errors, uncomputed } = blanks;
  const [title] = titles;
  const total = totalRow(last);
  return [
    title === undefined
      ? null
      : top === 1
        ? `The first row of the sheet is no part of the table and was left out: “${title.slice(0, 80)}”.`
        : `The first ${count(top)} rows of the sheet are no part of the table and were left out: “${title.slice(0, 80)}”.`,
    some(
      filled,
      'merged cell was filled with its value',
      'merged cells were filled with their value',
    ),
    some(
      errors,
      'cell holds an error of Excel (such as #N/A) and is read as empty',
      'cells hold an error of Excel (such as #N/A) and are read as empty',
    ),
    some(
      uncomputed,
      'formula has no saved value and is read as empty: open the workbook in Excel and save it',
      'formulas have no saved value and are read as empty: open the workbook in Excel and save it',
    ),
    total && `Row ${count(total.row + 1)} at the end looks like a total.`,
  ].filter((note) => note !== null);
}

const some = (n: number, one: string, many: string): string | null =>
  n === 0 ? null : `${count(n)} ${n === 1 ? one : many}.`;
