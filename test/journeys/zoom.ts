import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chooseFile, openApp, smallShop, untilSegments, type App } from '../support/app.ts';
import { unusable } from '../support/geometry.ts';

let app: App;
let page: Page;
beforeAll(async () => {
  // 1440 × 900 at 200 %
  app = await openApp({
    viewport: { width: 720, height: 450 },
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  });
  page = app.page;
  await chooseFile(page, { name: 'shop.csv', content: smallShop() });
  await untilSegments(page);
});
afterAll(() => app.close());

const windows = [
  { name: '1440 × 900 at 200 %', viewport: { width: 720, height: 450 }, dialogs: true },
  { name: 'low, 1280 × 600', viewport: { width: 1280, height: 600 }, dialogs: false },
  { name: 'a phone, 390 × 844', viewport: { width: 390, height: 844 }, dialogs: true },
] as const;

describe.each(windows)('$name', ({ viewport, dialogs }) => {
  beforeAll(() => page.setViewportSize(viewport));

  const strip = () => page.getByRole('group', { name: 'Linked views' });
  const usable = async (state: string) =>
    expect({ state, faults: await unusable(page) }).toEqual({ state, faults: [] });
  const run = async (command: string) => {
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.type(command);
    await page.keyboard.press('Enter');
  };

  it('map, list, strip and a selection can all be reached', async () => {
    await usable('segments');
    await strip().getByRole('button', { name: 'View', exact: true }).click();
    await usable('the chooser of views');
    const dialog = page.getByRole('dialog', { name: 'Views in the strip' });
    for (const name of [/^Orders over time/, /^Product /, /^Customers /])
      await dialog.getByRole('checkbox', { name }).check();
    await page.keyboard.press('Escape');
    await strip().getByRole('listbox', { name: 'Product' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: /^Take back: Product/ }).waitFor();
    await usable('a selection');
    await strip().getByRole('button', { name: 'More about Product' }).click();
    await usable('the menu of a view');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear selection' }).click();
  });

  it('the map by features with its legend, and maps side by side', async () => {
    await page.getByLabel('How the map is drawn').selectOption('features');
    const choose = async (about: string, option: string) => {
      await page.getByRole('button', { name: new RegExp(`^${about} `) }).click();
      await page.getByRole('listbox', { name: about }).waitFor();
      await usable(`choosing ${about}`);
      await page
        .getByRole('listbox', { name: about })
        .getByRole('option', { name: option })
        .first()
        .click();
    };
    await choose('Colour', 'Spend');
    await choose('Size', 'Orders');
    await page.getByRole('group', { name: 'Legend of the map' }).waitFor();
    await usable('the legend');
    await choose('Side by side', 'By segment');
    await page.getByRole('group', { name: /^Maps side by side/ }).waitFor();
    await usable('maps side by side');
    for (let i = 0; i < 4; i++) await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByRole('application').waitFor();
  });

  it('the inspector: every tab, the menu of a segment, one customer', async () => {
    await run('select segment a');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    for (const tab of await inspector.getByRole('tab').all()) {
      await tab.click();
      await usable(`the tab ${await tab.innerText()}`);
    }
    await page.getByRole('button', { name: /^Change segment/ }).click();
    await usable('the menu of a segment');
    await page.keyboard.press('Escape');
    await inspector.getByRole('tab', { name: 'Who' }).click();
    await page.locator('[aria-label="Typical customers"] button').first().click();
    await usable('one customer');
    await page.getByRole('button', { name: /^Back to/ }).click();
  });

  it
    .runIf(dialogs)
    .each([
      'group differently',
      'check the segments',
      'versions of the segments',
      'compare customers',
      'what goes with being frequent',
      'how many customers are there',
    ])('the dialog of “%s”', async (command) => {
    await run(command);
    await page.getByRole('dialog').waitFor();
    await usable(command);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});
