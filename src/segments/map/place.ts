import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { MOST_NEIGHBOURS } from '../kernels/knn.ts';
import { plainKernels, type Kernels } from '../kernels/types.ts';
import type { Layout } from '../types.ts';
import { fitCurve } from './curve.ts';
import { distinct, withinOne } from './distinct.ts';
import { pauses } from './neighbours.ts';
import { shuffled } from './order.ts';
import { principal } from '../../lib/stats/components.ts';
import { breathing } from '../../lib/steps.ts';
import { fit, onTwo } from './pca.ts';
import { PUSHES, umapDefaults, type UmapOptions } from './umap.ts';

const EPOCHS = 30;
const ALPHA = 0.25;

/**
 * Where customers who came later stand on a map that stays as it is: [rows of `added` × 2], in the units of `layout.positions`. `x` and `options` are those that
 * the layout was made from. PCA: on the same axes. UMAP: between the nearest of `x`, then 30 epochs in which only they move; a row that is in `x` stands where
 * its like does. O(added · x.rows · cols).
 */
export async function placeRows(
  layout: Layout,
  x: Matrix,
  added: Matrix,
  options: UmapOptions = umapDefaults,
  job: Job = unattended,
  kernels: Pick<Kernels, 'openSearch' | 'layout'> = plainKernels,
): Promise<Float32Array<ArrayBuffer>> {
  if (added.cols !== x.cols) throw new RangeError(`${added.cols} columns on a map of ${x.cols}`);
  if (x.rows === 0) return new Float32Array(2 * added.rows);
  if (layout.method === 'pca') return onAxes(x, added, job);
  const { x: old, first } = await breathing(distinct(x), job);
  const both = matrix(old.rows + added.rows, x.cols);
  both.data.set(old.data);
  both.data.set(added.data, old.data.length);
  const { data } = (await breathing(withinOne(both), job)).x;
  const k = Math.min(options.neighbours - 1, old.rows, MOST_NEIGHBOURS);
  const search = kernels.openSearch(
    matrix(old.rows, x.cols, data.slice(0, old.data.length)),
    matrix(added.rows, x.cols, data.slice(old.data.length)),
    new Int32Array(added.rows).fill(-1),
    k,
  );
  try {
    await search.nearest(pauses('Finding neighbours', added.rows, job));
    const { ids, squares } = search;
    const unit = layout.unit ?? 1;
    const at = (id: number, axis: number) => unit * layout.positions[2 * first[id]! + axis]!;
    const distances = squares.map(Math.sqrt);
    const average = distances.reduce((sum, d) => sum + d, 0) / Math.max(1, distances.length);
    const pause = pauses('Placing customers', added.rows, job);
    const { weights } = await kernels.layout.smooth(distances, k, average, pause);
    const start = between({ ids, weights, k }, at);
    const end =
      old.rows < 4
        ? start
        : await settle({ ids, weights, k }, start, old.rows, at, options, job, kernels);
    return end.map((value, i) => {
      const near = (i >> 1) * k;
      return (squares[near] === 0 ? at(ids[near]!, i & 1) : value) / unit;
    });
  } finally {
    search.close();
  }
}

async function onAxes(x: Matrix, added: Matrix, job: Job): Promise<Float32Array<ArrayBuffer>> {
  const found = await breathing(principal(x), job);
  const { half, middle } = fit(await breathing(onTwo(x, found), job));
  const drawn = await breathing(onTwo(added, found), job);
  return drawn.map((value, i) => (half > 0 ? (value - middle[i % 2]!) / half : 0));
}

type Links = { readonly ids: Int32Array; readonly weights: Float32Array; readonly k: number };
type At = (id: number, axis: number) => number;

/** Weighted mean of the neighbours' places. */
function between({ ids, weights, k }: Links, at: At): Float32Array<ArrayBuffer> {
  const out = new Float32Array((2 * ids.length) / k);
  for (let i = 0; i < out.length; i++) {
    let [sum, total] = [0, 0];
    for (let e = (i >> 1) * k; e < ((i >> 1) + 1) * k; e++) {
      sum += weights[e]! * at(ids[e]!, i & 1);
      total += weights[e]!;
    }
    out[i] = sum / total;
  }
  return out;
}

/** A few epochs in which the old rows, in a shuffled order, stay where they are. */
async function settle(
  { ids, weights, k }: Links,
  start: Float32Array,
  old: number,
  at: At,
  { minDist, spread, seed }: UmapOptions,
  job: Job,
  { layout }: Pick<Kernels, 'layout'>,
): Promise<Float32Array<ArrayBuffer>> {
  const places = shuffled(old, seed);
  const added = start.length / 2;
  const wide = Math.ceil(k / 4) * 4;
  const starts = Int32Array.from(
    { length: old + added + 1 },
    (_, v) => wide * Math.max(0, v - old),
  );
  const tails = new Int32Array(wide * added);
  const halves = new Float32Array(wide * added); // only one end of these edges moves
  ids.forEach((id, e) => {
    const to = wide * Math.floor(e / k) + (e % k);
    tails[to] = places[id]!;
    halves[to] = weights[e]! / 2;
  });
  const graph = { rows: old + added, starts, tails, weights: halves };
  const picture = layout.openPicture(graph, fitCurve(minDist, spread), old);
  try {
    const positions = picture.positions();
    places.forEach((place, id) => positions.set([at(id, 0), at(id, 1)], 2 * place));
    positions.set(start, 2 * old);
    const pause = pauses('Placing customers', EPOCHS, job);
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      const step = { alpha: ALPHA * (1 - epoch / EPOCHS), pushes: 2 * PUSHES, keep: 0 };
      await picture.epoch({ ...step, seed: seed * 65_537 + epoch }, () => pause(epoch + 1));
    }
    return new Float32Array(picture.positions().subarray(2 * old));
  } finally {
    picture.close();
  }
}
