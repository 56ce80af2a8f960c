import type { Database } from '../../db/query.ts';
import type { JobOptions } from '../../lib/job.ts';
import { sameKeys } from './detours.ts';
import { judged } from './join-words.ts';
import { measureJoin, offerOf } from './measure.ts';
import type { Join, JoinKey, ManySettings, TypedTable } from './types.ts';
import { upright } from './upright.ts';

/**
 * The joins as a person wants them: those that were asked for and not found are measured, and so are those whose keys shall be compared
 * without regard to capitals and blanks. Those of tables that are gone are passed over.
 */
export async function withGivenJoins(
  db: Database,
  tables: readonly TypedTable[],
  it: { readonly joins: readonly Join[]; readonly settings: ManySettings },
  job: JobOptions = {},
): Promise<readonly Join[]> {
  const joins = [...it.joins];
  for (const said of it.settings.joins ?? []) {
    const { left, right, use, folded = false } = said;
    const at = joins.findIndex((join) => sameKeys(join, said));
    const found = joins[at];
    if (found ? folded === found.folded : !use) continue;
    if (!found && !isThere(tables, said)) continue;
    const keys = found ?? { left, right };
    const measured = {
      left: keys.left,
      right: keys.right,
      ...(await measureJoin(db.query, tables, { ...keys, folded }, job)),
    };
    const offer = folded ? null : await offerOf(db.query, tables, measured, job);
    const join = judged(tables, upright(tables, { ...measured, offer }), {
      score: 1,
      words: found ? 'you said how they are compared' : 'you connected them',
      isGiven: true,
      folded,
    });
    if (found) joins[at] = join;
    else joins.push(join);
  }
  return joins;
}

type Keys = { readonly left: JoinKey; readonly right: JoinKey };

function isThere(tables: readonly TypedTable[], { left, right }: Keys): boolean {
  const isKnown = ({ table, columns }: JoinKey) => {
    const found = tables.find(({ id }) => id === table);
    const has = (name: string) => found?.columns.some((column) => column.name === name);
    return columns.length > 0 && columns.every(has);
  };
  const isPair = left.table !== right.table && left.columns.length === right.columns.length;
  return isPair && isKnown(left) && isKnown(right);
}
