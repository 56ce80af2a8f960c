import { sql } from '../lib/sql.ts';
import type { Role } from '../tables/types.ts';
import type { LeftOut } from './customers.sql.ts';
import type { Measure } from './measure.sql.ts';

/** What is known about the orders before a customer is measured. */
export type OrderFacts = {
  readonly has: readonly Role[];
  /** Any time of day other than midnight. */
  readonly timed: boolean;
  /** Any line that is a return. */
  readonly returned: boolean;
  readonly firstDay: string | null;
  /** ISO date, measured as of its end; null where no line has a date. */
  readonly asOf: string | null;
};

/** Length in days of each of the two windows that `trend` compares; 0 where the history is too short for two of 14 days. */
export function trendDays({ firstDay, asOf }: OrderFacts): number {
  if (firstDay === null || asOf === null) return 0;
  const days = (Date.parse(asOf) - Date.parse(firstDay)) / 86_400_000 + 1;
  const half = Math.min(90, Math.floor(days / 2));
  return half >= 14 ? half : 0;
}

/** Every measure that these orders allow, in order, with its SQL over the names of `orderFeatures`. */
export function orderMeasures(facts: OrderFacts): readonly Measure[] {
  const { has, timed, returned, asOf } = facts;
  const dated = asOf !== null;
  const end = sql`${asOf ?? ''}::DATE`;
  const window = trendDays(facts);
  const money = has.includes('amount');
  const items = has.includes('quantity');
  const order = has.includes('order') ? 'order id' : dated ? 'day' : 'line';
  const all: (Measure | false)[] = [
    dated && {
      name: 'recency_days',
      label: 'Recency',
      unit: 'days',
      core: true,
      definition:
        'Days from the last purchase to the as-of day; from the last line of any kind for customers who only returned.',
      value: sql`date_diff('day', coalesce(last_purchase, last_line)::DATE, ${end})`,
    },
    {
      name: 'orders',
      label: 'Orders',
      unit: 'count',
      core: true,
      definition: `Number of orders: purchases with a different ${order}; returns are not counted.`,
      value: sql`orders`,
    },
    money && {
      name: 'spend',
      label: 'Spend',
      unit: 'money',
      core: true,
      definition:
        'Sum of the amounts of all lines, returns taken off, in the currency of the file.',
      value: sql`spend`,
    },
    money && {
      name: 'average_order',
      label: 'Average order',
      unit: 'money',
      core: 'kinds',
      definition: 'Amount of all purchases ÷ orders; returns are not taken off.',
      value: sql`CASE WHEN orders > 0 THEN bought / orders END`,
      gap: sql`0`,
      gapRule: '0 for customers without a purchase',
    },
    dated && {
      name: 'tenure_days',
      label: 'Tenure',
      unit: 'days',
      core: true,
      definition: 'Days from the first line to the as-of day.',
      value: sql`date_diff('day', first_line::DATE, ${end})`,
    },
    dated && {
      name: 'days_between_orders',
      label: 'Days between orders',
      unit: 'days',
      core: 'kinds',
      definition: 'Days from the first to the last purchase ÷ (days with a purchase − 1).',
      value: sql`CASE WHEN days > 1 THEN date_diff('day', first_purchase::DATE, last_purchase::DATE) / (days - 1) END`,
      gap: 'median',
      gapRule: 'the median of customers who bought on two or more days',
    },
    items && {
      name: 'items_per_order',
      label: 'Items per order',
      unit: 'count',
      core: 'kinds',
      definition: 'Quantity bought ÷ orders; returns are not taken off.',
      value: sql`CASE WHEN orders > 0 THEN items / orders END`,
      gap: sql`0`,
      gapRule: '0 for customers without a purchase',
    },
    items &&
      money && {
        name: 'average_price',
        label: 'Average price',
        unit: 'money',
        core: 'kinds',
        definition: 'Amount of all purchases ÷ quantity bought.',
        value: sql`CASE WHEN items > 0 THEN bought / items END`,
        gap: 'median',
        gapRule: 'the median of customers who bought at least one item',
      },
    has.includes('product') && {
      name: 'products',
      label: 'Products',
      unit: 'count',
      core: 'kinds',
      definition: 'Number of different products bought.',
      value: sql`products`,
    },
    has.includes('category') && {
      name: 'categories',
      label: 'Categories',
      unit: 'count',
      core: 'kinds',
      definition: 'Number of different categories bought from.',
      value: sql`categories`,
    },
    has.includes('channel') && {
      name: 'channels',
      label: 'Channels',
      unit: 'count',
      core: 'kinds',
      definition: 'Number of different channels bought through.',
      value: sql`channels`,
    },
    returned && {
      name: 'returns_share',
      label: 'Returns',
      unit: 'share',
      core: 'kinds',
      definition: 'Lines that are a return ÷ all lines.',
      value: sql`returned / lines`,
    },
    has.includes('discount') && {
      name: 'discount_share',
      label: 'Bought at a discount',
      unit: 'share',
      core: true,
      definition: 'Purchased lines with a discount other than 0 ÷ purchased lines.',
      value: sql`CASE WHEN purchased > 0 THEN discounted / purchased END`,
      gap: sql`0`,
      gapRule: '0 for customers without a purchase',
    },
    dated && {
      name: 'weekend_share',
      label: 'Weekend orders',
      unit: 'share',
      core: 'kinds',
      definition: 'Orders begun on a Saturday or Sunday ÷ orders.',
      value: sql`CASE WHEN orders > 0 THEN weekend / orders END`,
      gap: sql`0`,
      gapRule: '0 for customers without a purchase',
    },
    dated &&
      timed && {
        name: 'morning_share',
        label: 'Morning orders',
        unit: 'share',
        core: 'kinds',
        definition: 'Orders begun before 12:00, in the time of the file ÷ orders.',
        value: sql`CASE WHEN orders > 0 THEN morning / orders END`,
        gap: sql`0`,
        gapRule: '0 for customers without a purchase',
      },
    dated &&
      timed && {
        name: 'evening_share',
        label: 'Evening orders',
        unit: 'share',
        core: 'kinds',
        definition: 'Orders begun at 18:00 or later, in the time of the file ÷ orders.',
        value: sql`CASE WHEN orders > 0 THEN evening / orders END`,
        gap: sql`0`,
        gapRule: '0 for customers without a purchase',
      },
    window > 0 && {
      name: 'trend',
      label: 'Trend',
      unit: 'number',
      core: 'kinds',
      definition: `(bought in the last ${window} days − bought in the ${window} days before) ÷ (both), −1 to 1; 0 for customers who bought in neither.`,
      value: sql`CASE WHEN late + early > 0 THEN (late - early) / (late + early) ELSE 0 END`,
    },
  ];
  return all.filter((measure) => measure !== false);
}

