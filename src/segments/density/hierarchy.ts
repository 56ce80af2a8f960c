import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { openTree } from '../kernels/plain-tree.ts';
import { OVERHEAD, type Found, type OpenTree } from '../kernels/tree.ts';
import { condense, type CondensedTree } from './condensed-tree.ts';
import { belonging, outlierScore, pickGroups, type Flat } from './flat.ts';
import { askAll, expectedCost, growTree, refuseGaps } from './grow.ts';
import { linkage } from './linkage.ts';
import { spanningTree } from './spanning-tree.ts';

export type HierarchyOptions = {
  readonly smallest: number;
  readonly neighbours: number;
  readonly pick: 'excess-of-mass' | 'leaves';
};

/** A fit of HDBSCAN*: all that is needed to place rows in it. */
export type Hierarchy = {
  /** The rows that it was fitted to. */
  readonly x: Matrix;
  readonly tree: CondensedTree;
  readonly flat: Flat;
  readonly neighbours: number;
  /** [rows of x]: squared distance to the last of its neighbours. */
  readonly cores: Float64Array<ArrayBuffer>;
};

export type Placed = {
  readonly labels: Int32Array<ArrayBuffer>;
  readonly belongs: Float32Array<ArrayBuffer>;
  readonly oddness: Float32Array<ArrayBuffer>;
};

/** null where finding the neighbours would take more than `most` comparisons of values. */
export async function fitHierarchy(
  x: Matrix,
  { smallest, neighbours, pick }: HierarchyOptions,
  most: number,
  job: Job,
  open: OpenTree,
): Promise<Hierarchy | null> {
  const searched = await growTree(open, x, neighbours, job);
  try {
    const isFew = x.rows * x.rows * (x.cols + OVERHEAD) <= most;
    if (!isFew && (await expectedCost(searched, job)) > most) return null;
    const spanning = await spanningTree(searched, job);
    const cores = new Float64Array(x.rows);
    searched.rowOf.forEach((row, slot) => void (row >= 0 && (cores[row] = searched.far[slot]!)));
    await job.breathe();
    const joins = linkage(spanning);
    await job.breathe();
    const tree = condense(joins, smallest);
    await job.breathe();
    return { x, tree, flat: pickGroups(tree, pick), neighbours, cores };
  } finally {
    searched.close();
  }
}

/** The rows that were fitted. */
export function placed({ x, tree, flat }: Hierarchy): Placed {
  const out = nobody(x.rows);
  const put = placing(tree, flat, out);
  for (let r = 0; r < x.rows; r++) put(r, tree.branchOf[r]!, tree.lambdas[r]!);
  return out;
}

/**
 * Where rows that came later would be: each leaves with the row nearest by mutual reachability among its neighbours, at its own distance or
 * with that row, from the branch that was there at that distance. Nothing that was found changes. (The idea of `approximate_predict`, McInnes
 * & Healy 2017.)
 */
export async function placeLater(
  { x, tree, flat, neighbours, cores }: Hierarchy,
  later: Matrix,
  job: Job = unattended,
  open: OpenTree = openTree,
): Promise<Placed> {
  if (later.cols !== x.cols) throw new RangeError(`${later.cols} columns, not ${x.cols}`);
  await refuseGaps(later, job);
  const out = nobody(later.rows);
  const put = placing(tree, flat, out);
  const searched = await growTree(open, x, Math.min(neighbours, x.rows), job);
  const take = ({ many, ids, far }: Found, from: number): void => {
    for (let q = 0; q < many; q++) {
      let [length, row] = [Infinity, -1];
      for (let i = q * neighbours; i < (q + 1) * neighbours; i++) {
        const other = searched.rowOf[ids[i]!]!;
        const reach = Math.max(far[q]!, cores[other]!); // each of them is within far
        if (reach < length) [length, row] = [reach, other];
      }
      const lambda = Math.min(1 / Math.sqrt(length), tree.lambdas[row]!);
      let branch = tree.branchOf[row]!;
      while (branch > 0 && tree.births[branch]! >= lambda) branch = tree.parents[branch]!;
      put(from + q, branch, lambda);
    }
  };
  try {
    await askAll(searched, later, take, job, 'Finding neighbours');
  } finally {
    searched.close();
  }
  return out;
}

const nobody = (rows: number): Placed => ({
  labels: new Int32Array(rows).fill(-1),
  belongs: new Float32Array(rows),
  oddness: new Float32Array(rows),
});

function placing(tree: CondensedTree, flat: Flat, { labels, belongs, oddness }: Placed) {
  const score = outlierScore(tree);
  return (row: number, branch: number, lambda: number): void => {
    labels[row] = flat.groupOf[branch]!;
    belongs[row] = belonging(tree, flat, branch, lambda);
    oddness[row] = score(branch, lambda);
  };
}
