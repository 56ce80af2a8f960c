import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Database } from '../../../src/db/query.ts';
import { importRaw } from '../../../src/tables/raw.ts';
import type { RawTable } from '../../../src/tables/many/describe.ts';
import { fileOf, open } from '../../support/import.ts';

const data = new URL('../../../../shared/data/', import.meta.url);

const olistFolder = 'olist/sample-3000-orders/';
export const olist = [
  'olist_customers_dataset.csv',
  'olist_geolocation_dataset.csv',
  'olist_order_items_dataset.csv',
  'olist_order_payments_dataset.csv',
  'olist_order_reviews_dataset.csv',
  'olist_orders_dataset.csv',
  'olist_products_dataset.csv',
  'olist_sellers_dataset.csv',
  'product_category_name_translation.csv',
].map((name) => olistFolder + name);

export const journey = [
  'campaign_descriptions.csv',
  'campaigns.csv',
  'coupon_redemptions.csv',
  'coupons.csv.gz',
  'demographics.csv',
  'products.csv.gz',
  'promotions_sample.csv.gz',
  'transactions_sample.csv',
].map((name) => `completejourney/${name}`);

/** Whether the real files are there; where they are not, tests that need them skip. */
export const has = (paths: readonly string[]): boolean =>
  paths.every((path) => existsSync(new URL(path, data)));

/** Imports text files side by side as `raw_t1`, `raw_t2`, …. */
export async function importTexts(
  database: Database,
  files: readonly (readonly [name: string, text: string | Uint8Array<ArrayBuffer>])[],
): Promise<readonly RawTable[]> {
  const raws: RawTable[] = [];
  for (const [i, [name, text]] of files.entries()) {
    const id = `t${i + 1}`;
    const source = await open(database, fileOf(text, name));
    raws.push({ id, raw: await importRaw(database, source, { table: `raw_${id}` }) });
  }
  return raws;
}

/** Imports real files side by side. */
export const importFiles = (
  database: Database,
  paths: readonly string[],
): Promise<readonly RawTable[]> =>
  importTexts(
    database,
    paths.map((path) => {
      const bytes = readFileSync(new URL(path, data));
      const text = new Uint8Array(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
      return [path.split('/').at(-1)!.replace(/\.gz$/, ''), text];
    }),
  );
