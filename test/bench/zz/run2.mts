import { build } from 'vite';
import { compressedEngine } from '../../../src/db/engine-plugin.ts';
import { launch } from '../../support/browser.ts';
import { serve } from '../../support/serve.ts';
await build({ configFile: false, root: new URL('.', import.meta.url).pathname, base: './', logLevel: 'error', plugins: [compressedEngine()], worker: { format: 'es' }, build: { target: 'es2023', outDir: '/tmp/exp/zzdist', emptyOutDir: true } });
const site = await serve('/tmp/exp/zzdist', { headers: false }); const browser = await launch();
const res: Record<string, number[][]> = { cold: [], warm: [] };
for (let i = 0; i < 7; i++) for (const k of ['cold', 'warm']) {
  const page = await browser.newPage(); await page.goto(site.url); await page.waitForFunction('globalThis.ready !== undefined');
  await page.locator('input').setInputFiles('/tmp/exp/million.csv'); await page.evaluate('ready()');
  if (k === 'warm') await page.evaluate('warm()');
  await page.waitForTimeout(500);
  const s = await page.evaluate('importFile()') as any; res[k]!.push([s.open, s.raw, s.scan, s.import, s.profile, s.clean].map(Math.round)); await page.close();
}
for (const k of ['cold', 'warm']) console.log(k, res[k]!.map(r => r.join(' ')).join(' | '));
const med = (a: number[]) => a.toSorted((x, y) => x - y)[a.length >> 1];
for (const k of ['cold', 'warm']) console.log(k, [0,1,2,3,4,5].map(c => med(res[k]!.map(r => r[c]!))));
await browser.close(); await site.close();
