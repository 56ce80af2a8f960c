import { asked, days, figure, first, ids, means, of, shows, values } from './question.ts';
const R = '2011-12-08';
const C = '2025-12-30';
const orders = 'count(DISTINCT order_id) FILTER (NOT is_return)';

/** Written when the second set was right, and run once: 22 of 24 right, 2 refused, 0 silently wrong; the two are read since. */
export const blindAgain = [
  ...asked('retail', [
    [
      'how many customers ordered in June 2011',
      figure(
        `SELECT count(DISTINCT customer) FROM orders WHERE NOT is_return AND ordered_at >= DATE '2011-06-01' AND ordered_at < DATE '2011-07-01'`,
      ),
    ],
    [
      'revenue by country in 2011',
      shows(
        `SELECT place, sum(amount) FROM orders WHERE ordered_at >= DATE '2011-01-01' GROUP BY 1`,
      ),
    ],
    ['how many One-timers spent less than 50', of('label = 2 AND spend < 50')],
    [
      'average spend of customers outside the United Kingdom',
      figure(
        `SELECT avg(spend) FROM by_hand WHERE customer NOT IN (SELECT customer FROM orders WHERE place = 'United Kingdom' AND NOT is_return)`,
      ),
    ],
    [
      'orders on Mondays and Tuesdays in the last 60 days',
      figure(`SELECT ${orders} FROM orders WHERE isodow(ordered_at) IN (1, 2) AND ${days(R, 60)}`),
    ],
    [
      'which country has the fewest orders',
      first(`SELECT place, ${orders} FROM orders GROUP BY 1 ORDER BY 2`),
    ],
    [
      'what percentage of revenue do Champions bring',
      figure('SELECT sum(spend) FILTER (label = 0) / sum(spend) FROM by_hand'),
    ],
    [
      'sales of party bunting by month in 2011',
      values(
        `SELECT date_trunc('month', ordered_at) AS m, sum(amount) FROM orders WHERE product = '22003' AND ordered_at >= DATE '2011-01-01' GROUP BY 1 ORDER BY 1`,
      ),
    ],
    [
      'show me customers with no returns and more than 10 orders',
      ids('SELECT customer FROM by_hand WHERE returned = 0 AND orders > 10'),
    ],
    [
      'revenue before March 2011',
      figure(`SELECT sum(amount) FROM orders WHERE ordered_at < DATE '2011-03-01'`),
    ],
    ['how many customers in Germany will buy next year', 'refused'],
    ['what is our market share in Germany', 'refused'],
    ['revenue per employee', 'refused'],
    ['orders that were cancelled by phone', 'refused'],
  ]),
  ...asked('coffee', [
    ['compare Regulars vs Lapsed on spend and recency', means('spend', [0, 1])],
    [
      'what share of customers bought something in the last 30 days',
      figure(
        `SELECT count(DISTINCT customer) FILTER (NOT is_return AND ${days(C, 30)}) / count(DISTINCT customer) FROM orders`,
      ),
    ],
    [
      'revenue this year',
      figure(`SELECT sum(amount) FROM orders WHERE ordered_at >= DATE '2025-01-01'`),
    ],
    [
      'top 10 products by orders',
      values(
        `SELECT product, sum(n) FROM (SELECT product, customer, ${orders} AS n FROM orders WHERE product IS NOT NULL GROUP BY 1, 2) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10`,
      ),
    ],
    [
      'busiest hour',
      first(
        `SELECT lpad(hour(ordered_at)::VARCHAR, 2, '0'), ${orders} FROM orders GROUP BY 1 ORDER BY 2 DESC`,
      ),
    ],
    ['customers who used to buy Tea', 'refused'],
    ['how much more do Regulars spend than Lapsed', 'refused'],
    ['which coffee is most popular with Weekenders', 'refused'],
    ['revenue if we raise prices by 5 %', 'refused'],
    ['orders from Leeds', 'refused'],
  ]),
];
