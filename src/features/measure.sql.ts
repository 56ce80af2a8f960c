import { id, sql, type Sql } from '../lib/sql.ts';
import type { Unit } from './types.ts';

/** A feature before it is measured. */
export type Measure = {
  /** Of the SQL column and of the feature. */
  readonly name: string;
  readonly label: string;
  readonly unit: Unit;
  readonly definition: string;
  /** A number; NULL where it can't be measured, and then `gap` stands in: a value, or the median or (of 0 and 1) the commoner of the others. */
  readonly value: Sql;
  readonly gap?: Sql | 'median' | 'commoner';
  readonly gapRule?: string;
  /**
   * Takes part in grouping unless the person says otherwise; 'kinds': where customers fall into kinds by it (kinds.ts). The rest describes
   * the groups.
   */
  readonly core: boolean | 'kinds';
  /** Values stand for these words. */
  readonly categories?: readonly string[];
  /** What is to be predicted: measured and shown, never grouped by. */
  readonly outcome?: boolean;
};

/** Where a measure may have gaps, the column that is 1 where it has one. */
export const gapColumn = (name: string): string => `${name} is a gap`;

/**
 * The end of a statement: each measure over `rows` as FLOAT without gaps, then `NAME is a gap` where gaps can be; ordered by customer.
 * `known`: measures over table `customer_facts`, for the same customers. No two measures have one name.
 */
export function filledFrom(
  rows: Sql,
  measures: readonly Measure[],
  known: readonly Measure[] = [],
): Sql {
  const all = [...measures, ...known];
  const gappy = all.filter(({ gap }) => gap !== undefined);
  const beside = known.length > 0;
  return sql`,
measured AS (
  SELECT ${lines(measures.map(asDouble))}
  FROM ${rows}
)${beside ? knownOf(known) : sql``}
SELECT ${lines([
    ...all.map(({ name, gap }) => sql`${asFloat(filled(id(name), gap))} AS ${id(name)}`),
    ...gappy.map(({ name }) => sql`(${id(name)} IS NULL)::FLOAT AS ${id(gapColumn(name))}`),
  ])}
FROM measured${beside ? sql` LEFT JOIN known USING (customer)` : sql``}
ORDER BY customer`;
}

const knownOf = (measures: readonly Measure[]): Sql => sql`,
known AS (
  SELECT ${lines(measures.map(asDouble))}
  FROM customer_facts
)`;

const asDouble = ({ name, value }: Measure): Sql => sql`(${value})::DOUBLE AS ${id(name)}`;

/** The customer and these columns, one a line. */
const lines = (columns: readonly Sql[]): Sql =>
  columns.reduce((left, right) => sql`${left},\n         ${right}`, sql`customer`);

function filled(name: Sql, gap: Measure['gap']): Sql {
  if (gap === undefined) return name;
  if (gap === 'median') return sql`coalesce(${name}, median(${name}) OVER (), 0)`;
  if (gap === 'commoner') return sql`coalesce(${name}, round(avg(${name}) OVER ()), 0)`;
  return sql`coalesce(${name}, ${gap})`;
}

/** FLOAT that cannot overflow. */
const asFloat = (value: Sql): Sql => sql`greatest(-3e38, least(3e38, ${value}))::FLOAT`;
