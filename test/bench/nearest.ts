/** Any customer's nearest neighbours with their reasons, among a million, in a worker; scikit-learn's exact search beside it. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine, median, printTable } from '../support/figures.ts';
import { openLab } from '../support/lab.ts';
import { openPeer } from '../support/python-peer.ts';

const goalMs = 200;
const [rows, cols, k, pairs] = [1_000_000, 16, 10, 9];
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Found = { ms: number; rows: number[] };

const lab = await openLab(here('./nearest/ours.ts'), { threads: 1 });
const peer = openPeer(here('./nearest/peers.py'), { sklearn: 'scikit-learn', numpy: 'numpy' });
try {
  if (!peer) throw new Error('scikit-learn cannot be had here, and it makes the data');
  console.log(`${rows} × ${cols}, k = ${k}; Chromium ${lab.browser}; ${machine()}`);
  await peer.ask({ do: 'make', path: join(lab.folder, 'x.bin'), rows, cols, k, seed: 1 });
  await lab.call('load', 'x.bin', cols);
  const ours: Found[] = [];
  const theirs: Found[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const row = pair * 99_991;
    ours.push(await lab.call<Found>('find', row, k));
    theirs.push(await peer.ask<Found>({ do: 'find', row }));
  }
  const equal = ours.filter(({ rows }, i) => rows.join() === theirs[i]!.rows.join()).length;
  const ms = (list: readonly Found[]) => median(list.map((each) => each.ms));
  printTable([
    ['', 'one customer', 'least', 'same neighbours'],
    [
      'ours, with reasons',
      `${ms(ours).toFixed(0)} ms`,
      `${Math.min(...ours.map((it) => it.ms)).toFixed(0)} ms`,
      `${equal} of ${pairs}`,
    ],
    [
      'scikit-learn, rows alone',
      `${ms(theirs).toFixed(0)} ms`,
      `${Math.min(...theirs.map((it) => it.ms)).toFixed(0)} ms`,
      '',
    ],
  ]);
  const passes = ms(ours) < goalMs && equal === pairs;
  console.log(
    `nearest: ${ms(ours).toFixed(0)} ms (goal below ${goalMs} ms) ${passes ? 'PASS' : 'MISS'}`,
  );
} finally {
  peer?.close();
  await lab.close();
}
