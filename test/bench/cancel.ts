/**
 * Every method on a million customers of 32 features, and all that a person does with segments of a million customers, cancelled at several
 * moments: how long until it has stopped, what is still held, whether the page could answer meanwhile. Parameters: `methods` or `acts` alone; with
 * `acts` a part of a name.
 */
import { fileURLToPath } from 'node:url';
import { machine, printTable } from '../support/figures.ts';
import { openLab } from '../support/lab.ts';
import { runActs } from './cancel/run-acts.ts';

const goal = 500;
const [rows, cols] = [1_000_000, 32];
const moments = [300, 1500, 6000, 15_000];
const whats = [
  { kind: 'kmeans' },
  { kind: 'bisecting', k: 100, smallest: null },
  { kind: 'dbscan', radius: null, neighbours: 10 },
  { kind: 'hdbscan', smallest: null, neighbours: null, pick: 'excess-of-mass' },
  { kind: 'mixture', k: 8, shape: 'full' },
  { kind: 'genie', k: 8, evenness: 0.3 },
  { kind: 'nmf', k: 8 },
  { kind: 'prototypes', k: 8, weight: null },
  { kind: 'map' },
  { kind: 'judge' },
];

const [part = '', only = ''] = process.argv.slice(2);
const passed = [];
if (part !== 'acts') passed.push(await runMethods());
if (part !== 'methods') passed.push(await runActs(only));
process.exitCode = passed.every(Boolean) ? 0 : 1;

async function runMethods(): Promise<boolean> {
  const lab = await openLab(fileURLToPath(new URL('./cancel/ours.ts', import.meta.url)));
  try {
    console.log(
      `${rows} × ${cols}; Chromium ${lab.browser}, ${lab.threads} threads; ${machine()}. Milliseconds from the cancel to the end.`,
    );
    await lab.call('make', rows, cols);
    await lab.call('cancel', whats[0], 1000); // compiled once
    const before = await lab.held();
    const lines = [['', ...moments.map((moment) => `at ${moment / 1000} s`)]];
    let slowest = 0;
    let cancels = 0;
    for (const what of whats) {
      const line = [what.kind];
      for (const moment of moments) {
        const heard = await lab.call<number | null>('cancel', what, moment);
        line.push(heard === null ? 'done' : heard.toFixed(0));
        if (heard === null) break;
        slowest = Math.max(slowest, heard);
        cancels++;
      }
      lines.push(line);
      console.log(line.join('  '));
    }
    const after = await lab.held();
    printTable(lines);
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
    const isGood = slowest <= goal && after - before < 20e6;
    console.log(
      `cancel: ${slowest.toFixed(0)} ms at the slowest of ${cancels}, held before and after ${megabytes(before)}, ${megabytes(after)} (goal ${goal} ms, 20 MB more) ${isGood ? 'PASS' : 'MISS'}`,
    );
    return isGood;
  } finally {
    await lab.close();
  }
}
