/**
 * An experiment that ships nothing: DuckDB's threaded build, with the views of its memory refreshed, beside the build that ships.
 * A million lines are imported twice, so that memory grows while threads work, and grouped by customer; in pairs, each engine in a
 * fresh tab that is cross-origin isolated. Parameter: how many pairs, 20 unless told.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { launch } from '../support/browser.ts';
import { machine, median, printTable, seconds } from '../support/figures.ts';
import { serve, type Site } from '../support/serve.ts';
import { LINES, writeMillionLines } from './import/million-lines.ts';
import type { Life } from './threads/page.ts';

const pairs = Number(process.argv[2] ?? 20);
const LONGEST_MS = 120_000;
const threads = Math.max(2, Math.min(8, cpus().length));
const engines = dirname(
  createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-node.cjs'),
);
const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
const scratch = mkdtempSync(join(tmpdir(), 'tessera-threads-'));
try {
  process.exitCode = await main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function main(): Promise<number> {
  const csv = join(scratch, 'million.csv');
  await writeMillionLines(csv);
  const dist = join(scratch, 'dist');
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./threads/', import.meta.url)),
    base: './',
    logLevel: 'error',
    build: { target: 'es2023', outDir: dist, emptyOutDir: true },
  });
  for (const name of ['duckdb-eh.wasm', 'duckdb-coi.wasm', 'duckdb-browser-eh.worker.js'])
    copyFileSync(join(engines, name), join(dist, name));
  for (const name of ['duckdb-browser-coi.worker.js', 'duckdb-browser-coi.pthread.worker.js'])
    writeFileSync(join(dist, name), refreshed(readFileSync(join(engines, name), 'utf8')));
  const site = await serve(dist, { headers: isolated });
  const browser = await launch();
  const lives: Record<'eh' | 'coi', (Life | string)[]> = { eh: [], coi: [] };
  try {
    for (let pair = 1; pair <= pairs; pair++) {
      for (const bundle of ['eh', 'coi'] as const)
        lives[bundle].push(await live(browser, site, csv, bundle));
      console.log(`pair ${pair}: eh ${words(lives.eh.at(-1))}; coi ${words(lives.coi.at(-1))}`);
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return report(lives, browser.version());
}

/**
 * Where memory grows in one thread, the others keep looking at the old one: "offset is out of bounds". The views that DuckDB's own
 * code reads from the module become ones that look whether memory has grown.
 */
function refreshed(script: string): string {
  const names = ['8', '16', 'U8', 'U16', '32', 'U32', 'F32', 'F64'].map((kind) => `HEAP${kind}`);
  const getters = names.map(
    (name) =>
      `Object.defineProperty(Module,"${name}",{configurable:true,get(){return wasmMemory.buffer!==${name}.buffer&&updateMemoryViews(),${name}},set(){}});`,
  );
  const before = 'function updateMemoryViews(){var e=wasmMemory.buffer;';
  if (!script.includes(before)) throw new Error('the threaded build is another one');
  const once = 'if(!Module.tesseraViews){Module.tesseraViews=true;' + getters.join('') + '}';
  return script.replaceAll(before, `${before}${once}`);
}

/** One life in a fresh tab; a text where it failed. */
async function live(browser: Browser, site: Site, csv: string, bundle: 'eh' | 'coi') {
  const page = await browser.newPage();
  try {
    await page.goto(site.url);
    await page.waitForFunction('globalThis.live !== undefined && crossOriginIsolated');
    await page.locator('input').setInputFiles(csv);
    const silence = new Promise<string>((done) =>
      setTimeout(done, LONGEST_MS, 'no answer').unref(),
    );
    const crash = new Promise<string>((done) => page.once('crash', () => done('the tab died')));
    const lived = page.evaluate(`live('${bundle}', ${threads})`) as Promise<Life>; // as page.ts returns it
    return await Promise.race([lived, silence, crash]);
  } catch (error) {
    return String(error).split('\n')[0] ?? '';
  } finally {
    await page.close();
  }
}

function words(it: Life | string | undefined): string {
  if (typeof it !== 'object') return it ?? '';
  return `start ${seconds(it.startMs)}, import ${seconds(it.importMs)}, group ${seconds(it.groupMs)}`;
}

function report(lives: Record<'eh' | 'coi', (Life | string)[]>, version: string): number {
  const good = (bundle: 'eh' | 'coi') =>
    lives[bundle].filter((it) => typeof it === 'object' && it.rows === 2 * LINES) as Life[]; // filtered by that
  const [one, many] = [good('eh'), good('coi')];
  const same = many.every((it) => it.sum === one[0]?.sum && it.customers === one[0]?.customers);
  const row = (what: string, key: 'startMs' | 'importMs' | 'groupMs') => {
    const [a, b] = [median(one.map((it) => it[key])), median(many.map((it) => it[key]))];
    return [what, seconds(a), seconds(b), `${(a / b).toFixed(2)}×`];
  };
  console.log(`\n${machine()}, Chromium ${version}; ${many[0]?.threads ?? 0} threads\n`);
  printTable([
    ['', 'eh', 'coi', 'faster'],
    row('start', 'startMs'),
    row('import of a million lines', 'importMs'),
    row('group by customer', 'groupMs'),
    ['whole and right', `${one.length} of ${pairs}`, `${many.length} of ${pairs}`, ''],
  ]);
  for (const failed of new Set(lives.coi.filter((it) => typeof it === 'string')))
    console.log(`  coi failed: ${failed}`);
  const solid = many.length === pairs && same;
  console.log(
    `\nthreads: coi right in ${many.length} of ${pairs} lives with memory growing (goal all; nothing ships) ${solid ? 'PASS' : 'MISS'}`,
  );
  return solid ? 0 : 1;
}
