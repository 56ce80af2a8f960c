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
    const open = [...document.querySelectorAll('button')].find((button) => /^choose files/i.test(button.innerText));
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
  const usable = await page.waitForFunction(() => (globalThis as { usableMs?: number }).usableMs);
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

const isEngine = (url: string): boolean => /\.wasm/.test(url);

export type Weight = {
  readonly bytes: number;
  /** Of these, the script of the database's own worker. */
  readonly engineScript: number;
  readonly files: number;
  /** From the start of navigation until the engine had arrived, ms; null where it waits for the first file. */
  readonly engineMs: number | null;
};

/**
 * What the page and its workers ask for until it can be used, gzipped (level 9) file by file, without the engine's wasm. What the
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
  const engine = context
    .waitForEvent('requestfinished', {
      predicate: (request) => isEngine(request.url()),
      timeout: 10_000,
    })
    .catch(() => null); // it was not asked for: it waits for the first file
  const start = (await page.goto(address))?.request().timing().startTime ?? NaN;
  await page.waitForFunction(() => (globalThis as { usableMs?: number }).usableMs);
  await page.waitForLoadState('load');
  const arrived = (await engine)?.timing();
  const engineMs = arrived ? arrived.startTime + arrived.responseEnd - start : null;
  const own = new URL(address).origin;
  const files = [...asked].filter((url) => new URL(url).origin === own && !isEngine(url));
  await context.close();
  let [bytes, engineScript] = [0, 0];
  for (const url of files) {
    const answer = await fetch(url); // the same bytes, without a browser's cache
    const size = gzipSync(new Uint8Array(await answer.arrayBuffer()), { level: 9 }).length;
    bytes += size;
    if (/engine\.worker/.test(url)) engineScript += size;
  }
  return { bytes, engineScript, files: files.length, engineMs };
}
