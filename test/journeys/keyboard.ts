import { beforeEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { smallShop, untilSegments } from '../support/app.ts';
import { oneApp } from '../support/one-app.ts';

const app = oneApp();
let page: Page;
beforeEach(() => void ({ page } = app));

/** Tab until the element with this name has the focus; at most 120 steps. */
async function tabTo(name: RegExp): Promise<void> {
  for (let step = 0; step < 120; step++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const at = document.activeElement;
      return at?.getAttribute('aria-label') ?? (at as HTMLElement | null)?.innerText ?? '';
    });
    if (name.test(found)) return;
  }
  throw new Error(`Tab does not reach ${name}`);
}

// On the empty page, which the last of these fills
it('the focus can be seen wherever it is', async () => {
  await page.getByRole('button', { name: 'Paste a table' }).waitFor();
  for (let step = 0; step < 14; step++) {
    await page.keyboard.press('Tab');
    const visible = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return true; // the browser's own bar
      const { boxShadow, outlineStyle } = getComputedStyle(at);
      return boxShadow !== 'none' || outlineStyle !== 'none';
    });
    expect(visible, `step ${step}`).toBe(true);
  }
});

it('the palette that is opened right after Escape stays open', async () => {
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  const palette = page.getByRole('combobox', { name: 'Command' });
  await page.keyboard.press('Control+k');
  await palette.waitFor();
  for (let again = 0; again < 5; again++) {
    await Promise.all([page.keyboard.press('Escape'), page.keyboard.press('Control+k')]);
    await page.evaluate(() => new Promise((seen) => setTimeout(seen, 50))); // a late "close" would be here
    expect(await palette.isVisible()).toBe(true);
  }
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
});

it('from an empty page to a renamed segment and a saved list without a mouse', async () => {
  await page.getByRole('button', { name: 'Paste a table' }).waitFor();
  await tabTo(/^Paste a table$/);
  await page.keyboard.press('Enter');
  await page.getByLabel('Copy the cells').focus(); // the dialog's only field; typing 1,000 lines would take minutes
  await page.keyboard.insertText(smallShop());
  await tabTo(/^Open the table$/);
  await page.keyboard.press('Enter');
  await untilSegments(page);

  await tabTo(/customers in \d+ segments/); // the map
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.waitFor();
  await tabTo(/^Rename segment/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Found by keys');
  await page.keyboard.press('Enter');
  await inspector.getByRole('heading', { name: 'Found by keys' }).waitFor();

  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('save customers');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.keyboard.press('Enter'),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);

  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('go to data');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Row ledger' }).waitFor();
  await tabTo(/^Role of quantity$/);
});
