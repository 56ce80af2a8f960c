import { beforeEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { dropFile, replay, saved, savedPicture, smallShop, untilSegments } from '../support/app.ts';
import { weightBeforeEngine } from '../support/measured.ts';
import { oneApp, openShop } from '../support/one-app.ts';

const app = oneApp();
let page: Page;
beforeEach(() => void ({ page } = app));

const save = async (button: string) => (await saved(page, button)).toString();

/** The first of all: a file that is dropped on an open project is one more table of it. */
it('a dropped file becomes named segments on a map without a question, and every row is accounted for', async () => {
  await dropFile(page, { name: 'shop.csv', content: smallShop() });
  await untilSegments(page);
  expect(page.url()).toMatch(/#\/segments$/);
  await expect(page.getByRole('application').getAttribute('aria-label')).resolves.toMatch(
    /90 customers/,
  );
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  const ledger = page.getByRole('region', { name: 'Row ledger' });
  const records = smallShop().trim().split('\n').length - 1;
  await ledger.getByText(`${records.toLocaleString('en-US')} read`).waitFor();
  await expect(ledger.innerText()).resolves.toMatch(/No customer/);
  await expect(ledger.innerText()).resolves.toMatch(/1 are returns|1 is a return/);
});

it('the page weighs less than 400 kB before the engine', async () => {
  const { bytes } = await weightBeforeEngine(
    page.context().browser()!,
    new URL('.', page.url()).href,
  );
  expect(bytes).toBeLessThan(400_000);
});

it('the file that is saved holds every customer with a segment, and the recipe gives the same bytes again', async () => {
  const shop = await openShop(page);
  const first = await save('Customers as CSV');
  const recipe = await save('Recipe as JSON');
  expect(first.trim().split('\n')).toHaveLength(91);
  await replay(page, recipe, shop);
  expect(await save('Customers as CSV')).toBe(first);
  expect(await save('Recipe as JSON')).toBe(recipe);
});

it('the map is saved as PNG and as SVG', async () => {
  await openShop(page);
  const png = await savedPicture(page, (dialog) => dialog.getByLabel('Longer side').fill('1200'));
  expect([...png.subarray(1, 4)]).toEqual([80, 78, 71]);
  expect(Math.max(png.readUInt32BE(16), png.readUInt32BE(20))).toBe(1200);
  const svg = (
    await savedPicture(page, async (dialog) => {
      await dialog.getByRole('button', { name: 'SVG' }).click();
      await dialog.getByRole('button', { name: 'Dark' }).click();
    })
  ).toString();
  expect(svg).toMatch(/^(<\?xml[^>]*>\s*)?<svg /);
  expect(svg).not.toMatch(/<script|on\w+=|https?:\/\/(?!www\.w3\.org)/);
});

it('a segment can be chosen, renamed, and the name taken back by undo', async () => {
  await openShop(page);
  await page.locator('tbody .name button').first().click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const before = await inspector.getByRole('heading', { level: 2 }).innerText();
  await inspector.getByRole('button', { name: 'Rename segment A' }).click();
  await page.getByLabel('Name of segment A').fill('Our best');
  await page.keyboard.press('Enter');
  await inspector.getByRole('heading', { name: 'Our best' }).waitFor();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await inspector.getByRole('heading', { name: before }).waitFor();
});

it('the number of segments is to hand, and undo brings back the one chosen by silhouette', async () => {
  await openShop(page);
  const before = await page.getByRole('heading', { level: 1 }).innerText();
  await page.getByRole('spinbutton', { name: 'Segments' }).fill('5');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '5 segments' }).waitFor();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('heading', { name: before }).waitFor();
});

it('a role that is corrected is followed by everything after it', async () => {
  await openShop(page);
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByLabel('Role of unit_price').selectOption('left-out');
  await page.getByRole('link', { name: /^Segments/ }).click();
  await untilSegments(page);
  await page.getByRole('link', { name: 'Customers' }).click();
  await page.getByRole('button', { name: 'Show the SQL' }).click();
  await expect(page.locator('pre').innerText()).resolves.toMatch(/SELECT/);
});

it('a sample opens by one click', async () => {
  await page.goto(app.url);
  await page.reload();
  await page.getByRole('button', { name: 'Open the sample Phone company' }).click();
  await untilSegments(page);
});
