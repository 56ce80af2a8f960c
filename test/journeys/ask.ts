import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chooseFile, openApp, smallShop, untilSegments, type App } from '../support/app.ts';
import { axeFinds } from '../support/axe.ts';

const screens = [
  { size: 'wide, light', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { size: 'narrow, dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

describe.each(screens)('$size', ({ viewport, colorScheme }) => {
  let app: App;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ viewport, colorScheme, reducedMotion: 'reduce' });
    page = app.page;
    await chooseFile(page, { name: 'shop.csv', content: smallShop() });
    await untilSegments(page);
  });
  afterAll(async () => {
    expect(app.complaints).toEqual([]);
    await app.close();
  });

  const options = () => page.getByRole('dialog', { name: /^Search/ }).getByRole('option');
  async function type(question: string): Promise<void> {
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox', { name: 'Command' }).fill(question);
  }
  async function expectNothing(): Promise<void> {
    expect(await axeFinds(page)).toEqual([]);
  }

  it('a question says what will run, is answered by Enter, and its customers are selected on the map', async () => {
    await type('how many customers have more than 10 orders');
    await options()
      .filter({ hasText: /^Will run\s*Count customers with Orders more than 10/ })
      .waitFor();
    await expectNothing();
    await page.keyboard.press('Enter');
    const answer = page.getByRole('dialog', { name: 'Answer' });
    const sentence = await answer.getByRole('heading', { level: 2 }).innerText();
    expect(sentence).toMatch(/^30 of 90 customers, 33.3 % \(/); // the third kind of the shop orders 24 or 25 times, the second 9 or 10
    await expectNothing();
    await answer.getByRole('button', { name: 'Select them on the map' }).click();
    await answer.waitFor({ state: 'hidden' });
    await page
      .getByText(/^30 (customers )?(inside|selected|of)/)
      .first()
      .waitFor();
  });

  it('what cannot be answered is refused with what can', async () => {
    await type('which customers will leave');
    await page.getByText('I can’t answer that.').waitFor();
    await page.keyboard.press('Enter'); // takes the nearest into the field, and runs nothing
    await options().filter({ hasText: 'Will run' }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  });

  it('a customer is found by id and opened with the time line', async () => {
    await type('c0007');
    await options()
      .filter({ hasText: /^Customer\s*C0007/ })
      .click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('heading', { name: 'Customer C0007' }).waitFor();
    await inspector.getByRole('img', { name: /^\d+ orders? from/ }).waitFor();
    await expectNothing();
  });
});
