import { TesseraError } from '../lib/errors.ts';
import { count, plural } from '../lib/format.ts';
import { unattended, type Job } from '../lib/job.ts';
import type { Matrix } from '../lib/matrix.ts';
import { breathing } from '../lib/steps.ts';
import { readAnchor } from './anchor.ts';
import { chooseK, structureOf, whyK } from './choose-k.ts';
import { describe, inOrder, type Lettered } from './describe.ts';
import { lettersOf } from './hands/edits.ts';
import { plainKernels, type Kernels } from './kernels/types.ts';
import { Kept } from './kept.ts';
import { bySize, followed, keepLetters, letterPlace } from './letters.ts';
import { plainLayout } from './map/pca.ts';
import { kmeans } from './methods/kmeans.ts';
import { divide, type Divided } from './methods/registry.ts';
import type { Partition } from './partition.ts';
import type { SegmentInput } from './profile.ts';
import { sweep, type Sweep } from './sweep.ts';
import {
  methodOf,
  type KScore,
  type Layout,
  type Segmentation,
  type SegmentSettings,
} from './types.ts';

/** Fewer customers than this are shown but not grouped. */
export const FEWEST = 10;

export type SegmentResult = { readonly segmentation: Segmentation; readonly layout: Layout };

/** What the stage describes, whichever method made it. */
type Found = Divided & Pick<Segmentation, 'structure'> & { readonly scores: readonly KScore[] };

const noSweep: Sweep = { fits: [], curve: [] };

/**
 * The whole stage without its screen: customers divided by the method that was chosen, letters given, segments described and named,
 * customers laid out. Names given by a person are not applied here (see `withNames`). The same input and settings give the same bytes.
 * Throws `too-few-customers` below `FEWEST` and `no-features` where nothing tells customers apart.
 */
export async function segment(
  input: SegmentInput,
  settings: SegmentSettings,
  job: Job = unattended,
): Promise<SegmentResult> {
  return segmenter()(input, settings, job, plainKernels);
}

export type Segmenter = (
  input: SegmentInput,
  settings: SegmentSettings,
  job?: Job,
  kernels?: Kernels,
) => Promise<SegmentResult>;

/** `segment` that keeps what it searched last: another k, or a method gone back to, then only has to be described. */
export function segmenter(): Segmenter {
  const sweeps = new Kept<Sweep>(8);
  const divisions = new Kept<Divided>(6);
  return async (input, settings, job = unattended, kernels = plainKernels) => {
    check(input.scaled, settings);
    const { features, scaled, raw, scaledFrom } = input;
    const data = [scaled.data, raw.data];
    const common = [scaled.rows, scaled.cols, scaledFrom, settings.seed, settings.restarts];
    const method = methodOf(settings);
    if (method.kind === 'kmeans') {
      const { k, kMax, seed, restarts } = settings;
      const swept = (ks: readonly number[]) =>
        sweeps.get(JSON.stringify([common, ks]), data, () =>
          sweep(scaled, scaledFrom, { ks, seed, restarts }, job, kernels),
        );
      const every = await swept(Array.from({ length: kMax - 1 }, (_, i) => i + 2));
      const beyond = k !== null && k > kMax ? await swept([k]) : noSweep;
      const all = {
        fits: [...every.fits, ...beyond.fits],
        curve: [...every.curve, ...beyond.curve],
      };
      return finish(input, settings, await byKMeans(scaled, settings, all, job), kernels, job);
    }
    const key = JSON.stringify([common, method, features.map(({ name }) => name)]);
    const divided = await divisions.get(key, data, () =>
      divide(input, method, settings, kernels, job),
    );
    const structure = { found: null, words: '' };
    return finish(input, settings, { ...divided, structure, scores: [] }, kernels, job);
  };
}

function check({ rows, cols }: Matrix, { k, kMax, restarts }: SegmentSettings): void {
  if (rows < FEWEST)
    throw new TesseraError(
      'too-few-customers',
      `${plural(rows, 'customer')}; groups need at least ${FEWEST}.`,
    );
  if (cols === 0) throw new TesseraError('no-features', 'No feature is used for grouping.');
  if (!(kMax >= 2 && restarts >= 1 && (k === null || k >= 1)))
    throw new RangeError(`cannot try ${k ?? kMax} segments with ${restarts} starts`);
  if (k !== null && k >= rows)
    throw new RangeError(`cannot make ${k} segments of ${rows} customers`);
}

/** K chosen or taken from a sweep. */
async function byKMeans(
  scaled: Matrix,
  settings: SegmentSettings,
  { fits, curve }: Sweep,
  job: Job,
): Promise<Found> {
  if (curve.length === 0)
    throw new TesseraError('no-features', 'All customers are the same in every feature used.');
  const tried = curve.filter(({ k }) => k <= settings.kMax);
  const best = chooseK(tried, scaled.rows);
  // where fewer rows differ than segments were asked for, there are as many as differ
  const k = Math.min(settings.k ?? best.k, curve.at(-1)!.k);
  const place = curve.findIndex((score) => score.k === k);
  const { labels, means } =
    k === 1
      ? await kmeans(scaled, { k, seed: 1, restarts: 1 }, job)
      : keepLetters(fits, curve.indexOf(best))[place]!;
  const most = count(Math.max(...tried.map((each) => each.k)));
  const how = settings.k === null ? `chosen from 2 to ${most}: ${whyK(best)}` : 'chosen by you';
  return {
    partition: {
      labels,
      groups: means.rows,
      belongs: null,
      oddness: null,
      names: null,
      words: `K-means, k = ${count(k)}, ${how}, seed ${settings.seed}.`,
    },
    chosen: { kind: 'kmeans' },
    curve: null,
    scores: curve,
    structure: structureOf(curve[place] ?? best),
  };
}

