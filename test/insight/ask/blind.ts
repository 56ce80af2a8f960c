import { asked, days, figure, first, having, ids, means, of, shows, values } from './question.ts';

const R = '2011-12-08';
const C = '2025-12-30';
const orders = 'count(DISTINCT order_id) FILTER (NOT is_return)';
const bought = (where: string) => `SELECT customer FROM orders WHERE NOT is_return AND ${where}`;
const spanned = (from: string, to: string) =>
  `ordered_at >= DATE '${from}' AND ordered_at < DATE '${to}'`;

/**
 * Written after the grammar was widened, before they were run. The first time 33 of these 40 were right, 5 refused or asked back, and 2 came otherwise
 * than expected; what was wrong in those two expectations stands beside them.
 */
export const blindRetail = asked('retail', [
  [
    // written as to be refused; read with the correction "German → Germany", which is said: what is meant
    'how many German customers have more than 3 orders',
    figure(
      `SELECT count(*) FROM by_hand WHERE orders > 3 AND customer IN (${bought(`place = 'Germany'`)})`,
    ),
  ],
  [
    'total sales in France during October 2011',
    figure(
      `SELECT sum(amount) FROM orders WHERE place = 'France' AND ${spanned('2011-10-01', '2011-11-01')}`,
    ),
  ],
  [
    'customers that spent more than 1 500,50',
    ids('SELECT customer FROM by_hand WHERE spend > 1500.5'),
  ],
  [
    'how many customers bought in both Germany and France',
    figure(
      `SELECT count(*) FROM by_hand WHERE customer IN (${bought(`place = 'Germany'`)}) AND customer IN (${bought(`place = 'France'`)})`,
    ),
  ],
  ['median recency by segment', shows('SELECT label, median(recency) FROM by_hand GROUP BY 1')],
  [
    'which month had the highest revenue',
    first(
      `SELECT strftime(ordered_at, '%Y-%m'), sum(amount) FROM orders GROUP BY 1 ORDER BY 2 DESC`,
    ),
  ],
  [
    'number of orders on weekends',
    figure(`SELECT ${orders} FROM orders WHERE isodow(ordered_at) > 5`),
  ],
  [
    'revenue from Champions between April and June 2011',
    figure(
      `SELECT sum(amount) FROM orders JOIN belongs USING (customer) WHERE label = 0 AND ${spanned('2011-04-01', '2011-07-01')}`,
    ),
  ],
  [
    'what share of revenue comes from Germany',
    figure(`SELECT sum(amount) FILTER (place = 'Germany') / sum(amount) FROM orders`),
  ],
  ['how many customers never returned anything', of('returned = 0')],
  [
    'customers inactive for the last 200 days',
    ids(`SELECT customer FROM by_hand WHERE customer NOT IN (${bought(days(R, 200))})`),
  ],
  // 0 for customers without a purchase, as the feature is defined: the answer says so
  ['At Risk versus the rest on average order', means('coalesce(average_order, 0)', [1, null])],
  ['how many customers ordered twice', of('orders = 2')],
  [
    'orders by quarter',
    values(
      `SELECT date_trunc('quarter', ordered_at) AS q, ${orders} FROM orders GROUP BY 1 ORDER BY 1`,
    ),
  ],
  ['which segment has the most customers', first(`SELECT 'Champions'`)],
  ['how many customers from Spain', 'refused'],
  ['predict who will leave', 'refused'],
  ['average discount code', 'refused'],
  ['which customers complained', 'refused'],
  ['how happy are the Champions', 'refused'],
]);

export const blindCoffee = asked('coffee', [
  ['how many customers drink Tea', 'refused'], // no word of buying
  [
    'revenue from Coffee by month in 2025',
    values(
      `SELECT date_trunc('month', ordered_at) AS m, sum(amount) FROM orders WHERE category = 'Coffee' AND ordered_at >= DATE '2025-01-01' GROUP BY 1 ORDER BY 1`,
    ),
  ],
  ['share of app orders', 'refused'], // "app orders" may be read; if so it must be the share of orders through the app
  ['how many customers bought Espresso more than 10 times', 'refused'],
  [
    'orders through the app since 1 July 2025',
    figure(
      `SELECT ${orders} FROM orders WHERE channel = 'app' AND ordered_at >= DATE '2025-07-01'`,
    ),
  ],
  [
    'compare revenue from Coffee and Tea',
    shows(
      `SELECT category, sum(amount) FROM orders WHERE category IN ('Coffee', 'Tea') GROUP BY 1`,
    ),
  ],
  [
    'which hour has the most orders',
    first(
      `SELECT lpad(hour(ordered_at)::VARCHAR, 2, '0'), ${orders} FROM orders GROUP BY 1 ORDER BY 2 DESC`,
    ),
  ],
  [
    'top 10 Regulars by spend in 2025',
    ids(
      `SELECT customer FROM orders JOIN belongs USING (customer) WHERE label = 0 AND ordered_at >= DATE '2025-01-01' GROUP BY 1 ORDER BY sum(amount) DESC LIMIT 10`,
      true,
    ),
  ],
  [
    'how many Newcomers bought Beans or Equipment in the last 90 days',
    figure(
      `SELECT count(DISTINCT customer) FROM orders JOIN belongs USING (customer) WHERE label = 3 AND category IN ('Beans', 'Equipment') AND NOT is_return AND ${days(C, 90)}`,
    ),
  ],
  [
    'spend of Lapsed by category',
    shows(
      `SELECT category, sum(amount) FROM orders JOIN belongs USING (customer) WHERE label = 1 AND category IS NOT NULL GROUP BY 1`,
    ),
  ],
  [
    'customers who joined in 2024 and have not ordered in the last 180 days',
    ids(
      `SELECT customer FROM by_hand WHERE customer IN (SELECT customer FROM orders GROUP BY 1 HAVING min(ordered_at) < DATE '2025-01-01' AND min(ordered_at) >= DATE '2024-01-01') AND customer NOT IN (${bought(days(C, 180))})`,
    ),
  ],
  [
    'how much was spent on Gifts in December 2025',
    figure(
      `SELECT sum(amount) FROM orders WHERE category = 'Gifts' AND ordered_at >= DATE '2025-12-01'`,
    ),
  ],
  ['which 3 stores sell the most', 'refused'], // by what
  ['should we open on Mondays', 'refused'],
  ['who are our loyal customers', 'refused'],
  ['how many customers paid by card', 'refused'],
]);

export const blindOlist = asked('olist', [
  [
    'orders per month since January 2018',
    values(
      `SELECT date_trunc('month', ordered_at) AS m, ${orders} FROM orders WHERE ordered_at >= DATE '2018-01-01' GROUP BY 1 ORDER BY 1`,
    ),
  ],
  [
    'revenue from toys in SP',
    figure(`SELECT sum(amount) FROM orders WHERE category = 'toys' AND place = 'SP'`),
  ],
  [
    'how many customers bought toys and bed bath table',
    having(`category = 'toys' AND customer IN (${bought(`category = 'bed_bath_table'`)})`),
  ],
  ['delivery time by state', 'refused'],
]);
