import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chooseFile, openApp, smallShop, untilSegments, type App } from '../support/app.ts';

let app: App;
let page: Page;
beforeAll(async () => {
  app = await openApp({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page = app.page;
  await chooseFile(page, { name: 'shop.csv', content: smallShop() });
  await untilSegments(page);
});
afterAll(() => app.close());

const strip = () => page.getByRole('group', { name: 'Linked views' });
const selected = async () => {
  const words = await page.getByText(/^\d+ selected$/).innerText();
  return Number(words.split(' ')[0]);
};

it('views are added by keyboard, from the palette or the strip: orders over time and products come from the database', async () => {
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('choose the linked views');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Views in the strip' });
  await dialog.waitFor();
  for (const name of ['Orders over time', 'Product']) {
    await dialog.getByRole('searchbox').fill(name);
    const box = dialog.getByRole('checkbox', { name: new RegExp(`^${name} `) }).first();
    await box.focus();
    await page.keyboard.press('Space');
  }
  await page.keyboard.press('Escape');
  await strip().getByRole('listbox', { name: 'Product' }).waitFor();
  await strip().getByRole('slider', { name: 'Orders over time, from' }).waitFor();
});

it('a brush by keys filters map, list, other views and the table of customers, and says what it is', async () => {
  const from = strip().getByRole('slider', { name: 'Orders over time, from' });
  await from.focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight'); // customers who ordered from July on
  await page.getByRole('button', { name: /^Take back: Orders over time/ }).waitFor();
  const late = await selected();
  expect(late).toBe(60); // a third of the shop buys in the first months only
  await strip().getByRole('listbox', { name: 'Product' }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: /^Take back: Product/ }).waitFor();
  const both = await selected();
  expect(both).toBeGreaterThan(0);
  expect(both).toBeLessThan(late);
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  await page.getByText(`${both} of 90 customers`).waitFor();
  const table = page.getByRole('region', { name: 'Customers and their features' });
  expect(await table.locator('table').getAttribute('aria-rowcount')).toBe(String(both + 1));
  await page.getByRole('button', { name: /^Take back: Product/ }).click();
  await page.getByText(`${late} of 90 customers`).waitFor();
});

it('a view moves by its menu, and the strip is there again as it was left after the tab was closed', async () => {
  await page.getByRole('link', { name: /^Segments/ }).click();
  const titles = () => strip().locator('figcaption .title').allInnerTexts();
  const before = await titles();
  await strip().getByRole('button', { name: 'More about Product' }).click();
  await strip().getByRole('button', { name: 'Move left' }).click();
  const left = [...before.slice(0, -2), before.at(-1), before.at(-2)];
  await expect.poll(titles).toEqual(left);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('More about Product');
  await page.getByRole('button', { name: 'Undo: Move Product left' }).click();
  await expect.poll(titles).toEqual(before);
  await page.getByRole('button', { name: /^Redo/ }).click();
  await expect.poll(titles).toEqual(left);
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.goto(app.site.url);
  await page.reload();
  await page.getByRole('button', { name: 'Open the project shop' }).click();
  await untilSegments(page);
  await expect.poll(titles, { timeout: 20_000 }).toEqual(left);
});

it('taking back the last filter, or the view itself, brings everyone back', async () => {
  await page.getByRole('link', { name: /^Segments/ }).click();
  await strip().getByRole('button', { name: 'More about Orders over time' }).click();
  await strip().getByRole('button', { name: 'Remove from the strip' }).click();
  await expect.poll(() => page.getByText(/^\d+ selected$/).count()).toBe(0);
  expect(await strip().getByText('Orders over time').count()).toBe(0);
  expect(app.complaints).toEqual([]);
});
