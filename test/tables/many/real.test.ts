import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/query.ts';
import { sql } from '../../../src/lib/sql.ts';
import { buildDataset } from '../../../src/tables/build.ts';
import { describeColumns } from '../../../src/tables/columns.ts';
import { assembleRaw } from '../../../src/tables/many/assemble.ts';
import { joinName } from '../../../src/tables/many/join-words.ts';
import { describeProject, type Described } from '../../../src/tables/many/project.ts';
import golden from '../../golden/many-tables.json' with { type: 'json' };
import { testDatabase } from '../../support/duckdb.ts';
import { has, importFiles, journey, olist } from './projects.ts';

/** Files in, dataset out, without a single correction. */
async function untouched(paths: readonly string[]) {
  const { database } = await testDatabase();
  const raws = await importFiles(database, paths);
  const project = await describeProject(database, raws, { settings: {} });
  const raw = await assembleRaw(database, project, raws);
  const described = describeColumns(raw, {});
  return { database, project, raw, dataset: await buildDataset(database, raw, described) };
}

const kindsOf = ({ tables }: Described) =>
  Object.fromEntries(tables.map(({ label, kind }) => [label, kind]));
const joinsOf = ({ tables, joins }: Described) =>
  Object.fromEntries(joins.map((join) => [joinName(tables, join), join]));

async function sumsOf(database: Database, customers: readonly string[]) {
  const found = await database.query(
    sql`SELECT customer, round(sum(amount), 2) AS sum, count(*)::DOUBLE AS lines FROM orders GROUP BY ALL`,
  );
  const all = new Map(
    found.toArray().map((row) => [String(row.customer), [Number(row.sum), Number(row.lines)]]),
  );
  return customers.map((each) => [each, ...(all.get(each) ?? [])]);
}

async function commonest(database: Database, column: 'category' | 'place') {
  const found = await database.query(
    column === 'category'
      ? sql`SELECT category AS it, count(*)::DOUBLE AS n FROM orders WHERE category IS NOT NULL GROUP BY ALL ORDER BY n DESC, it LIMIT 3`
      : sql`SELECT place AS it, count(*)::DOUBLE AS n FROM orders WHERE place IS NOT NULL GROUP BY ALL ORDER BY n DESC, it LIMIT 3`,
  );
  return Object.fromEntries(found.toArray().map((row) => [String(row.it), Number(row.n)]));
}

if (!has(olist)) console.warn('skipped: the Olist sample is not there');
if (!has(journey)) console.warn('skipped: The Complete Journey is not there');

describe.skipIf(!has(olist))('the nine tables of Olist, without a correction', () => {
  const facts = golden.olist;
  let ready: Awaited<ReturnType<typeof untouched>>;
  beforeAll(async () => (ready = await untouched(olist)), 180_000);

  it('are taken for what they are', () => {
    expect(kindsOf(ready.project)).toEqual({
      customers: 'customers',
      geolocation: 'lookup',
      order_items: 'order-lines',
      order_payments: 'payments',
      order_reviews: 'reviews',
      orders: 'transactions',
      products: 'products',
      sellers: 'lookup',
      product_category_name_translation: 'lookup',
    });
  });

  it('have the customers, lines, orders and sums that pandas finds', async () => {
    const { database, dataset } = ready;
    expect(dataset).toMatchObject({ kind: 'orders', customers: facts.customers });
    expect(dataset.ledger).toMatchObject({ read: facts.rows, kept: facts.rows, setAside: [] });
    expect(dataset.ledger.amountKept).toBeCloseTo(facts.amount, 2);
    expect([dataset.from, dataset.to]).toEqual([
      facts.from.replace(' ', 'T'),
      facts.to.replace(' ', 'T'),
    ]);
    expect(
      await sumsOf(
        database,
        facts.sums.map(([id]) => String(id)),
      ),
    ).toEqual(facts.sums);
    expect(await commonest(database, 'category')).toEqual(facts.categories);
    expect(await commonest(database, 'place')).toEqual(facts.states);
  });

  it('take the customer who comes back, not the id that is new with each order, and say why', () => {
    const customer = ready.dataset.columns.find(({ role }) => role === 'customer');
    expect(customer).toMatchObject({ name: 'customer_unique_id' });
    expect(customer?.reason).toContain('“customer_id” is another one for each order');
  });

  it('leave payments, reviews and places apart, with how much they would multiply', () => {
    const { project } = ready;
    const apart = project.assembly.apart.map(({ table, reason }) => [
      project.tables.find(({ id }) => id === table)?.label,
      reason,
    ]);
    expect(apart.map(([label]) => label)).toEqual([
      'geolocation',
      'order_payments',
      'order_reviews',
    ]);
    const { most, mean } = facts.paymentsPerOrder;
    expect(apart[1]?.[1]).toBe(
      `A row of orders meets up to ${most} rows of it, ${mean.toFixed(2)} on average: joined, rows would be multiplied.`,
    );
    const zip =
      joinsOf(project)[
        'customers.customer_zip_code_prefix = geolocation.geolocation_zip_code_prefix'
      ];
    expect(zip).toMatchObject({
      kind: 'many-to-many',
      orphans: facts.zip.orphans,
      fanOut: { most: facts.zip.most },
    });
    expect(zip?.fanOut.mean).toBeCloseTo(facts.zip.mean, 9);
  });

  it('count neither freight nor payments as what a line cost, and say which orders have no line', async () => {
    const { project, dataset } = ready;
    const words = (code: string) =>
      project.warnings.filter((each) => each.code === code).map((each) => each.words);
    expect(words('amount-without')[0]).toContain('freight_value');
    expect(words('amount-elsewhere')[0]).toContain('payment_value');
    expect(project.warnings.find(({ code }) => code === 'orders-without-lines')?.rows).toBe(
      facts.ordersWithoutLines,
    );
    expect(dataset.columns.find(({ name }) => name === 'product_category_name_english')?.gaps).toBe(
      facts.linesWithoutCategory,
    );
  });
});

