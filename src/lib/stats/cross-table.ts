/** How two groupings of the same rows meet: only cells that hold rows are kept. */
export type CrossTable = {
  readonly n: number;
  /** Size of each group of a and of b, by label, in the order of first sight. */
  readonly rows: ReadonlyMap<number, number>;
  readonly cols: ReadonlyMap<number, number>;
  readonly cells: readonly { readonly row: number; readonly col: number; readonly count: number }[];
};

/** Counts the pairs of labels of two groupings. O(rows). */
export function crossTable(a: ArrayLike<number>, b: ArrayLike<number>): CrossTable {
  if (a.length !== b.length) throw new RangeError(`${a.length} labels against ${b.length}`);
  const rows = new Map<number, number>();
  const cols = new Map<number, number>();
  const seen = new Map<number, Map<number, number>>();
  for (let i = 0; i < a.length; i++) {
    const [row, col] = [a[i]!, b[i]!];
    rows.set(row, (rows.get(row) ?? 0) + 1);
    cols.set(col, (cols.get(col) ?? 0) + 1);
    let line = seen.get(row);
    if (!line) seen.set(row, (line = new Map()));
    line.set(col, (line.get(col) ?? 0) + 1);
  }
  const cells = [...seen].flatMap(([row, line]) =>
    [...line].map(([col, count]) => ({ row, col, count })),
  );
  return { n: a.length, rows, cols, cells };
}
