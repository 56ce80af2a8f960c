/** What a column holds, as far as its room in the database goes. */
export type CellKind = 'text' | 'number' | 'date' | 'yes-no';

/** A column of a table that is to be made. `textBytes`: mean UTF-8 bytes of a cell where it is text, an empty cell counting 0. */
export type ColumnShape = { readonly kind: CellKind; readonly textBytes: number };

const BLOCK = 262_144;
const ROW_GROUP = 122_880;
const VECTOR = 2_048;
/** Rows whose gaps are marked before a block of their own is taken for the marks. */
const SMALL_MARKS = 16_384;

const widths: Readonly<Record<Exclude<CellKind, 'text'>, number>> = {
  number: 8,
  date: 8,
  'yes-no': 1,
};
/** Per text: where it ends, before the text itself. */
const TEXT_END = 4;

/**
 * Bytes that the database takes for a table in memory, where nothing is compressed: each column lies in blocks of 256 kB, begun
 * anew every 122,880 rows, after one small first piece; the marks of gaps take blocks of their own. Found by making tables of one
 * column of each kind in duckdb-wasm 1.32: at a million rows 11.0 bytes a number and 28.1 a text of 20 letters. What it says of
 * whole files is held against the engine in `test/files/estimate.test.ts`. O(columns).
 */
export function tableBytes(rows: number, columns: readonly ColumnShape[]): number {
  const groups = Math.floor(rows / ROW_GROUP);
  const rest = rows - groups * ROW_GROUP;
  return columns.reduce((sum, column) => {
    if (groups === 0) return sum + groupBytes(rest, column, firstPiece(column));
    const first = groupBytes(ROW_GROUP, column, firstPiece(column));
    return sum + first + (groups - 1) * groupBytes(ROW_GROUP, column) + groupBytes(rest, column);
  }, 0);
}

const firstPiece = ({ kind }: ColumnShape): number =>
  VECTOR * (kind === 'text' ? 16 : widths[kind]);

/** One column of up to 122,880 rows, the first `small` bytes of it in a piece of that size. */
function groupBytes(rows: number, { kind, textBytes }: ColumnShape, small = 0): number {
  if (rows === 0) return 0;
  const width = kind === 'text' ? TEXT_END + textBytes : widths[kind];
  const blocks = Math.ceil(Math.max(0, rows * width - small) / BLOCK);
  return small + blocks * BLOCK + VECTOR + (rows > SMALL_MARKS ? BLOCK : 0);
}
