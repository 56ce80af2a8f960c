import type { FeatureTable } from '../features/types.ts';

export type Sort = { readonly column: number; readonly descending: boolean };

/** Rows of the table in the order that a person asked for: those that were found, sorted by a column (0 id, 1 segment, then `measures`, then features). */
export function sortedRows(
  table: FeatureTable,
  labels: Int32Array | null,
  measures: readonly Float32Array[],
  {
    found,
    sort,
    inside,
  }: {
    /** Rows that were found, best first; null where nobody looked. */
    readonly found: Uint32Array | null;
    readonly sort: Sort | null;
    /** [customers], 1 where shown; null: all. */
    readonly inside: Uint8Array | null;
  },
): Uint32Array {
  const order = rowsShown(table.customers.length, found, inside);
  if (!sort) return order;
  const { column, descending } = sort;
  const sign = descending ? -1 : 1;
  const { data, cols } = table.raw;
  if (column === 0) {
    const names = table.customers;
    return order.sort((a, b) => sign * compare(names[a] ?? '', names[b] ?? '') || a - b);
  }
  if (column === 1)
    return order.sort((a, b) => sign * ((labels?.[a] ?? 0) - (labels?.[b] ?? 0)) || a - b);
  const measure = measures[column - 2];
  if (measure) return order.sort((a, b) => sign * (measure[a]! - measure[b]!) || a - b);
  const f = column - 2 - measures.length;
  return order.sort((a, b) => sign * (data[a * cols + f]! - data[b * cols + f]!) || a - b);
}

/** In a loop: of a million, a brush has it anew at each step. */
function rowsShown(
  rows: number,
  found: Uint32Array | null,
  inside: Uint8Array | null,
): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(found?.length ?? rows);
  let kept = 0;
  for (let at = 0; at < order.length; at++) {
    const row = found ? found[at]! : at;
    if (!inside || inside[row] === 1) order[kept++] = row;
  }
  return order.subarray(0, kept);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const mostRows = 10_000;

/** Tab-separated with its heads, for a spreadsheet; at most 10,000 rows. */
export function copyRows(
  heads: readonly string[],
  rows: number,
  cell: (row: number, column: number) => string,
): string {
  const lines = [heads.join('\t')];
  for (let r = 0; r < Math.min(rows, mostRows); r++)
    lines.push(heads.map((_, c) => cell(r, c).replaceAll('\t', ' ')).join('\t'));
  return lines.join('\n');
}