/** The name of every measure that orders could allow. */
export const orderMeasureNames = (): readonly string[] =>
  orderMeasures({
    has: ['order', 'amount', 'quantity', 'product', 'category', 'channel', 'discount'],
    timed: true,
    returned: true,
    firstDay: '2000-01-01',
    asOf: '2001-01-01',
  }).map(({ name }) => name);

/** What these orders cannot tell, and why. */
export function unknownFromOrders({ has, timed, returned, asOf }: OrderFacts): readonly LeftOut[] {
  const unknown: (LeftOut | false)[] = [
    asOf === null && {
      column: 'Recency, tenure and habits',
      reason: 'No column is the date of an order.',
    },
    !has.includes('amount') && {
      column: 'Spend',
      reason: 'No column is an amount, or a quantity and a price.',
    },
    !has.includes('discount') && {
      column: 'Bought at a discount',
      reason: 'No column says what was a discount, so it cannot be known.',
    },
    !has.includes('product') && { column: 'Products', reason: 'No column is a product.' },
    !has.includes('category') && { column: 'Categories', reason: 'No column is a category.' },
    !has.includes('channel') && { column: 'Channels', reason: 'No column is a channel.' },
    asOf !== null &&
      !timed && { column: 'Morning and evening orders', reason: 'The dates hold no time of day.' },
    !returned && { column: 'Returns', reason: 'No line is a return.' },
  ];
  return unknown.filter((item) => item !== false);
}
