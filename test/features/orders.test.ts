import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Query } from '../../src/db/query.ts';
import { sql } from '../../src/lib/sql.ts';
import { measureFeatures } from '../../src/features/build.ts';
import type { FeatureSettings, FeatureTable } from '../../src/features/types.ts';
import type { Role } from '../../src/tables/types.ts';
import { dataset, ordersTable, type Line } from '../support/datasets.ts';
import { testDatabase } from '../support/duckdb.ts';
import { segmentService } from '../support/segment-service.ts';

const everything: Role[] = [
  'customer',
  'order',
  'date',
  'amount',
  'quantity',
  'product',
  'category',
  'channel',
  'discount',
];

let query: Query;
let db: Awaited<ReturnType<typeof testDatabase>>['db'];
beforeAll(async () => void ({ db, query } = await testDatabase()));

const measured = (has: readonly Role[] = everything, settings: FeatureSettings = {}) =>
  measureFeatures(dataset({ has }), settings, { query, worker: segmentService() }, {});
const valueOf = ({ customers, features, raw }: FeatureTable, customer: string, name: string) =>
  raw.data[customers.indexOf(customer) * raw.cols + features.findIndex((f) => f.name === name)];
const namesOf = ({ features }: FeatureTable) => features.map(({ name }) => name);

const lines: Line[] = [
  {
    customer: 'ann',
    at: '2025-01-04 09:00:00',
    order: '1',
    amount: 10,
    quantity: 2,
    product: 'x',
    category: 'k',
    channel: 'web',
  },
  {
    customer: 'ann',
    at: '2025-01-04 09:00:00',
    order: '1',
    amount: 30,
    quantity: 1,
    product: 'y',
    category: 'k',
    channel: 'web',
    discount: 2,
  },
  {
    customer: 'ann',
    at: '2025-03-05 20:00:00',
    order: '2',
    amount: 20,
    quantity: 1,
    product: 'x',
    category: 'l',
    channel: 'shop',
  },
  {
    customer: 'ann',
    at: '2025-03-07 20:00:00',
    order: '3',
    amount: -30,
    quantity: -1,
    product: 'y',
    isReturn: true,
  },
  {
    customer: 'bob',
    at: '2025-03-10 12:00:00',
    order: '4',
    amount: 5,
    quantity: 5,
    product: 'x',
    category: 'k',
    channel: 'web',
  },
  {
    customer: 'eve',
    at: '2025-03-08 12:00:00',
    order: '5',
    amount: -7,
    quantity: -1,
    product: 'x',
    isReturn: true,
  },
];

