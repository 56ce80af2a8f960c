import type { ColumnFit } from '../files/propose-mend.ts';
import { numberTest } from './numbers.ts';
import { isGap, type Reader } from './reader.ts';

/** Cells of the sample that are looked at. */
const LOOKED_AT = 2000;
/** A column of so few values, each many times, holds nothing else. */
const FEW = 30;
const OFTEN = 10;

/**
 * What can stand in each column: numbers in its style, its words for yes and no, and cells that are shaped like those of the sample
 * (`A12` like `B7`, `2024-01-02` like `2023-11-30`). A column of words also takes other words. Pure.
 */
export function columnFits(
  columns: readonly { readonly reader: Reader }[],
  sample: readonly (readonly string[])[],
): readonly ColumnFit[] {
  const rows = sample.filter((row) => row.length === columns.length).slice(0, LOOKED_AT);
  return columns.map(({ reader }, c) =>
    columnFit(
      reader,
      rows.map((row) => row[c] ?? ''),
    ),
  );
}

function columnFit(reader: Reader, cells: readonly string[]): ColumnFit {
  const filled = cells.filter((cell) => !isGap(cell));
  const values = new Set(filled);
  const shapes = new Set(filled.map(shapeOf));
  const isFew = values.size > 0 && values.size <= FEW && filled.length >= OFTEN * values.size;
  const spaced = filled.filter((cell) => /\p{L}/u.test(cell) && /\S\s/.test(cell)).length;
  const isWords = reader.as === 'text' && !isFew && spaced > filled.length / 10;
  const hasShape = (cell: string) => shapes.has(shapeOf(cell)) || filled.length === 0;
  const style = reader.as === 'number' ? numberTest(reader.style) : null;
  const fits = (cell: string): boolean => {
    if (isGap(cell)) return true;
    if (style) return cell.length <= 60 && style.test(cell);
    if (isFew) return values.has(cell);
    return hasShape(cell) || (isWords && /\p{L}/u.test(cell));
  };
  return { fits, isWords };
}

/** Runs of letters as `a`, of digits as `9`, of spaces as one: "17850" is 9, "2024-01-02" 9-9-9, "SKU 12b" "a 9a". */
const shapeOf = (cell: string): string =>
  cell
    .slice(0, 100)
    .trim()
    .replace(/\p{L}+/gu, 'a')
    .replace(/\d+/g, '9')
    .replace(/\s+/g, ' ');
