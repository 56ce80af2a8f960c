import type { Feature, FeatureTable } from '../features/types.ts';
import { TesseraError } from '../lib/errors.ts';
import { id, join, sql, type Sql } from '../lib/sql.ts';
import { conditionFault, conditionsOf, threshold } from './methods/rules.ts';
import type { Condition, SegmentRule } from './partition.ts';
import { typedCondition } from './typed.sql.ts';

type Features = readonly Pick<Feature, 'name' | 'label' | 'categories'>[];

/** The column that numbers the customers as `FeatureTable.customers` does, from 0. No condition can name it. */
export const ROW = 'row of the customer';

/** What a condition may speak of: the customer's id and every feature. */
export const ruleColumns = (features: Features): readonly string[] => [
  'customer',
  ...features.map(({ name }) => name),
];

/** A rule as SQL over `customers`: the same customers as in `methods/rules.ts`. Throws where it cannot be asked. */
export function ruleCondition({ when, ...rule }: SegmentRule, features: Features): Sql {
  if ('sql' in when) return typedCondition(when.sql, ruleColumns(features));
  const parts = conditionsOf({ ...rule, when }).map((condition) =>
    conditionOf(condition, features),
  );
  if (parts.length === 0) return 'all' in when ? sql`TRUE` : sql`FALSE`;
  return join(parts, 'all' in when ? ' AND ' : ' OR ');
}

function conditionOf(condition: Condition, features: Features): Sql {
  const fault = conditionFault(condition, features);
  if (fault) throw new TesseraError('features-missing', fault);
  const name = id(condition.feature);
  const value = (it: number) => sql`${threshold(it)}::FLOAT`;
  switch (condition.is) {
    case 'at-least':
      return sql`${name} >= ${value(condition.value)}`;
    case 'at-most':
      return sql`${name} <= ${value(condition.value)}`;
    case 'between':
      return sql`${name} BETWEEN ${value(condition.low)} AND ${value(condition.high)}`;
    case 'one-of':
    case 'none-of': {
      const isOneOf = condition.is === 'one-of';
      if (condition.values.length === 0) return isOneOf ? sql`FALSE` : sql`TRUE`;
      const list = join(condition.values.map((word) => sql`${word}`));
      return isOneOf ? sql`${name} IN (${list})` : sql`${name} NOT IN (${list})`;
    }
  }
}

/**
 * The customers as conditions see them: `customer`, each feature in its unit with its gaps filled, categories as their words. Needs the
 * statement that measured the table.
 */
export function customersWith({ features, measured }: FeatureTable): Sql {
  if (!measured) throw new RangeError('these customers were not measured by the database');
  const columns = features.map(({ name, categories }) => {
    if (!categories || categories.length === 0) return id(name);
    const whens = categories.map((word, code) => sql`WHEN ${code} THEN ${word}`);
    const cases = whens.reduce((left, right) => sql`${left} ${right}`);
    return sql`CASE ${id(name)} ${cases} END AS ${id(name)}`;
  });
  const row = sql`(row_number() OVER (ORDER BY customer) - 1)::INTEGER AS ${id(ROW)}`;
  return sql`
WITH customers AS (
  SELECT ${join([row, sql`customer`, ...columns])}
  FROM (${measured}
  )
)`;
}

/** The rows of the customers for whom a condition holds, in no order. */
export const rowsWhere = (table: FeatureTable, condition: Sql): Sql => sql`${customersWith(table)}
SELECT ${id(ROW)}
FROM customers
WHERE (${condition})`;

/** What `rowsWhere` would do, without doing it: fails where the database would not accept it. */
export const explained = (statement: Sql): Sql => sql`EXPLAIN ${statement}`;

/** Each customer with the name of the first rule that holds, NULL where none does: what to carry into another system. */
export const segmentsOf = (table: FeatureTable, rules: readonly SegmentRule[]): Sql =>
  sql`${customersWith(table)}
SELECT customer, ${ruleCase(rules, table.features)} AS segment
FROM customers
ORDER BY customer`;

/** The rules as one expression, as shown to a person. */
export function ruleCase(rules: readonly SegmentRule[], features: Features): Sql {
  const whens = rules.map(
    (rule) => sql`  WHEN (${ruleCondition(rule, features)}) THEN ${rule.name}`,
  );
  if (whens.length === 0) return sql`NULL`;
  return sql`CASE
${whens.reduce((left, right) => sql`${left}\n${right}`)}
END`;
}

/** A rule of conditions as a person would have typed it: `typedCondition` reads it back as the same. */
export function typedText({ when }: SegmentRule): string {
  if ('sql' in when) return when.sql;
  const parts = ('all' in when ? when.all : when.any).map(textOf);
  return parts.length > 0 ? parts.join('all' in when ? ' AND ' : ' OR ') : `${'all' in when}`;
}

function textOf(condition: Condition): string {
  const name = id(condition.feature).text;
  if ('value' in condition)
    return `${name} ${condition.is === 'at-least' ? '>=' : '<='} ${condition.value}`;
  if ('low' in condition) return `${name} BETWEEN ${condition.low} AND ${condition.high}`;
  if (condition.values.length === 0) return `${condition.is === 'none-of'}`;
  const list = condition.values.map((word) => sql`${word}`.text).join(', ');
  return `${name} ${condition.is === 'one-of' ? 'IN' : 'NOT IN'} (${list})`;
}

/** What is shown of rules as SQL: the expression, and the whole statement to copy, or why there is none yet. */
export type RuleSql =
  { readonly shown: string; readonly whole: string } | { readonly fault: string };

export function ruleSql(table: FeatureTable, rules: readonly SegmentRule[]): RuleSql {
  try {
    const shown = ruleCase(rules, table.features).text;
    return { shown, whole: table.measured ? segmentsOf(table, rules).text.trim() : shown };
  } catch (error) {
    if (error instanceof TesseraError) return { fault: error.message };
    throw error;
  }
}
