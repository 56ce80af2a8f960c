import type { Merge, SheetRow } from './excel-sheet.ts';

/** Rows that are looked at to find where the table begins. */
export const LOOKED_AT = 100;

const filled = (cells: readonly (string | null)[]): number =>
  cells.reduce((sum, cell) => sum + (cell === null ? 0 : 1), 0);

/**
 * The row (from 0) that holds the names: the first that is about as full as the rows usually are and not much emptier than the
 * one below it. Cells merged downwards count on each of their rows, those merged sideways once, so a title over all columns is
 * one cell. Null where there is no row with two cells.
 */
export function headerRow(rows: readonly SheetRow[], merges: readonly Merge[]): number | null {
  const counts = rows.map(({ row, cells }) => ({
    row,
    count:
      filled(cells) +
      merges.filter(({ top, bottom, left }) => top < row && row <= bottom && !cells[left]).length,
  }));
  const some = counts.filter(({ count }) => count > 0);
  const sorted = some.map(({ count }) => count).sort((a, b) => a - b);
  const usual = sorted[sorted.length >> 1] ?? 0;
  const found = some.find(
    ({ count }, i) =>
      count >= Math.max(usual > 1 ? 2 : 1, usual * 0.6) &&
      count >= (some[i + 1]?.count ?? 0) * 0.75,
  );
  return found?.row ?? null;
}

/** Fills merged cells of the table row after row, with the value of their first cell. Rows must come in order. */
export class MergeFiller {
  readonly #merges: readonly Merge[];
  readonly #width: (merge: Merge) => boolean;
  #next = 0;
  #open: { readonly merge: Merge; value: string | null }[] = [];
  count = 0;

  /** `top`: the row of names. A merge over the whole width in one row is a heading between rows and is left as it is. */
  constructor(merges: readonly Merge[], top: number, width: number) {
    this.#merges = merges.filter(({ bottom }) => bottom >= top);
    this.#width = ({ left, right, top: from, bottom: to }) =>
      from === to && right - left + 1 >= Math.max(3, width);
  }

  fill({ row, cells }: SheetRow): void {
    for (let merge = this.#merges[this.#next]; merge && merge.top <= row;) {
      if (!this.#width(merge)) this.#open.push({ merge, value: null });
      merge = this.#merges[++this.#next];
    }
    if (this.#open.length === 0) return;
    this.#open = this.#open.filter(({ merge }) => merge.bottom >= row);
    for (const open of this.#open) {
      const { top, left, right } = open.merge;
      if (row === top) open.value = cells[left] ?? null;
      if (open.value === null) continue;
      for (let column = left; column <= right; column++) {
        if (cells[column]) continue;
        while (cells.length < column) cells.push(null);
        cells[column] = open.value;
        this.count++;
      }
    }
  }
}

const totals =
  /^(grand |sub)?totals?\b|^(sum|summe|gesamt|gesamtsumme|insgesamt|somme|suma|totale|totaal|soma)\b/i;

/** The row among the last ones that sums up those above it, by its first cell; null where there is none. */
export const totalRow = (last: readonly SheetRow[]): SheetRow | null =>
  last.find(({ cells }) => totals.test(cells.find((cell) => cell !== null) ?? '')) ?? null;
