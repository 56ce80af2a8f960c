import type { Database } from '../../db/query.ts';
import type { Prepared } from './find-people.ts';
import { recordRows } from './records.sql.ts';
import type { PeopleTable } from './suggest.ts';
import type { FieldKind, PeopleField } from './types.ts';

/** The chosen columns of all tables as text, table below table. O(records × columns). */
export async function readRecords(
  db: Database,
  tables: readonly PeopleTable[],
  fields: readonly PeopleField[],
  signal?: AbortSignal,
): Promise<Pick<Prepared, 'names' | 'tables' | 'texts'>> {
  const names: string[] = [];
  const of: string[] = [];
  const texts: { as: FieldKind; texts: string[] }[] = [];
  for (const { id, table, key, columns } of tables) {
    const own = fields.filter((field) => field.table === id);
    const found = own.flatMap(({ column, as }) => {
      const is = columns.find(({ name }) => name === column);
      return is ? [{ is, as }] : [];
    });
    if (found.length === 0) continue;
    const rows = await db.query(
      recordRows(
        table,
        key,
        found.map(({ is }) => is),
      ),
      signal,
    );
    const start = names.length;
    for (const name of rows.getChild('record') ?? []) (names.push(String(name)), of.push(id));
    const free = new Map<FieldKind, number>();
    for (const [i, { as }] of found.entries()) {
      const nth = free.get(as) ?? 0;
      free.set(as, nth + 1);
      const into = columnOf(texts, as, nth);
      while (into.length < start) into.push('');
      for (const cell of rows.getChild(`c${i}`) ?? [])
        into.push(typeof cell === 'string' ? cell : '');
    }
  }
  for (const { texts: cells } of texts) while (cells.length < names.length) cells.push('');
  return { names, tables: of, texts };
}

/** The nth column of a kind over all tables: the e-mails of one table stand below those of another. */
function columnOf(
  texts: { as: FieldKind; texts: string[] }[],
  as: FieldKind,
  nth: number,
): string[] {
  const known = texts.filter((column) => column.as === as)[nth];
  if (known) return known.texts;
  const made = { as, texts: [] };
  texts.push(made);
  return made.texts;
}
