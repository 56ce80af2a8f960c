// @vitest-environment jsdom
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Query } from '../../src/db/query.ts';
import { Features } from '../../src/features/features.svelte.ts';
import { dataset, ordersTable } from '../support/datasets.ts';
import { testDatabase } from '../support/duckdb.ts';
import { segmentService } from '../support/segment-service.ts';

let query: Query;
beforeAll(async () => void ({ query } = await testDatabase()));
beforeEach(() =>
  ordersTable(
    query,
    Array.from({ length: 40 }, (_, i) => ({
      customer: `c${i % 13}`,
      at: `2025-01-${10 + (i % 17)} 10:00:00`,
      amount: i * i,
      product: `p${(i * i) % (1 + (i % 13))}`,
    })),
  ),
);
const orders = dataset({ has: ['customer', 'date', 'amount', 'product'] });

it('running fills the table and leaves no task running', async () => {
  const features = new Features(query, segmentService());
  const table = await features.run(orders);
  expect(features.table).toBe(table);
  expect(table!.customers).toHaveLength(13);
  expect(features.task.running).toBe(false);
});

it('gives the same without a worker', async () => {
  const [a, b] = [new Features(query, segmentService()), new Features(query)];
  expect(await a.run(orders)).toEqual(await b.run(orders));
});

it('groups by recency, orders, spend and tenure unless told otherwise; a habit can be turned on and a feature off', async () => {
  const features = new Features(query);
  const used = () => features.table!.features.filter((f) => f.used).map((f) => f.name);
  await features.run(orders);
  expect(used()).toEqual(['recency_days', 'orders', 'spend', 'tenure_days']);
  features.toggle('products');
  features.toggle('spend');
  await features.run(orders);
  expect(used()).toEqual(['recency_days', 'orders', 'tenure_days', 'products']);
  expect(features.table!.features.find((f) => f.name === 'spend')!.unusedReason).toBe(
    'You left it out.',
  );
  features.toggle('spend');
  await features.run(orders);
  expect(used()).toContain('spend');
});

it('a failed run keeps the last table and says why', async () => {
  const features = new Features(query);
  const table = await features.run(orders);
  features.settings = { asOf: 'yesterday' };
  expect(await features.run(orders)).toBeUndefined();
  expect(features.table).toBe(table);
  expect(features.task.error).toMatchObject({ message: '"yesterday" is no date like 2026-11-30' });
});

it('a cancelled run changes nothing and shows no error', async () => {
  const features = new Features(query);
  const run = features.run(orders);
  features.task.cancel();
  expect(await run).toBeUndefined();
  expect([features.table, features.task.error, features.task.running]).toEqual([null, null, false]);
});
