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
} from './question.ts';

const R = '2011-12-08';
const orders = 'count(DISTINCT order_id) FILTER (NOT is_return)';
const month = (of: string) => `ordered_at >= DATE '2011-${of}-01'`;

/** Written before the grammar was read: what an analyst, a facilitator or a marketing manager would type about a shop's invoices. */
export const freshRetail = asked('retail', [
  ['How many customers do we have in Germany?', having(`place = 'Germany'`)],
  ['number of customers from France or EIRE', having(`place IN ('France', 'EIRE')`)],
  [
    'how many customers have never ordered from the United Kingdom',
    figure(`SELECT count(*) FROM by_hand WHERE customer NOT IN
      (SELECT customer FROM orders WHERE place = 'United Kingdom' AND NOT is_return)`),
  ],
  [
    'how many customers are neither in Germany nor in France',
    figure(`SELECT count(*) FROM by_hand WHERE customer NOT IN
      (SELECT customer FROM orders WHERE place IN ('Germany', 'France') AND NOT is_return)`),
  ],
  ["what's the total revenue", figure('SELECT sum(amount) FROM orders')],
  ['total spend by country', shows('SELECT place, sum(amount) FROM orders GROUP BY 1')],
  [
    'revenue in November 2011',
    figure(
      `SELECT sum(amount) FROM orders WHERE ${month('11')} AND ordered_at < DATE '2011-12-01'`,
    ),
  ],
  ['revenue in the last 30 days', figure(`SELECT sum(amount) FROM orders WHERE ${days(R, 30)}`)],
  [
    'how much did Champions spend in the last 90 days?',
    figure(
      `SELECT sum(amount) FROM orders JOIN belongs USING (customer) WHERE label = 0 AND ${days(R, 90)}`,
    ),
  ],
  ['how many orders since September', figure(`SELECT ${orders} FROM orders WHERE ${month('09')}`)],
  [
    'orders between 1 June and 31 August 2011',
    figure(`SELECT ${orders} FROM orders WHERE ${month('06')} AND ordered_at < DATE '2011-09-01'`),
  ],
  [
    'average order value by segment',
    either(
      means('average_order', [0, 1, 2]),
      shows(
        `SELECT label, sum(amount) FILTER (NOT is_return) / ${orders} FROM orders JOIN belongs USING (customer) GROUP BY 1`,
      ),
    ),
  ],
  ['median spend of At Risk', figure('SELECT median(spend) FROM by_hand WHERE label = 1')],
  ['share of customers who bought only once', figure('SELECT avg((orders = 1)::INT) FROM by_hand')],
  [
    'what percentage of our customers are in Germany',
    figure(
      `SELECT count(DISTINCT customer) FILTER (place = 'Germany' AND NOT is_return) / count(DISTINCT customer) FROM orders`,
    ),
  ],
  [
    'top 5 customers by spend',
    ids('SELECT customer FROM by_hand ORDER BY spend DESC LIMIT 5', true),
  ],
  [
    'the 10 customers who spend the least',
    ids('SELECT customer FROM by_hand ORDER BY spend LIMIT 10', true),
  ],
  [
    'who has not ordered in the last 180 days',
    ids(`SELECT customer FROM by_hand WHERE customer NOT IN
      (SELECT customer FROM orders WHERE NOT is_return AND ${days(R, 180)})`),
  ],
  [
    'list customers with more than 12 orders and spend under 1,200',
    ids('SELECT customer FROM by_hand WHERE orders > 12 AND spend < 1200'),
  ],
  ['how many customers spent between 200 and 500', of('spend BETWEEN 200 AND 500')],
  ['how many Champions returned something', of('label = 0 AND returned > 0')],
  ['Which segment has the lowest return rate?', firstSegment('returned', 'ASC')],
  [
    'which country brings in the most revenue',
    first('SELECT place, sum(amount) FROM orders GROUP BY 1 ORDER BY 2 DESC'),
  ],
  ['compare Champions and One-timers on recency', means('recency', [0, 2])],
  ['Champions vs everyone else on spend', means('spend', [0, null])],
  ['segments where spend is going down', moving(R, 'spend', 'below')],
  ['which segments have rising orders', moving(R, 'orders', 'above')],
  [
    'monthly revenue in 2011',
    values(
      `SELECT date_trunc('month', ordered_at) AS m, sum(amount) FROM orders WHERE ordered_at >= DATE '2011-01-01' GROUP BY 1 ORDER BY 1`,
    ),
  ],
  ['orders per weekday', shows(`SELECT isodow(ordered_at), ${orders} FROM orders GROUP BY 1`)],
  [
    'how many orders were placed on a Saturday',
    figure(`SELECT ${orders} FROM orders WHERE isodow(ordered_at) = 6`),
  ],
  ['how many customers bought party bunting', having(`product = '22003'`)],
  [
    'how many customers bought REGENCY CAKESTAND 3 TIER but not PARTY BUNTING',
    figure(`SELECT count(DISTINCT customer) FROM orders WHERE NOT is_return AND product = '22001' AND customer NOT IN
      (SELECT customer FROM orders WHERE NOT is_return AND product = '22003')`),
  ],
  ['hw many custmers in germny', having(`place = 'Germany'`)],
  ['how many customers have an average order above 35,50', of('average_order > 35.5')],
  ['how many women are Champions', 'refused'],
  ['what will revenue be next month', 'refused'],
  ['why did sales drop in June', 'refused'],
  ['profit by country', 'refused'],
  ['how many customers live in Italy', 'refused'],
  ['e-mail the At Risk customers', 'refused'],
  ['delete segment One-timers', 'refused'],
  ['average margin of Champions', 'refused'],
  ['how many customers bought a cakestand before buying bunting', 'refused'],
  ['best day to send a newsletter', 'refused'],
  ['revenue from customers acquired through Facebook', 'refused'],
]);
