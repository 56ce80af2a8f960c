import type { Database } from '../../db/query.ts';
import type { JobOptions } from '../../lib/job.ts';
import { describeTables, type RawTable } from './describe.ts';
import { withGivenJoins } from './given-joins.ts';
import { suggestJoins } from './joins.ts';
import { planAssembly } from './plan.ts';
import type { Join, ManySettings, Project, TypedTable } from './types.ts';
import { assemblyFindings } from './warnings.ts';

/** What a project was described from and by: given back, so that a change of settings does not measure everything again. */
export type Described = Project & {
  readonly raws: readonly RawTable[];
  readonly found: readonly Join[];
};

/**
 * What the tables of a project are, how they fit together, and how they become one: suggested, and overruled by `settings`. Joins are
 * measured again only where a table or what it is taken for has changed since `before`. The same tables and settings, the same answer.
 */
export async function describeProject(
  db: Database,
  raws: readonly RawTable[],
  it: { readonly settings: ManySettings; readonly before?: Described | null },
  job: JobOptions = {},
): Promise<Described> {
  const { settings, before } = it;
  const tables = describeTables(raws, settings);
  const found =
    before && isSame(before, raws, tables) ? before.found : await suggestJoins(db, tables, job);
  const joins = await withGivenJoins(db, tables, { joins: found, settings }, job);
  const assembly = planAssembly(tables, joins, settings);
  return {
    raws,
    found,
    tables,
    joins,
    assembly,
    warnings: assemblyFindings(tables, assembly, joins),
  };
}

function isSame(
  before: Described,
  raws: readonly RawTable[],
  tables: readonly TypedTable[],
): boolean {
  const roles = (of: readonly TypedTable[]) =>
    of.map(({ kind, columns }) => [kind, columns.map(({ role }) => role)]);
  return (
    before.raws.length === raws.length &&
    before.raws.every(({ id, raw }, i) => id === raws[i]?.id && raw === raws[i]?.raw) &&
    JSON.stringify(roles(before.tables)) === JSON.stringify(roles(tables))
  );
}
