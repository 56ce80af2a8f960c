import { sql, type Sql } from '../lib/sql.ts';
import { filledFrom, type Measure } from './measure.sql.ts';
import { trendDays, type OrderFacts } from './order-measures.sql.ts';

/** What decides which habits can be told from the orders; one row. */
export function orderFacts(): Sql {
  return sql`
    SELECT coalesce(count(*) FILTER (WHERE ordered_at::TIME <> TIME '00:00:00'), 0)::DOUBLE AS timed,
           coalesce(count(*) FILTER (WHERE is_return), 0)::DOUBLE                          AS returned,
           min(ordered_at)::DATE::VARCHAR                                                  AS first_day,
           max(ordered_at)::DATE::VARCHAR                                                  AS last_day
    FROM orders`;
}

/**
 * One row per customer of table `orders` as of the end of `asOf`, ordered by customer: `customer` VARCHAR, each measure FLOAT without
 * gaps, then `NAME is a gap` (1 where it could not be measured). Sums are compensated (Kahan 1965) and
 * rounded to 1/10,000, so the order of the lines does not show. `known` are measured over table `customer_facts`.
 */
export function orderFeatures(
  facts: OrderFacts,
  measures: readonly Measure[],
  known: readonly Measure[] = [],
): Sql {
  const { has, asOf } = facts;
  const window = trendDays(facts);
  const order = has.includes('order')
    ? sql`coalesce(order_id, ordered_at::DATE::VARCHAR, '')`
    : asOf !== null
      ? sql`ordered_at::DATE`
      : sql`rowid`;
  const until = asOf === null ? sql`true` : sql`ordered_at < ${asOf}::DATE + 1`;
  const since = (days: number) => sql`moment >= ${asOf ?? ''}::DATE - ${days - 1}`;
  const late = window > 0 ? since(window) : sql`false`;
  const early = window > 0 ? sql`NOT ${late} AND ${since(2 * window)}` : sql`false`;
  return sql`
WITH lines AS (
  SELECT customer,
         ${order} AS the_order,
         ordered_at AS moment,
         NOT coalesce(is_return, false) AS bought,
         CASE WHEN isfinite(amount) THEN amount END AS amount,
         CASE WHEN isfinite(quantity) THEN quantity END AS quantity,
         coalesce(discount, 0) <> 0 AS discounted,
         product, category, channel
  FROM orders
  WHERE ${until}
),
purchases AS (
  SELECT customer,
         min(moment) AS begun
  FROM lines
  WHERE bought
  GROUP BY customer, the_order
),
habits AS (
  SELECT customer,
         count(*)::DOUBLE                                        AS orders,
         count(*) FILTER (WHERE isodow(begun) >= 6)::DOUBLE      AS weekend,
         count(*) FILTER (WHERE hour(begun) < 12)::DOUBLE        AS morning,
         count(*) FILTER (WHERE hour(begun) >= 18)::DOUBLE       AS evening
  FROM purchases
  GROUP BY customer
),
totals AS (
  SELECT customer,
         count(*)::DOUBLE                                        AS lines,
         count(*) FILTER (WHERE bought)::DOUBLE                  AS purchased,
         count(*) FILTER (WHERE NOT bought)::DOUBLE              AS returned,
         count(*) FILTER (WHERE bought AND discounted)::DOUBLE   AS discounted,
         count(DISTINCT moment::DATE) FILTER (WHERE bought)::DOUBLE  AS days,
         count(DISTINCT product) FILTER (WHERE bought)::DOUBLE   AS products,
         count(DISTINCT category) FILTER (WHERE bought)::DOUBLE  AS categories,
         count(DISTINCT channel) FILTER (WHERE bought)::DOUBLE   AS channels,
         min(moment)                                                 AS first_line,
         max(moment)                                                 AS last_line,
         min(moment) FILTER (WHERE bought)                           AS first_purchase,
         max(moment) FILTER (WHERE bought)                           AS last_purchase,
         round(coalesce(fsum(amount), 0), 4)                                AS spend,
         round(coalesce(fsum(amount) FILTER (WHERE bought), 0), 4)          AS bought,
         round(coalesce(fsum(quantity) FILTER (WHERE bought), 0), 4)        AS items,
         round(coalesce(fsum(greatest(amount, 0)) FILTER (WHERE bought AND ${late}), 0), 4)  AS late,
         round(coalesce(fsum(greatest(amount, 0)) FILTER (WHERE bought AND ${early}), 0), 4) AS early
  FROM lines
  GROUP BY customer
),
counted AS (
  SELECT totals.*, coalesce(orders, 0) AS orders, coalesce(weekend, 0) AS weekend,
         coalesce(morning, 0) AS morning, coalesce(evening, 0) AS evening
  FROM totals LEFT JOIN habits USING (customer)
)${filledFrom(sql`counted`, measures, known)}`;
}
