import { beforeEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { makeBlob } from '../../src/samples/make.ts';
import { specOf } from '../../src/samples/schemes.ts';
import { replay, saved } from '../support/app.ts';
import { oneApp, openAsNew, openShop } from '../support/one-app.ts';

const app = oneApp();
let page: Page;
beforeEach(() => void ({ page } = app));

const save = async (button: string) => (await saved(page, button)).toString();

async function untilDone(): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('.jobs progress'));
}

/** Chooses what is wanted in the dialog, and waits until it is on the screen. */
async function want(label: string, method: string): Promise<void> {
  await page.getByRole('button', { name: 'Group differently' }).click();
  const dialog = page.getByRole('dialog', { name: 'How to group' });
  await dialog.getByRole('radio', { name: `${label} ${method}`, exact: true }).check();
  await dialog.getByRole('button', { name: /^Group [\d,]+ customers$/ }).click();
  await page.getByRole('button', { name: `Undo: ${label} (${method})` }).waitFor();
  await untilDone();
}

const heading = () => page.getByRole('heading', { level: 1 }).innerText();
const letters = () => page.locator('tbody tr').allInnerTexts();

it('every want that is offered groups the customers, says how, and can be undone', async () => {
  const coffee = await makeBlob(specOf('coffee', { customers: 400 }), 'transactions');
  await openAsNew(page, { name: 'coffee.csv', content: await coffee.text() });
  await untilDone();
  const before = await letters();
  await page.getByRole('button', { name: 'Group differently' }).click();
  const offered = await page.locator('dialog label').allInnerTexts();
  await page.keyboard.press('Escape');
  expect(offered.length).toBeGreaterThan(2);
  for (const words of offered.slice(1)) {
    const [label = '', method = ''] = words.split('\n');
    await want(label, method);
    expect(await page.getByRole('alert').count(), label).toBe(0);
    await expect(page.locator('.lead').first().innerText(), label).resolves.toMatch(/\w{3}/);
    expect(await heading(), label).toMatch(/^\d+ segments?$/);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await untilDone();
    expect(await letters(), `after undoing ${label}`).toEqual(before);
  }
});

it('a name, a letter and a colour stay with their customers over other methods', async () => {
  await openShop(page);
  await page.locator('tbody .name button').first().click();
  await page.getByRole('button', { name: /^Rename segment/ }).click();
  await page.getByLabel(/^Name of segment/).fill('Ours');
  await page.keyboard.press('Enter');
  const before = await letters();
  await want('The field’s names', 'RFM');
  await want('A few clear groups', 'K-means');
  expect(await letters()).toEqual(before);
  expect(before.join()).toMatch(/Ours/);
});

it('runs are compared, one is taken back, and its recipe gives the same bytes', async () => {
  const shop = await openShop(page);
  await want('The field’s names', 'RFM');
  const rfm = await save('Customers as CSV');
  await want('Crowds within a distance', 'DBSCAN');
  await page.getByRole('button', { name: 'Compare runs' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare runs' });
  await dialog.getByRole('img', { name: /Who moved: \d+ of 90 customers/ }).waitFor();
  await dialog.getByRole('region', { name: 'Agreement of methods' }).waitFor();
  await dialog.getByRole('button', { name: /^RFM/ }).click();
  await dialog.getByRole('button', { name: 'Take this run back' }).click();
  await untilDone();
  expect(await save('Customers as CSV')).toBe(rfm);
  const recipe = await save('Recipe as JSON');
  await replay(page, recipe, shop);
  expect(await save('Customers as CSV')).toBe(rfm);
  expect(await save('Recipe as JSON')).toBe(recipe);
});

it('customers in no segment are grey, named as such, and are nobody’s segment', async () => {
  await openShop(page);
  await want('Crowds within a distance', 'DBSCAN');
  const [count = 0] = (await heading()).match(/\d+/)?.map(Number) ?? [];
  expect(await page.locator('tbody tr').count()).toBe(count + 1);
  await page.getByRole('button', { name: 'In no segment' }).first().click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('heading', { name: 'In no segment' }).waitFor();
  expect(await inspector.getByRole('button', { name: /^Rename/ }).count()).toBe(0);
});

it('segments are tested on demand, and the verdict stands with its evidence until others are made', async () => {
  await openShop(page);
  const ask = page.getByRole('button', { name: 'Test whether they are real' });
  await ask.click();
  await page
    .getByRole('rowheader', { name: 'Same columns and correlations' })
    .waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Stab.' }).waitFor();
  await page.locator('tbody .name button').first().click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByText(/Jaccard \d\.\d\d/).waitFor();
  await want('Crowds within a distance', 'DBSCAN');
  await ask.waitFor();
  await want('The field’s names', 'RFM');
  expect(await ask.count()).toBe(0);
});

it('the map can be drawn by UMAP, says how far it can be trusted, and undo brings the other back', async () => {
  await openShop(page);
  await page.getByLabel('How the map is drawn').selectOption('umap');
  await page
    .getByText(/of the 15 true neighbours stand near here too/)
    .waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Undo: Map by UMAP' }).click();
  await page.getByText(/the two axes keep/).waitFor();
});

it('a customer has a segment of one: the nearest, and why', async () => {
  await openShop(page);
  await page.locator('tbody .name button').first().click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('tab', { name: 'Who' }).click();
  await inspector.getByRole('button', { name: /^C0/ }).first().click();
  await inspector.getByRole('button', { name: 'Nearest customers' }).click();
  await inspector.getByRole('region', { name: /^Customers most like C0/ }).waitFor();
});
