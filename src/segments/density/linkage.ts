import type { SpanningTree } from './spanning-tree.ts';

/**
 * Single linkage: joins number i puts nodes `left[i]` and `right[i]` together at `heights[i]`, lowest first. Nodes are rows, 0 … rows − 1,
 * and joins, rows + i. `sizes` [nodes] counts the rows below a node.
 */
export type Linkage = {
  readonly rows: number;
  readonly left: Int32Array<ArrayBuffer>;
  readonly right: Int32Array<ArrayBuffer>;
  readonly heights: Float64Array<ArrayBuffer>;
  readonly sizes: Int32Array<ArrayBuffer>;
};

/** The tree's edges as joins (Gower & Ross 1969). O(rows · α(rows)). */
export function linkage({ a, b, lengths }: SpanningTree): Linkage {
  const rows = a.length + 1;
  const left = new Int32Array(a.length);
  const right = new Int32Array(a.length);
  const sizes = new Int32Array(2 * rows - 1).fill(1);
  const up = Int32Array.from(sizes, (_, node) => node);
  const top = (node: number): number => {
    for (; up[node] !== node; node = up[node]!) up[node] = up[up[node]!]!;
    return node;
  };
  for (let i = 0; i < a.length; i++) {
    left[i] = top(a[i]!);
    right[i] = top(b[i]!);
    sizes[rows + i] = sizes[left[i]!]! + sizes[right[i]!]!;
    up[left[i]!] = up[right[i]!] = rows + i;
  }
  return { rows, left, right, heights: lengths, sizes };
}
