import { asked, figure, first, having, ids, means, of, shows, values } from './question.ts';

const orders = 'count(DISTINCT order_id) FILTER (NOT is_return)';
const spanned = (from: string, to: string) =>
  `ordered_at >= DATE '${from}' AND ordered_at < DATE '${to}'`;

/** Written before the grammar was read: a marketplace's own words (states as two letters, categories with underscores). */
export const freshOlist = asked('olist', [
  ['how many customers are in SP', having(`place = 'SP'`)],
  ['how many customers come from RJ or MG', having(`place IN ('RJ', 'MG')`)],
  [
    'top 5 states by revenue',
    values('SELECT place, sum(amount) FROM orders GROUP BY 1 ORDER BY 2 DESC LIMIT 5'),
  ],
  [
    'total revenue from health_beauty',
    figure(`SELECT sum(amount) FROM orders WHERE category = 'health_beauty'`),
  ],
  ['how many customers bought health beauty products', having(`category = 'health_beauty'`)],
  ['average spend in Big baskets', figure('SELECT avg(spend) FROM by_hand WHERE label = 0')],
  [
    'median average order of Big baskets',
    figure('SELECT median(average_order) FROM by_hand WHERE label = 0'),
  ],
  [
    'orders in November 2017',
    figure(`SELECT ${orders} FROM orders WHERE ${spanned('2017-11-01', '2017-12-01')}`),
  ],
  [
    'revenue in 2017',
    figure(`SELECT sum(amount) FROM orders WHERE ${spanned('2017-01-01', '2018-01-01')}`),
  ],
  [
    'revenue per month in 2018',
    values(
      `SELECT date_trunc('month', ordered_at) AS m, sum(amount) FROM orders WHERE ordered_at >= DATE '2018-01-01' GROUP BY 1 ORDER BY 1`,
    ),
  ],
  [
    'which category has the highest revenue?',
    first('SELECT category, sum(amount) FROM orders GROUP BY 1 ORDER BY 2 DESC'),
  ],
  ['how many customers ordered more than once', of('orders > 1')],
  [
    'what percentage of customers ordered more than once',
    figure('SELECT avg((orders > 1)::INT) FROM by_hand'),
  ],
  ['Big baskets vs Recent on spend', means('spend', [0, 1])],
  ['compare Long gone with everyone else on average order', means('average_order', [2, null])],
  ['customers who spent at least 1000', ids('SELECT customer FROM by_hand WHERE spend >= 1000')],
  [
    'top 10 customers by spend',
    ids('SELECT customer FROM by_hand ORDER BY spend DESC LIMIT 10', true),
  ],
  [
    'how many customers in SP spent over 500',
    figure(
      `SELECT count(*) FROM by_hand WHERE spend > 500 AND customer IN (SELECT customer FROM orders WHERE place = 'SP')`,
    ),
  ],
  [
    'how many customers outside SP bought toys',
    figure(
      `SELECT count(DISTINCT customer) FROM orders WHERE category = 'toys' AND customer NOT IN (SELECT customer FROM orders WHERE place = 'SP')`,
    ),
  ],
  [
    'orders since June 2018',
    figure(`SELECT ${orders} FROM orders WHERE ordered_at >= DATE '2018-06-01'`),
  ],
  [
    'how many Recent customers bought perfumery',
    figure(
      `SELECT count(DISTINCT customer) FROM orders JOIN belongs USING (customer) WHERE label = 1 AND category = 'perfumery'`,
    ),
  ],
  [
    'weekday with the most orders',
    first(`SELECT dayname(ordered_at), ${orders} FROM orders GROUP BY 1 ORDER BY 2 DESC`),
  ],
  [
    'share of orders placed on weekends',
    figure(
      `SELECT count(DISTINCT order_id) FILTER (isodow(ordered_at) > 5) / count(DISTINCT order_id) FROM orders`,
    ),
  ],
  [
    'revenue by segment',
    shows('SELECT label, sum(amount) FROM orders JOIN belongs USING (customer) GROUP BY 1'),
  ],
  ['average review score by state', 'refused'],
  ['late deliveries in RJ', 'refused'],
  ['which seller is the best', 'refused'],
  ['average freight by category', 'refused'],
  ['how many paid by boleto', 'refused'],
  ['population of SP', 'refused'],
  ['customers in Lisbon', 'refused'],
  ['durchschnittlicher Umsatz in SP', 'refused'],
]);
