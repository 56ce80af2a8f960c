import type { Database } from '../../../src/db/query.ts';
import { id, sql, type Sql } from '../../../src/lib/sql.ts';
import type { QualityColumn } from '../../../src/tables/quality/types.ts';

const column = (name: string, type: QualityColumn['type'], role = 'feature'): QualityColumn => ({
  name,
  header: name,
  type,
  role,
});
export const columns: readonly QualityColumn[] = [
  column('customer_id', 'text', 'customer'),
  column('age', 'number'),
  column('country', 'text', 'place'),
  column('amount', 'number', 'amount'),
  column('quantity', 'number', 'quantity'),
  column('price', 'number', 'price'),
  column('score', 'number'),
  column('discount_percent', 'number', 'discount'),
  column('ordered_at', 'date', 'date'),
  column('birth_date', 'date'),
  column('active', 'yes-no'),
  column('product', 'text', 'product'),
];

/** Uniform numbers between 0 and 1 from the engine's own hash: the same for the same seed. */
const uniform = (seed: number, which: number): Sql =>
  sql`((hash(line * 7919 + ${seed * 1_000_003 + which * 104_729}) % 1000003 + 1)::DOUBLE / 1000005)`;
const normal = (seed: number, which: number): Sql =>
  sql`(sqrt(-2 * ln(${uniform(seed, which)})) * cos(6.283185307179586 * ${uniform(seed, which + 1)}))`;

const countries = [
  'Germany',
  'France',
  'Spain',
  'Italy',
  'Austria',
  'Australia',
  'Iran',
  'Iraq',
  'Slovakia',
  'Slovenia',
  'Gambia',
  'Zambia',
];

/** Table `name` of an honest shop: long-tailed money, counts, normal ages, seasons, twelve similar country names; nothing is wrong with it. */
export async function cleanTable(
  db: Database,
  name: string,
  { seed, rows }: { seed: number; rows: number },
): Promise<void> {
  const u = (which: number) => uniform(seed, which);
  const list = countries.map((country) => sql`${country}`);
  const first = list[0]!;
  await db.make(
    name,
    sql`
    SELECT 'C' || (10000 + line)                                                   AS customer_id,
           greatest(18, least(95, round(45 + 15 * ${normal(seed, 1)})))::DOUBLE    AS age,
           [${list.reduce((all, each) => sql`${all}, ${each}`, sql`${first}`)}][1 + floor(13 * pow(${u(3)}, 3))::INTEGER] AS country,
           round(exp(3 + 1.2 * ${normal(seed, 4)}), 2)                             AS amount,
           1 + floor(-2 * ln(${u(6)}))                                             AS quantity,
           round(exp(2 + 0.8 * ${normal(seed, 7)}), 2) + 0.01                      AS price,
           -ln(${u(9)})                                                            AS score,
           floor(41 * ${u(10)})                                                    AS discount_percent,
           TIMESTAMP '2023-01-01' + to_seconds(floor((line + 20 * ${u(11)}) * 63072000 / ${rows})::BIGINT) AS ordered_at,
           TIMESTAMP '1985-06-01' + to_days(floor(5000 * ${normal(seed, 12)})::INTEGER % 14000) AS birth_date,
           ${u(14)} < 0.3                                                          AS active,
           'P-' || (100 + floor(60 * ${u(15)}))::INTEGER                           AS product,
           line, NULL::VARCHAR AS unreadable
    FROM (SELECT i AS line FROM range(1, ${rows + 1}) AS t(i))`,
  );
}

/** The table again with one column replaced. */
export const withColumn = (db: Database, name: string, cells: Sql): Promise<void> =>
  db.make('raw', sql`SELECT * REPLACE (${cells} AS ${id(name)}) FROM clean`);
