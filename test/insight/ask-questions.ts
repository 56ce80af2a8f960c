import type { World } from './ask-worlds.ts';

/** What an answer must come to; computed by hand from the tables, not by what is tested. */
export type Expected =
  | { readonly figure: number }
  /** Labels and first figures of the rows, in order. */
  | { readonly rows: readonly (readonly [label: string, value: number])[] }
  /** Customers, as a set or in order. */
  | { readonly ids: readonly string[]; readonly ordered?: boolean }
  /** Names of the segments that are listed. */
  | { readonly met: readonly string[] }
  | { readonly says: RegExp };

export type Question = {
  readonly of: 'retail' | 'coffee' | 'phone';
  readonly ask: string;
  readonly answer: 'refused' | { readonly choices: number } | ((world: World) => Promise<Expected>);
};

/** Made beside every orders world before the questions: one row a customer, by a plain statement. */
export const byHand = (asOf: string): string => `
CREATE TABLE by_hand AS
SELECT customer, row, label,
       sum(amount) AS spend,
       count(DISTINCT order_id) FILTER (NOT is_return) AS orders,
       date_diff('day', coalesce(max(ordered_at) FILTER (NOT is_return), max(ordered_at))::DATE, DATE '${asOf}') AS recency,
       date_diff('day', min(ordered_at)::DATE, DATE '${asOf}') AS tenure,
       count(*) FILTER (is_return) / count(*) AS returned,
       sum(amount) FILTER (NOT is_return) / nullif(count(DISTINCT order_id) FILTER (NOT is_return), 0) AS average_order
FROM orders JOIN belongs USING (customer) GROUP BY ALL`;

const figure =
  (statement: string) =>
  async (world: World): Promise<Expected> => ({
    figure: await world.one(statement),
  });
const rows =
  (statement: string) =>
  async (world: World): Promise<Expected> => ({
    rows: (await world.all(statement)).map(
      ([label, value]) => [String(label), Number(value)] as const,
    ),
  });
const ids =
  (statement: string, ordered = false) =>
  async (world: World): Promise<Expected> => ({
    ids: (await world.all(statement)).map(([id]) => String(id)),
    ordered,
  });
const of = (where: string) => figure(`SELECT count(*) FROM by_hand WHERE ${where}`);
const having = (where: string) =>
  figure(`SELECT count(DISTINCT customer) FROM orders WHERE NOT is_return AND ${where}`);
const days = (asOf: string, n: number) =>
  `ordered_at >= DATE '${asOf}' - ${n - 1} AND ordered_at < DATE '${asOf}' + 1`;

/** Segments of which the sum of the last 90 days ÷ that of the 90 before, with ± 1.96 standard errors of a ratio, is wholly on one side of 1. */
const moving =
  (asOf: string, flow: 'spend' | 'orders', side: 'below' | 'above', where = 'true') =>
  async (world: World): Promise<Expected> => {
    const value =
      flow === 'spend' ? 'sum(amount)' : 'count(DISTINCT order_id) FILTER (NOT is_return)';
    const between = (from: number, to: number) =>
      `SELECT customer, ${value} AS v FROM orders WHERE ordered_at >= DATE '${asOf}' - ${from} AND ordered_at < DATE '${asOf}' - ${to} GROUP BY 1`;
    const found = await world.all(`
      SELECT label, coalesce(e.v, 0)::DOUBLE, coalesce(l.v, 0)::DOUBLE FROM belongs
      LEFT JOIN (${between(179, 89)}) e USING (customer) LEFT JOIN (${between(89, -1)}) l USING (customer) WHERE ${where}`);
    const met = world.segmentation.segments.filter(({ id }) => {
      const own = found
        .filter(([label]) => Number(label) === id)
        .map(([, e, l]) => [Number(e), Number(l)] as const);
      const early = own.reduce((s, [e]) => s + e, 0);
      const late = own.reduce((s, [, l]) => s + l, 0);
      const ratio = late / early;
      const spread = own.reduce((s, [e, l]) => s + (l - ratio * e) ** 2, 0) / (own.length - 1);
      const half = (1.959964 * Math.sqrt(own.length * spread)) / early;
      return early > 0 && (side === 'below' ? ratio + half < 1 : ratio - half > 1);
    });
    return { met: met.map(({ name }) => name) };
  };

const asked = (
  world: Question['of'],
  list: readonly (readonly [ask: string, answer: Question['answer']])[],
): Question[] => list.map(([ask, answer]) => ({ of: world, ask, answer }));

