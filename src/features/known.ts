import type { Query } from '../db/query.ts';
import { uniqueNames } from '../tables/names.ts';
import type { Column } from '../tables/types.ts';
import { categoryCounts, customerMeasures, type LeftOut } from './customers.sql.ts';
import type { Measure } from './measure.sql.ts';

type Given = {
  /** Where they stand: `customers`, or `customer_facts` beside orders. */
  readonly table: 'customers' | 'customer_facts';
  readonly customers: number;
  /** ISO date; null where nothing has a date. */
  readonly asOf: string | null;
  /** Names of other features; none of these is given twice. */
  readonly taken: readonly string[];
  /** Whether they are grouped by unless the person says otherwise. */
  readonly core: boolean;
};

const origins = {
  customers: 'of the file',
  customer_facts: 'of the customer (the first filled value of their rows)',
} as const;

/** What is known of a customer as measures, in the order of the columns, and what makes none with the reason. */
export async function measureKnown(
  columns: readonly Column[],
  { table, taken, ...given }: Given,
  query: Query,
  signal: AbortSignal | undefined,
): Promise<{ readonly measures: readonly Measure[]; readonly leftOut: readonly LeftOut[] }> {
  const texts = columns.filter(({ type }) => type === 'text');
  const categories = new Map<string, (string | null)[]>(texts.map(({ name }) => [name, []]));
  const counts = categoryCounts(texts, table);
  if (counts)
    for (const { place, value } of (await query(counts, signal)).toArray())
      categories.get(texts[place]!.name)!.push(value);
  const names = namesOf(columns, taken);
  return customerMeasures({ ...given, columns, categories, names, origin: origins[table] });
}

/** What the feature of each column is called, by the name of the column: the same unless it is taken; a birth date becomes `age`. */
function namesOf(
  columns: readonly Column[],
  taken: readonly string[],
): ReadonlyMap<string, string> {
  const isBirth = ({ role }: Column) => role === 'birth-date';
  const ordered = [...columns.filter((column) => !isBirth(column)), ...columns.filter(isBirth)];
  const wanted = ordered.map((column) => (isBirth(column) ? 'age' : column.name));
  const names = uniqueNames([...taken, ...wanted]).slice(taken.length);
  return new Map(ordered.map(({ name }, i) => [name, names[i]!]));
}
