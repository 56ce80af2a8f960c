import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { compressedEngine } from '../../../src/db/engine-plugin.ts';
import { kernels } from '../../../workers/kernels/kernel-plugin.ts';
import { launch } from '../../support/browser.ts';
import { machine, printTable } from '../../support/figures.ts';
import { serve } from '../../support/serve.ts';
import type { Seen } from './page.svelte.ts';

const rows = 1_000_000;
/** Goals in ms and bytes. */
const goal = { heard: 500, blocked: 50, told: 200, held: 20e6 };
/** Parts of what an act takes, at which it is cancelled. */
const moments = [0.1, 0.4, 0.8];
const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What a person does with segments of a million customers, in a page with the app's own workers and database. `only`: acts whose name holds this. */
export async function runActs(only: string): Promise<boolean> {
  const scratch = mkdtempSync(join(tmpdir(), 'tessera-acts-'));
  const dist = join(scratch, 'dist');
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./', import.meta.url)),
    base: './',
    logLevel: 'error',
    plugins: [svelte({ configFile: false }), compressedEngine(), kernels()],
    worker: { format: 'es', plugins: () => [kernels()] },
    build: { target: 'es2023', outDir: dist, emptyOutDir: true, chunkSizeWarningLimit: 4000 },
  });
  const site = await serve(dist, { headers: isolated });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    page.on('console', (line) => {
      if (line.type() === 'error') console.error(line.text());
    });
    await page.goto(site.url);
    await page.waitForFunction('globalThis.make !== undefined');
    const names = await page.evaluate<readonly string[]>(`make(${rows})`);
    console.log(
      `${rows} customers × 16, ${3 * rows} order lines; Chromium ${browser.version()}; ${machine()}. Milliseconds.`,
    );
    const act = (name: string, afterMs: number | null) =>
      page.evaluate<Seen>(`act(${JSON.stringify(name)}, ${afterMs})`);
    const lines = [['', 'takes', 'told', 'blocked', 'heard', 'held more']];
    const misses: string[] = [];
    let [slowest, longest, cancels] = [0, 0, 0];
    for (const name of names.filter((each) => each.includes(only))) {
      await act(name, null); // loaded and compiled once
      const whole = await act(name, null);
      let [heard, blocked] = [null as number | null, whole.blockedMs];
      const before = await page.evaluate<number>('held()');
      for (const part of whole.tookMs < 50 ? [] : moments) {
        const seen = await act(name, part * whole.tookMs);
        if (seen.heardMs === null) continue; // it was done before
        cancels++;
        heard = Math.max(heard ?? 0, seen.heardMs);
        blocked = Math.max(blocked, seen.blockedMs);
      }
      const more = heard === null ? 0 : (await page.evaluate<number>('held()')) - before;
      const isTold = whole.tookMs < goal.told || (whole.toldMs ?? Infinity) <= goal.told;
      const isGood =
        (heard ?? 0) <= goal.heard && blocked <= goal.blocked && isTold && more < goal.held;
      if (!isGood) misses.push(name);
      [slowest, longest] = [Math.max(slowest, heard ?? 0), Math.max(longest, blocked)];
      const line = [
        name,
        ...[whole.tookMs, whole.toldMs, blocked, heard].map((ms) => ms?.toFixed(0) ?? '–'),
        `${(more / 1e6).toFixed(0)} MB`,
        `${isGood ? '' : '! '}${whole.words.slice(0, 60)}`,
      ];
      lines.push(line);
      console.log(line.join('  '));
    }
    printTable(lines.map((line) => line.slice(0, 6)));
    console.log(
      `cancel acts: ${slowest.toFixed(0)} ms at the slowest of ${cancels}, page blocked ${longest.toFixed(0)} ms at the longest (goal ${goal.heard} ms, ${goal.blocked} ms, told after ${goal.told} ms, 20 MB more) ${misses.length === 0 ? 'PASS' : `MISS: ${misses.join('; ')}`}`,
    );
    return misses.length === 0;
  } finally {
    await browser.close();
    await site.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}
