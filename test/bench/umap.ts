/** UMAP pictures of 10,000 and 100,000 rows beside umap-learn (default and seeded) and umap-js: speed, and quality by one code for all. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LayoutQuality } from '../../src/segments/types.ts';
import { machine, median, printTable, seconds } from '../support/figures.ts';
import { openLab } from '../support/lab.ts';
import { openPeer } from '../support/python-peer.ts';

const goals = { js: 10, learn: 1, trust: 0.01 };
const cols = 16;
const sizes = [
  { rows: 10_000, pairs: 3, withJs: true },
  { rows: 100_000, pairs: 2, withJs: false },
];
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Run = { readonly ms: number; readonly drawnMs?: number; readonly words?: string };

const lab = await openLab(here('./umap/ours.ts'));
const peer = openPeer(here('./umap/peers.py'), { umap: 'umap-learn', numpy: 'numpy' });
try {
  if (!peer) throw new Error('umap-learn cannot be had here, so there is nothing to compare with');
  const { version } = await peer.ask<{ version: string }>({ do: 'warm', cols });
  console.log(
    `rows × ${cols}, defaults of each; umap-learn ${version} compiled before; Chromium ${lab.browser}, ${lab.threads} threads; ${machine()}`,
  );
  const lines = [
    ['', 'whole', 'without the check', 'ratio', 'trustworthiness@15', 'true neighbours'],
  ];
  let isRepeated = true;
  const least = { js: Infinity, learn: Infinity, trust: Infinity };
  for (const { rows, pairs, withJs } of sizes) {
    await peer.ask({ do: 'make', path: join(lab.folder, 'x.bin'), rows, cols, seed: 1 });
    await lab.call('load', 'x.bin', cols);
    const learn = (form: string) => () =>
      peer.ask<Run>({ do: 'fit', form, path: join(lab.folder, `${form}.bin`) });
    const peers: Record<string, () => Promise<Run>> = {
      'default.bin': learn('default'),
      'seeded.bin': learn('seeded'),
      ...(withJs && { 'umap-js': () => lab.call<Run>('umapJs', rows) }),
    };
    const runs: Record<string, Run[]> = { ours: [] };
    const ratios: Record<string, number[]> = {};
    await lab.call('ours'); // compiled, as the peers are
    for (let pair = 0; pair < pairs; pair++)
      for (const [name, run] of Object.entries(peers)) {
        const own = await lab.call<Run>('ours');
        const other = await run();
        runs['ours']!.push(own);
        (runs[name] ??= []).push(other);
        (ratios[name] ??= []).push(other.ms / own.ms);
      }
    const ours = runs['ours']!;
    const ratio = (name: string) => median(ratios[name]!);
    const trust = new Map<string, number>();
    for (const [name, list] of Object.entries(runs)) {
      const quality = await lab.call<LayoutQuality>('judge', name);
      trust.set(name, quality.trustworthiness.value);
      const figure = ({ value, low, high }: LayoutQuality['recall']) =>
        `${value.toFixed(4)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
      lines.push([
        `${rows} ${name.replace('default.bin', 'umap-learn').replace('seeded.bin', 'umap-learn, seeded')}`,
        seconds(median(list.map(({ ms }) => ms))),
        name === 'ours' ? seconds(median(list.map(({ drawnMs }) => drawnMs!))) : '',
        name === 'ours' ? '' : `${ratio(name).toFixed(2)}×`,
        figure(quality.trustworthiness),
        figure(quality.recall),
      ]);
    }
    const isSame = await lab.call<boolean>('sameAlone');
    console.log(
      `  ${ours[0]!.words} One thread gives ${isSame ? 'the same bytes' : 'OTHER BYTES'}.`,
    );
    isRepeated &&= isSame;
    for (const form of ['default.bin', 'seeded.bin']) {
      least.learn = Math.min(least.learn, ratio(form));
      least.trust = Math.min(least.trust, trust.get('ours')! - trust.get(form)!);
    }
    if (withJs) least.js = Math.min(least.js, ratio('umap-js'));
  }
  printTable(lines);
  const isGood =
    least.js >= goals.js && least.learn >= goals.learn && least.trust >= -goals.trust && isRepeated;
  console.log(
    `umap: ${least.js.toFixed(1)}× umap-js, ${least.learn.toFixed(2)}× umap-learn at the least, trustworthiness ${least.trust.toFixed(4)} beside the better ` +
      `(goal ${goals.js}×, ${goals.learn}×, −${goals.trust}) ${isGood ? 'PASS' : 'MISS'}`,
  );
} finally {
  peer?.close();
  await lab.close();
}
