import type { Linkage } from './linkage.ts';

/**
 * What is left of a linkage where only parts of at least `smallest` rows count as branches. Branch 0 is everyone; a branch has a higher number
 * than the one it came from. λ is 1 / distance: how dense it is where a branch begins or a row leaves. Rows that coincide count as half as far
 * apart as the closest that do not.
 */
export type CondensedTree = {
  /** [branches]; −1 for everyone. */
  readonly parents: Int32Array<ArrayBuffer>;
  /** [branches]: λ where it begins. */
  readonly births: Float64Array<ArrayBuffer>;
  /** [branches]: the greatest λ at which something leaves it. */
  readonly deaths: Float64Array<ArrayBuffer>;
  /** [branches]: rows at its beginning. */
  readonly sizes: Int32Array<ArrayBuffer>;
  /** [branches]: how much longer its rows stay than since its beginning, Σ λ − λ(birth). */
  readonly stabilities: Float64Array<ArrayBuffer>;
  /** [rows]: the last branch that a row is of, and λ where it leaves it. */
  readonly branchOf: Int32Array<ArrayBuffer>;
  readonly lambdas: Float64Array<ArrayBuffer>;
};

/**
 * The condensed tree of HDBSCAN* (Campello, Moulavi & Sander 2013; McInnes & Healy 2017). What falls apart at one height falls apart at once,
 * in however many parts, so the tree does not depend on the order of rows: a row whose own distance held two branches together leaves when
 * they part, and is of neither. O(rows).
 */
export function condense(joins: Linkage, smallest: number): CondensedTree {
  const { rows, heights, sizes } = joins;
  const owner = new Int32Array(2 * rows - 1);
  const left = new Float64Array(2 * rows - 1); // λ at which all below a node have left; 0: they have not
  const isDone = new Uint8Array(2 * rows - 1);
  const parents = [-1];
  const births = [0];
  const counts = [rows];
  const toLambda = lambdaOf(heights);
  for (let node = 2 * rows - 2; node >= rows; node--) {
    if (isDone[node]) continue;
    const parts = partsOf(joins, node, isDone);
    if (left[node]! > 0) {
      for (const part of parts) [owner[part], left[part]] = [owner[node]!, left[node]!];
      continue;
    }
    const lambda = toLambda(heights[node - rows]!);
    const branches = parts.filter((part) => sizes[part]! >= smallest);
    for (const part of parts) {
      owner[part] = owner[node]!;
      if (sizes[part]! < smallest) left[part] = lambda;
      else if (branches.length > 1) {
        owner[part] = parents.push(owner[node]!) - 1;
        births.push(lambda);
        counts.push(sizes[part]!);
      }
    }
  }
  const tree = {
    parents: Int32Array.from(parents),
    births: Float64Array.from(births),
    sizes: Int32Array.from(counts),
    branchOf: owner.slice(0, rows),
    lambdas: left.slice(0, rows),
  };
  return { ...tree, ...lives(tree) };
}

/** What a node falls apart in at its height: its children, and in place of a child of the same height that child's. */
function partsOf({ rows, left, right, heights }: Linkage, node: number, isDone: Uint8Array) {
  const parts: number[] = [];
  const stack = [node];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (const child of [right[at - rows]!, left[at - rows]!]) {
      if (child < rows || heights[child - rows]! < heights[node - rows]!) parts.push(child);
      else {
        isDone[child] = 1;
        stack.push(child);
      }
    }
  }
  return parts;
}

function lambdaOf(heights: Float64Array): (height: number) => number {
  const closest = heights.find((height) => height > 0) ?? 2;
  return (height) => 1 / (height > 0 ? height : closest / 2);
}

function lives({
  parents,
  births,
  sizes,
  branchOf,
  lambdas,
}: Pick<CondensedTree, 'parents' | 'births' | 'sizes' | 'branchOf' | 'lambdas'>) {
  const deaths = new Float64Array(parents.length);
  const stabilities = new Float64Array(parents.length);
  const leave = (branch: number, rows: number, lambda: number): void => {
    deaths[branch] = Math.max(deaths[branch]!, lambda);
    stabilities[branch]! += rows * (lambda - births[branch]!);
  };
  branchOf.forEach((branch, row) => leave(branch, 1, lambdas[row]!));
  for (let b = 1; b < parents.length; b++) leave(parents[b]!, sizes[b]!, births[b]!);
  return { deaths, stabilities };
}
