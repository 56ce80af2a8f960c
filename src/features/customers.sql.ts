import { id, join, sql, type Sql } from '../lib/sql.ts';
import type { Column } from '../tables/types.ts';
import { ageMeasure, type Common } from './age.sql.ts';
import { filledFrom, type Measure } from './measure.sql.ts';

/** Text with more values than this makes no feature. */
export const MOST_CATEGORIES = 12;

export type LeftOut = { readonly column: string; readonly reason: string };

/** How often each value of each text column of `table` occurs, commonest first: `place` (in `columns`), `value` (NULL: blank), `rows`. */
export function categoryCounts(columns: readonly Column[], table: string): Sql | null {
  if (columns.length === 0) return null;
  const parts = columns.map(
    ({ name }, place) =>
      sql`(SELECT ${place}::INTEGER AS place, ${id(name)}::VARCHAR AS value, count(*)::DOUBLE AS rows
      FROM ${id(table)} GROUP BY ALL ORDER BY rows DESC, value LIMIT ${MOST_CATEGORIES + 1})`,
  );
  const all = parts.reduce((left, right) => sql`${left} UNION ALL ${right}`);
  return sql`SELECT * FROM (${all}) ORDER BY place, rows DESC, value NULLS LAST`;
}

/** Whether a column's numbers are a yes or no written as 1 and 0. */
const isYesNo = ({ type, distinct, low, high }: Column): boolean =>
  type === 'yes-no' || (type === 'number' && distinct <= 2 && low === 0 && high === 1);

export type CustomerColumns = {
  readonly columns: readonly Column[];
  /** For each text column by name: its values, commonest first; more than `MOST_CATEGORIES` where there are too many. */
  readonly categories: ReadonlyMap<string, readonly (string | null)[]>;
  readonly customers: number;
  /** ISO date; null where nothing has a date. */
  readonly asOf: string | null;
  /** What the feature of each column is called, by the name of the column. */
  readonly names: ReadonlyMap<string, string>;
  /** Where a column is from, in words: "of the file". */
  readonly origin: string;
  /** Whether they are grouped by unless the person says otherwise. */
  readonly core: boolean;
};

/** Every measure that the columns allow, in their order, and those that make none with the reason. */
export function customerMeasures(given: CustomerColumns): {
  readonly measures: readonly Measure[];
  readonly leftOut: readonly LeftOut[];
} {
  const measures: Measure[] = [];
  const leftOut: LeftOut[] = [];
  for (const column of given.columns) {
    const made = measureOf(column, given);
    if (typeof made === 'string') leftOut.push({ column: column.name, reason: made });
    else measures.push(made);
  }
  return { measures, leftOut };
}

function measureOf(column: Column, given: CustomerColumns): Measure | string {
  const { name, type } = column;
  const common = {
    name: given.names.get(name) ?? name,
    label: spoken(column.header || name),
    core: given.core,
    outcome: column.role === 'outcome',
  };
  const value = id(name);
  const said = `Column “${name}” ${given.origin}`;
  const gaps = column.gaps + column.unreadable > 0;
  if (column.distinct === 0) return 'It is empty throughout.';
  if (column.role === 'birth-date') return ageMeasure(column, given.asOf, common);
  if (isYesNo(column))
    return {
      ...common,
      unit: 'share',
      definition: `${said}: 1 for yes, 0 for no.`,
      value: sql`${value}::INTEGER`,
      ...(gaps && { gap: 'commoner' as const, gapRule: 'the commoner answer' }),
    };
  if (type === 'number')
    return {
      ...common,
      unit: 'number',
      definition: `${said}, as it is.`,
      value: sql`CASE WHEN isfinite(${value}) THEN ${value} END`,
      gap: 'median',
      gapRule: 'the median of the others',
    };
  if (type === 'date') {
    if (given.asOf === null) return 'It is a date, and there is no day to count from.';
    return {
      ...common,
      unit: 'days',
      definition: `Days from the date in column “${name}” to the as-of day.`,
      value: sql`date_diff('day', ${value}::DATE, ${given.asOf}::DATE)`,
      gap: 'median',
      gapRule: 'the median of the others',
    };
  }
  return categoryOf(column, given, common);
}

function categoryOf(
  { name, distinct }: Column,
  { categories, customers, origin }: CustomerColumns,
  common: Common,
): Measure | string {
  const values = categories.get(name) ?? [];
  if (values.length > MOST_CATEGORIES)
    return distinct > 0.9 * customers
      ? `Nearly every customer has another value, so it names rather than describes them.`
      : `It is text with more than ${MOST_CATEGORIES} different values.`;
  const whens = values.map((value, code) =>
    value === null
      ? sql`WHEN ${id(name)} IS NULL THEN ${code}`
      : sql`WHEN ${id(name)} = ${value} THEN ${code}`,
  );
  if (whens.length === 0) return 'It is empty throughout.';
  const cases = whens.reduce((left, right) => sql`${left} ${right}`);
  return {
    ...common,
    unit: 'category',
    definition: `Column “${name}” ${origin}: one of ${values.length} values; blank counts as one.`,
    value: sql`CASE ${cases} ELSE 0 END`,
    categories: values.map((value) => value ?? '(blank)'),
  };
}

/**
 * One row per customer of table `customers`, ordered by customer: `customer` VARCHAR, each measure FLOAT without gaps (text as the
 * place of its value in `categories`), then `NAME is a gap`.
 */
export function customerFeatures(columns: readonly Column[], measures: readonly Measure[]): Sql {
  const names = columns.map(({ name }) => id(name));
  return sql`
WITH given AS (
  SELECT ${join([sql`customer`, ...names])}
  FROM customers
)${filledFrom(sql`given`, measures)}`;
}

/** A column's head as words: `data_used_gb` → "Data used gb", `MonthlyCharges` → "Monthly charges"; capitals that spell something stay. */
export function spoken(header: string): string {
  const words = header
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .split(' ')
    .map((word) => (/^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word))
    .join(' ');
  return words === '' ? header : words[0]!.toUpperCase() + words.slice(1);
}
