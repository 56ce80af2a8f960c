/** DBSCAN beside scikit-learn, on 200,000 × 2 and 50,000 × 8: same rows, all cores, every label compared. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine, median, printTable, seconds } from '../support/figures.ts';
import { openLab } from '../support/lab.ts';
import { openPeer } from '../support/python-peer.ts';

const goal = 1;
const pairs = 5;
const cases = [
  { rows: 200_000, cols: 2, radius: 0.1, neighbours: 10 },
  { rows: 50_000, cols: 8, radius: 1.2, neighbours: 10 },
];
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Fit = { readonly ms: number; readonly labels: readonly number[] };

const lab = await openLab(here('./density/ours.ts'));
const peer = openPeer(here('./density/peers.py'), { sklearn: 'scikit-learn', numpy: 'numpy' });
try {
  if (!peer)
    throw new Error('scikit-learn cannot be had here, so there is nothing to compare with');
  console.log(`Chromium ${lab.browser}, ${lab.threads} threads; ${machine()}`);
  const lines = [['', 'ours', 'scikit-learn', 'ratio', 'groups', 'labels that differ']];
  const ratios: number[] = [];
  for (const { rows, cols, radius, neighbours } of cases) {
    await peer.ask({ do: 'make', path: join(lab.folder, 'x.bin'), rows, cols, seed: 2 });
    await lab.call('load', 'x.bin', cols);
    const ours: Fit[] = [];
    const theirs: Fit[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      ours.push(await lab.call<Fit>('byRadius', radius, neighbours));
      theirs.push(await peer.ask<Fit>({ do: 'dbscan', radius, neighbours }));
    }
    const ratio = median(ours.map(({ ms }, i) => theirs[i]!.ms / ms));
    const expected = theirs[0]!.labels;
    const differ = ours[0]!.labels.filter((label, r) => label !== expected[r]).length;
    ratios.push(differ === 0 ? ratio : 0);
    lines.push([
      `${rows} × ${cols}, radius ${radius}`,
      seconds(median(ours.map(({ ms }) => ms))),
      seconds(median(theirs.map(({ ms }) => ms))),
      `${ratio.toFixed(1)}×`,
      String(ours[0]!.labels.reduce((a, b) => Math.max(a, b), -1) + 1),
      String(differ),
    ]);
  }
  printTable(lines);
  const least = Math.min(...ratios);
  console.log(
    `dbscan: ${least.toFixed(1)}× scikit-learn at the least of ${ratios.length}, same labels (goal ${goal}×) ${least >= goal ? 'PASS' : 'MISS'}`,
  );
} finally {
  peer?.close();
  await lab.close();
}
