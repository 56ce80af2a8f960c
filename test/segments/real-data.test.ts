import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Query } from '../../src/db/query.ts';
import { measureFeatures } from '../../src/features/build.ts';
import type { FeatureTable } from '../../src/features/types.ts';
import { sql } from '../../src/lib/sql.ts';
import { mean } from '../../src/lib/stats/moments.ts';
import { segment } from '../../src/segments/segment.ts';
import { segmentDefaults } from '../../src/segments/types.ts';
import type { Dataset } from '../../src/tables/types.ts';
import { column, dataset } from '../support/datasets.ts';
import { testDatabase } from '../support/duckdb.ts';
import { segmentService } from '../support/segment-service.ts';

const shared = (name: string) => new URL(`../../../shared/data/${name}`, import.meta.url);
const pathOf = (name: string) => shared(name).pathname;
const retail = 'online-retail/online_retail.csv.gz';
const telco = 'telco-churn/Telco-Customer-Churn.csv';
const mall = 'mall-customers/Mall_Customers.csv';

const measured = (query: Query, data: Dataset) =>
  measureFeatures(data, {}, { query, worker: segmentService() }, {});
const columnOf = ({ features, raw }: FeatureTable, name: string) => {
  const c = features.findIndex((f) => f.name === name);
  return raw.data.filter((_, i) => i % raw.cols === c);
};

describe('Online Retail', () => {
  const measure = async () => {
    const { query } = await testDatabase();
    const csv = join(tmpdir(), 'tessera-online-retail.csv');
    writeFileSync(csv, gunzipSync(readFileSync(shared(retail))));
    await query(sql`
      CREATE TABLE orders AS
      SELECT CustomerID AS customer, InvoiceDate::TIMESTAMP AS ordered_at, InvoiceNo AS order_id, Quantity::DOUBLE * UnitPrice::DOUBLE AS amount,
             Quantity::DOUBLE AS quantity, UnitPrice::DOUBLE AS price, NULL::DOUBLE AS discount, StockCode AS product, NULL::VARCHAR AS category,
             NULL::VARCHAR AS channel, Country AS place, Quantity::DOUBLE < 0 OR InvoiceNo LIKE 'C%' AS is_return
      FROM read_csv(${csv}, all_varchar = true, header = true)
      WHERE CustomerID IS NOT NULL`);
    return measured(
      query,
      dataset({ has: ['customer', 'order', 'date', 'amount', 'quantity', 'price', 'product'] }),
    );
  };

  it.skipIf(!existsSync(shared(retail)))(
    'has the features that pandas finds, and segments worth naming',
    async () => {
      const table = await measure();
      const golden = JSON.parse(
        readFileSync(new URL('../golden/online-retail.json', import.meta.url), 'utf8'),
      ) as {
        customers: number;
        gaps: number;
        sums: Record<string, number>;
        some: Record<string, Record<string, number>>;
      };
      expect(table.customers).toHaveLength(golden.customers);
      expect(table.features.find((f) => f.name === 'days_between_orders')!.gaps).toBe(golden.gaps);
      for (const [name, sum] of Object.entries(golden.sums)) {
        const found = columnOf(table, name).reduce((a, b) => a + b, 0);
        expect(Math.abs(found / sum - 1), name).toBeLessThan(1e-6);
      }
      for (const [customer, values] of Object.entries(golden.some))
        for (const [name, value] of Object.entries(values))
          expect(
            columnOf(table, name)[table.customers.indexOf(customer)],
            `${name} of ${customer}`,
          ).toBeCloseTo(value, 3);

      const { segmentation } = await segment(table, segmentDefaults);
      expect(segmentation.k).toBeGreaterThanOrEqual(3);
      expect(segmentation.k).toBeLessThanOrEqual(8);
      expect(segmentation.structure.found).toBe(true);
      const { segments } = segmentation;
      expect(segments.map(({ name }) => name)).not.toContain('Average customers');
      const best = segments.reduce((a, b) =>
        b.revenueShare!.value > a.revenueShare!.value ? b : a,
      );
      expect(best.name).toContain('requent');
      expect(best.revenueShare!.value / best.share).toBeGreaterThan(2);
      expect(segments.reduce((sum, { revenueShare }) => sum + revenueShare!.value, 0)).toBeCloseTo(
        1,
        9,
      );
    },
  );
});

