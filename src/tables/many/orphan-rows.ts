import type { Query } from '../../db/query.ts';
import { lineInFile } from '../../files/set.ts';
import { fileLine } from '../ledger.ts';
import { shownRows } from '../rows.ts';
import type { RawTable } from './describe.ts';
import { orphans } from './join.sql.ts';
import type { Join, TypedTable } from './types.ts';

/** Rows that find no partner, as text, with their lines in the file and the names of their columns. */
export type OrphanRows = {
  readonly of: 'left' | 'right';
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
};

/** One page of the rows of one side of a join that find no partner, in the order of their file. O(rows of both). */
export async function orphanRows(
  query: Query,
  it: { readonly tables: readonly TypedTable[]; readonly raws: readonly RawTable[] },
  ask: {
    readonly join: Join;
    readonly of: 'left' | 'right';
    readonly from: number;
    readonly count: number;
  },
  signal?: AbortSignal,
): Promise<OrphanRows> {
  const { join, of, from, count } = ask;
  const key = join[of];
  const table = it.tables.find(({ id }) => id === key.table);
  const raw = it.raws.find(({ id }) => id === key.table)?.raw;
  if (!table || !raw) throw new RangeError(`no table ${key.table}`);
  const found = await query(orphans(it.tables, join, { of, from, count }), signal);
  const shown = shownRows(found, table.columns);
  return {
    of,
    headers: table.columns.map(({ header, name }) => header || name),
    rows: shown.map(({ cells }) => cells),
    lines: shown.map(({ row }) => lineInFile(raw.source, fileLine(raw.count, row)).line),
  };
}