const R = '2011-12-08';
const C = '2025-12-30';
const retail = asked('retail', [
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
  [
    'compare Champions and At Risk on returns',
    figure(
      `SELECT (1 - 3 / (4 * (n + m) - 9)) * (a - b) / sqrt(((n - 1) * va + (m - 1) * vb) / (n + m - 2)) FROM (SELECT count(*) FILTER (label = 0) AS n, count(*) FILTER (label = 1) AS m, avg(returned) FILTER (label = 0) AS a, avg(returned) FILTER (label = 1) AS b, var_samp(returned) FILTER (label = 0) AS va, var_samp(returned) FILTER (label = 1) AS vb FROM by_hand)`,
    ),
  ],
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

const coffee = asked('coffee', [
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
  [
    'difference between Regulars and everyone else in recency',
    figure(
      `SELECT (1 - 3 / (4 * (n + m) - 9)) * (a - b) / sqrt(((n - 1) * va + (m - 1) * vb) / (n + m - 2)) FROM (SELECT count(*) FILTER (label = 0) AS n, count(*) FILTER (label <> 0) AS m, avg(recency) FILTER (label = 0) AS a, avg(recency) FILTER (label <> 0) AS b, var_samp(recency) FILTER (label = 0) AS va, var_samp(recency) FILTER (label <> 0) AS vb FROM by_hand)`,
    ),
  ],
  ['how many cats bought Espresso', 'refused'],
  ['which coffee should we sell', 'refused'],
  ['total trend', 'refused'],
  ['how many customers never', 'refused'],
]);

/** A phone company's file has no order lines: by plain loops over its columns. */
const loop =
  (of: (at: (name: string, value: number) => Uint8Array, world: World) => number) =>
  async (world: World): Promise<Expected> => ({
    figure: of(
      (name, value) => Uint8Array.from(world.column(name), (each) => (each === value ? 1 : 0)),
      world,
    ),
  });
const code = (world: World, name: string, value: string): number =>
  world.table.features.find((each) => each.name === name)!.categories!.indexOf(value);
const sum = (xs: ArrayLike<number>): number => Array.from(xs).reduce((a, b) => a + b, 0);
const average = (xs: readonly number[]): number => sum(xs) / xs.length;
const middle = (xs: readonly number[]): number => {
  const sorted = [...xs].sort((a, b) => a - b);
  return (
    (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
  );
};
const chargesBy = (world: World): (readonly [string, number])[] => {
  const [contract, charges] = [world.column('Contract'), world.column('MonthlyCharges')];
  const { categories } = world.table.features.find(({ name }) => name === 'Contract')!;
  return categories!.map(
    (label, v) => [label, average([...charges].filter((_, r) => contract[r] === v))] as const,
  );
};
const phone = asked('phone', [
  ['how many female customers', loop((at, w) => sum(at('gender', code(w, 'gender', 'Female'))))],
  ['how many customers have churn', loop((at) => sum(at('Churn', 1)))],
  [
    'what share of customers with contract Month-to-month have churn',
    loop((at, w) => {
      const [own, churn] = [at('Contract', code(w, 'Contract', 'Month-to-month')), at('Churn', 1)];
      return sum(own.map((is, r) => is & churn[r]!)) / sum(own);
    }),
  ],
  ['average monthly charges by contract', async (w) => ({ rows: chargesBy(w) })],
  [
    'median tenure of Loyal',
    loop((_, w) =>
      middle([...w.column('tenure')].filter((__, r) => w.segmentation.labels[r] === 2)),
    ),
  ],
  [
    'customers without partner with tenure over 60',
    async (w) => {
      const [partner, tenure] = [w.column('Partner'), w.column('tenure')];
      return { ids: w.table.customers.filter((_, r) => partner[r] === 0 && tenure[r]! > 60) };
    },
  ],
  ['how many customers are senior citizens', loop((at) => sum(at('SeniorCitizen', 1)))],
  [
    'how many customers by internet service',
    async (w) => {
      const { categories } = w.table.features.find(({ name }) => name === 'InternetService')!;
      const own = w.column('InternetService');
      const all = categories!.map(
        (label, v) => [label, own.filter((each) => each === v).length / own.length] as const,
      );
      return { rows: all.sort((a, b) => b[1] - a[1]) };
    },
  ],
  [
    'top 4 customers by monthly charges',
    async (w) => {
      const charges = w.column('MonthlyCharges');
      const order = w.table.customers
        .map((id, r) => [id, charges[r]!] as const)
        .sort((a, b) => b[1] - a[1]);
      return { ids: order.slice(0, 4).map(([id]) => id), ordered: true };
    },
  ],
  [
    'which contract has the highest average monthly charges',
    async (w) => ({ rows: [[...chargesBy(w)].sort((a, b) => b[1] - a[1])[0]!] }),
  ],
  [
    'segments with average monthly charges over 50',
    async (w) => {
      const charges = w.column('MonthlyCharges');
      return {
        met: w.segmentation.segments
          .filter(
            ({ id }) =>
              average([...charges].filter((_, r) => w.segmentation.labels[r] === id)) > 50,
          )
          .map(({ name }) => name),
      };
    },
  ],
  ['how many customers have no partner', loop((at) => sum(at('Partner', 0)))],
  [
    'average churn of Newcomers',
    loop((at, w) => average([...at('Churn', 1)].filter((_, r) => w.segmentation.labels[r] === 0))),
  ],
  [
    'how many male customers with tenure of at least 24',
    loop((at, w) =>
      sum(
        at('gender', code(w, 'gender', 'Male')).map((is, r) =>
          is && w.column('tenure')[r]! >= 24 ? 1 : 0,
        ),
      ),
    ),
  ],
  ['customers by month', 'refused'],
  ['how many customers bought in the last 90 days', 'refused'],
  ['segments with falling spend', 'refused'],
  ['average contract', 'refused'],
  ['predict churn for next month', 'refused'],
  ['how many customers with tenure over 20 %', 'refused'],
]);

export const questions: readonly Question[] = [...retail, ...coffee, ...phone];
