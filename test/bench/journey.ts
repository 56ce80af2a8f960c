/**
 * Online Retail from the drop to segments drawn, in the built app in Chromium, against the same job in pandas + scikit-learn.
 * Both as a person meets them: the page has been open for a moment, the script is started and ends.
 * Also: when the page can be used, the weight of it before the engine, the peak memory of the tab, and the facts of the file.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { launch } from '../support/browser.ts';
import { kilobytes, machine, median, megabytes, printTable, seconds } from '../support/figures.ts';
import { dropFile, openMeasured, segmentsDrawn, weightBeforeEngine } from '../support/measured.ts';
import { peakMemory } from '../support/memory.ts';
import { pythonWith } from '../support/peers.ts';
import { programOf } from '../support/program.ts';
import { serve, type Site } from '../support/serve.ts';

const goal = { ratio: 1.5, usableMs: 1500, memoryBytes: 1.2e9, weightBytes: 400_000 };
/** A person has to find their file first: by then the engine has started. */
const lookingMs = 4000;
const facts = ['541,909', '135,080', '4,372', '9,747,747.934'];
const pairs = Number(process.argv[2] ?? 3);
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const packed = path('../../../shared/data/online-retail/online_retail.csv.gz');

/** The peer's own line of JSON. */
type Peer = {
  readonly ms: number;
  readonly importMs: number;
  readonly k: number;
  readonly total: number;
};
/** From the start of the script to its end, as whoever runs it waits. */
const whole = ({ ms, importMs }: Peer): number => ms + importMs;
type Ours = { readonly ms: number; readonly usableMs: number };

const scratch = mkdtempSync(join(tmpdir(), 'tessera-journey-'));
try {
  process.exitCode = existsSync(packed) ? await main(join(scratch, 'online_retail.csv')) : absent();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function absent(): number {
  console.log(
    'The file of this bench is not here: shared/data/online-retail, next to the project.',
  );
  return 1;
}

async function main(csv: string): Promise<number> {
  await pipeline(createReadStream(packed), createGunzip(), createWriteStream(csv));
  const dist = join(scratch, 'dist');
  const options = ['build', `--outDir=${dist}`, '--emptyOutDir', '--logLevel=error'];
  const build = spawnSync(process.execPath, [programOf('vite'), ...options], { stdio: 'inherit' });
  if (build.status !== 0) return build.status ?? 1;
  const python = pythonWith({ pandas: 'pandas', sklearn: 'scikit-learn' });
  if (!python) console.log('No Python with pandas and scikit-learn can be had here: ours alone.');
  const site = await serve(dist, { headers: true });
  const browser = await launch();
  try {
    return await measure({ site, browser, python, csv });
  } finally {
    await browser.close();
    await site.close();
  }
}

type Bench = {
  readonly site: Site;
  readonly browser: Browser;
  readonly python: string | null;
  readonly csv: string;
};

async function measure(bench: Bench): Promise<number> {
  const { site, browser, python, csv } = bench;
  const ours: Ours[] = [];
  const theirs: Peer[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    ours.push(await runOurs(bench, lookingMs));
    if (python) theirs.push(runPeer(python, csv));
    const peer = theirs[pair];
    console.log(`pair ${pair + 1}: ${seconds(ours[pair]?.ms)}, ${seconds(peer && whole(peer))}`);
  }
  const atOnce = await runOurs(bench, 0);
  const { memory, missing } = await runWatched(bench);
  const weight = await weightBeforeEngine(browser, site.url);
  const over = (peer: (run: Peer) => number) =>
    median(theirs.map((run, pair) => (ours[pair]?.ms ?? NaN) / peer(run)));
  const ratio = over(whole);
  const usableMs = median(ours.map((run) => run.usableMs));

  console.log(`\n${machine()}, Chromium ${browser.version()}\n`);
  const row = (what: string, figure: string, aim: string, ok: boolean) => [
    what,
    figure,
    aim,
    ok ? 'PASS' : 'MISS',
  ];
  const rows = [
    row('ratio, pair by pair (median)', `${ratio.toFixed(2)}×`, '≤ 1.5×', ratio <= goal.ratio),
    row('page usable', `${usableMs.toFixed(0)} ms`, '≤ 1500 ms', usableMs <= goal.usableMs),
    row(
      'peak memory of the tab',
      megabytes(memory.bytes),
      '≤ 1200 MB',
      memory.bytes <= goal.memoryBytes,
    ),
    row(
      'page weight before the engine, gzip',
      kilobytes(weight.bytes),
      '≤ 400 kB',
      weight.bytes <= goal.weightBytes,
    ),
    row(
      'facts of the file on the page',
      `${facts.length - missing.length} of ${facts.length}`,
      'all',
      missing.length === 0,
    ),
  ];
  printTable([
    ['drop to segments drawn, Tessera', seconds(median(ours.map(({ ms }) => ms)))],
    ['  dropped at once, before the engine is there', seconds(atOnce.ms)],
    ['the script, pandas + scikit-learn', seconds(median(theirs.map(whole)))],
    ['  of which its imports', seconds(median(theirs.map(({ importMs }) => importMs)))],
    ['  ratio, were its imports free', `${over(({ ms }) => ms).toFixed(2)}×`],
    [
      'engine has arrived',
      weight.engineMs === null ? 'with the first file' : seconds(weight.engineMs),
    ],
    ...rows,
  ]);
  if (missing.length > 0) console.log(`Not on the page: ${missing.join('; ')}`);
  console.log(
    `Memory: ${memory.what}. Weight: ${weight.files} files, of which DuckDB's worker script is ${kilobytes(weight.engineScript)}.`,
  );
  const passed = rows.every((cells) => cells[3] === 'PASS');
  const figure = python ? `${ratio.toFixed(2)}× pandas + scikit-learn` : 'no peer';
  console.log(`\njourney: ${figure} (goal ${goal.ratio}×) ${passed ? 'PASS' : 'MISS'}`);
  return passed ? 0 : 1;
}

/** A fresh profile each time, nothing cached. The file is dropped `waitMs` after the page can be used. */
async function runOurs({ site, browser, csv }: Bench, waitMs: number): Promise<Ours> {
  const app = await openMeasured(browser, site.url);
  await app.page.waitForTimeout(waitMs);
  const started = performance.now();
  await dropFile(app.page, csv);
  await segmentsDrawn(app.page);
  const ms = performance.now() - started;
  await app.close();
  return { ms, usableMs: app.usableMs };
}

function runPeer(python: string, csv: string): Peer {
  const run = spawnSync(python, [path('journey.py'), csv], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) throw new Error(`journey.py ended with ${run.status}`);
  return JSON.parse(run.stdout) as Peer; // printed by journey.py, beside this file
}

/** One more run, not timed: memory is looked at, and the page is read. */
async function runWatched({ site, browser, csv }: Bench) {
  const app = await openMeasured(browser, site.url);
  const memory = await peakMemory(browser, app.page, async () => {
    await dropFile(app.page, csv);
    await segmentsDrawn(app.page);
  });
  await app.page.evaluate("location.hash = '#/data'");
  await app.page.getByRole('region', { name: 'Row ledger' }).waitFor();
  const text = await app.page.locator('main').innerText();
  await app.close();
  return { memory, missing: facts.filter((fact) => !text.includes(fact)) };
}
