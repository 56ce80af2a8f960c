import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chooseFile, openApp, smallShop, untilSegments, type App } from '../support/app.ts';
import { axeFinds } from '../support/axe.ts';

const screens = [
  { size: 'wide', viewport: { width: 1440, height: 900 } },
  { size: 'narrow', viewport: { width: 390, height: 844 } },
] as const;

const products = () =>
  ['product,category', ...Array.from({ length: 16 }, (_, i) => `P${i},Kind ${i % 3}`)].join('\n');

describe.each(screens)('$size', ({ viewport }) => {
  let app: App;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ viewport, reducedMotion: 'reduce' });
    page = app.page;
  });
  afterAll(() => app.close());

  /** Nothing in either theme; the second changes colours and nothing else. */
  async function expectNothing(): Promise<void> {
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await axeFinds(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeFinds(page, 'colours')).toEqual([]);
  }

  async function expectNoSideways(): Promise<void> {
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  }

  it('axe hears what is wrong: something without a name in all, too pale a word in either theme', async () => {
    await page.evaluate(() => {
      const wrong = document.body.appendChild(document.createElement('section'));
      wrong.append(document.createElement('button'), 'pale');
      wrong.style.cssText =
        'position: fixed; inset: 0; z-index: 9999; color: #999; background: #888';
    });
    await page.emulateMedia({ colorScheme: 'light' });
    const found = (await axeFinds(page)).join();
    expect(found).toMatch(/button-name/);
    expect(found).toMatch(/color-contrast/);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect((await axeFinds(page, 'colours')).join()).toMatch(/^color-contrast: /);
    await page.evaluate(() => document.body.lastElementChild?.remove());
  });

  it('axe finds nothing on the empty project', async () => {
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await page.waitForFunction(() => !document.body.innerText.includes('Checking that nothing'));
    await expectNothing();
    await expectNoSideways();
  });

  it('axe finds nothing on Segments, with and without an inspector', async () => {
    await chooseFile(page, { name: 'shop.csv', content: smallShop() });
    await untilSegments(page);
    await expectNothing();
    await expectNoSideways();
    await page.locator('[aria-pressed="false"]', { hasText: /\w{4}/ }).first().click();
    await expectNothing();
  });

  it('axe finds nothing on the chooser of views, nor on bars and a time line with brushes', async () => {
    await page.getByRole('link', { name: /^Segments/ }).click();
    const strip = page.getByRole('group', { name: 'Linked views' });
    await strip.getByRole('button', { name: 'View', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Views in the strip' });
    await expectNothing();
    await expectNoSideways();
    for (const name of [/^Orders over time/, /^Product /])
      await dialog.getByRole('checkbox', { name }).check();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await strip.getByRole('listbox', { name: 'Product' }).focus();
    await page.keyboard.press('Space');
    await strip.getByRole('slider', { name: 'Orders over time, to' }).focus();
    await page.keyboard.press('ArrowLeft');
    await expectNothing();
    await expectNoSideways();
    const chips = page.getByRole('button', { name: /^Take back/ });
    while ((await chips.count()) > 0) await chips.first().click();
  });

  it('axe finds nothing on the map by two features, its choosers, its legend, and maps side by side', async () => {
    const choose = async (about: string, option: string | RegExp) => {
      await page.getByRole('button', { name: new RegExp(`^${about} `) }).click();
      const choices = page.getByRole('listbox', { name: about });
      await choices.waitFor();
      await expectNothing();
      await choices.getByRole('option', { name: option }).first().click();
    };
    await page.getByLabel('How the map is drawn').selectOption('features');
    await page.getByRole('button', { name: /^Across / }).waitFor();
    await choose('Colour', 'Spend');
    await choose('Size', 'Orders');
    await page.getByRole('group', { name: 'Legend of the map' }).waitFor();
    await expectNothing();
    await expectNoSideways();
    await choose('Side by side', 'By segment');
    await page.getByRole('group', { name: /^Maps side by side/ }).waitFor();
    await expectNothing();
    await expectNoSideways();
    await choose('Side by side', 'One map');
    await choose('Colour', 'Segment');
    await choose('Size', 'All alike');
    await page.getByLabel('How the map is drawn').selectOption('pca');
    await page.getByRole('application').waitFor();
    await page.getByRole('button', { name: 'Map as a picture' }).click();
    await page.getByRole('dialog', { name: 'Map as a picture' }).waitFor();
    await expectNothing();
    await page.keyboard.press('Escape');
  });

  it('axe finds nothing on the ways to group, their editors, and the comparison of runs', async () => {
    await page.getByRole('link', { name: /^Segments/ }).click();
    const group = page.getByRole('button', { name: 'Group differently' });
    await group.click();
    const dialog = page.getByRole('dialog', { name: 'How to group' });
    for (const want of await dialog.getByRole('radio').all()) {
      await want.check();
      for (const summary of await dialog.locator('summary').all()) await summary.click();
      await expectNothing();
      await expectNoSideways();
    }
    await page.keyboard.press('Escape');
    await group.click();
    await dialog.getByRole('radio', { name: 'Crowds within a distance' }).check();
    await dialog.getByRole('button', { name: /^Group/ }).click();
    await page.getByRole('button', { name: 'Compare runs' }).click();
    await page.getByRole('dialog', { name: 'Compare runs' }).waitFor();
    await expectNothing();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'In no segment' }).first().click();
    await expectNothing();
  });

  it('axe finds nothing on what is changed by hand: the menu, its dialogs, notes, the list of changes', async () => {
    await page.getByRole('link', { name: /^Segments/ }).click();
    const change = page.getByRole('button', { name: /^Change segment/ });
    const choose = async () => {
      if (!(await change.isVisible()))
        await page.locator('[aria-pressed="false"]', { hasText: /\w{4}/ }).first().click();
    };
    await choose();
    const open = async (verb: string) => {
      if ((await change.getAttribute('aria-expanded')) === 'false') await change.click();
      await expectNothing();
      await page.getByRole('button', { name: verb, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await expectNothing();
      await expectNoSideways();
    };
    for (const verb of ['Merge with others', 'Split', 'Hold as it is', 'Dissolve']) {
      await open(verb);
      if (verb !== 'Dissolve') await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: /^Dissolve \w$/ }).click();
    await change.waitFor({ state: 'detached' }); // the segment is gone, and with it what was open of it
    await choose();
    await page.getByRole('tab', { name: 'Notes' }).click();
    await expectNothing();
    await open('All changes by hand');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Undo: Dissolve/ }).click();
    await choose();
    await open('Compare');
    await page.getByRole('dialog').getByRole('table').first().waitFor();
    await expectNothing();
    await page.keyboard.press('Escape');
  });

  it('axe finds nothing on the check of the segments, on versions with who moved, and on an answer', async () => {
    const run = async (words: string) => {
      await page.keyboard.press('ControlOrMeta+K');
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
    };
    await run('check the segments');
    await page.getByText(/^Nothing is tiny|findings?\. Each is a reason/).waitFor();
    await expectNothing();
    await expectNoSideways();
    await page.keyboard.press('Escape');
    await run('versions of the segments');
    await expectNothing();
    await page.getByLabel('Name of this version').fill('First');
    await page.getByRole('button', { name: 'Save version' }).click();
    await page.getByRole('img', { name: /^Who moved/ }).waitFor();
    await expectNothing();
    await expectNoSideways();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Undo: Save version/ }).click();
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.type('how many customers are there');
    await page.getByRole('option', { name: /^Will run/ }).waitFor(); // the words of the project are learnt first
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('table').first().waitFor();
    await expectNothing();
    await expectNoSideways();
    await page.keyboard.press('Escape');
  });

  it('axe finds nothing on the reasons: rule, story and its editor, one customer, what goes with an outcome', async () => {
    await page.getByRole('link', { name: /^Segments/ }).click();
    const segment = page.locator('[aria-pressed]', { hasText: /\w{4}/ }).first();
    if ((await segment.getAttribute('aria-pressed')) === 'false') await segment.click();
    await page.getByRole('tab', { name: 'What sets it apart' }).click();
    await page.getByText('Precision').waitFor();
    await expectNothing();
    await page.getByRole('tab', { name: 'Story' }).click();
    await expectNothing();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await expectNothing();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('tab', { name: 'Who' }).click();
    await page.getByRole('button', { name: 'Customers who stand for the others' }).click();
    await page.getByText('stands for').first().waitFor();
    await page.locator('[aria-label="Typical customers"] button').first().click();
    await page.getByRole('button', { name: 'Why this segment' }).click();
    const reasons = page.getByRole('region', { name: 'Why this customer is in this segment' });
    await reasons.locator('table, p').first().waitFor(); // in numbers or in sentences, as the method says them
    await expectNothing();
    await expectNoSideways();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('What goes with being frequent');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Surprising subgroups' }).waitFor();
    await expectNothing();
    await expectNoSideways();
    await page.keyboard.press('Escape');
  });

  it.each([
    ['Data', /shop/],
    ['Customers', '90 customers'],
    ['Trust', 'What can leave this tab'],
  ])('axe finds nothing on %s', async (place, name) => {
    await page.getByRole('link', { name: place, exact: true }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await expectNothing();
    await expectNoSideways();
  });

  it.each(['People', 'Quality'])('axe finds nothing on the side %s of the data', async (side) => {
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('tab', { name: side }).click();
    if (side === 'Quality') {
      await page.getByRole('button', { name: 'Look at the data' }).click();
      await page.getByRole('button', { name: 'Look again' }).waitFor();
    }
    await expectNothing();
    await expectNoSideways();
  });

  it('axe finds nothing on the joins of several tables, and on the menu of the project', async () => {
    await page.getByTestId('file').setInputFiles(
      ['orders.csv', 'products.csv'].map((name) => ({
        name,
        mimeType: 'text/csv',
        buffer: Buffer.from(name === 'orders.csv' ? smallShop() : products()),
      })),
    );
    await untilSegments(page);
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('tab', { name: 'Joins' }).click();
    await expectNothing();
    await expectNoSideways();
    await page
      .getByRole('banner')
      .getByRole('button', { name: /orders and 1 more/ })
      .click();
    await expectNothing();
    await expectNoSideways();
    await page.keyboard.press('Escape');
  });

  it('axe finds nothing on the command palette', async () => {
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox', { name: 'Command' }).waitFor();
    await expectNothing();
    await page.keyboard.press('Escape');
  });
});
