import { cliff, figure, rows, ids, of, having, days, moving, asked } from './question.ts';

const R = '2011-12-08';
/** Of a shop with the columns of Online Retail. */
export const retail = asked('retail', [
  ['how many customers are there', figure('SELECT count(DISTINCT customer) FROM orders')],
  ['How many customers are in segment A?', of('label = 0')],
  ['how many customers are in Champions or At Risk', of('label < 2')],
  ['how many customers are not in Champions', of('label <> 0')],
  ['how many customers are in Germany', having(`place = 'Germany'`)],
  [
    'how many customers are not in Germany',
    of(`customer NOT IN (SELECT customer FROM orders WHERE NOT is_return AND place = 'Germany')`),
  ],
  ['how many customers bought from Germany or France', having(`place IN ('Germany', 'France')`)],
  [
    'customers in osterreich',
    ids(`SELECT DISTINCT customer FROM orders WHERE NOT is_return AND place = 'Österreich'`),
  ],
  [
    'How many Champions are in France?',
    figure(
      `SELECT count(DISTINCT customer) FROM orders JOIN belongs USING (customer) WHERE NOT is_return AND place = 'France' AND label = 0`,
    ),
  ],
  ['how many customers spent more than 500', of('spend > 500')],
  ['how many customers have at least 5 orders', of('orders >= 5')],
  ['how many customers have exactly one order', of('orders = 1')],
  [
    'customers with between 3 and 6 orders',
    ids('SELECT customer FROM by_hand WHERE orders BETWEEN 3 AND 6'),
  ],
  ['how many customers bought in the last 90 days', having(days(R, 90))],
  [
    'customers who have not bought in the last 6 months',
    ids(
      `SELECT customer FROM by_hand WHERE customer NOT IN (SELECT customer FROM orders WHERE NOT is_return AND ordered_at >= DATE '2011-06-09')`,
    ),
  ],
  ['how many customers joined in the last 180 days', of('tenure < 180')],
  [
    'how many customers in Germany with more than 5 orders',
    figure(
      `SELECT count(*) FROM by_hand WHERE orders > 5 AND customer IN (SELECT customer FROM orders WHERE NOT is_return AND place = 'Germany')`,
    ),
  ],
  [
    'how many customers spent more than 200 in the last 90 days',
    figure(
      `SELECT count(*) FROM (SELECT customer FROM orders WHERE ${days(R, 90)} GROUP BY 1 HAVING sum(amount) > 200)`,
    ),
  ],
  ['how many customers have returns over 10 %', of('returned > 0.1')],
  [
    'how many customers have falling spend',
    figure(
      `SELECT count(*) FROM (SELECT customer, coalesce(sum(amount) FILTER (ordered_at >= DATE '${R}' - 89), 0) AS l, coalesce(sum(amount) FILTER (ordered_at < DATE '${R}' - 89 AND ordered_at >= DATE '${R}' - 179), 0) AS e FROM orders GROUP BY 1) WHERE round(l, 4) < round(e, 4)`,
    ),
  ],
  [
    'top 5 customers by spend',
    ids('SELECT customer FROM by_hand ORDER BY spend DESC, customer LIMIT 5', true),
  ],
  [
    'bottom 3 customers by orders',
    ids('SELECT customer FROM by_hand ORDER BY orders, customer LIMIT 3', true),
  ],
  [
    'top five customers by spend in Germany',
    ids(
      `SELECT customer FROM by_hand WHERE customer IN (SELECT customer FROM orders WHERE NOT is_return AND place = 'Germany') ORDER BY spend DESC, customer LIMIT 5`,
      true,
    ),
  ],
  [
    'top 3 customers by orders in the last 90 days',
    ids(
      `SELECT customer FROM orders WHERE NOT is_return AND ${days(R, 90)} GROUP BY 1 ORDER BY count(DISTINCT order_id) DESC, customer LIMIT 3`,
      true,
    ),
  ],
  ['average spend', figure('SELECT avg(spend) FROM by_hand')],
  [
    'what is the median recency of Champions?',
    figure('SELECT median(recency) FROM by_hand WHERE label = 0'),
  ],
  ['average order value of At Risk', { choices: 2 }],
  [
    'mean average order of At Risk',
    figure('SELECT avg(coalesce(average_order, 0)) FROM by_hand WHERE label = 1'),
  ],
  ['total spend in 2011', figure(`SELECT sum(amount) FROM orders WHERE year(ordered_at) = 2011`)],
  [
    'total revenue of Champions in Q3 2011',
    figure(
      `SELECT sum(amount) FROM orders JOIN belongs USING (customer) WHERE label = 0 AND year(ordered_at) = 2011 AND quarter(ordered_at) = 3`,
    ),
  ],
  [
    'how many orders in the last 30 days',
    figure(
      `SELECT sum(n) FROM (SELECT count(DISTINCT order_id) AS n FROM orders WHERE NOT is_return AND ${days(R, 30)} GROUP BY customer)`,
    ),
  ],
  [
    'average orders by segment',
    rows(
      `SELECT CASE label WHEN 0 THEN 'Champions' WHEN 1 THEN 'At Risk' ELSE 'One-timers' END, avg(orders) FROM by_hand GROUP BY label ORDER BY label`,
    ),
  ],
  [
    'total spend by country',
    rows(`SELECT place, sum(amount) AS s FROM orders GROUP BY 1 ORDER BY s DESC`),
  ],
  [
    'top 3 countries by customers',
    rows(
      `SELECT place, count(DISTINCT customer) AS n FROM orders WHERE NOT is_return GROUP BY 1 ORDER BY n DESC LIMIT 3`,
    ),
  ],
  [
    'which country has the most spend',
    rows(`SELECT place, sum(amount) AS s FROM orders GROUP BY 1 ORDER BY s DESC LIMIT 1`),
  ],
  ['segments with falling spend', moving(R, 'spend', 'below')],
  [
    'segments with falling spend in Germany',
    moving(
      R,
      'spend',
      'below',
      `customer IN (SELECT customer FROM orders WHERE NOT is_return AND place = 'Germany')`,
    ),
  ],
  ['which segments have growing orders', moving(R, 'orders', 'above')],
  [
    'which segment has the highest average spend',
    rows(
      `SELECT CASE label WHEN 0 THEN 'Champions' WHEN 1 THEN 'At Risk' ELSE 'One-timers' END, avg(spend) AS v FROM by_hand GROUP BY label ORDER BY v DESC LIMIT 1`,
    ),
  ],
  [
    'which segment is the largest',
    rows(
      `SELECT CASE label WHEN 0 THEN 'Champions' WHEN 1 THEN 'At Risk' ELSE 'One-timers' END, count(*) AS v FROM by_hand GROUP BY label ORDER BY v DESC LIMIT 1`,
    ),
  ],
  [
    'what share of customers are in Germany',
    figure(
      `SELECT count(DISTINCT customer) FILTER (NOT is_return AND place = 'Germany') / count(DISTINCT customer) FROM orders`,
    ),
  ],
  [
    'what share of Champions are in Germany',
    figure(
      `SELECT count(DISTINCT customer) FILTER (NOT is_return AND place = 'Germany') / count(DISTINCT customer) FROM orders JOIN belongs USING (customer) WHERE label = 0`,
    ),
  ],
  ['share of Champions in Germany', { choices: 2 }],
  [
    'share of revenue from Champions',
    figure('SELECT sum(spend) FILTER (label = 0) / sum(spend) FROM by_hand'),
  ],
  [
    'orders by month',
    rows(
      `SELECT strftime(m, '%Y-%m'), coalesce(sum(n), 0) FROM (SELECT unnest(generate_series(DATE '2010-12-01', DATE '2011-12-01', INTERVAL 1 MONTH)) AS m) LEFT JOIN (SELECT date_trunc('month', ordered_at) AS m, count(DISTINCT order_id) AS n FROM orders WHERE NOT is_return GROUP BY customer, 1) USING (m) GROUP BY 1 ORDER BY 1`,
    ),
  ],
  [
    'monthly spend of Champions',
    rows(
      `SELECT strftime(ordered_at, '%Y-%m') AS m, sum(amount) FROM orders JOIN belongs USING (customer) WHERE label = 0 GROUP BY 1 ORDER BY 1`,
    ),
  ],
  [
    'is spend of At Risk falling',
    figure(
      `SELECT sum(amount) FILTER (ordered_at >= DATE '${R}' - 89) / sum(amount) FILTER (ordered_at < DATE '${R}' - 89 AND ordered_at >= DATE '${R}' - 179) - 1 FROM orders JOIN belongs USING (customer) WHERE label = 1`,
    ),
  ],
  ['compare Champions and At Risk on returns', cliff('returned', 'label = 1')],
  [
    'how many customers by country',
    rows(
      `SELECT place, count(DISTINCT customer) / (SELECT count(*) FROM by_hand) AS n FROM orders WHERE NOT is_return GROUP BY 1 ORDER BY n DESC`,
    ),
  ],
  ['what is recency?', async () => ({ says: /Days from the last purchase/ })],
  ['describe Champions', of('label = 0')],
  [
    'distribution of recency of Champions',
    figure('SELECT median(recency) FROM by_hand WHERE label = 0'),
  ],
  [
    'highest spend in France',
    figure(
      `SELECT max(spend) FROM by_hand WHERE customer IN (SELECT customer FROM orders WHERE NOT is_return AND place = 'France')`,
    ),
  ],
  ['how many segments are there', figure('SELECT count(DISTINCT label) FROM belongs')],
  ['how many customers bought 22003', having(`product = '22003'`)],
  [
    'how many customers have above average spend',
    figure('SELECT count(*) FROM by_hand WHERE spend > (SELECT avg(spend) FROM by_hand)'),
  ],
  ['avrage spend of Chmpions', figure('SELECT avg(spend) FROM by_hand WHERE label = 0')],
  ['who are Champions', { choices: 2 }],
  ['how many customers bought last month', { choices: 2 }],
  ['why is spend falling', 'refused'],
  ['how many customers are in Narnia', 'refused'],
  ['segments with falling happiness', 'refused'],
  [`'; DROP TABLE orders; --`, 'refused'],
  ['SELECT count(*) FROM orders', 'refused'],
  ['how many customers are in Germany; delete from orders', 'refused'],
  ['average country', 'refused'],
  ['total recency', 'refused'],
  ['customers with returns over 30 days', 'refused'],
  ['who are the best customers', 'refused'],
  ['how many customers would buy again', 'refused'],
  ['segments with falling spend in the last 300 days', 'refused'],
  ['how many customers spent more', 'refused'],
  ['how many customers are in Germany and France', 'refused'],
  ['how many customers do not have more than 5 orders', 'refused'],
  ['increase spend of Champions by 10 %', 'refused'],
  ['email all Champions', 'refused'],
  ['what is the weather in Germany', 'refused'],
  ['spend against orders', 'refused'],
  ['show me everything', 'refused'],
  ['how many customers are older than 30', 'refused'],
  ['compare Champions', 'refused'],
  ['{{constructor.constructor("alert(1)")()}}', 'refused'],
]);
