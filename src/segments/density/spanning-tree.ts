import type { Job } from '../../lib/job.ts';
import { orderOf } from '../../lib/stats/order.ts';
import type { Tree } from '../kernels/tree.ts';
import { inRuns } from './grow.ts';

/** Edges of a tree over all rows, shortest first: rows `a[i]` and `b[i]` are `lengths[i]` apart. One edge less than rows. */
export type SpanningTree = {
  readonly a: Int32Array<ArrayBuffer>;
  readonly b: Int32Array<ArrayBuffer>;
  readonly lengths: Float64Array<ArrayBuffer>;
};

/**
 * The shortest tree over all rows by mutual reachability, the greatest of the distance of two rows and of each to its last of `neighbours`
 * nearest (Campello, Moulavi & Sander 2013); with one neighbour that is the distance itself. Borůvka's rounds (1926) on a k-d tree (March,
 * Ram & Gray 2010; the first round from the neighbours alone, as in McInnes' fast_hdbscan): every group is joined by its shortest edge, and a
 * row looks only where it can still have it. Fills `tree.near`, `tree.far`. Needs a tree with neighbours. Edges of one length stand in the
 * order in which they were found, which follows from the rows alone.
 */
export async function spanningTree(tree: Tree, job: Job): Promise<SpanningTree> {
  const { rows, rowOf, group, far, who, low, bound, best } = tree;
  await inRuns(tree, (from, many) => tree.nearest(from, many), job, 'Finding neighbours');
  const edges = rows - 1;
  const [a, b] = [new Int32Array(edges), new Int32Array(edges)];
  const squares = new Float64Array(edges);
  low.set(far);
  who.fill(-1);
  for (let slot = 0; slot < rowOf.length; slot++) group[slot] = rowOf[slot]! < 0 ? -1 : slot;
  const winner = new Int32Array(rowOf.length);
  for (let joined = 0, round = 0; joined < edges; round++) {
    bound.fill(Infinity);
    await inRuns(tree, (from, many) => tree.propose(from, many), job, 'Joining');
    if (round > 0) {
      tree.tag();
      await inRuns(tree, (from, many) => tree.seek(from, many), job, 'Joining');
    }
    winner.fill(-1);
    for (let slot = 0; slot < rowOf.length; slot++) {
      const own = group[slot]!;
      if (own < 0 || winner[own]! >= 0 || who[slot]! < 0) continue;
      // in the first round only what no search could improve
      if (best[slot]! <= (round > 0 ? bound[own]! : low[slot]!)) winner[own] = slot;
    }
    for (let own = 0; own < rowOf.length; own++) {
      const slot = winner[own]!;
      if (slot < 0) continue;
      const [from, to] = [rootOf(group, slot), rootOf(group, who[slot]!)];
      if (from === to) continue;
      group[Math.max(from, to)] = Math.min(from, to);
      a[joined] = rowOf[slot]!;
      b[joined] = rowOf[who[slot]!]!;
      squares[joined++] = best[slot]!;
    }
    for (let slot = 0; slot < rowOf.length; slot++)
      if (group[slot]! >= 0) group[slot] = group[group[slot]!]!; // links point to lower slots, whose root is known by now
    await job.breathe();
  }
  const order = orderOf(squares);
  return {
    a: Int32Array.from(order, (i) => a[i]!),
    b: Int32Array.from(order, (i) => b[i]!),
    lengths: Float64Array.from(order, (i) => Math.sqrt(squares[i]!)),
  };
}

function rootOf(group: Int32Array, slot: number): number {
  for (let up = group[slot]!; up !== slot; slot = up, up = group[slot]!) group[slot] = group[up]!;
  return slot;
}
