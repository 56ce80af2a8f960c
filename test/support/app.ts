import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launch } from './browser.ts';
import { serve, type Site } from './serve.ts';
import { openWatched, type Watched } from './watched.ts';

const dist = new URL('../../dist/', import.meta.url).pathname;

/** The built app in a real browser, with every request recorded. */
export type App = {
  readonly page: Page;
  readonly site: Site;
  readonly watched: Watched;
  /** What the page complained of: errors that nobody caught. */
  readonly complaints: string[];
  /** Closes all; throws if anything went to another origin. */
  close(): Promise<void>;
};

export async function openApp(options: BrowserContextOptions = {}): Promise<App> {
  const site = await serve(dist, { headers: true });
  const browser: Browser = await launch();
  const watched = await openWatched(browser, site.url, { acceptDownloads: true, ...options });
  const page = await watched.context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(site.url);
  return {
    page,
    site,
    watched,
    complaints,
    async close() {
      try {
        await watched.close();
      } finally {
        await browser.close();
        await site.close();
      }
    },
  };
}

export type GivenFile = { readonly name: string; readonly content: string | Uint8Array };

/** Chooses a file in the picker, as the button does. */
export async function chooseFile(page: Page, { name, content }: GivenFile): Promise<void> {
  const buffer = Buffer.from(content as Uint8Array); // Buffer takes text and bytes alike
  await page.getByTestId('file').setInputFiles({ name, mimeType: 'text/csv', buffer });
}

/** Drops a file on the page, as from the desktop. */
export async function dropFile(page: Page, { name, content }: GivenFile): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, bytes]) => {
      const it = new DataTransfer();
      it.items.add(new File([Uint8Array.from(bytes)], fileName, { type: 'text/csv' }));
      return it;
    },
    [name, [...Buffer.from(content as Uint8Array)]] as const,
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

/** Waits until the segments of the open file are on the map. */
export async function untilSegments(page: Page, timeout = 120_000): Promise<void> {
  await page.getByRole('heading', { name: /^\d+ segments?$/ }).waitFor({ timeout });
  await page.getByRole('application').waitFor();
}

/** What a button saves, as bytes. */
export async function saved(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFile(await download.path());
}

/** The map as a file: `choose` clicks what the dialog offers beside a PNG of 3,000 pixels. */
export async function savedPicture(
  page: Page,
  choose: (dialog: Locator) => Promise<void> = async () => {},
): Promise<Buffer> {
  await page.getByRole('button', { name: 'Map as a picture' }).click();
  const dialog = page.getByRole('dialog', { name: 'Map as a picture' });
  await choose(dialog);
  const file = await saved(page, 'Save the picture');
  await dialog.waitFor({ state: 'detached' });
  return file;
}

/** Does a recipe again on a page that knows nothing, with the same file; ends when Tessera says that all are where they were. */
export async function replay(page: Page, recipe: string, file: GivenFile): Promise<void> {
  await page.reload();
  await page.getByTestId('recipe').setInputFiles({
    name: 'recipe.json',
    mimeType: 'application/json',
    buffer: Buffer.from(recipe),
  });
  await page.getByText('Open that file now').waitFor();
  await chooseFile(page, file);
  await page.getByText('every customer is in the same segment').waitFor();
}

/** A small shop: 90 customers of three kinds that differ by how often, how late and for how much they buy; some lines without a customer, some returns. */
export function smallShop(): string {
  const lines = ['order_id;customer_id;order_date;product;quantity;unit_price'];
  let order = 1000;
  for (let c = 0; c < 90; c++) {
    const kind = c % 3;
    const orders = [2, 9, 24][kind]! + (c % 2);
    for (let o = 0; o < orders; o++) {
      const month = kind === 0 ? 1 + (o % 3) : 1 + ((o * 5 + c) % 12);
      const day = String(1 + ((c * 7 + o * 3) % 28)).padStart(2, '0');
      const price = ([8, 25, 90][kind]! + ((c + o) % 5)).toFixed(2);
      order++;
      lines.push(
        `${order};C${String(c).padStart(4, '0')};2025-${String(month).padStart(2, '0')}-${day};P${(o * 3 + c) % (4 + kind * 6)};${1 + (o % 3)};${price}`,
      );
    }
  }
  lines.push('9001;;2025-05-05;P1;1;9.50', 'C9002;C0001;2025-05-06;P1;-1;25.00');
  return lines.join('\n') + '\n';
}
