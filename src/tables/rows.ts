import type { Table } from '../db/query.ts';
import { UNREADABLE_CELL, UNREADABLE_TEXT } from './import.sql.ts';
import type { Column } from './types.ts';

/** A row of `raw` to look at: its number, and its cells as text; '' where empty, the file's own text where unreadable. */
export type ShownRow = { readonly row: number; readonly cells: readonly string[] };

/** Reads what `rowsWhere` asked for. Cells come by position, never by a name from the file. */
export function shownRows(
  table: Table,
  columns: readonly Pick<Column, 'type'>[],
): readonly ShownRow[] {
  const lines = table.getChild('line');
  const unreadable = table.getChild('unreadable');
  const cells = columns.map((_, i) => table.getChild(`c${i}`));
  return Array.from({ length: table.numRows }, (_, r) => {
    const texts = cells.map((column, i) => {
      const text: unknown = column?.get(r);
      const said = typeof text === 'string' ? text : '';
      return columns[i]?.type === 'date' ? said.replace(/ 00:00:00$/, '') : said;
    });
    const bad: unknown = unreadable?.get(r);
    if (typeof bad === 'string')
      for (const part of bad.split(UNREADABLE_CELL)) {
        const [place, text] = part.split(UNREADABLE_TEXT);
        texts[Number(place)] = text ?? '';
      }
    return { row: Number(lines?.get(r)), cells: texts };
  });
}
