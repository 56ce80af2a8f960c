import type { Steps } from '../../lib/steps.ts';
import type { Graph } from '../kernels/layout.ts';

/** Pieces of a graph that no edge joins, numbered by their first row. */
export type Pieces = {
  /** [rows] */
  readonly of: Int32Array<ArrayBuffer>;
  readonly sizes: readonly number[];
};

/** O(edges). */
export function* pieces({ rows, starts, tails, weights }: Graph): Steps<Pieces> {
  const of = new Int32Array(rows).fill(-1);
  const waiting = new Int32Array(rows);
  const sizes: number[] = [];
  for (let first = 0; first < rows; first++) {
    if (of[first]! >= 0) continue;
    const own = sizes.length;
    of[first] = own;
    waiting[0] = first;
    let size = 1;
    for (let next = 0; next < size; next++) {
      const r = waiting[next]!;
      for (let e = starts[r]!; e < starts[r + 1]!; e++) {
        const t = tails[e]!;
        if (weights[e]! > 0 && of[t]! < 0) {
          of[t] = own;
          waiting[size++] = t;
        }
      }
      if ((next & 0xffff) === 0xffff) yield;
    }
    sizes.push(size);
  }
  return { of, sizes };
}
