import type { Job } from '../../lib/job.ts';
import { breathing, type Steps } from '../../lib/steps.ts';
import type { Graph, LayoutKernel } from '../kernels/layout.ts';
import { pauses, type Neighbours } from './neighbours.ts';

/**
 * How surely two rows belong together, 0 to 1: the weights of neighbours, smoothed per row, and the fuzzy union of both directions
 * (McInnes, Healy & Melville 2018, §3.1). Edges below 1 / `epochs` of the strongest would never be drawn and are left out. O(rows · k).
 */
export async function fuzzyGraph(
  { k, ids, distances }: Neighbours,
  epochs: number,
  { smooth }: Pick<LayoutKernel, 'smooth'>,
  job: Job,
): Promise<Graph> {
  const rows = k > 0 ? ids.length / k : 0;
  await job.breathe();
  const average = distances.reduce((sum, d) => sum + d, 0) / Math.max(1, rows * (k + 1));
  await job.breathe();
  const { weights } = await smooth(distances, k, average, pauses('Weighing neighbours', rows, job));
  return breathing(union(rows, k, ids, weights, epochs), job);
}

/** a + b − ab for both directions of each edge. */
export function* union(
  rows: number,
  k: number,
  ids: Int32Array,
  weights: Float32Array,
  epochs: number,
): Steps<Graph> {
  const back = yield* transposed(rows, ids);
  const starts = new Int32Array(rows + 1);
  yield;
  const tails = new Int32Array(2 * ids.length + 4 * rows);
  const out = new Float32Array(tails.length);
  const place = new Int32Array(rows).fill(-1); // where the edge to a row stands, from the present row on
  const least = weights.reduce((a, b) => Math.max(a, b), 0) / epochs;
  yield;
  let top = 0;
  for (let r = 0; r < rows; r++) {
    const from = top;
    for (let e = r * k; e < (r + 1) * k; e++) {
      place[ids[e]!] = top;
      tails[top] = ids[e]!;
      out[top++] = weights[e]!;
    }
    for (let e = back.starts[r]!; e < back.starts[r + 1]!; e++) {
      const other = Math.floor(back.edges[e]! / k);
      const b = weights[back.edges[e]!]!;
      const at = place[other]!;
      if (at >= from && tails[at] === other) out[at] = out[at]! + b - out[at]! * b;
      else {
        tails[top] = other;
        out[top++] = b;
      }
    }
    let kept = from;
    for (let e = from; e < top; e++)
      if (out[e]! >= least) {
        tails[kept] = tails[e]!;
        out[kept++] = out[e]!;
      }
    for (top = kept; (top - from) % 4 !== 0; top++) {
      tails[top] = r;
      out[top] = 0;
    }
    starts[r + 1] = top;
    if ((r & 0xffff) === 0xffff) yield;
  }
  yield;
  return { rows, starts, tails: tails.slice(0, top), weights: out.slice(0, top) };
}

type Back = { readonly starts: Int32Array; readonly edges: Int32Array };

/** Of each row the places in `ids` where it stands, ascending. */
function* transposed(rows: number, ids: Int32Array): Steps<Back> {
  const starts = new Int32Array(rows + 1);
  for (const id of ids) starts[id + 1]!++;
  for (let r = 0; r < rows; r++) starts[r + 1]! += starts[r]!;
  const edges = new Int32Array(ids.length);
  yield;
  const top = starts.slice(0, rows);
  for (let e = 0; e < ids.length; e++) {
    edges[top[ids[e]!]!++] = e;
    if ((e & 0xfffff) === 0xfffff) yield;
  }
  return { starts, edges };
}
