import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { breathing } from '../../lib/steps.ts';
import type { Graph } from '../kernels/layout.ts';
import { plainKernels, type Kernels } from '../kernels/types.ts';
import type { Layout } from '../types.ts';
import { fitCurve } from './curve.ts';
import { distinct } from './distinct.ts';
import { fuzzyGraph } from './fuzzy.ts';
import { neighbours, pauses } from './neighbours.ts';
import { reordered, shuffled } from './order.ts';
import { fit, plainLayout } from './pca.ts';
import { layoutQualities } from './quality.ts';
import { startOf } from './start.ts';

export type UmapOptions = {
  /** With the row itself, 2 to 65: few show detail, many the whole. */
  readonly neighbours: number;
  /** How near rows may come in the picture, 0 to `spread`, and how far it spreads. */
  readonly minDist: number;
  readonly spread: number;
  /** Null: 500 up to 2,000 rows, 200 above. */
  readonly epochs: number | null;
  readonly start: 'spectral' | 'pca';
  readonly seed: number;
};

export const umapDefaults: UmapOptions = {
  neighbours: 15,
  minDist: 0.1,
  spread: 1,
  epochs: null,
  start: 'spectral',
  seed: 1,
};

/** Pushes for each pull. */
export const PUSHES = 5;
/** Share of its last move that a vertex goes on with at first: groups then part as far as they do where both ends of an edge move at once. */
const MOMENTUM = 0.9;

type Needed = Pick<Kernels, 'openSearch' | 'openDescent' | 'openTree' | 'layout'>;

/**
 * UMAP (McInnes, Healy & Melville 2018): customers near each other in many columns stand near each other in the picture; distances between groups and sizes
 * of groups mean little. Equal rows are one point. Every vertex moves by the positions of the epoch before, so that the picture does not depend on threads:
 * the same rows and seed, the same bytes. Below four different rows it is PCA's picture. Throws RangeError where a value is no number.
 * O(rows · log rows · cols + epochs · rows · neighbours).
 */
export async function umapLayout(
  given: Matrix,
  options: UmapOptions = umapDefaults,
  job: Job = unattended,
  kernels: Needed = plainKernels,
): Promise<Layout> {
  const plain = await breathing(plainLayout(given), job);
  const { x, of } = await breathing(distinct(given), job);
  if (x.rows < FEWEST)
    return {
      ...plain,
      method: 'umap',
      kept: null,
      quality: null,
      baseline: null,
      unit: 1,
      words: tooFew(x.rows),
    };
  const found = await neighbours(
    x,
    { k: options.neighbours - 1, seed: options.seed },
    job,
    kernels,
  );
  const epochs = options.epochs ?? (x.rows <= 2000 ? 500 : 200);
  const graph = await fuzzyGraph(found, epochs, kernels.layout, job);
  const start = await startOf(x, graph, options, kernels.layout, job);
  const laid = await settle(graph, start.positions, options, epochs, job, kernels);
  const positions = new Float32Array(2 * given.rows);
  of.forEach((at, r) => positions.set(laid.subarray(2 * at, 2 * at + 2), 2 * r));
  const { half: unit } = fit(positions);
  await job.breathe();
  const [quality, baseline] = await layoutQualities(
    given,
    [positions, plain.positions],
    options.seed,
    job,
    kernels,
  );
  const words = `UMAP with ${options.neighbours} neighbours, ${epochs} epochs from ${start.words}; ${found.words}.`;
  return {
    method: 'umap',
    positions,
    kept: null,
    quality: quality!,
    baseline: baseline!,
    unit,
    words,
  };
}

const FEWEST = 4;
const tooFew = (rows: number) =>
  `UMAP needs ${FEWEST} different customers, there are ${rows}: this is PCA.`;

/** The picture after all epochs, from rows in a shuffled order: four that stand side by side are any four. */
async function settle(
  graph: Graph,
  start: Float32Array,
  { minDist, spread, seed }: UmapOptions,
  epochs: number,
  job: Job,
  { layout }: Pick<Kernels, 'layout'>,
): Promise<Float32Array> {
  const places = shuffled(graph.rows, seed);
  await job.breathe();
  const own = await breathing(reordered(graph, places), job);
  const picture = layout.openPicture(own, fitCurve(minDist, spread), 0);
  try {
    const positions = picture.positions();
    places.forEach((place, r) => positions.set(start.subarray(2 * r, 2 * r + 2), 2 * place));
    const pause = pauses('Drawing the map', epochs, job);
    for (let epoch = 0; epoch < epochs; epoch++) {
      const alpha = 1 - epoch / epochs;
      const step = { alpha, pushes: PUSHES, keep: epoch > 0 ? MOMENTUM * alpha : 0 };
      await picture.epoch({ ...step, seed: seed * 65_537 + epoch }, () => pause(epoch + 1));
    }
    const end = picture.positions();
    const out = new Float32Array(end.length);
    places.forEach((place, r) => out.set(end.subarray(2 * place, 2 * place + 2), 2 * r));
    return out;
  } finally {
    picture.close();
  }
}