describe('Telco', () => {
  it.skipIf(!existsSync(shared(telco)))(
    'has its columns as features, churn as an outcome that is not grouped by',
    async () => {
      const { query } = await testDatabase();
      const answers = ['Partner', 'Dependents', 'PhoneService', 'PaperlessBilling', 'Churn'];
      await query(sql`
      CREATE TABLE customers AS
      SELECT customerID AS customer,
             * EXCLUDE (customerID) REPLACE (Partner = 'Yes' AS Partner, Dependents = 'Yes' AS Dependents, PhoneService = 'Yes' AS PhoneService,
               PaperlessBilling = 'Yes' AS PaperlessBilling, Churn = 'Yes' AS Churn, tenure::DOUBLE AS tenure, SeniorCitizen::DOUBLE AS SeniorCitizen,
               MonthlyCharges::DOUBLE AS MonthlyCharges, TRY_CAST(TotalCharges AS DOUBLE) AS TotalCharges)
      FROM read_csv(${pathOf(telco)}, all_varchar = true, header = true)`);
      const described = await query(sql`DESCRIBE customers`);
      const names: string[] = described
        .toArray()
        .map(({ column_name }) => column_name)
        .slice(1);
      const columns = names.map((name) => {
        if (name === 'Churn') return column(name, 'yes-no', { role: 'outcome' });
        if (answers.includes(name)) return column(name, 'yes-no');
        if (name === 'SeniorCitizen')
          return column(name, 'number', { distinct: 2, low: 0, high: 1 });
        if (['tenure', 'MonthlyCharges'].includes(name)) return column(name, 'number');
        return name === 'TotalCharges'
          ? column(name, 'number', { unreadable: 11 })
          : column(name, 'text', { distinct: 4 });
      });
      const table = await measured(query, dataset({ kind: 'customers', columns, customers: 7043 }));
      expect([table.raw.rows, table.raw.cols]).toEqual([7043, 20]);
      expect((100 * mean(columnOf(table, 'Churn'))).toFixed(3)).toBe('26.537');
      expect(table.features.filter(({ used }) => !used).map(({ name }) => name)).toEqual(['Churn']);
      expect(table.features.find(({ name }) => name === 'TotalCharges')).toMatchObject({
        gaps: 11,
        gapRule: 'the median of the others',
      });
      const paid = table.features.findIndex(({ name }) => name === 'PaymentMethod');
      expect(table.features[paid]!.categories).toHaveLength(4);
      expect(table.scaledFrom.filter((f) => f === paid)).toHaveLength(4);

      const { segmentation } = await segment(table, { ...segmentDefaults, kMax: 5, restarts: 3 });
      const offline = segmentation.segments.find(({ name }) => /internet service no/i.test(name));
      expect(offline!.size).toBe(1526); // all customers without internet, and nobody else
      const churn = table.features.findIndex(({ name }) => name === 'Churn');
      for (const { drivers } of segmentation.segments)
        expect(drivers.map(({ feature }) => feature)).toContain(churn);
    },
  );
});

describe('Mall customers', () => {
  it.skipIf(!existsSync(shared(mall)))(
    'fall into the five groups that are seen in income against spending',
    async () => {
      const { query } = await testDatabase();
      await query(sql`
      CREATE TABLE customers AS
      SELECT CustomerID AS customer, "Annual Income (k$)"::DOUBLE AS "Annual Income (k$)", "Spending Score (1-100)"::DOUBLE AS "Spending Score (1-100)"
      FROM read_csv(${pathOf(mall)}, all_varchar = true, header = true)`);
      const columns = [
        column('Annual Income (k$)', 'number'),
        column('Spending Score (1-100)', 'number'),
      ];
      const table = await measured(query, dataset({ kind: 'customers', columns, customers: 200 }));
      const { segmentation } = await segment(table, segmentDefaults);
      expect(segmentation.k).toBe(5);
      expect(segmentation.structure.found).toBe(true);
      expect(segmentation.segments.map(({ name }) => name).sort()).toEqual([
        'Average customers',
        'High spending score, high annual income',
        'Low annual income, high spending score',
        'Low annual income, low spending score',
        'Low spending score, high annual income',
      ]);
    },
  );
});
