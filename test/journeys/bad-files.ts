import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chooseFile, openApp, smallShop, untilSegments, type App } from '../support/app.ts';

let app: App;
let page: Page;
beforeAll(async () => {
  app = await openApp({ viewport: { width: 1440, height: 900 } });
  page = app.page;
  await page.evaluate(() => Object.assign(window, { ran: 0 }));
});
afterAll(async () => {
  expect(await page.evaluate(() => (window as unknown as { ran: number }).ran)).toBe(0);
  expect(app.complaints).toEqual([]);
  await app.close();
});

const shop = smallShop();
const rows = (lines: readonly string[]) => lines.join('\n') + '\n';
const everyLine = (change: (cells: string[], line: number) => string[]) =>
  rows(
    shop
      .trim()
      .split('\n')
      .map((line, i) => (i === 0 ? line : change(line.split(';'), i).join(';'))),
  );
const at = (cells: string[], index: number, value: string) =>
  cells.map((cell, i) => (i === index ? value : cell));

/** A file, and what a person must see in the end: a sentence, or a table (`customers` in the Customers view). */
const cases: readonly {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly sentence?: RegExp;
  readonly customers?: number;
}[] = [
  { name: 'empty.csv', content: '', sentence: /holds nothing/ },
  { name: 'header only.csv', content: 'customer_id,date,amount\n', sentence: /no rows/ },
  {
    name: 'one column.csv',
    content: rows(['word', 'alpha', 'beta', 'gamma']),
    sentence: /one column|which column identifies|apart|too few/i,
  },
  {
    name: 'picture.csv',
    content: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0, 0]),
    sentence: /This kind of file is not read/,
  },
  {
    name: 'all ids missing.csv',
    content: everyLine((cells) => at(cells, 1, '')),
    sentence: /No row has a customer|which column identifies/,
  },
  {
    name: 'all amounts zero.csv',
    content: everyLine((cells) => at(cells, 5, '0.00')),
    customers: 90,
  },
  { name: 'one customer.csv', content: everyLine((cells) => at(cells, 1, 'C0001')), customers: 1 },
  {
    name: 'nan.csv',
    content: everyLine((cells, line) =>
      line % 50 === 0 ? at(cells, 5, 'NaN') : line % 51 === 0 ? at(cells, 5, 'Infinity') : cells,
    ),
    customers: 90,
  },
  {
    name: 'ragged.csv',
    content: everyLine((cells, line) =>
      line % 40 === 0 ? [...cells, 'one', 'more'] : line % 41 === 0 ? cells.slice(0, 4) : cells,
    ),
    customers: 90,
  },
  {
    name: 'latin.csv',
    content: Uint8Array.from(
      [...everyLine((cells) => at(cells, 3, 'Café')).replace('product', 'größe')].map((letter) =>
        letter.charCodeAt(0),
      ),
    ),
    customers: 90,
  },
  {
    name: 'names.csv',
    content: shop.replace(
      'order_id;customer_id;order_date;product;quantity;unit_price',
      'order_id;customer_id;order_date;"""; DROP TABLE raw; --";quantity;unit_price',
    ),
    customers: 90,
  },
  {
    name: 'twice.csv',
    content: shop.replace(
      'order_id;customer_id;order_date;product',
      ';customer_id;order_date;quantity',
    ),
    customers: 90,
  },
  {
    name: '<img src=x onerror=ran++>.csv',
    content: everyLine((cells) => at(cells, 3, '<img src=x onerror="window.ran++">')),
    customers: 90,
  },
  {
    name: 'long line.csv',
    content: shop + `9100;C0002;2025-06-01;${'x'.repeat(5_000_000)};1;5.00\n`,
    customers: 90,
  },
];

it.each(cases)(
  '$name ends in a right table or one clear sentence',
  async ({ name, content, sentence, customers }) => {
    await chooseFile(page, { name, content });
    if (sentence) {
      await page
        .getByRole('alert')
        .filter({ hasText: sentence })
        .first()
        .waitFor({ timeout: 60_000 });
      return;
    }
    await page.waitForFunction(
      (title) => document.title.startsWith(title) && !document.querySelector('progress'),
      name.replace('.csv', ''),
    );
    await page.getByRole('link', { name: /^Customers/ }).click();
    const words = customers === 1 ? '1 customer' : `${customers} customers`;
    await page
      .getByRole('heading', { level: 1, name: words, exact: true })
      .waitFor({ timeout: 60_000 });
  },
);

it('after all of them a good file still opens', async () => {
  await chooseFile(page, { name: 'shop.csv', content: shop });
  await untilSegments(page);
});
