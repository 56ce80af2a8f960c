import { beforeAll, describe, expect, it } from 'vitest';
import type { Query } from '../../../src/db/query.ts';
import type { FeatureTable } from '../../../src/features/types.ts';
import { isListed } from '../../../src/insight/cross/dimension.ts';
import { loadView } from '../../../src/insight/cross/load-view.ts';
import { offersOf } from '../../../src/insight/cross/offers.ts';
import type { View } from '../../../src/insight/cross/view.ts';
import { pickWords } from '../../../src/insight/cross/words.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { sql } from '../../../src/lib/sql.ts';
import type { Column, Dataset } from '../../../src/tables/types.ts';
import { testDatabase } from '../../support/duckdb.ts';
import { tableOf } from '../../support/feature-table.ts';

/** The bins of each customer with their weights, as "bin×times". */
function listsOf({ dimension }: View): string[][] {
  if (!isListed(dimension)) throw new TypeError('not a list');
  const { starts, codes, weights } = dimension;
  return Array.from({ length: starts.length - 1 }, (_, r) =>
    Array.from(codes.subarray(starts[r], starts[r + 1]), (code, i) =>
      weights ? `${code}×${weights[starts[r]! + i]}` : String(code),
    ),
  );
}

const column = (name: string, more: Partial<Column>): Column => ({
  index: 0,
  name,
  header: name,
  type: 'text',
  role: 'feature',
  confidence: 1,
  reason: '',
  examples: [],
  gaps: 0,
  unreadable: 0,
  distinct: 3,
  low: null,
  high: null,
  median: null,
  bins: [],
  ...more,
});

let query: Query;
const customers = ["a'b", 'b', 'c', 'd'];
const table: FeatureTable = tableOf(matrix(4, 1), { customers, asOf: '2025-12-31' });
const dataset = {
  kind: 'orders',
  has: ['customer', 'date', 'order', 'place'],
  from: '2025-01-05T00:00:00',
  to: '2026-02-01T00:00:00',
  facts: [
    column('city', {}),
    column('joined', { type: 'date', low: '2020-03-01', high: '2024-01-01' }),
    column('note', { role: 'left-out' }),
  ],
  columns: [],
} as unknown as Dataset; // only what offers read

const load = (name: string, of = table) => {
  const offer = offersOf(of, dataset).find((each) => each.name === name);
  if (!offer) throw new RangeError(`no offer ${name}`);
  return loadView(offer, of, { query, kind: 'orders' }, {});
};

beforeAll(async () => {
  ({ query } = await testDatabase());
  await query(sql`CREATE TABLE orders AS SELECT * FROM (VALUES
    ('b', TIMESTAMP '2025-01-05 10:00:00', 'o1', 'Kiel', false),
    ('b', TIMESTAMP '2025-01-05 10:00:00', 'o1', 'Kiel', false),
    ('b', TIMESTAMP '2025-01-28 10:00:00', 'o2', 'Bonn', false),
    ('b', TIMESTAMP '2025-03-01 10:00:00', 'o3', NULL, false),
    ('a''b', TIMESTAMP '2025-02-03 10:00:00', 'o4', 'Kiel', NULL),
    ('a''b', TIMESTAMP '2025-04-03 10:00:00', 'o5', 'Kiel', true),
    ('d', TIMESTAMP '2025-12-31 23:59:00', 'o6', 'O''Hara; DROP TABLE orders', false),
    ('c', TIMESTAMP '2025-06-30 00:00:00', 'o7', 'Bonn', true),
    ('zz', TIMESTAMP '2026-02-01 10:00:00', 'o8', 'Kiel', false)
  ) AS t(customer, ordered_at, order_id, place, is_return)`);
  await query(sql`CREATE TABLE customer_facts AS SELECT * FROM (VALUES
    ('b', 'Kiel', TIMESTAMP '2020-03-01'), ('a''b', NULL, TIMESTAMP '2024-01-01'),
    ('c', 'Kiel', NULL), ('d', 'Bonn', TIMESTAMP '2021-11-30'), ('zz', 'Ulm', TIMESTAMP '2023-01-01')
  ) AS t(customer, city, joined)`);
});

