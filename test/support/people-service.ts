import type { Database } from '../../src/db/query.ts';
import { runJob, type Service } from '../../src/lib/job.ts';
import { id, join, sql } from '../../src/lib/sql.ts';
import { normalise } from '../../src/tables/people/normalise.ts';
import type { TextColumn } from '../../src/tables/people/records.ts';
import { resolve } from '../../src/tables/people/resolve.ts';
import type { PeopleTable } from '../../src/tables/people/suggest.ts';
import type { PeopleApi } from '../../src/tables/people/worker-api.ts';

/** The people worker, minus the thread. */
export function peopleService(): Service<PeopleApi> {
  const api: PeopleApi = {
    normalise: (input, port) => runJob(port, (job) => normalise(input, job)),
    resolve: ({ records, pairs, options }, port) =>
      runJob(port, (job) => resolve(records, pairs, options, job)),
  };
  return { api, dead: new AbortController().signal };
}

/** Made-up records as table `name` with a column a kind and `line`, as the import would leave it. */
export async function peopleRaw(
  db: Database,
  columns: readonly TextColumn[],
  { id: table, name }: { readonly id: string; readonly name: string },
): Promise<PeopleTable> {
  const count = columns[0]?.texts.length ?? 0;
  const lines = Array.from({ length: count }, (_, r) =>
    columns.map(({ texts }) => `"${(texts[r] ?? '').replaceAll('"', '""')}"`).join(','),
  );
  const path = await db.register(new File([`${lines.join('\n')}\n`], 'people.csv'));
  const types = columns.map(({ as }) => sql`${as}: 'VARCHAR'`);
  const named = columns.map(({ as }) => sql`nullif(${id(as)}, '') AS ${id(as)}`);
  await db.make(
    name,
    sql`SELECT ${join(named)}, row_number() OVER () AS line
        FROM read_csv(${path}, auto_detect = false, header = false, parallel = false, quote = '"', columns = {${join(types)}})`,
  );
  await db.release(path);
  const described = columns.map(({ as }) => ({
    name: as,
    header: as,
    type: 'text' as const,
    role: 'feature',
  }));
  return { id: table, table: name, key: null, columns: described };
}
