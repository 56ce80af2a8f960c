import { count, fixed, measure } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import type { Partition } from '../partition.ts';
import { gower, medoids, silhouetteOf } from './gower.ts';
import { mixedOf, mixedRows, type Mixed } from './mixed.ts';
import { kPrototypes } from './prototypes.ts';
import type { Divide } from './registry.ts';

/** Up to this many rows all distances are known, and groups are made around medoids; above, around prototypes. */
export const ALL_PAIRS = 1500;

export type MixedOptions = {
  /** null: the k whose mean silhouette on Gower's distances is highest. */
  readonly k: number | null;
  readonly kMax: number;
  /**
   * What a different category counts: up to `ALL_PAIRS` rows, times what a number counts over its whole range (null: 1); above, in squared
   * distance of the numbers (null: `usualWeight`).
   */
  readonly weight: number | null;
  readonly seed: number;
  readonly restarts: number;
};

export type MixedGroups = {
  readonly partition: Partition;
  readonly k: number;
  readonly weight: number;
  /** Mean silhouette on Gower's distances of up to 1,500 rows, for each k tried; empty where k was given. */
  readonly curve: readonly { readonly k: number; readonly silhouette: number }[];
};

type Fit = {
  readonly labels: Int32Array<ArrayBuffer>;
  readonly words: string;
  readonly weight: number;
};

/**
 * Groups of rows with numbers and categories. Up to `ALL_PAIRS` rows medoids on Gower's distances, above k-prototypes.
 * Errors as `kPrototypes`.
 */
export async function mixedGroups(
  mixed: Mixed,
  { k, kMax, weight, seed, restarts }: MixedOptions,
  job: Job = unattended,
): Promise<MixedGroups> {
  const { rows } = mixed.numbers;
  const seen = sampleRows(rows, ALL_PAIRS, seed);
  const isAll = rows <= ALL_PAIRS;
  const distance =
    isAll || k === null
      ? await gower(mixedRows(mixed, seen), isAll ? (weight ?? 1) : 1, job)
      : null;
  const fit = async (k: number): Promise<Fit> => {
    if (isAll) {
      const { labels, capped, rounds } = await medoids(distance!, rows, { k }, job);
      const words = `${count(k)} groups around medoids, by Gower’s distances: a category counts ${measure(weight ?? 1)} times a number; ${ended(rounds, capped)}`;
      return { labels, words, weight: weight ?? 1 };
    }
    const found = await kPrototypes(mixed, { k, weight, seed, restarts }, job);
    const own = weight === null ? 'half the mean spread of the numbers (Huang)' : 'chosen by you';
    const words = `${count(k)} prototypes; a different category counts ${measure(found.weight)} of squared distance, ${own}; ${ended(found.rounds, found.capped)}`;
    return { labels: found.labels, words, weight: found.weight };
  };
  const curve: { k: number; silhouette: number }[] = [];
  let best: { k: number; fit: Fit; silhouette: number } | null = null;
  const top = Math.min(kMax, rows - 1);
  for (let tried = k ?? 2; tried <= (k ?? top); tried++) {
    const made = await fit(tried);
    const silhouette = distance
      ? silhouetteOf(
          distance,
          seen.map((r) => made.labels[r]!),
          tried,
        )
      : 0;
    if (k === null) curve.push({ k: tried, silhouette });
    if (!best || silhouette > best.silhouette) best = { k: tried, fit: made, silhouette };
    job.progress('Finding groups', tried, k ?? top);
    await job.breathe();
  }
  best ??= { k: 1, fit: await fit(1), silhouette: 0 };
  const how =
    k === null
      ? `; k with the highest silhouette (${fixed(best.silhouette)}) of ${count(curve.length)} tried`
      : '';
  const { labels, words } = best.fit;
  return {
    partition: {
      labels,
      groups: labels.reduce((most, label) => Math.max(most, label + 1), 0),
      belongs: null,
      oddness: null,
      names: null,
      words: `${words}${how}.`,
    },
    k: best.k,
    weight: best.fit.weight,
    curve,
  };
}

const ended = (rounds: number, capped: boolean): string =>
  capped
    ? `stopped at the cap of ${count(rounds)} rounds before it settled`
    : `settled after ${count(rounds)} rounds`;

/** Groups of numbers and categories as the stage calls them. */
export const dividePrototypes: Divide<'prototypes'> = async (
  input,
  choice,
  { seed, restarts, kMax },
  _kernels,
  job,
) => {
  const { k, weight } = choice;
  const found = await mixedGroups(mixedOf(input), { k, weight, kMax, seed, restarts }, job);
  return {
    partition: found.partition,
    chosen: { ...choice, k: found.k, weight: found.weight },
    curve:
      found.curve.length === 0
        ? null
        : {
            measure: 'mean silhouette on Gower’s distances',
            along: 'segments',
            xs: found.curve.map((each) => each.k),
            ys: found.curve.map(({ silhouette }) => silhouette),
            chosen: found.k,
            axis: 'x',
          },
  };
};