describe('features from orders', () => {
  it('measure what their definitions say, by hand', async () => {
    await ordersTable(query, lines);
    const table = await measured();
    expect(table.asOf).toBe('2025-03-10');
    expect(table.customers).toEqual(['ann', 'bob', 'eve']);
    const ann = {
      recency_days: 5,
      orders: 2,
      spend: 30,
      average_order: 30,
      tenure_days: 65,
      days_between_orders: 60,
      items_per_order: 2,
      average_price: 15,
      products: 2,
      categories: 2,
      channels: 2,
      returns_share: 0.25,
      discount_share: 1 / 3,
      weekend_share: 0.5,
      morning_share: 0.5,
      evening_share: 0.5,
      trend: (20 - 40) / 60,
    };
    expect(namesOf(table)).toEqual(Object.keys(ann));
    for (const [name, value] of Object.entries(ann))
      expect([name, valueOf(table, 'ann', name)]).toEqual([name, Math.fround(value)]);
    const spend = table.features[table.spend]!;
    expect(spend).toMatchObject({ name: 'spend', unit: 'money' });
  });

  it('fill gaps by the rule they state, and count them', async () => {
    await ordersTable(query, lines);
    const table = await measured();
    const gap = (name: string) => table.features.find((f) => f.name === name)!;
    expect(gap('days_between_orders')).toMatchObject({
      gaps: 2,
      gapRule: 'the median of customers who bought on two or more days',
    });
    expect(valueOf(table, 'bob', 'days_between_orders')).toBe(60);
    expect(gap('average_order')).toMatchObject({
      gaps: 1,
      gapRule: '0 for customers without a purchase',
    });
    expect(valueOf(table, 'eve', 'average_order')).toBe(0);
    expect(valueOf(table, 'eve', 'average_price')).toBe(8);
    expect(gap('spend')).toMatchObject({ gaps: 0, gapRule: null });
    expect([valueOf(table, 'eve', 'recency_days'), valueOf(table, 'eve', 'orders')]).toEqual([
      2, 0,
    ]);
  });

  it('are as of the end of the day that the recipe names', async () => {
    await ordersTable(query, lines);
    const table = await measured(everything, { asOf: '2025-03-05' });
    expect(table.customers).toEqual(['ann']);
    expect(valueOf(table, 'ann', 'recency_days')).toBe(0);
    expect(valueOf(table, 'ann', 'spend')).toBe(60);
    expect((await measured(everything, { asOf: '2024-01-01' })).customers).toEqual([]);
    await expect(measured(everything, { asOf: "'; DROP TABLE orders; --" })).rejects.toThrow(
      RangeError,
    );
  });

  it('that no column can tell are absent, not 0, and the reason is given', async () => {
    await ordersTable(query, [
      { customer: 'a', at: '2025-01-01 00:00:00', amount: 1 },
      { customer: 'a', at: '2025-01-01 00:00:00', amount: 2 },
      { customer: 'b', at: '2025-01-09 00:00:00', amount: 3 },
    ]);
    const table = await measured(['customer', 'date', 'amount']);
    expect(namesOf(table)).toEqual([
      'recency_days',
      'orders',
      'spend',
      'average_order',
      'tenure_days',
      'days_between_orders',
      'weekend_share',
    ]);
    expect(valueOf(table, 'a', 'orders')).toBe(1); // without an order id a day is an order
    expect(table.leftOut!.map(({ column }) => column)).toEqual([
      'Bought at a discount',
      'Products',
      'Categories',
      'Channels',
      'Morning and evening orders',
      'Returns',
    ]);
  });

  it('without dates and amounts count order lines', async () => {
    await ordersTable(query, [
      { customer: 'a', at: null },
      { customer: 'a', at: null },
      { customer: 'b', at: null },
    ]);
    const table = await measured(['customer']);
    expect([table.asOf, table.spend, namesOf(table)]).toEqual([null, -1, ['orders']]);
    expect([...table.raw.data]).toEqual([2, 1]);
  });

  it('of no customer are an empty table, of one customer one row', async () => {
    await ordersTable(query, []);
    expect((await measured()).customers).toEqual([]);
    await ordersTable(query, lines.slice(4, 5));
    const one = await measured();
    expect([one.customers, one.raw.rows, one.scaled.cols]).toEqual([['bob'], 1, 0]);
    expect(one.features[0]).toMatchObject({
      used: false,
      unusedReason: 'It is the same for every customer.',
    });
  });

  it('take infinite and enormous amounts without failing', async () => {
    await ordersTable(query, [
      { customer: 'a', at: '2025-01-01', amount: 1e300 },
      { customer: 'a', at: '2025-01-02', amount: 5 },
      { customer: 'b', at: '2025-01-02', amount: 7 },
    ]);
    await query(
      sql`INSERT INTO orders SELECT 'b', ordered_at, NULL, 'inf'::DOUBLE, 'nan'::DOUBLE, NULL, NULL, NULL, NULL, NULL, NULL, false FROM orders WHERE customer = 'b'`,
    );
    const table = await measured();
    expect(valueOf(table, 'b', 'spend')).toBe(7);
    expect(table.raw.data.every(Number.isFinite)).toBe(true);
  });

  it('do not depend on the order of the lines, to the last bit', async () => {
    const many = Array.from({ length: 300 }, (_, i) => ({
      customer: `c${i % 3}`,
      at: '2025-01-01',
      order: String(i),
      amount: ((i * 7919) % 1000) / 100 + 0.001,
      quantity: 1,
    }));
    await ordersTable(query, many);
    const first = await measured();
    await ordersTable(query, many.toReversed());
    expect((await measured()).raw.data).toEqual(first.raw.data);
  });

  it('come from the statement that is shown', async () => {
    await ordersTable(query, lines);
    const table = await measured();
    const again = db.connect().query(table.sql);
    expect(again.numRows).toBe(3);
    expect(again.getChild('spend')!.toArray()).toEqual(Float32Array.of(30, 5, -7));
  });

  it('agree with pandas on a made shop', async () => {
    const file = new URL('../golden/features.json', import.meta.url);
    const golden = JSON.parse(readFileSync(file, 'utf8')) as {
      asOf: string;
      lines: Line[];
      features: ({ customer: string } & Record<string, number | string>)[];
      gaps: Record<string, number>;
    };
    await ordersTable(query, golden.lines);
    const table = await measured();
    expect(table.asOf).toBe(golden.asOf);
    expect(table.customers).toEqual(golden.features.map(({ customer }) => customer));
    for (const { customer, ...values } of golden.features)
      for (const [name, value] of Object.entries(values)) {
        const found = valueOf(table, customer, name)!;
        expect(
          Math.abs(found - Number(value)),
          `${name} of ${customer}: ${found}, pandas ${value}`,
        ).toBeLessThanOrEqual(1e-4 * Math.max(1, Math.abs(Number(value))));
      }
    for (const { name, gaps } of table.features.filter(({ name }) => golden.gaps[name] && name))
      expect(gaps).toBe(golden.gaps[name]);
  });
});
