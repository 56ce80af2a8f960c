import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { chooseFile, openApp, smallShop, untilSegments, type App, type GivenFile } from './app.ts';

/** The app as a file of journeys has it. */
export type OneApp = {
  readonly page: Page;
  /** The address of the page. */
  readonly url: string;
};

/**
 * One page for all the tests of a file, each of which opens what it needs as a new project: to start a browser and its engine takes
 * longer than most of what is tested. After a test the page must not have complained, and its dialogs are closed; after one that
 * failed the next begins in a new browser.
 */
export function oneApp(
  options: BrowserContextOptions = { viewport: { width: 1440, height: 900 } },
): OneApp {
  let app: App;
  const open = async () => void (app = await openApp(options));
  beforeAll(open);
  afterEach(async ({ task }) => {
    const complaints = app.complaints.splice(0);
    if (task.result?.state === 'fail' || complaints.length > 0) {
      await app.close();
      await open();
    } else await closeDialogs(app.page);
    expect(complaints).toEqual([]);
  });
  afterAll(() => app.close());
  return {
    get page() {
      return app.page;
    },
    get url() {
      return app.site.url;
    },
  };
}

async function closeDialogs(page: Page): Promise<void> {
  const open = page.locator('dialog[open]');
  for (let left = await open.count(); left > 0; left--) await page.keyboard.press('Escape');
  await open.first().waitFor({ state: 'detached' });
}

let files = 0;

/** A new project of this file under a name of its own; ends when its segments are on the map. `title` is the project's name. */
export async function openAsNew(
  page: Page,
  { name, content }: GivenFile,
): Promise<GivenFile & { readonly title: string }> {
  const title = `${name.replace(/\.\w+$/, '')} ${++files}`;
  const file = { name: name.replace(/^.*(?=\.\w+$)/, title), content };
  await chooseFile(page, file);
  await untilOpen(page, title);
  return { ...file, title };
}

/** Waits until the segments of this project are on the map, whatever was on the page before. */
export async function untilOpen(page: Page, title: string): Promise<void> {
  await page.waitForFunction((name) => document.title.startsWith(name), title); // and what was there before is gone
  await page.waitForURL(/#\/segments/);
  await untilSegments(page);
}

export const openShop = (page: Page) => openAsNew(page, { name: 'shop.csv', content: smallShop() });
