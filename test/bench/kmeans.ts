/** K-means on a million rows beside scikit-learn: same rows, same start, same rounds, all cores. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine, median, printTable } from '../support/figures.ts';
import { openLab } from '../support/lab.ts';
import { openPeer } from '../support/python-peer.ts';

const goal = 2;
const [rows, cols, rounds, pairs] = [1_000_000, 16, 30, 5];
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Fit = { ms: number; roundsMs?: number; inertia: number; rounds: number };

const lab = await openLab(here('./kmeans/ours.ts'));
const peer = openPeer(here('./kmeans/peers.py'), { sklearn: 'scikit-learn', numpy: 'numpy' });
try {
  if (!peer)
    throw new Error('scikit-learn cannot be had here, so there is nothing to compare with');
  console.log(
    `${rows} × ${cols}, ${rounds} rounds; Chromium ${lab.browser}, ${lab.threads} threads; ${machine()}`,
  );
  const lines = [['', 'ours', 'rounds alone', 'scikit-learn', 'ratio', 'inertia differs by']];
  const ratios: number[] = [];
  // clouds that touch, and clouds that overlap so much that rows move to the end
  for (const apart of [1, 0.3]) {
    await peer.ask({
      do: 'make',
      path: join(lab.folder, 'x.bin'),
      rows,
      cols,
      groups: 12,
      apart,
      seed: 1,
    });
    await lab.call('load', 'x.bin', cols);
    for (const k of [8, 32]) {
      await peer.ask({ do: 'start', path: join(lab.folder, 'start.bin'), k, seed: 2 });
      const ours: Fit[] = [];
      const theirs: Fit[] = [];
      for (let pair = 0; pair < pairs; pair++) {
        ours.push(await lab.call<Fit>('fit', 'start.bin', k, rounds));
        theirs.push(await peer.ask<Fit>({ do: 'fit', k, rounds }));
      }
      const each = ours.map(
        ({ ms, rounds }, i) => theirs[i]!.ms / theirs[i]!.rounds / (ms / rounds),
      );
      const off = Math.abs(ours[0]!.inertia / theirs[0]!.inertia - 1);
      ratios.push(off <= 1e-4 ? median(each) : 0);
      const perRound = (ms: number, fit: Fit) => `${(ms / fit.rounds).toFixed(1)} ms`;
      lines.push([
        `k = ${k}, middles ${apart} apart`,
        perRound(median(ours.map(({ ms }) => ms)), ours[0]!),
        perRound(median(ours.map(({ roundsMs }) => roundsMs!)), ours[0]!),
        perRound(median(theirs.map(({ ms }) => ms)), theirs[0]!),
        `${median(each).toFixed(2)}×`,
        off.toExponential(1),
      ]);
    }
  }
  printTable(lines);
  const least = Math.min(...ratios);
  console.log(
    `kmeans: ${least.toFixed(2)}× scikit-learn at the least of ${ratios.length} (goal ${goal}×) ${least >= goal ? 'PASS' : 'MISS'}`,
  );
} finally {
  peer?.close();
  await lab.close();
}
