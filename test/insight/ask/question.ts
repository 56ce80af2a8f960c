import type { World } from './worlds.ts';

/** What an answer must come to; computed by hand from the tables, not by what is tested. */
export type Expected =
  | { readonly figure: number }
  /** Labels and first figures of the rows, in order. */
  | { readonly rows: readonly (readonly [label: string, value: number])[] }
  /** Customers, as a set or in order. */
  | { readonly ids: readonly string[]; readonly ordered?: boolean }
  /** Names of the segments that are listed. */
  | { readonly met: readonly string[] }
  | { readonly says: RegExp }
  /** The first figure of each row, in order, whatever the rows are called. */
  | { readonly values: readonly number[] }
  /** Figures that must be among those of the answer, wherever they stand. */
  | { readonly shows: readonly number[] }
  /** What the first row is called. */
  | { readonly first: RegExp }
  /** The words can be taken in more than one right way; the answer says which. */
  | { readonly either: readonly Expected[] };

export type Question = {
  readonly of: 'retail' | 'coffee' | 'phone' | 'olist';
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

export const figure =
  (statement: string) =>
  async (world: World): Promise<Expected> => ({
    figure: await world.one(statement),
  });
export const rows =
  (statement: string) =>
  async (world: World): Promise<Expected> => ({
    rows: (await world.all(statement)).map(
      ([label, value]) => [String(label), Number(value)] as const,
    ),
  });
export const ids =
  (statement: string, ordered = false) =>
  async (world: World): Promise<Expected> => ({
    ids: (await world.all(statement)).map(([id]) => String(id)),
    ordered,
  });
export const of = (where: string) => figure(`SELECT count(*) FROM by_hand WHERE ${where}`);
export const having = (where: string) =>
  figure(`SELECT count(DISTINCT customer) FROM orders WHERE NOT is_return AND ${where}`);
export const days = (asOf: string, n: number) =>
  `ordered_at >= DATE '${asOf}' - ${n - 1} AND ordered_at < DATE '${asOf}' + 1`;

/** Segments of which the sum of the last 90 days ÷ that of the 90 before, with ± 1.96 standard errors of a ratio, is wholly on one side of 1. */
export const moving =
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

export const asked = (
  world: Question['of'],
  list: readonly (readonly [ask: string, answer: Question['answer']])[],
): Question[] => list.map(([ask, answer]) => ({ of: world, ask, answer }));

export const values =
  (statement: string) =>
  async (world: World): Promise<Expected> => ({
    values: (await world.all(statement)).map((row) => Number(row.at(-1))),
  });
export const shows =
  (statement: string) =>
  async (world: World): Promise<Expected> => ({
    shows: (await world.all(statement)).map((row) => Number(row.at(-1))),
  });
export const first =
  (statement: string) =>
  async (world: World): Promise<Expected> => {
    const label = String((await world.all(statement))[0]?.[0]);
    return { first: new RegExp(label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i') };
  };
/** The segment of which the mean of `value` over its customers is the largest (smallest). */
export const firstSegment =
  (value: string, order: 'DESC' | 'ASC') =>
  async (world: World): Promise<Expected> => {
    const label = await world.one(
      `SELECT label FROM by_hand GROUP BY 1 ORDER BY avg(${value}) ${order} LIMIT 1`,
    );
    return { first: new RegExp(world.segmentation.segments[label]!.name, 'i') };
  };
/** The mean of `value` in each of these segments; null is everybody else than the first. */
export const means = (value: string, labels: readonly (number | null)[]) =>
  shows(
    labels
      .map((label) =>
        `SELECT avg(${value}) FROM by_hand WHERE label ${label ?? `<> ${labels[0]}`}`.replace(
          /label (\d)/,
          'label = $1',
        ),
      )
      .join(' UNION ALL '),
  );
export const either =
  (...answers: readonly ((world: World) => Promise<Expected>)[]) =>
  async (world: World): Promise<Expected> => ({
    either: await Promise.all(answers.map((each) => each(world))),
  });

/** Cliff's delta of the first segment against others: pairs in which it has more − pairs in which it has less, of all pairs. */
export const cliff = (value: string, others: string) =>
  figure(
    `SELECT avg(sign(a.v - b.v)) FROM (SELECT ${value} AS v FROM by_hand WHERE label = 0) a, (SELECT ${value} AS v FROM by_hand WHERE ${others}) b`,
  );
