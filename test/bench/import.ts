/**
 * A million-line CSV: Tessera's import in Chromium against native DuckDB with one thread and its own detection.
 * Each import runs in a fresh tab, on an engine that has started and warmed up as the app does while a person looks for their
 * file; a second column shows tabs without the warm-up. A B A B, medians, ratio pair by pair.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { compressedEngine } from '../../src/db/engine-plugin.ts';
import { kernels } from '../../workers/kernels/kernel-plugin.ts';
import { launch } from '../support/browser.ts';
import { machine, megabytes, median, printTable, seconds } from '../support/figures.ts';
import { serve, type Site } from '../support/serve.ts';
import { LINES, writeMillionLines } from './import/million-lines.ts';
import type { Steps } from './import/page.ts';

const GOAL = 0.55;
const A_PERSON_CHOOSES_MS = 1500;
const pairs = Number(process.argv[2] ?? 5);
const scratch = mkdtempSync(join(tmpdir(), 'tessera-import-'));
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
    root: fileURLToPath(new URL('./import/', import.meta.url)),
    base: './',
    logLevel: 'error',
    plugins: [compressedEngine(), kernels()],
    worker: { format: 'es' },
    build: { target: 'es2023', outDir: dist, emptyOutDir: true },
  });
  const site = await serve(dist, { headers: false });
  const browser = await launch();
  const cold: Steps[] = [];
  const warm: Steps[] = [];
  const native: number[] = [];
  try {
    await runNative(csv); // the file is in the system's cache for both
    for (let pair = 1; pair <= pairs; pair++) {
      warm.push(await runOurs(browser, site, csv, true));
      native.push(await runNative(csv));
      cold.push(await runOurs(browser, site, csv, false));
      console.log(
        `pair ${pair}: ${seconds(warm.at(-1)?.import)}, native ${seconds(native.at(-1))}`,
      );
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return report({ cold, warm, native, bytes: statSync(csv).size, version: browser.version() });
}

/** One import in a fresh tab. */
async function runOurs(browser: Browser, site: Site, csv: string, warm: boolean): Promise<Steps> {
  const page = await browser.newPage();
  try {
    await page.goto(site.url);
    await page.waitForFunction('globalThis.ready !== undefined');
    await page.locator('input').setInputFiles(csv);
    await page.evaluate(`ready(${warm})`);
    await page.waitForTimeout(A_PERSON_CHOOSES_MS); // what the browser optimises in the background is done by then
    return (await page.evaluate('importFile()')) as Steps; // as page.ts returns it
  } finally {
    await page.close();
  }
}

/** Native DuckDB, one thread, as a person would write it: the table from the file, everything detected. */
async function runNative(csv: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const start = performance.now();
  await connection.run(
    `CREATE TABLE raw AS SELECT * FROM read_csv('${csv.replaceAll("'", "''")}')`,
  );
  const ms = performance.now() - start;
  const rows = await connection.runAndReadAll('SELECT count(*)::INTEGER AS n FROM raw');
  if (rows.getRows()[0]?.[0] !== LINES)
    throw new Error('native DuckDB read another number of rows');
  connection.closeSync();
  instance.closeSync();
  return ms;
}

function report(it: {
  readonly cold: readonly Steps[];
  readonly warm: readonly Steps[];
  readonly native: readonly number[];
  readonly bytes: number;
  readonly version: string;
}): number {
  const { cold, warm, native, bytes, version } = it;
  for (const { records, kept } of [...cold, ...warm])
    if (records !== LINES || kept === 0) throw new Error(`${records} records, ${kept} kept`);
  const of = (steps: readonly Steps[], step: keyof Steps) =>
    median(steps.map((each) => each[step]));
  const ratios = native.map((ms, pair) => ms / (warm[pair]?.import ?? NaN));
  const ratio = median(ratios);
  const row = (what: string, step: keyof Steps) => [
    what,
    seconds(of(warm, step)),
    seconds(of(cold, step)),
  ];
  console.log(`\n${machine()}, Chromium ${version}`);
  console.log(
    `${LINES.toLocaleString('en-GB')} lines, 9 columns, ${megabytes(bytes)}, ${native.length} pairs\n`,
  );
  printTable([
    ['', 'warmed up', 'not'],
    row('dialect, header, sample', 'open'),
    row('table raw, and its count agreed', 'raw'),
    row('  the count beside it', 'count'),
    row('file to typed table with ledger', 'import'),
    row('then: profile of every column', 'profile'),
    row('then: clean table', 'clean'),
    ['native DuckDB, one thread', seconds(median(native)), ''],
    ['rate against native, pair by pair (median)', `${ratio.toFixed(2)}×`, ''],
    [
      '  lowest and highest pair',
      `${Math.min(...ratios).toFixed(2)}×`,
      `${Math.max(...ratios).toFixed(2)}×`,
    ],
  ]);
  const passed = ratio >= GOAL;
  console.log(`\nimport: ${ratio.toFixed(2)}× native (goal ${GOAL}×) ${passed ? 'PASS' : 'MISS'}`);
  return passed ? 0 : 1;
}
