import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openPageLab, type PageLab } from '../../support/page-lab.ts';
import type { Name } from './page.ts';

export const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[list.length >> 1] ?? NaN;

export const openMapLab = (): Promise<PageLab> =>
  openPageLab(fileURLToPath(new URL('./page.ts', import.meta.url)));

export const headline = (lab: PageLab, words: string): void =>
  console.log(
    `${words}, 1200 × 800, Chromium ${lab.browser}, GL in software, ` +
      `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  );

export const row = (words: string, figure: string): void =>
  console.log(`  ${words.padEnd(48)}${figure}`);

export const ms = (value: number): string =>
  `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;

export type Entrant = {
  readonly name: Name;
  readonly count: number;
  /** Frames that count, and before them those that do not. */
  readonly frames: number;
  readonly warm: number;
  /** Rounds that it takes part in; the others go on without it. */
  readonly rounds: number;
};
type Verb = 'pan' | 'zoom' | 'recolour' | 'filter';
export type Times = Readonly<Record<Verb | 'first', number>> & { readonly words: string };

/** Each entrant in a fresh page, in turn, round after round; medians of the rounds' medians. */
export async function race(
  lab: PageLab,
  entrants: readonly Entrant[],
  verbs: readonly Verb[],
): Promise<readonly Times[]> {
  const all = entrants.map(
    () =>
      ({ first: [], pan: [], zoom: [], recolour: [], filter: [] }) as Record<
        Verb | 'first',
        number[]
      >,
  );
  const said = entrants.map(() => '');
  for (let round = 0; round < Math.max(...entrants.map(({ rounds }) => rounds)); round++)
    for (const [e, { name, count, frames, warm, rounds }] of entrants.entries()) {
      if (round >= rounds) continue;
      const tab = await lab.open();
      all[e]!.first.push(await tab.call<number>('open', name, count));
      for (const verb of verbs)
        all[e]![verb].push(median(await tab.call<number[]>('frames', verb, frames, warm)));
      said[e] = await tab.call<string>('words');
      await tab.page.close();
    }
  return all.map(({ first, pan, zoom, recolour, filter }, e) => ({
    first: median(first),
    pan: median(pan),
    zoom: median(zoom),
    recolour: median(recolour),
    filter: median(filter),
    words: said[e] ?? '',
  }));
}

/** The one line that a bench ends with. */
export const verdict = (name: string, figure: string, goal: string, isReached: boolean): void =>
  console.log(`${name}: ${figure} (goal ${goal}) ${isReached ? 'PASS' : 'MISS'}`);

export const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 1 : 0)}×`;
