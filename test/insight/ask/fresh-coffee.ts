import {
  asked,
  days,
  either,
  figure,
  first,
  firstSegment,
  having,
  ids,
  means,
  moving,
  of,
  shows,
  values,
  type Expected,
} from './question.ts';
import type { World } from './worlds.ts';

const C = '2025-12-30';
const orders = 'count(DISTINCT order_id) FILTER (NOT is_return)';
const bought = (where: string) => `SELECT customer FROM orders WHERE NOT is_return AND ${where}`;

/** The mean of a measured feature in some segments. */
const featureMeans =
  (name: string, labels: readonly number[]) =>
  async (world: World): Promise<Expected> => {
    const column = world.column(name);
    return {
      shows: labels.map((label) => {
        const own = [...column].filter((_, r) => world.segmentation.labels[r] === label);
        return own.reduce((a, b) => a + b, 0) / own.length;
      }),
    };
  };

/** Written before the grammar was read: what somebody who runs coffee shops would type. */
export const freshCoffee = asked('coffee', [
  [
    'How many people bought an Espresso in the last 30 days?',
    having(`product = 'Espresso' AND ${days(C, 30)}`),
  ],
  [
    'how many of the Regulars use the app',
    figure(
      `SELECT count(DISTINCT customer) FROM orders JOIN belongs USING (customer) WHERE label = 0 AND channel = 'app' AND NOT is_return`,
    ),
  ],
  [
    'how many customers order only online',
    figure(
      `SELECT count(*) FROM by_hand WHERE customer IN (${bought(`channel = 'online'`)}) AND customer NOT IN (${bought(`channel <> 'online'`)})`,
    ),
  ],
  [
    'revenue by category',
    shows('SELECT category, sum(amount) FROM orders WHERE category IS NOT NULL GROUP BY 1'),
  ],
  [
    'top 3 categories by revenue',
    values('SELECT category, sum(amount) FROM orders GROUP BY 1 ORDER BY 2 DESC LIMIT 3'),
  ],
  [
    'share of revenue from Beans',
    figure(`SELECT sum(amount) FILTER (category = 'Beans') / sum(amount) FROM orders`),
  ],
  [
    'sales in Leeds Market last month',
    figure(
      `SELECT sum(amount) FROM orders WHERE place = 'Leeds Market' AND ordered_at >= DATE '2025-11-01' AND ordered_at < DATE '2025-12-01'`,
    ),
  ],
  [
    'which 5 products bring in the most money',
    values('SELECT product, sum(amount) FROM orders GROUP BY 1 ORDER BY 2 DESC LIMIT 5'),
  ],
  [
    'how many orders on Sundays in 2025',
    figure(
      `SELECT ${orders} FROM orders WHERE isodow(ordered_at) = 7 AND ordered_at >= DATE '2025-01-01'`,
    ),
  ],
  [
    'average spend of customers who bought Gifts',
    figure(`SELECT avg(spend) FROM by_hand WHERE customer IN (${bought(`category = 'Gifts'`)})`),
  ],
  ['median recency of Lapsed', figure('SELECT median(recency) FROM by_hand WHERE label = 1')],
  ['Weekenders vs Regulars on weekend orders', featureMeans('weekend_share', [2, 0])],
  ['compare Newcomers with everyone else on tenure', means('tenure', [3, null])],
  [
    'which segment buys the most at a discount',
    firstSegment(
      '(SELECT avg((discount > 0)::INT) FROM orders WHERE orders.customer = by_hand.customer AND NOT is_return)',
      'DESC',
    ),
  ],
  [
    'who spent more than 100 in the last 90 days',
    ids(`SELECT customer FROM orders WHERE ${days(C, 90)} GROUP BY 1 HAVING sum(amount) > 100`),
  ],
  [
    'how many customers bought both Beans and Equipment',
    figure(
      `SELECT count(*) FROM by_hand WHERE customer IN (${bought(`category = 'Beans'`)}) AND customer IN (${bought(`category = 'Equipment'`)})`,
    ),
  ],
  ['how many customers bought Tea or Lunch', having(`category IN ('Tea', 'Lunch')`)],
  [
    'how many customers have not bought Coffee',
    figure(`SELECT count(*) FROM by_hand WHERE customer NOT IN (${bought(`category = 'Coffee'`)})`),
  ],
  [
    'revenue since March',
    figure(`SELECT sum(amount) FROM orders WHERE ordered_at >= DATE '2025-03-01'`),
  ],
  [
    'revenue between March and May 2025',
    figure(
      `SELECT sum(amount) FROM orders WHERE ordered_at >= DATE '2025-03-01' AND ordered_at < DATE '2025-06-01'`,
    ),
  ],
  ['revenue in 2024 vs 2025', shows('SELECT year(ordered_at), sum(amount) FROM orders GROUP BY 1')],
  [
    'revenue per quarter',
    values(
      `SELECT date_trunc('quarter', ordered_at) AS q, sum(amount) FROM orders GROUP BY 1 ORDER BY 1`,
    ),
  ],
  ['morning orders by segment', featureMeans('morning_share', [0, 1, 2, 3])],
  [
    'average order of Regulars',
    either(
      figure('SELECT avg(average_order) FROM by_hand WHERE label = 0'),
      figure(
        `SELECT sum(amount) FILTER (NOT is_return) / ${orders} FROM orders JOIN belongs USING (customer) WHERE label = 0`,
      ),
    ),
  ],
  ['lowest 5 customers by spend', ids('SELECT customer FROM by_hand ORDER BY spend LIMIT 5', true)],
  ['how many customers joined in the last 60 days', of('tenure < 60')],
  [
    'how many new customers in October 2025',
    figure(`SELECT count(*) FROM (SELECT min(ordered_at) AS joined FROM orders GROUP BY customer)
      WHERE joined >= DATE '2025-10-01' AND joined < DATE '2025-11-01'`),
  ],
  ['number of customers active in the last 14 days', having(days(C, 14))],
  ['how many customers have at least 20 orders', of('orders >= 20')],
  ['how many customers with exactly one order', of('orders = 1')],
  [
    'what share of Lapsed bought Beans',
    figure(
      `SELECT count(*) FILTER (customer IN (${bought(`category = 'Beans'`)})) / count(*) FROM by_hand WHERE label = 1`,
    ),
  ],
  [
    'what fraction of orders come through the app',
    figure(
      `SELECT count(DISTINCT order_id) FILTER (channel = 'app') / count(DISTINCT order_id) FROM orders WHERE NOT is_return`,
    ),
  ],
  [
    'hoow many regulers bougth expresso',
    figure(
      `SELECT count(DISTINCT customer) FROM orders JOIN belongs USING (customer) WHERE label = 0 AND product = 'Espresso' AND NOT is_return`,
    ),
  ],
  ['segments with rising orders', moving(C, 'orders', 'above')],
  ['biggest segment', first(`SELECT 'Regulars'`)],
  ['how many segments are there', async () => ({ figure: 4 })],
  ['how many customers are under 25', 'refused'],
  ['what should I offer to Lapsed', 'refused'],
  ['which customers will come back', 'refused'],
  ['effect of the weather on cold drinks', 'refused'],
  ['how many customers bought pizza', 'refused'],
  ['revenue in Manchester', 'refused'],
  ['did the Spring offers work', 'refused'],
  ['waiting time at the counter', 'refused'],
  ['customers like Anna', 'refused'],
  ['average rating of Espresso', 'refused'],
  ['revenue per square metre', 'refused'],
  ['Regulars who bought Espresso every day', 'refused'],
]);
