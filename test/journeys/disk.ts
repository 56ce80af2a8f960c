import { beforeEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { smallShop, untilSegments } from '../support/app.ts';
import { oneApp } from '../support/one-app.ts';

/** The files lie in the origin's own disk, whose handles are of the same kind as those of a picker. */
const app = oneApp();
let page: Page;
/** The name of the file without its ending, and so of the project: each test has its own. */
let shop = '';
let tests = 0;
beforeEach(async () => {
  ({ page } = app);
  shop = `shop ${++tests}`;
  await comeBackLater();
});

/** As when Tessera was closed and is opened again. */
async function comeBackLater(): Promise<void> {
  await page.goto(app.url);
  await page.reload();
}

const write = (content: string) =>
  page.evaluate(
    async ([name, text]) => {
      const root = await navigator.storage.getDirectory();
      const handle = await root.getFileHandle(name, { create: true });
      const writable = await handle.createWritable();
      await writable.write(text);
      await writable.close();
    },
    [`${shop}.csv`, content] as const,
  );
const remove = () =>
  page.evaluate(
    async (name) => (await navigator.storage.getDirectory()).removeEntry(name),
    `${shop}.csv`,
  );

/** As when a person comes back to the tab. */
const comeBack = () =>
  page.evaluate(
    () => void document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
  );

/** Opens the file as the picker of the browser would give it. */
async function choose(): Promise<void> {
  await page.evaluate((name) => {
    Object.assign(globalThis, {
      showOpenFilePicker: async () => {
        const root = await navigator.storage.getDirectory();
        return [await root.getFileHandle(name)];
      },
    });
  }, `${shop}.csv`);
  await page.getByRole('button', { name: 'Choose files' }).click();
  await untilSegments(page);
  await page.getByText('Saved', { exact: true }).waitFor();
}

const toData = () => page.getByRole('link', { name: 'Data', exact: true }).click();
const changed = () =>
  page.getByText(/“shop \d\.csv” changed on disk since it was read: it is .* larger/).first();
const refresh = () => page.getByRole('button', { name: 'Refresh', exact: true }).first();
const more = '9003;C0002;2025-06-07;P1;2;12.00\n9004;C0003;2025-06-08;P2;1;14.00\n';

it('a file that changed is noticed when the tab is looked at again, read by one click, and the step can be undone', async () => {
  const content = smallShop();
  const rows = content.trim().split('\n').length - 1;
  const said = (n: number) =>
    page.getByText(new RegExp(`Row ledger: ${n.toLocaleString('en')} read`)).first();
  await write(content);
  await choose();
  await toData();
  await said(rows).waitFor();
  await comeBack();
  expect(await changed().count()).toBe(0);
  await write(content + more);
  await comeBack();
  await changed().waitFor();
  await said(rows).waitFor(); // nothing changes by itself
  await refresh().click();
  await said(rows + 2).waitFor();
  await changed().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Undo/ }).click();
  await said(rows).waitFor();
});

it('a file that changed or went away while Tessera was closed is noticed as its project is opened', async () => {
  const content = smallShop();
  await write(content);
  await choose();
  await comeBackLater();
  await write(content + more);
  await page.getByRole('button', { name: `Open the project ${shop}` }).click();
  await untilSegments(page);
  await toData();
  await changed().waitFor();
  await remove();
  await comeBack();
  await page
    .getByText(/“shop \d\.csv” is not where it was/)
    .first()
    .waitFor();
  expect(await refresh().count()).toBe(0);
});

it('where the browser asks first, that is said, and one click asks', async () => {
  await write(smallShop());
  await choose();
  await page.evaluate(() => {
    let state: PermissionState = 'prompt';
    Object.assign(FileSystemFileHandle.prototype, {
      queryPermission: () => Promise.resolve(state),
      requestPermission: () => Promise.resolve((state = 'granted')),
    });
  });
  await write(smallShop() + more);
  await toData();
  await comeBack();
  const asks = page.getByText(/The browser asks before “shop \d\.csv” is read again/).first();
  await asks.waitFor();
  await refresh().click();
  await asks.waitFor({ state: 'detached' });
  await page.getByText('Saved', { exact: true }).waitFor();
});
