import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { sql } from '../../src/lib/sql.ts';
import type { Dataset } from '../../src/tables/types.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, importFile } from '../support/import.ts';

const data = new URL('../../../shared/data/', import.meta.url);
const has = (path: string) => existsSync(new URL(path, data));
const file = (path: string) => fileOf(new Uint8Array(readFileSync(new URL(path, data))), path);

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()));

const column = ({ columns }: Dataset, name: string) => columns.find((each) => each.name === name)!;
const found = ({ findings }: Dataset, code: string) =>
  findings.find((each) => each.code === code)?.rows;

describe('Online Retail', () => {
  const path = 'online-retail/online_retail.csv.gz';
  it.skipIf(!has(path))(
    'has the facts that its page states, to the last digit',
    async () => {
      const dataset = await importFile(database, file(path));
      const { ledger, scan } = dataset;
      expect(dataset).toMatchObject({
        kind: 'orders',
        customers: 4372,
        from: '2010-12-01T08:26:00',
        to: '2011-12-09T12:50:00',
      });
      expect(scan).toMatchObject({ records: 541_909, lines: 541_910 });
      expect(ledger).toMatchObject({ read: 541_909, kept: 406_829, returns: 8905 });
      expect(ledger.setAside.map(({ reason, rows }) => [reason, rows])).toEqual([
        ['no-customer', 135_080],
      ]);
      expect(ledger.setAside[0]!.sample).toHaveLength(100);
      expect(String(ledger.amountRead)).toBe('9747747.934');
      expect(found(dataset, 'negative-quantity')).toBe(10_624);
      expect(column(dataset, 'InvoiceNo')).toMatchObject({ role: 'order', distinct: 25_900 });
      expect(column(dataset, 'CustomerID')).toMatchObject({
        role: 'customer',
        distinct: 4372,
        gaps: 135_080,
      });
      expect(column(dataset, 'Country')).toMatchObject({ role: 'place', distinct: 38 });
      expect(column(dataset, 'Description').gaps).toBe(1454);
      expect(found(dataset, 'id-with-point-zero')).toBeDefined();
      const [first] = (
        await database.query(sql`SELECT customer, order_id, product, is_return FROM orders LIMIT 1`)
      ).toArray();
      expect(first!.toJSON()).toEqual({
        customer: '17850',
        order_id: '536365',
        product: '85123A',
        is_return: false,
      });
    },
    180_000,
  );
});

describe('what a row is', () => {
  it.each(
    [
      ['telco-churn/Telco-Customer-Churn.csv', 'customers', 7043],
      ['mall-customers/Mall_Customers.csv', 'customers', 200],
      ['wholesale-customers/Wholesale customers data.csv', 'customers', 440],
      ['customer-personality/marketing_campaign.csv', 'customers', 2240],
      ['cdnow/cdnow_customers_summary.csv', 'customers', 2357],
      ['hillstrom/hillstrom.csv', 'customers', 64_000],
      ['adult/adult.data.gz', 'customers', 32_561],
      ['completejourney/demographics.csv', 'customers', 801],
      ['completejourney/transactions_sample.csv', 'orders', 2377],
      ['olist/sample-3000-orders/olist_orders_dataset.csv', 'orders', 3000],
      ['movielens-latest-small/ratings.csv', 'orders', 671],
    ].map(([path, ...rest]) => ({ path: String(path), kind: rest[0], customers: rest[1] })),
  )('$path: $kind, $customers customers', async ({ path, kind, customers, ...it }) => {
    if (!has(path)) return void console.warn(`skipped: ${path} is not there`, it);
    expect(await importFile(database, file(path))).toMatchObject({ kind, customers });
  });

  it.skipIf(!has('telco-churn/Telco-Customer-Churn.csv'))(
    'Telco: 11 blank totals, churn is what is to be predicted',
    async () => {
      const dataset = await importFile(database, file('telco-churn/Telco-Customer-Churn.csv'));
      expect(column(dataset, 'TotalCharges')).toMatchObject({
        type: 'number',
        gaps: 11,
        unreadable: 0,
        role: 'feature',
      });
      expect(column(dataset, 'Churn')).toMatchObject({ type: 'yes-no', role: 'outcome' });
    },
  );

  it.skipIf(!has('completejourney/transactions_sample.csv'))(
    'The Complete Journey: sales of 233,935.24',
    async () => {
      const dataset = await importFile(database, file('completejourney/transactions_sample.csv'));
      expect(dataset.ledger).toMatchObject({ read: 75_000, kept: 75_000, amountRead: 233_935.24 });
    },
  );

  it.skipIf(!has('womens-clothing-reviews/reviews.csv.gz'))(
    'reviews with line breaks in their texts: 23,486 records, 845 blank',
    async () => {
      const dataset = await importFile(database, file('womens-clothing-reviews/reviews.csv.gz'));
      expect(dataset.ledger.read).toBe(23_486);
      expect(column(dataset, 'Review Text').gaps).toBe(845);
      expect(column(dataset, 'column_1').header).toBe('');
    },
  );
});
