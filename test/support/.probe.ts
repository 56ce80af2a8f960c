import { launch } from './browser.ts';
import { openMeasured, dropFile } from './measured.ts';
import { serve } from './serve.ts';
const site = await serve(new URL('../../dist', import.meta.url).pathname, { headers: true });
const browser = await launch();
const app = await openMeasured(browser, site.url);
app.page.on('console', (m) => console.log('console', m.type(), m.text().slice(0, 300)));
app.page.on('pageerror', (e) => console.log('pageerror', e.message, e.stack?.slice(0, 500)));
console.log('usable', app.usableMs);
await app.page.screenshot({ path: '/tmp/exp/0.png' });
const t = performance.now();
await dropFile(app.page, '/tmp/exp/online_retail.csv');
for (let i = 0; i < 20; i++) {
  await app.page.waitForTimeout(i < 6 ? 1000 : 5000);
  console.log(Math.round(performance.now() - t), (await app.page.locator('body').innerText()).replace(/\s+/g, ' ').slice(0, 300));
}
await app.page.screenshot({ path: '/tmp/exp/1.png' });
console.log(app.outside());
await browser.close(); await site.close();
