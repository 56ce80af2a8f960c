/**
 * Ten million order lines, about a gigabyte of CSV: refused before loading with the reason, or loaded, and the tab lives. Then what
 * Tessera suggests instead is loaded, and what it advises against is tried all the same. Parameter: how many million lines, 10 unless told.
 */
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { compressedEngine } from '../../src/db/engine-plugin.ts';
import { makeTable } from '../../src/samples/make.ts';
import { specOf } from '../../src/samples/schemes.ts';
import { kernels } from '../../workers/kernels/kernel-plugin.ts';
import { launch } from '../support/browser.ts';
import { machine, megabytes, seconds } from '../support/figures.ts';
import { peakMemory } from '../support/memory.ts';
import { serve } from '../support/serve.ts';
import type { Portion } from '../../src/files/fit.ts';
import type { Ended, Said } from './big/page.ts';

const million = Number(process.argv[2] ?? 10);
/** Customers of the coffee sample that make so many lines: 30.8 each. */
const customers = Math.ceil((million * 1e6) / 30.8);
const scratch = mkdtempSync(join(tmpdir(), 'tessera-big-'));
try {
  process.exitCode = await main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function main(): Promise<number> {
  const csv = join(scratch, 'orders.csv');
  const pieces = makeTable(specOf('coffee', { customers }), 'transactions');
  await pipeline(Readable.from(pieces), createWriteStream(csv));
  const dist = join(scratch, 'dist');
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./big/', import.meta.url)),
    base: './',
    logLevel: 'error',
    plugins: [compressedEngine(), kernels()],
    worker: { format: 'es', plugins: () => [kernels()] },
    build: { target: 'es2023', outDir: dist, emptyOutDir: true },
  });
  const site = await serve(dist, { headers: false });
  const browser = await launch();
  let crashes = 0;
  const inTab = async <T>(ask: (page: Page) => Promise<T>): Promise<T & { peak: string }> => {
    const page = await browser.newPage();
    page.on('crash', () => crashes++);
    await page.goto(site.url);
    await page.waitForFunction('globalThis.load !== undefined');
    await page.locator('input').setInputFiles(csv);
    let told: T | undefined;
    const { bytes, what } = await peakMemory(
      browser,
      page,
      async () => void (told = await ask(page)),
    );
    if ((await page.evaluate('answers()')) !== true) throw new Error('the engine is gone');
    await page.close();
    return { ...told!, peak: `${megabytes(bytes)} (${what})` };
  };
  const load = (portion: Portion) =>
    inTab(async (page) => (await page.evaluate(`load(${JSON.stringify(portion)})`)) as Ended); // as page.ts returns it
  try {
    const said = await inTab(async (page) => (await page.evaluate('look()')) as Said); // the same
    const refused = said.estimate.verdict === 'too-big';
    console.log(`\n${machine()}, Chromium ${browser.version()}`);
    console.log(`${megabytes(statSync(csv).size)} of CSV, ${said.estimate.columns.length} columns`);
    console.log(`\nbefore loading (${seconds(said.ms)}): ${said.words}`);
    console.log(`suggested: ${said.suggestedWords}`);
    const part = await load(said.suggested);
    report('what is suggested', part);
    const whole = await load({});
    report(refused ? 'the whole, against the advice' : 'the whole', whole);
    const rows = whole.records || part.records;
    const loads = refused || whole.sentence === null;
    const passed = loads && part.sentence === null && crashes === 0 && part.deaths === 0;
    console.log(
      `\nbig: ${rows.toLocaleString('en-GB')} rows ${refused ? 'refused before loading; the part suggested' : ''} ` +
        `loaded in ${seconds(part.allMs)}, ${crashes} tabs died ` +
        `(goal loads, or is refused before loading; tab alive) ${passed ? 'PASS' : 'MISS'}`,
    );
    return passed ? 0 : 1;
  } finally {
    await browser.close();
    await site.close();
  }
}

function report(what: string, it: Ended & { readonly peak: string }): void {
  console.log(`\n${what}: ${it.sentence ?? 'loaded and every customer measured'}`);
  if (it.sentence) console.log(`  ${it.detail.split('\n')[0]}`);
  const rate = Math.round((1000 * it.records) / it.rawMs).toLocaleString('en-GB');
  if (it.rawMs > 0)
    console.log(
      `  table raw ${seconds(it.rawMs)}, ${rate} rows/s; read to the end? ${seconds(it.checkMs)}`,
    );
  console.log(
    `  in all ${seconds(it.allMs)}, ${it.rows.toLocaleString('en-GB')} rows kept, ${it.customers} customers`,
  );
  console.log(
    `  the database holds ${megabytes(it.heldBytes)}; tab: ${it.peak}; engine died ${it.deaths} times`,
  );
  for (const words of it.shown) console.log(`    ${words}`);
}
