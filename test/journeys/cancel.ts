import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBlob } from '../../src/samples/make.ts';
import { specOf } from '../../src/samples/schemes.ts';
import { chooseFile, openApp, smallShop, untilSegments, type App } from '../support/app.ts';

let app: App;
beforeAll(async () => {
  app = await openApp({ viewport: { width: 1440, height: 900 } });
});
afterAll(() => app.close());

/** Each step of the way from a file to the map, by the words a person sees while it runs. */
it.each([/Reading|Looking at the file/, /Cleaning|columns/, /Looking for segments|Comparing/])(
  'what runs says so, stops within half a second of Cancel, and leaves a workbench that goes on: %s',
  async (step) => {
    const { page } = app;
    const blob = await makeBlob(specOf('coffee', { customers: 6000 }), 'transactions');
    await chooseFile(page, { name: 'large.csv', content: await blob.text() });
    await page
      .getByRole('status')
      .filter({ hasText: step })
      .waitFor({ timeout: 60_000, state: 'attached' });
    const tookMs = await page.evaluate(async () => {
      const cancel = [...document.querySelectorAll('button')].find(
        ({ textContent }) => textContent === 'Cancel',
      );
      const start = performance.now();
      cancel?.click();
      while (document.querySelector('.jobs progress'))
        await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - start;
    });
    expect(tookMs).toBeLessThan(500);
    await chooseFile(page, { name: 'small.csv', content: smallShop() });
    await page.waitForURL(/#\/segments/);
    await untilSegments(page);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/segment/);
    expect(app.complaints).toEqual([]);
  },
);
