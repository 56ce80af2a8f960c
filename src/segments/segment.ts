import { TesseraError } from '../lib/errors.ts';
import { plural } from '../lib/format.ts';
import { unattended, type Job } from '../lib/job.ts';
import type { Matrix } from '../lib/matrix.ts';
import { chooseK, structureOf } from './choose-k.ts';
import { groupRows } from './drivers.ts';
import { keepLetters, letter } from './letters.ts';
import { pcaLayout } from './map/pca.ts';
import { kmeans, type Clusters } from './methods/kmeans.ts';
import { silhouettes, simplifiedSilhouettes } from './methods/silhouette.ts';
import { names } from './names.ts';
import { drivers, places, revenueShares, type SegmentInput } from './profile.ts';
import { EXACT, sweep, type Sweep } from './sweep.ts';
import type { Layout, Segment, Segmentation, SegmentSettings } from './types.ts';

/** Fewer customers than this are shown but not grouped. */
export const FEWEST = 10;

export type SegmentResult = { readonly segmentation: Segmentation; readonly layout: Layout };

/**
 * The whole stage without its screen: k swept, k chosen (or taken), letters kept, segments described and named, customers laid out.
 * Names given by a person are not applied here (see `withNames`). The same input and settings give the same bytes.
 * Throws `too-few-customers` below `FEWEST` and `no-features` where nothing tells customers apart.
 */
export async function segment(
  input: SegmentInput,
  settings: SegmentSettings,
  job: Job = unattended,
): Promise<SegmentResult> {
  return segmenter()(input, settings, job);
}

/** `segment` that keeps its last sweep: another k on the same customers then only has to be described. */
export function segmenter(): typeof segment {
  let last: { readonly key: string; readonly data: Float32Array; readonly sweep: Sweep } | null =
    null;
  return async (input, settings, job = unattended) => {
    const { scaled, scaledFrom } = input;
    check(scaled, settings);
    const { seed, restarts } = settings;
    const kTop = Math.max(settings.kMax, settings.k ?? 2);
    const key = JSON.stringify([scaled.rows, scaled.cols, scaledFrom, seed, restarts, kTop]);
    if (!last || last.key !== key || !sameBytes(last.data, scaled.data)) {
      const swept = await sweep(scaled, scaledFrom, { kTop, seed, restarts }, job);
      last = { key, data: scaled.data, sweep: swept };
    }
    return describe(input, settings, last.sweep, job);
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

const sameBytes = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

async function describe(
  input: SegmentInput,
  settings: SegmentSettings,
  { fits, curve }: Sweep,
  job: Job,
): Promise<SegmentResult> {
  const { scaled } = input;
  if (curve.length === 0)
    throw new TesseraError('no-features', 'All customers are the same in every feature used.');
  const tried = curve.filter(({ k }) => k <= settings.kMax);
  const best = chooseK(tried, scaled.rows);
  const lettered = keepLetters(fits, curve.indexOf(best));
  // where fewer rows differ than segments were asked for, there are as many as differ
  const k = Math.min(settings.k ?? best.k, curve.at(-1)!.k);
  const clusters =
    k === 1 ? await kmeans(scaled, { k, seed: 1, restarts: 1 }, job) : lettered[k - 2]!;
  const own = await eachSilhouette(scaled, clusters, job);
  const segments = await segmentsOf(input, clusters, own, settings.seed, job);
  job.progress('Drawing the map', 1, 1);
  await job.breathe();
  const segmentation = {
    k,
    labels: clusters.labels.slice(), // the caller may give it away; the kept sweep may not lose it
    silhouettes: own,
    means: { ...clusters.means, data: clusters.means.data.slice() },
    segments,
    curve,
    structure: structureOf(curve[k - 2] ?? best),
  };
  return { segmentation, layout: pcaLayout(scaled) };
}

async function eachSilhouette(x: Matrix, { labels, means }: Clusters, job: Job) {
  if (x.rows > EXACT) return simplifiedSilhouettes(x, labels, means);
  const [exact] = await silhouettes(x, [{ labels, k: means.rows }], job);
  return exact!;
}

async function segmentsOf(
  input: SegmentInput,
  { labels, means, sizes }: Clusters,
  silhouette: Float32Array,
  seed: number,
  job: Job,
): Promise<Segment[]> {
  const groups = groupRows(labels, means.rows);
  const reasons = await drivers(input, groups, job);
  const shares = await revenueShares(input, { labels, k: means.rows, seed }, job);
  const made = names(input.features, reasons);
  return places(input.scaled, labels, means).map(({ typical, border }, id) => ({
    id,
    letter: letter(id),
    name: made[id]!,
    size: sizes[id]!,
    share: sizes[id]! / labels.length,
    revenueShare: shares ? shares[id]! : null,
    silhouette: groups.rows[id]!.reduce((sum, r) => sum + silhouette[r]!, 0) / sizes[id]!,
    drivers: reasons[id]!,
    typical,
    border,
  }));
}
