import { fileURLToPath } from 'node:url';
import { openAppPage } from '../../support/app-page.ts';
import { machine, printTable } from '../../support/figures.ts';
import type { Seen } from './page.svelte.ts';

const rows = 1_000_000;
/** Goals in ms and bytes. */
const goal = { heard: 500, blocked: 50, told: 200, held: 20e6 };
/** Parts of what an act takes, at which it is cancelled. */
const moments = [0.1, 0.5];
/** What a person does with segments of a million customers, in a page with the app's own workers and database. `only`: acts whose name has this pattern. */
export async function runActs(only: string): Promise<boolean> {
  const app = await openAppPage(fileURLToPath(new URL('./', import.meta.url)), 'held');
  const { page } = app;
  try {
    const names = await page.evaluate<readonly string[]>(`make(${rows})`);
    console.log(
      `${rows} customers × 16, ${3 * rows} order lines; Chromium ${app.browser}; ${machine()}. Milliseconds.`,
    );
    const act = (name: string, afterMs: number | null) =>
      page.evaluate<Seen>(`act(${JSON.stringify(name)}, ${afterMs})`);
    const lines = [['', 'takes', 'told', 'blocked', 'heard']];
    const chosen = names.filter((each) => new RegExp(only).test(each));
    for (const name of chosen) await act(name, null); // loaded and compiled once
    const before = await page.evaluate<number>('held()');
    const misses: string[] = [];
    let [slowest, longest, cancels] = [0, 0, 0];
    for (const name of chosen) {
      const whole = await act(name, null);
      let [heard, blocked] = [null as number | null, whole.blockedMs];
      for (const part of whole.tookMs < 50 ? [] : moments) {
        const seen = await act(name, part * whole.tookMs);
        if (seen.heardMs === null) continue; // it was done before
        cancels++;
        heard = Math.max(heard ?? 0, seen.heardMs);
        blocked = Math.max(blocked, seen.blockedMs);
      }
      const isTold = whole.tookMs < goal.told || (whole.toldMs ?? Infinity) <= goal.told;
      const isGood = (heard ?? 0) <= goal.heard && blocked <= goal.blocked && isTold;
      if (!isGood) misses.push(name);
      [slowest, longest] = [Math.max(slowest, heard ?? 0), Math.max(longest, blocked)];
      const line = [
        name,
        ...[whole.tookMs, whole.toldMs, blocked, heard].map((ms) => ms?.toFixed(0) ?? '–'),
        `${isGood ? '' : '! '}${whole.words.slice(0, 60)}`,
      ];
      lines.push(line);
      console.log(line.join('  '));
    }
    const more = (await page.evaluate<number>('held()')) - before;
    if (more >= goal.held) misses.push('memory');
    printTable(lines.map((line) => line.slice(0, 5)));
    console.log(
      `cancel acts: ${slowest.toFixed(0)} ms at the slowest of ${cancels}, page blocked ${longest.toFixed(0)} ms at the longest, ${(more / 1e6).toFixed(0)} MB more held (goal ${goal.heard} ms, ${goal.blocked} ms, told after ${goal.told} ms, 20 MB more) ${misses.length === 0 ? 'PASS' : `MISS: ${misses.join('; ')}`}`,
    );
    return misses.length === 0;
  } finally {
    await app.close();
  }
}
