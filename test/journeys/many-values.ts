import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chooseFile, openApp, untilSegments, type App } from '../support/app.ts';
import { manyValues } from '../support/many-values.ts';
import { unusable } from '../support/geometry.ts';

let app: App;
let page: Page;
beforeAll(async () => {
  app = await openApp({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page = app.page;
  await chooseFile(page, { name: 'many.csv', content: manyValues() });
  await untilSegments(page);
});
afterAll(() => app.close());

const strip = () => page.getByRole('group', { name: 'Linked views' });

it('a category of 1,000 values: the commonest have bars, any is found by a few letters and picked by keys, all others are one', async () => {
  await strip().getByRole('button', { name: 'View', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Views in the strip' });
  await dialog.getByRole('searchbox').fill('town');
  await dialog.getByRole('checkbox', { name: /^Town bars/ }).check();
  await page.keyboard.press('Escape');
  const bars = strip().getByRole('listbox', { name: 'Town' });
  await bars.getByRole('option', { name: '988 others: 3,952' }).waitFor();
  expect(await bars.getByRole('option').count()).toBe(13);
  await strip().getByRole('searchbox', { name: 'Search in Town' }).fill('town 0777');
  await expect.poll(() => bars.getByRole('option').count()).toBe(1);
  await bars.focus();
  await page.keyboard.press('Space');
  await page.getByText('4 selected').waitFor();
  await page.getByRole('button', { name: 'Take back: Town Town 0777' }).waitFor();
  await strip().getByRole('searchbox', { name: 'Search in Town' }).fill('');
  await bars.getByRole('option', { name: /^987 others/ }).click(); // the picked one has a row of its own
  await page.getByText('3,952 selected').waitFor();
  await page.getByRole('button', { name: /^Take back: Town/ }).click();
});

it('200 segments: each is found by its letter, chosen by keys on the map, has a colour with its letter, and nothing is covered', async () => {
  await page.getByRole('spinbutton', { name: 'Segments' }).fill('200');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '200 segments' }).waitFor({ timeout: 60_000 });
  await page.getByRole('searchbox', { name: 'Search the segments' }).fill('gr');
  const list = page.locator('table', { hasText: 'All customers' });
  await expect.poll(() => list.locator('tbody tr').count()).toBeLessThan(60);
  await page.getByRole('searchbox', { name: 'Search the segments' }).fill('');
  const map = page.getByRole('application', { name: /in 200 segments/ });
  await map.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Inspector' }).waitFor();
  expect(await unusable(page)).toEqual([]);
});