async function finish(
  input: SegmentInput,
  settings: SegmentSettings,
  { partition, chosen, curve, scores, structure }: Found,
  kernels: Kernels,
  job: Job,
): Promise<SegmentResult> {
  const { oddness } = partition;
  const labels = chosen.kind === 'kmeans' || partition.names ? partition.labels : bySize(partition);
  const numbers = numbersFor(labels, partition.groups, input.witnesses, settings);
  const made = { ...inOrder(labels, numbers, partition.names), oddness };
  const { lettered, belongs, hands, words } = settings.edits?.length
    ? await byHand(input, settings, { ...partition, made }, kernels, job)
    : { ...partition, lettered: made, hands: undefined };
  const described = await describe(input, lettered, settings.seed, job);
  job.progress('Drawing the map', 1, 1);
  await job.breathe();
  const segmentation: Segmentation = {
    ...described,
    k: lettered.letters.length,
    ...(hands && { hands }),
    ...(partition.mixture &&
      !hands && {
        mixture: { model: partition.mixture, components: sources(partition.labels, lettered) },
      }),
    method: chosen,
    words: sentence(words),
    belongs: belongs?.slice() ?? null, // the caller may give them away; what is kept may not lose them
    oddness: oddness?.slice() ?? null,
    curve: scores,
    choice: curve,
    structure,
  };
  return { segmentation, layout: await breathing(plainLayout(input.scaled), job) };
}

/** [segments]; the group of the method that each segment is. */
function sources(groups: Int32Array, { labels, letters }: Pick<Lettered, 'labels' | 'letters'>) {
  const of = new Int32Array(letters.length);
  for (let r = 0; r < labels.length; r++) if (labels[r]! >= 0) of[labels[r]!] = groups[r]!;
  return of;
}

const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

type ByHand = Pick<Partition, 'belongs' | 'words'> & Required<Pick<Segmentation, 'hands'>>;

/**
 * What the method made, with the edits of a person on it. Whom a hand put into another segment belongs to it wholly, whom it put into none not
 * at all.
 */
async function byHand(
  input: SegmentInput,
  { edits = [], seed, restarts, editedAnchor }: SegmentSettings,
  { made, belongs, words }: Pick<Partition, 'belongs' | 'words'> & { readonly made: Lettered },
  kernels: Kernels,
  job: Job,
): Promise<ByHand & { readonly lettered: Lettered }> {
  const { labels, letters, names, oddness } = made;
  const before = labels.map((label) => letters[label] ?? -1);
  const how = { edits, seed, restarts, anchor: editedAnchor };
  const { applyEdits } = await import('./hands/apply.ts');
  const { places, outcomes } = await applyEdits(input, before, how, kernels, job);
  const after = Int32Array.from(new Set(places))
    .filter((place) => place >= 0)
    .sort();
  const groupOf = new Map([...after].map((place, group) => [place, group]));
  const given = names && Array.from(after, (place) => names[letters.indexOf(place)] ?? null);
  const isOther = (r: number) => places[r] !== before[r];
  const moved = places.reduce((sum, _, r) => sum + Number(isOther(r)), 0);
  const failed = outcomes.filter(({ applied }) => !applied).length;
  const missed =
    failed === 0 ? '' : `; ${count(failed)} of them found nobody or no segment to change`;
  return {
    lettered: {
      ...inOrder(
        places.map((place) => groupOf.get(place) ?? -1),
        after,
        given,
      ),
      oddness,
    },
    belongs: belongs && belongs.map((value, r) => (isOther(r) ? Number(places[r]! >= 0) : value)),
    words: `${sentence(words)} ${plural(edits.length, 'change')} by hand put ${plural(moved, 'customer')} elsewhere${missed}.`,
    hands: { labels, letters, outcomes },
  };
}

/**
 * The letter of each group as its place in the alphabet: that of the segment in the anchor whose customers it shares; without one, the
 * order of the method. Only data and the choice decide: a name given afterwards changes no letter.
 */
function numbersFor(
  labels: Int32Array,
  groups: number,
  witnesses: Int32Array | undefined,
  { anchor, edits = [] }: SegmentSettings,
): Int32Array {
  if (!anchor || !witnesses) return Int32Array.from({ length: groups }, (_, group) => group);
  const { layers, named } = readAnchor(anchor);
  const next = witnesses.map((row) => (row < 0 ? -1 : labels[row]!));
  const spokenOf = edits.flatMap(lettersOf).map(letterPlace);
  return followed(layers, next, groups, new Set([...named, ...spokenOf]));
}
