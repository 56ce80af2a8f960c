import type { Query } from '../db/query.ts';
import type { FeatureTable } from '../features/types.ts';
import { detail, TesseraError } from '../lib/errors.ts';
import { pageJob } from '../lib/page-job.ts';
import { rules, type TypedHolds } from './methods/rules.ts';
import type { Partition, SegmentRule } from './partition.ts';
import { explained, ROW, rowsWhere, ruleColumns } from './rules.sql.ts';
import { typedCondition } from './typed.sql.ts';

/**
 * The segments of `list`, with conditions in SQL asked of the database: on the page, since workers have none. Throws `TesseraError`
 * condition-refused with a sentence, and what `rules` throws.
 */
export async function ruleLabels(
  query: Query,
  table: FeatureTable,
  list: readonly SegmentRule[],
  signal?: AbortSignal,
): Promise<Partition> {
  const typed: TypedHolds[number][] = [];
  for (const { when } of list)
    typed.push('sql' in when ? await typedHolds(query, table, when.sql, signal) : null);
  signal?.throwIfAborted();
  return rules(table, list, typed, pageJob(signal ? { signal } : {}));
}

/** [customers]; 1 where a condition that a person typed holds, 0 where it does not or is not known. Asked only once EXPLAIN accepts it. */
export async function typedHolds(
  query: Query,
  table: FeatureTable,
  text: string,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const statement = rowsWhere(table, typedCondition(text, ruleColumns(table.features)));
  const holds = new Uint8Array(table.customers.length);
  try {
    await query(explained(statement), signal);
    const found = await query(statement, signal);
    const rows: ArrayLike<number> = found.getChild(ROW)?.toArray() ?? [];
    for (let i = 0; i < rows.length; i++) holds[rows[i]!] = 1;
  } catch (cause) {
    if (!(cause instanceof TesseraError) || cause.code !== 'query-failed') throw cause;
    const said = detail(cause)
      .split('\n')[0]!
      .replace(/^\w+ Error: /, '');
    throw new TesseraError('condition-refused', `The database does not accept it: ${said}`, {
      cause,
    });
  }
  return holds;
}
