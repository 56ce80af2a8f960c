import { existsSync, readdirSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { oneApp, untilOpen } from '../support/one-app.ts';

const app = oneApp();
let page: Page;
beforeEach(() => void ({ page } = app));

/** The name of a project of several files. */
const titleOf = ([first = '', ...more]: readonly string[]) =>
  `${first.replace(/\.csv(\.gz)?$/, '')} and ${more.length} more`;

const orders = 'order_id,customer_id,date,amount\n';
const people = 'customer_id,name,email\n';

it('tables that come together are joined, shown as a picture, and a join can be left out and taken back', async () => {
  const customers = Array.from({ length: 80 }, (_, i) => `C${i}`);
  const lines = customers.flatMap((customer, i) =>
    Array.from({ length: 1 + ((i * 7) % 9) }, (_, o) => {
      const day = String(1 + ((i + o * 3) % 28)).padStart(2, '0');
      return `${i * 10 + o},${customer},2024-0${1 + (o % 9)}-${day},${(5 + i * 1.5 + o).toFixed(2)}`;
    }),
  );
  await page.getByTestId('file').setInputFiles([
    { name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(orders + lines.join('\n')) },
    {
      name: 'customers.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        people + customers.map((c) => `${c},Name of ${c},${c}@shop.org`).join('\n'),
      ),
    },
  ]);
  await untilOpen(page, 'orders and 1 more');
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByRole('tab', { name: 'Joins' }).click();
  await page.getByText('customer_id').first().waitFor();
  await page.getByRole('tab', { name: 'Quality' }).click();
  await page.getByRole('button', { name: 'Look at the data' }).click();
  await page
    .getByRole('list', { name: 'Findings' })
    .or(page.getByText('Nothing odd'))
    .first()
    .waitFor();
  await page.getByRole('button', { name: /Take customers.csv out/ }).click();
  await page.getByRole('tab', { name: 'Joins' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('tab', { name: 'Joins' }).waitFor();
});

const olist = new URL('../../../shared/data/olist/sample-3000-orders/', import.meta.url).pathname;
it.skipIf(!existsSync(olist))(
  'the nine tables of Olist become customers without a correction',
  async () => {
    const files = readdirSync(olist).filter((name) => name.endsWith('.csv'));
    expect(files).toHaveLength(9);
    await page.getByTestId('file').setInputFiles(files.map((name) => olist + name));
    await untilOpen(page, titleOf(files));
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('button', { name: /All together/ }).waitFor();
    await expect(page.getByRole('link', { name: /See 2,9\d\d customers/ }).count()).resolves.toBe(
      1,
    );
  },
);

const fixture = (name: string) => new URL(`../fixtures/formats/${name}`, import.meta.url).pathname;

it('an Excel workbook with title rows and a sheet of customers becomes segments, and says what it left out', async () => {
  await page.getByTestId('file').setInputFiles(fixture('shop.xlsx'));
  await untilOpen(page, 'shop,');
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByRole('link', { name: 'See 60 customers in segments' }).waitFor();
  await page
    .getByText(/first 3 rows|3 title/i)
    .first()
    .waitFor();
  await page.getByText('00001').first().waitFor(); // ids keep their zeros
});

it('a Parquet file packed with Snappy becomes segments under the full policy', async () => {
  await page.getByTestId('file').setInputFiles(fixture('shop-snappy.parquet'));
  await untilOpen(page, 'shop-snappy');
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByRole('link', { name: 'See 60 customers in segments' }).waitFor();
});

const grocer = new URL('../../../shared/data/completejourney/', import.meta.url).pathname;
it.skipIf(!existsSync(grocer))(
  'the eight tables of completejourney become customers without a correction',
  async () => {
    const files = readdirSync(grocer).filter((name) => /\.csv(\.gz)?$/.test(name));
    expect(files).toHaveLength(8);
    await page.getByTestId('file').setInputFiles(files.map((name) => grocer + name));
    await untilOpen(page, titleOf(files));
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('link', { name: 'See 2,377 customers in segments' }).waitFor();
    await page.getByText('233,935.24').first().waitFor();
  },
);
