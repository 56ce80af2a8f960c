import { readFile } from 'node:fs/promises';
import { beforeEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chooseFile, smallShop, untilSegments } from '../support/app.ts';
import { oneApp, openShop, untilOpen } from '../support/one-app.ts';

const app = oneApp();
let page: Page;
beforeEach(() => void ({ page } = app));

const segments = () => page.getByRole('heading', { name: /^\d+ segments?$/ });

/** A shop that is saved; its name. */
async function savedShop(): Promise<string> {
  const { title } = await openShop(page);
  await page.getByText('Saved', { exact: true }).waitFor();
  return title;
}

/** As when the tab was closed and Tessera is opened again. */
async function comeBack(): Promise<void> {
  await page.goto(app.url);
  await page.reload();
}

it('a project is there again after the tab was closed, with its name, its files and what was decided', async () => {
  const shop = await savedShop();
  const before = await segments().innerText();
  await page.getByRole('button', { name: shop, exact: true }).click();
  await page.getByLabel('Name of the project').fill('Corner shop');
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('button', { name: 'Corner shop' }).waitFor();
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await comeBack();
  await page.getByRole('button', { name: 'Open the project Corner shop' }).click();
  await untilSegments(page);
  expect(await segments().innerText()).toBe(before);
  await page.getByRole('button', { name: 'Corner shop' }).waitFor();
});

it('what was decided can be undone and done again after the tab was closed', async () => {
  const shop = await savedShop();
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  const quotes = page.getByLabel('Quotes').first();
  const before = await quotes.inputValue();
  await quotes.selectOption('none');
  await page.getByText('Saved', { exact: true }).waitFor();
  await comeBack();
  await page.getByRole('button', { name: `Open the project ${shop}` }).click();
  await untilSegments(page);
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  expect(await quotes.inputValue()).toBe('none');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(() => quotes.inputValue(), { timeout: 20_000 }).toBe(before);
  await page.getByRole('button', { name: /^Redo/ }).click();
  await expect.poll(() => quotes.inputValue(), { timeout: 20_000 }).toBe('none');
});

it('a project file under a passphrase opens with it and not without', async () => {
  const shop = await savedShop();
  await page.getByRole('button', { name: shop, exact: true }).click();
  await page.getByRole('button', { name: 'Export as .tessera…' }).click();
  await page.getByLabel('Lock it with a passphrase').check();
  await page.getByLabel('Passphrase', { exact: true }).fill('a long enough phrase');
  await page.getByLabel('The same again').fill('a long enough phrase');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  const bytes = await readFile(await download.path());
  expect(bytes.includes('customer_id')).toBe(false);
  await comeBack();
  await chooseFile(page, { name: 'shop.tessera', content: bytes });
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passphrase').fill('another phrase');
  await dialog.getByRole('button', { name: 'Open' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Passphrase').fill('a long enough phrase');
  await dialog.getByRole('button', { name: 'Open' }).click();
  await untilSegments(page);
});

it('a project in the bin can be taken back', async () => {
  const shop = await savedShop();
  await page.getByRole('button', { name: shop, exact: true }).click();
  await page.getByRole('button', { name: 'Move to the bin' }).click();
  await page.getByText('Bin: 1').click();
  await page.getByRole('button', { name: `Take ${shop} back` }).click();
  await page.getByRole('button', { name: `Open the project ${shop}` }).click();
  await untilSegments(page);
});

it('a file that was opened twice is two projects of one name, and the palette lists both', async () => {
  const shop = await savedShop();
  await savedShop();
  await chooseFile(page, { name: `${shop}.csv`, content: smallShop() });
  await untilOpen(page, shop);
  await page.getByText('Saved', { exact: true }).waitFor();
  await comeBack();
  await page
    .getByRole('button', { name: `Open the project ${shop}` })
    .first()
    .waitFor();
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('combobox', { name: 'Command' }).fill(`open the project ${shop}`);
  const found = page.getByRole('option', { name: `Open the project ${shop}` });
  await expect.poll(() => found.count()).toBe(2);
});

it('the second tab with the same project says so and takes over when it is told to', async () => {
  const shop = await savedShop();
  const other = await page.context().newPage();
  await other.goto(app.url);
  await other.getByRole('button', { name: `Open the project ${shop}` }).click();
  await untilSegments(other);
  await other.getByText('Read-only', { exact: true }).waitFor();
  await other.getByRole('button', { name: shop, exact: true }).click();
  await other.getByRole('button', { name: 'Take over' }).click();
  await other.getByText('Saved', { exact: true }).waitFor();
  await page.getByText('Read-only', { exact: true }).waitFor();
  await other.close();
});