it('what can be seen is offered: features, orders over time, what orders have, many words and dates of customers', () => {
  expect(offersOf(table, dataset).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'feature:f0 histogram',
    'customers table',
    'orders time',
    'orders:place bars',
    'column:city bars',
    'column:joined time',
  ]);
  const geo = tableOf(matrix(2, 2));
  const features = geo.features.map((each, i) => ({ ...each, name: ['lat', 'home_lng'][i]! }));
  expect(offersOf({ ...geo, features }, null).at(-1)).toMatchObject({
    name: 'places',
    origin: { latitude: 0, longitude: 1 },
  });
});

describe('orders over time', () => {
  it('counts purchases by month up to the as-of day, an order once, returns never', async () => {
    const view = await load('orders');
    expect(view).toMatchObject({ kind: 'time', step: 'month', counted: 'orders' });
    expect(view.kind === 'time' && [view.days.length, view.days[0], view.days.at(-1)]).toEqual([
      12,
      '2025-01-01',
      '2025-12-01',
    ]);
    expect(listsOf(view)).toEqual([['1×1'], ['0×2', '2×1'], [], ['11×1']]);
    expect(pickWords({ view: 'orders', bins: [1, 2] }, view)).toBe(
      'Orders over time 1 Feb 2025–31 Mar 2025',
    );
  });

  it('is refused where the database holds other customers than the features', async () => {
    const others = { ...table, customers: ['a', 'b', 'c', 'd'] };
    await expect(load('orders', others)).rejects.toThrow(RangeError);
    const fewer = tableOf(matrix(3, 1), { customers: customers.slice(0, 3), asOf: '2025-12-31' });
    await expect(load('orders', fewer)).rejects.toThrow(/not those/);
  });
});

it('places of orders are those where a customer bought, commonest first, whatever is in a name', async () => {
  const view = await load('orders:place');
  expect(view.kind === 'bars' && view.words).toEqual([
    'Kiel',
    'Bonn',
    "O'Hara; DROP TABLE orders",
    'all others',
  ]);
  expect(listsOf(view)).toEqual([['0'], ['0', '1'], [], ['2']]);
});

it('names of places stand on a grid where most examples are known, and what is no place is said', async () => {
  await query(sql`CREATE TABLE elsewhere AS SELECT * FROM (VALUES
    ('b', 'EIRE'), ('a''b', 'Ireland'), ('c', 'Unspecified'), ('d', 'Germany'), ('zz', 'France')
  ) AS t(customer, land)`);
  const examples = ['EIRE', 'Germany', 'Unspecified'];
  const facts = [column('land', { examples })];
  const offer = offersOf(table, { ...dataset, facts }).find(({ name }) => name.startsWith('grid:'));
  expect(offer).toMatchObject({ name: 'grid:column:land', label: 'Land on a grid', kind: 'place' });
  const values = { table: 'elsewhere' as 'customer_facts', column: 'land' }; // a table of its own here
  const words = { ...offersOf(table, dataset)[1]!, kind: 'bars', origin: { values } } as const;
  const means = { query, kind: 'orders' } as const;
  const view = await loadView({ ...offer!, origin: { named: words } }, table, means, {});
  expect(view.kind === 'place' && [view.named?.map(({ code }) => code), view.note]).toEqual([
    ['IE', 'DE'],
    'without Unspecified',
  ]);
  expect(listsOf(view)).toEqual([['0'], ['0'], [], ['1']]);
  expect(pickWords({ view: 'grid', bins: [0] }, view)).toBe('Land on a grid Ireland');
});

it('a column of customers has one value each, blank among them', async () => {
  const view = await load('column:city');
  expect(view.kind === 'bars' && view.words).toEqual(['Kiel', 'Bonn', '(blank)', 'all others']);
  expect(listsOf(view)).toEqual([['2'], ['0'], ['0'], ['1']]);
});

it('a date of customers is a time line, and who has none is in no bin', async () => {
  const view = await load('column:joined');
  expect(view).toMatchObject({ kind: 'time', counted: 'customers' });
  expect(listsOf(view)).toEqual([['46'], ['0'], [], ['20']]);
});

it('a cancelled load rejects with the reason', async () => {
  const offer = offersOf(table, dataset).find(({ name }) => name === 'orders')!;
  const signal = AbortSignal.abort();
  const loading = loadView(offer, table, { query, kind: 'orders' }, { signal });
  await expect(loading).rejects.toMatchObject({ name: 'AbortError' });
});
