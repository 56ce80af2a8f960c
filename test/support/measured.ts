import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { openWatched, type Watched } from './watched.ts';

export type Measured = Watched & {
  readonly page: Page;
  /** From the start of navigation until a file can be dropped or chosen, ms. */
  readonly usableMs: number;
};

/** Sets `usableMs` in the page as soon as the button that opens a file is there and can be pressed. */
const whenUsable = `{
  const look = () => {
    const open = [...document.querySelectorAll('button')].find((button) => /^choose a file/i.test(button.innerText));
    if (open && !open.disabled && open.getClientRects().length > 0) globalThis.usableMs = performance.now();
    else setTimeout(look, 4);
  };
  look();
}`;

/** The app in a fresh profile, as soon as it can be used. English, so that numbers read the same everywhere. */
export async function openMeasured(browser: Browser, address: string): Promise<Measured> {
  const watched = await openWatched(browser, address, {
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
  });
  const page = await watched.context.newPage();
  await page.addInitScript(whenUsable);
  await page.goto(address);
  const usable = await page.waitForFunction('globalThis.usableMs');
  const usableMs = (await usable.jsonValue()) as number; // set by `whenUsable`
  return { ...watched, page, usableMs };
}

/** Drops the file at `path` on the middle of the page, as a person drags it from the desktop. */
export async function dropFile(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const at = { x: 600, y: 400, data: { items: [], files: [path], dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at });
  await session.detach();
}

/** Waits until the map of segments stands and has been painted. */
export async function segmentsDrawn(page: Page, timeoutMs = 170_000): Promise<void> {
  await page.getByLabel(/^Map of .* segments/).waitFor({ timeout: timeoutMs });
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
  );
}

export type Weight = { readonly bytes: number; readonly files: readonly string[] };

/**
 * What the page and its workers ask for until it can be used, gzipped (level 9) file by file, without the engine. What the
 * service worker fetches for later is not in it: the page does not wait for that.
 */
export async function weightBeforeEngine(browser: Browser, address: string): Promise<Weight> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const asked = new Set<string>();
  context.on('request', (request) => {
    if (request.serviceWorker() === null) asked.add(request.url());
  });
  const page = await context.newPage();
  await page.addInitScript(whenUsable);
  await page.goto(address);
  await page.waitForFunction('globalThis.usableMs');
  await page.waitForLoadState('load');
  const files = [...asked].filter((url) => url.startsWith('http') && !/duckdb|\.wasm/.test(url));
  const sizes = files.map(async (url) => {
    const answer = await fetch(url); // the same bytes, without a browser's cache
    return gzipSync(new Uint8Array(await answer.arrayBuffer()), { level: 9 }).length;
  });
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await context.close();
  return { bytes, files };
}
