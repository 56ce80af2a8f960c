import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Projects } from '../../src/project/projects.svelte.ts';
import type * as Handles from '../../src/project/store/handles.ts';
import { buildPage, serveAndListen } from '../bench/crash/kills.ts';
import { launch } from '../support/browser.ts';

/** What the page puts there: test/bench/crash/page.ts. */
declare const projects: Projects;
declare const handles: typeof Handles;

const dist = mkdtempSync(join(tmpdir(), 'tessera-store-'));
let site: Awaited<ReturnType<typeof serveAndListen>>;
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  await buildPage(dist);
  site = await serveAndListen(dist, () => {});
  browser = await launch();
});
beforeEach(async () => {
  await context?.close();
  context = await browser.newContext();
});
afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(dist, { recursive: true, force: true });
});

async function openTab(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => 'projects' in globalThis);
  return page;
}
const savedIn = (page: Page) => page.evaluate(() => projects.saved);

/** Everything in the origin's own disk, as text. */
const disk = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const read = async (folder: FileSystemDirectoryHandle): Promise<string> => {
      let all = '';
      for await (const [name, entry] of folder.entries())
        all += `${name}\n${entry instanceof FileSystemFileHandle ? await (await entry.getFile()).text() : await read(entry as FileSystemDirectoryHandle)}\n`;
      return all;
    };
    return read(await navigator.storage.getDirectory());
  });

it('a project outlives its tab, and after a delete for ever not one byte of it is left', async () => {
  const one = await openTab();
  const id = await one.evaluate(async () => {
    const project = await projects.create('SENTINEL name', { document: '{}', blobs: [] });
    const blob = await projects.files.keep(project!, new Blob(['SENTINEL,data\n1,2\n']));
    projects.schedule({ document: 'SENTINEL document', blobs: [blob!] });
    await projects.current!.flush();
    return project!;
  });
  await one.close();
  const two = await openTab();
  expect(await two.evaluate((it) => projects.open(it), id)).toBe('SENTINEL document');
  expect(await disk(two)).toContain('SENTINEL,data');
  expect(await two.evaluate((it) => projects.purge(it), id)).toBe(true);
  expect(await disk(two)).not.toContain('SENTINEL');
});

it('the second tab is read-only; it takes over after the first has saved; a closed tab frees its turn', async () => {
  const one = await openTab();
  const two = await openTab();
  const id = await one.evaluate(() => projects.create('Coffee', { document: 'one', blobs: [] }));
  await two.evaluate((it) => projects.open(it!), id);
  expect(await savedIn(two)).toBe('read-only');
  await two.evaluate(() => {
    projects.onreload = (text) => Object.assign(globalThis, { shown: text });
  });
  await one.evaluate(() => projects.schedule({ document: 'not saved yet', blobs: [] }));
  expect(await two.evaluate(() => projects.current!.takeOver())).toBe(true);
  await two.waitForFunction(() => projects.saved === 'saved');
  expect(await two.evaluate(() => (globalThis as { shown?: string }).shown)).toBe('not saved yet');
  expect(await savedIn(one)).toBe('read-only');
  await two.close();
  await one.waitForFunction(() => projects.saved === 'saved', null, { timeout: 5000 });
});

it('a full disk is said with what is needed, the state before is whole, and saving goes on once there is room', async () => {
  const page = await openTab();
  const session = await context.newCDPSession(page);
  const origin = new URL(site.url).origin;
  await page.evaluate(async () => {
    await projects.create('Coffee', { document: 'before', blobs: [] });
  });
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 });
  const kept = await page.evaluate(async () => {
    const hash = await projects.files.keep(projects.current!.id, new Blob(['x'.repeat(5_000_000)]));
    return [hash ?? null, String(projects.files.task.error)];
  });
  expect(kept[0]).toBeNull();
  expect(kept[1]).toMatch(/Keeping the file needs 5 MB more than there is/);
  const words = await page.evaluate(async () => {
    projects.schedule({ document: 'y'.repeat(3_000_000), blobs: [] });
    await projects.current!.flush();
    return projects.words;
  });
  expect(words).toMatch(/^Not saved\. The browser has no room left/);
  expect(await disk(page)).toContain('before');
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  expect(await page.evaluate(() => projects.current!.flush())).toBe(true);
  expect(await savedIn(page)).toBe('saved');
});

it('the place of a file on disk is remembered over a reload, and forgotten with its project', async () => {
  const page = await openTab();
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('orders.csv', { create: true });
    await handles.keepHandle('p1', 't1', handle);
    await handles.keepHandle('p2', 't1', handle);
  });
  await page.reload();
  await page.waitForFunction(() => 'projects' in globalThis);
  const found = await page.evaluate(async () => {
    const file = await (await handles.handleOf('p1', 't1'))!.getFile();
    await handles.forgetHandles('p1');
    const left = [await handles.handleOf('p1', 't1'), await handles.handleOf('p2', 't1')];
    return [file.name, ...left.map((each) => each !== null)];
  });
  expect(found).toEqual(['orders.csv', false, true]);
});
