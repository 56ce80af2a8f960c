import type { Database } from '../../db/query.ts';
import type { JobOptions } from '../../lib/job.ts';
import { sameKeys } from './detours.ts';
import { judged } from './join-words.ts';
import { measureJoin } from './measure.ts';
import type { Join, ManySettings, TypedTable } from './types.ts';
import { upright } from './upright.ts';

/** Measures the joins that a person asked for and Tessera did not find; those of tables that are gone are passed over. */
export async function withGivenJoins(
  db: Database,
  tables: readonly TypedTable[],
  it: { readonly joins: readonly Join[]; readonly settings: ManySettings },
  job: JobOptions = {},
): Promise<readonly Join[]> {
  const given: Join[] = [];
  for (const { left, right, use } of it.settings.joins ?? []) {
    if (!use || [...it.joins, ...given].some((join) => sameKeys(join, { left, right }))) continue;
    const there = [left, right].every(({ table, columns }) => {
      const found = tables.find(({ id }) => id === table);
      return (
        columns.length > 0 &&
        columns.every((name) => found?.columns.some((column) => column.name === name))
      );
    });
    if (!there || left.table === right.table || left.columns.length !== right.columns.length)
      continue;
    const measured = {
      left,
      right,
      ...(await measureJoin(db.query, tables, { left, right }, job)),
    };
    given.push(
      judged(tables, upright(tables, measured), {
        score: 1,
        words: 'you connected them',
        isGiven: true,
      }),
    );
  }
  return [...it.joins, ...given];
}
