import { id, sql, type Sql } from '../lib/sql.ts';
import type { Column } from '../tables/types.ts';
import type { Measure } from './measure.sql.ts';

/** What every measure of one column has. */
export type Common = Pick<Measure, 'name' | 'label' | 'core' | 'outcome'>;

/** A living person is not older. */
const OLDEST = 120;

/**
 * Whole years from the day `born` to the day `asOf` (ISO): one more on each birthday, on 1 March in ordinary years for those born on 29
 * February. NULL where it is below 0 or above `OLDEST`, so that it cannot be true.
 */
export function ageOn(asOf: string, born: Sql): Sql {
  const end = sql`${asOf}::DATE`;
  const before = sql`(100 * month(${end}) + day(${end}) < 100 * month(${born}) + day(${born}))::INTEGER`;
  const years = sql`year(${end}) - year(${born}) - ${before}`;
  return sql`CASE WHEN ${years} BETWEEN 0 AND ${OLDEST} THEN ${years} END`;
}

/** A birth date as an age, or why it makes none. `asOf`: ISO date; null where nothing has a date. */
export function ageMeasure(
  { name, type }: Pick<Column, 'name' | 'type'>,
  asOf: string | null,
  common: Common,
): Measure | string {
  if (type !== 'date') return 'It is to be a date of birth, but its values are not read as dates.';
  if (asOf === null) return 'It is a date of birth, and there is no day to count the age from.';
  return {
    ...common,
    label: common.name === 'age' ? 'Age' : `Age by ${common.label}`,
    unit: 'number',
    definition: `Whole years from the date of birth in column “${name}” to the as-of day; below 0 or above ${OLDEST} cannot be true and counts as a gap.`,
    value: ageOn(asOf, id(name)),
    gap: 'median',
    gapRule: `the median of the others, also for ages below 0 or above ${OLDEST}`,
  };
}
