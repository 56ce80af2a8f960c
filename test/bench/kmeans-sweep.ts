/** K-means for every k from 2 to 12 with four starts each, beside scikit-learn doing the same. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine, median, printTable, seconds } from '../support/figures.ts';
import { openLab } from '../support/lab.ts';
import { openPeer } from '../support/python-peer.ts';

const goal = 4;
const [rows, cols, kTop, restarts, pairs] = [200_000, 16, 12, 4, 5];
/** How much worse than scikit-learn's a fit may be at any k before the run counts as lost. */
const WORSE = 0.01;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Sweep = { readonly ms: number; readonly inertias: readonly number[] };

const lab = await openLab(here('./kmeans/ours.ts'));
const peer = openPeer(here('./kmeans/peers.py'), { sklearn: 'scikit-learn', numpy: 'numpy' });
try {
  if (!peer)
    throw new Error('scikit-learn cannot be had here, so there is nothing to compare with');
  console.log(
    `${rows} × ${cols}, k = 2 … ${kTop}, ${restarts} starts; Chromium ${lab.browser}, ${lab.threads} threads; ${machine()}`,
  );
  const lines = [['', 'ours', 'scikit-learn', 'ratio', 'inertia, mean of k', 'at worst']];
  const ratios: number[] = [];
  for (const apart of [1, 0.3]) {
    const path = join(lab.folder, 'x.bin');
    await peer.ask({ do: 'make', path, rows, cols, groups: 8, apart, seed: 3 });
    await lab.call('load', 'x.bin', cols);
    const ours: Sweep[] = [];
    const theirs: Sweep[] = [];
    for (let seed = 0; seed < pairs; seed++) {
      ours.push(await lab.call<Sweep>('sweep', kTop, restarts, seed));
      theirs.push(await peer.ask<Sweep>({ do: 'sweep', kTop, restarts, seed }));
    }
    const off = ours.flatMap(({ inertias }, i) =>
      inertias.map((inertia, k) => inertia / theirs[i]!.inertias[k]! - 1),
    );
    const worst = Math.max(...off);
    const ratio = median(ours.map(({ ms }, i) => theirs[i]!.ms / ms));
    ratios.push(worst <= WORSE ? ratio : 0);
    lines.push([
      `middles ${apart} apart`,
      seconds(median(ours.map(({ ms }) => ms))),
      seconds(median(theirs.map(({ ms }) => ms))),
      `${ratio.toFixed(2)}×`,
      `${((100 * off.reduce((a, b) => a + b, 0)) / off.length).toFixed(3)} %`,
      `${(100 * worst).toFixed(3)} %`,
    ]);
  }
  printTable(lines);
  const least = Math.min(...ratios);
  console.log(
    `kmeans-sweep: ${least.toFixed(2)}× scikit-learn at the least of ${ratios.length} (goal ${goal}×) ${least >= goal ? 'PASS' : 'MISS'}`,
  );
} finally {
  peer?.close();
  await lab.close();
}
