import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBlob } from '../../src/samples/make.ts';
import { specOf } from '../../src/samples/schemes.ts';
import { chooseFile, openApp, smallShop, untilSegments, type App } from '../support/app.ts';

let app: App;
let large = '';
beforeAll(async () => {
  const orders = await makeBlob(specOf('coffee', { customers: 6000 }), 'transactions');
  large = await orders.text();
  app = await openApp({ viewport: { width: 1440, height: 900 } });
});
afterAll(() => app.close());

/** Each step of the way from a file to the map, by the words a person sees while it runs. */
it.each([
  /Reading|Looking at the file/,
  /Cleaning|columns/,
  /Measuring/,
  /Looking for segments|Comparing/,
])(
  'what runs says so, stops within half a second of Cancel, and leaves a workbench that goes on: %s',
  async (step) => {
    const { page } = app;
    await page.evaluate((words) => {
      const stopped = new Promise<number>((resolve) => {
        const watch = new MutationObserver(() => {
          if (!new RegExp(words).test(document.querySelector('.jobs')?.textContent ?? '')) return;
          watch.disconnect();
          const start = performance.now();
          [...document.querySelectorAll('button')]
            .find(({ textContent }) => textContent === 'Cancel')
            ?.click();
          const look = () =>
            document.querySelector('.jobs progress')
              ? requestAnimationFrame(look)
              : resolve(performance.now() - start);
          look();
        });
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      });
      Object.assign(window, { stopped });
    }, step.source);
    await chooseFile(page, { name: 'large.csv', content: large });
    const tookMs = await page.evaluate(
      () => (window as unknown as { stopped: Promise<number> }).stopped, // put there above
    );
    expect(tookMs).toBeLessThan(500);
    await chooseFile(page, { name: 'small.csv', content: smallShop() });
    await page.waitForURL(/#\/segments/);
    await untilSegments(page);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/segment/);
    expect(app.complaints).toEqual([]);
  },
);
