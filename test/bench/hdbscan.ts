/** HDBSCAN beside hdbscan and fast_hdbscan, on 50,000 × 5 and 250,000 × 5: same rows, all cores; and how soon a cancel is heard. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { machine, median, megabytes, printTable, seconds } from '../support/figures.ts';
import { openLab } from '../support/lab.ts';
import { openPeer } from '../support/python-peer.ts';

/** Of the speed of hdbscan, of fast_hdbscan, and agreement with the latter. */
const goals = { old: 1, fast: 0.5, agreement: 0.99 };
const cols = 5;
const [smallest, neighbours] = [100, 10];
const cases = [
  { rows: 50_000, pairs: 5 },
  { rows: 250_000, pairs: 2 },
];
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Fit = { readonly ms: number; readonly labels: readonly number[]; readonly words?: string };

const lab = await openLab(here('./density/ours.ts'));
const peer = openPeer(here('./density/peers.py'), {
  sklearn: 'scikit-learn',
  hdbscan: 'hdbscan',
  fast_hdbscan: 'fast_hdbscan',
});
try {
  if (!peer) throw new Error('hdbscan cannot be had here, so there is nothing to compare with');
  console.log(
    `At least ${smallest} in a group, ${neighbours} neighbours; Chromium ${lab.browser}, ${lab.threads} threads; ${machine()}`,
  );
  const lines = [['', 'ours', 'hdbscan', 'fast_hdbscan', 'ratios', 'ARI with both', 'groups']];
  const found: { old: number; fast: number; agreement: number }[] = [];
  for (const { rows, pairs } of cases) {
    await peer.ask({ do: 'make', path: join(lab.folder, 'x.bin'), rows, cols, seed: 1 });
    await peer.ask({ do: 'warm', smallest, neighbours }); // numba compiles
    await lab.call('load', 'x.bin', cols);
    const fits: { ours: Fit; old: Fit; fast: Fit }[] = [];
    for (let pair = 0; pair < pairs; pair++)
      fits.push({
        ours: await lab.call<Fit>('hdbscan', smallest, neighbours),
        old: await peer.ask<Fit>({ do: 'hdbscan', smallest, neighbours }),
        fast: await peer.ask<Fit>({ do: 'fast', smallest, neighbours }),
      });
    const { ours, old, fast } = fits[0]!;
    const figures = {
      old: median(fits.map((fit) => fit.old.ms / fit.ours.ms)),
      fast: median(fits.map((fit) => fit.fast.ms / fit.ours.ms)),
      agreement: adjustedRandIndex(ours.labels, fast.labels),
    };
    found.push(figures);
    const time = (whose: 'ours' | 'old' | 'fast') =>
      seconds(median(fits.map((fit) => fit[whose].ms)));
    lines.push([
      `${rows} × ${cols}`,
      time('ours'),
      time('old'),
      time('fast'),
      `${figures.old.toFixed(1)}×, ${figures.fast.toFixed(1)}×`,
      `${adjustedRandIndex(ours.labels, old.labels).toFixed(4)}, ${figures.agreement.toFixed(4)}`,
      String(ours.labels.reduce((a, b) => Math.max(a, b), -1) + 1),
    ]);
  }
  printTable(lines);

  const before = await lab.held();
  const heard: number[] = [];
  for (const after of [5, 60, 150, 300, 500, 700, 900, 1100]) {
    const ms = await lab.call<number | null>('cancel', smallest, neighbours, after);
    if (ms !== null) heard.push(ms);
  }
  const after = await lab.held();
  const slowest = Math.max(...heard);
  console.log(
    `  of ${heard.length} cancels the slowest was heard after ${slowest.toFixed(0)} ms; held before and after ${megabytes(before)}, ${megabytes(after)}`,
  );

  const least = (figure: 'old' | 'fast' | 'agreement') =>
    Math.min(...found.map((figures) => figures[figure]));
  const holds =
    least('old') >= goals.old &&
    least('fast') >= goals.fast &&
    least('agreement') >= goals.agreement;
  console.log(
    `hdbscan: ${least('old').toFixed(1)}× hdbscan, ${least('fast').toFixed(1)}× fast_hdbscan, ARI ${least('agreement').toFixed(4)} with it ` +
      `(goal ${goals.old}×, ${goals.fast}×, ${goals.agreement}) ${holds ? 'PASS' : 'MISS'}`,
  );
} finally {
  peer?.close();
  await lab.close();
}
