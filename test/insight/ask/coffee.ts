import { cliff, figure, rows, ids, of, having, days, moving, asked } from './question.ts';

const C = '2025-12-30';
/** Of the coffee chain of the samples. */
export const coffee = asked('coffee', [
  ['how many customers bought Espresso', having(`product = 'Espresso'`)],
  [
    'who bought Cake, chocolate',
    ids(`SELECT DISTINCT customer FROM orders WHERE NOT is_return AND product = 'Cake, chocolate'`),
  ],
  [
    'how many customers did not buy Coffee',
    of(`customer NOT IN (SELECT customer FROM orders WHERE NOT is_return AND category = 'Coffee')`),
  ],
  ['how many customers shop online', { choices: 2 }],
  ['how many customers with channel app', having(`channel = 'app'`)],
  [
    'top 5 products by spend',
    rows(
      'SELECT product, sum(amount) AS s FROM orders WHERE product IS NOT NULL GROUP BY 1 ORDER BY s DESC LIMIT 5',
    ),
  ],
  [
    'top 3 categories by revenue in 2025',
    rows(
      `SELECT category, sum(amount) AS s FROM orders WHERE year(ordered_at) = 2025 AND category IS NOT NULL GROUP BY 1 ORDER BY s DESC LIMIT 3`,
    ),
  ],
  [
    'average spend of Regulars in the last 90 days',
    figure(
      `SELECT avg(coalesce(s, 0)) FROM belongs LEFT JOIN (SELECT customer, sum(amount) AS s FROM orders WHERE ${days(C, 90)} GROUP BY 1) USING (customer) WHERE label = 0`,
    ),
  ],
  ['segments with growing orders', moving(C, 'orders', 'above')],
  ['segments with declining orders', moving(C, 'orders', 'below')],
  [
    'how many Regulars bought Beans',
    figure(
      `SELECT count(DISTINCT customer) FROM orders JOIN belongs USING (customer) WHERE label = 0 AND NOT is_return AND category = 'Beans'`,
    ),
  ],
  ['how many customers ordered more than 10 times', of('orders > 10')],
  [
    'median orders by segment',
    rows(
      `SELECT CASE label WHEN 0 THEN 'Regulars' WHEN 1 THEN 'Lapsed' WHEN 2 THEN 'Weekenders' ELSE 'Newcomers' END, median(orders) FROM by_hand GROUP BY label ORDER BY label`,
    ),
  ],
  [
    'what share of Weekenders have returns over 2 %',
    figure('SELECT count(*) FILTER (returned > 0.02) / count(*) FROM by_hand WHERE label = 2'),
  ],
  [
    'how many customers were active in March 2025',
    having(`year(ordered_at) = 2025 AND month(ordered_at) = 3`),
  ],
  [
    'which store has the most customers',
    rows(
      'SELECT place, count(DISTINCT customer) AS n FROM orders WHERE NOT is_return AND place IS NOT NULL GROUP BY 1 ORDER BY n DESC LIMIT 1',
    ),
  ],
  [
    'active customers by month',
    rows(
      `SELECT strftime(ordered_at, '%Y-%m') AS m, count(DISTINCT customer) FROM orders WHERE NOT is_return GROUP BY 1 ORDER BY 1`,
    ),
  ],
  [
    'total orders by channel',
    rows(
      'SELECT channel, sum(n) AS s FROM (SELECT channel, count(DISTINCT order_id) AS n FROM orders WHERE NOT is_return AND channel IS NOT NULL GROUP BY customer, channel) GROUP BY 1 ORDER BY s DESC',
    ),
  ],
  [
    'segments with more than 90 customers',
    async (world) => ({
      met: world.segmentation.segments
        .filter(({ id }) => world.segmentation.labels.filter((label) => label === id).length > 90)
        .map(({ name }) => name),
    }),
  ],
  ['how many customers with tenure under 12 weeks', of('tenure < 84')],
  [
    'change in orders in the last 60 days',
    figure(
      `SELECT l / e - 1 FROM (SELECT sum(n) FILTER (late) AS l, sum(n) FILTER (NOT late) AS e FROM (SELECT customer, ordered_at >= DATE '${C}' - 59 AS late, count(DISTINCT order_id) AS n FROM orders WHERE NOT is_return AND ordered_at >= DATE '${C}' - 119 GROUP BY 1, 2))`,
    ),
  ],
  ['difference between Regulars and everyone else in recency', cliff('recency', 'label <> 0')],
  ['how many cats bought Espresso', 'refused'],
  ['which coffee should we sell', 'refused'],
  ['total trend', 'refused'],
  ['how many customers never', 'refused'],
]);
