/** One brush step over 6 linked histograms of 1,000,000 customers: ours against Mosaic's (vgplot) over DuckDB, in one page, in turn. Without a GPU. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { launch } from '../support/browser.ts';
import { machine, median, printTable } from '../support/figures.ts';
import { serve } from '../support/serve.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const mostMs = 16;
const views = 6;
const steps = 12;

const scratch = mkdtempSync(join(tmpdir(), 'tessera-brush-'));
const page = fileURLToPath(new URL('./brush/page.svelte.ts', import.meta.url));
writeFileSync(
  join(scratch, 'index.html'),
  '<body><div id="ours"></div><div id="mosaic"></div><script type="module" src="./page.ts"></script></body>',
);
writeFileSync(
  join(scratch, 'page.ts'),
  `import * as bench from ${JSON.stringify(page)};\nglobalThis.bench = bench;`,
);
const folder = join(scratch, 'dist');
await build({
  configFile: false,
  root: scratch,
  base: './',
  logLevel: 'error',
  plugins: [svelte({ configFile: false, compilerOptions: { fragments: 'tree' } })],
  build: { target: 'es2023', outDir: folder, chunkSizeWarningLimit: 10_000 },
});
const site = await serve(folder, { headers: false });
const browser = await launch({ args: ['--disable-gpu'] });
try {
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  tab.on('pageerror', (error) => console.error(error));
  await tab.goto(site.url);
  await tab.waitForFunction('globalThis.bench');
  const ask = <T>(call: string): Promise<T> => tab.evaluate<T>(`bench.${call}`);
  const open = await ask<{ ours: number; mosaic: number }>(`setUp(${rows})`);
  const [touched, moved] = [
    { ours: [] as number[], mosaic: [] as number[], tables: [] as number[] },
    { ours: [] as number[], mosaic: [] as number[] },
  ];
  let farthest = 0;
  for (let view = 0; view < views; view++) {
    const bars = await ask<number>(`barsOf(${view})`);
    const wide = Math.ceil(bars / 2);
    const start = Math.floor(bars / 10);
    touched.tables.push(await ask(`touchMosaic(${view})`));
    for (let step = 0; step <= Math.min(steps, bars - wide - start); step++) {
      const [from, to] = [start + step, start + step + wide];
      const into = step === 0 ? touched : moved;
      const turns = {
        mosaic: `stepMosaic(${view}, ${from}, ${to - 1})`,
        ours: `stepOurs(${view}, ${from}, ${to - 1})`,
      };
      const order = step % 2 ? (['ours', 'mosaic'] as const) : (['mosaic', 'ours'] as const);
      for (const side of order) into[side].push(await ask(turns[side]));
    }
    const seen = await ask<{ ours: number; mosaic: number }>(`totals(${(view + 1) % views})`);
    farthest = Math.max(farthest, Math.abs(seen.mosaic - seen.ours) / rows);
    console.log(`    view ${view}: ${seen.ours} customers pass here, ${seen.mosaic} at Mosaic's`);
  }
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const worst = (values: readonly number[]) => Math.max(...values);
  console.log(
    `${rows.toLocaleString('en-GB')} customers, ${views} linked histograms, every brush before it still set, ` +
      `${moved.ours.length} steps of one bar each; Chromium ${browser.version()} without GPU, ${machine()}`,
  );
  printTable([
    ['', 'ours', 'Mosaic', 'Mosaic ÷ ours'],
    ['columns there → first picture', ms(open.ours), ms(open.mosaic), ''],
    ['a view is touched (tables are made)', '–', ms(median(touched.tables)), ''],
    ['first step on a view', ms(median(touched.ours)), ms(median(touched.mosaic)), ''],
    [
      'a step, median',
      ms(median(moved.ours)),
      ms(median(moved.mosaic)),
      `${median(moved.mosaic.map((value, i) => value / moved.ours[i]!)).toFixed(1)}×`,
    ],
    ['a step, slowest', ms(worst(moved.ours)), ms(worst(moved.mosaic)), ''],
  ]);
  const ratio = median(moved.mosaic.map((value, i) => value / moved.ours[i]!));
  const step = median(moved.ours);
  const isGood = ratio >= 1 && step <= mostMs;
  console.log(
    `brush: ${ms(step)} a step, ${ratio.toFixed(1)}× Mosaic's speed (goal ≤ ${mostMs} ms and ≥ 1×) ${isGood ? 'PASS' : 'MISS'}`,
  );
} finally {
  await browser.close();
  await site.close();
  rmSync(scratch, { recursive: true, force: true });
}