describe.skipIf(!has(journey))(
  'the eight tables of The Complete Journey, without a correction',
  () => {
    const facts = golden.journey;
    let ready: Awaited<ReturnType<typeof untouched>>;
    beforeAll(async () => (ready = await untouched(journey)), 180_000);

    it('are taken for what they are', async () => {
      expect(kindsOf(ready.project)).toEqual({
        campaign_descriptions: 'campaigns',
        campaigns: 'contacts',
        coupon_redemptions: 'redemptions',
        coupons: 'campaigns',
        demographics: 'customers',
        products: 'products',
        promotions: 'campaigns',
        transactions: 'transactions',
      });
    });

    it('have the customers, lines, orders and sums that pandas finds', async () => {
      const { database, dataset } = ready;
      expect(dataset).toMatchObject({ kind: 'orders', customers: facts.customers });
      expect(dataset.ledger).toMatchObject({
        read: facts.rows,
        kept: facts.rows,
        amountKept: facts.amount,
      });
      expect(dataset.columns.find(({ role }) => role === 'order')?.name).toBe('basket_id');
      expect(
        await sumsOf(
          database,
          facts.sums.map(([id]) => String(id)),
        ),
      ).toEqual(facts.sums);
      expect(await commonest(database, 'category')).toEqual(facts.categories);
      const [age, department] = ['age', 'department'].map((name) =>
        dataset.columns.find((each) => each.name === name)!,
      );
      expect(age).toMatchObject({ role: 'feature', gaps: facts.withoutDemographics });
      expect(department!.gaps).toBe(facts.withoutProduct);
    });

    it('find the keys that need two or three columns', async () => {
      const joins = joinsOf(ready.project);
      const contacted =
        joins[
          'coupon_redemptions.campaign_id + household_id = campaigns.campaign_id + household_id'
        ];
      expect(contacted).toMatchObject({
        kind: 'many-to-one',
        coverage: facts.redemptionsOfContacted / 2102,
      });
      const coupons =
        joins['coupon_redemptions.coupon_upc + campaign_id = coupons.coupon_upc + campaign_id'];
      expect(coupons).toMatchObject({
        kind: 'many-to-many',
        fanOut: { most: facts.couponFanOut.most },
      });
      expect(coupons?.fanOut.mean).toBeCloseTo(facts.couponFanOut.mean, 9);
      const promoted =
        joins[
          'transactions.product_id + store_id + week = promotions.product_id + store_id + week'
        ];
      expect(promoted?.kind).toBe('many-to-one');
      expect(promoted!.coverage * facts.rows).toBeCloseTo(facts.linesPromoted, 6);
    });
  },
);
