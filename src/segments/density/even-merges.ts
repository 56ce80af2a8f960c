import { Groups } from './groups.ts';
import { Sizes } from './sizes.ts';
import type { SpanningTree } from './spanning-tree.ts';

/**
 * The order in which Genie joins groups along the edges of a spanning tree (Gagolewski, Bartoszuk & Cena 2016): the shortest edge that is left;
 * but while sizes are more uneven than `evenness` (Gini index, 0 to 1) the shortest that has a smallest group at one end. `isOut` rows and
 * their edges take no part. O(rows · √rows).
 */
export function evenMerges(
  { a, b }: SpanningTree,
  evenness: number,
  isOut: Uint8Array,
): Int32Array<ArrayBuffer> {
  const inside = Int32Array.from(a.keys()).filter((e) => !isOut[a[e]!] && !isOut[b[e]!]);
  const rows = inside.length + 1;
  const order = new Int32Array(inside.length);
  const groups = new Groups(a.length + 1);
  const sizes = new Sizes(rows);
  // edges that are left, as a list; place 0 is before the first
  const next = Int32Array.from({ length: rows + 1 }, (_, i) => i + 1);
  const last = Int32Array.from({ length: rows + 1 }, (_, i) => i - 1);
  let [from, least] = [0, 0];
  for (let i = 0; i < order.length; i++) {
    let place = next[0]!;
    if (sizes.unevenness > evenness) {
      // what was passed over has no smallest group while the smallest size stays the same
      if (sizes.least !== least) [from, least] = [0, sizes.least];
      for (place = next[from]!; ; place = next[place]!) {
        const edge = inside[place - 1]!;
        if (groups.sizeOf(a[edge]!) === least || groups.sizeOf(b[edge]!) === least) break;
      }
      from = last[place]!;
    } else if (from === place) from = 0;
    next[last[place]!] = next[place]!;
    last[next[place]!] = last[place]!;
    const edge = inside[place - 1]!;
    sizes.merge(groups.sizeOf(a[edge]!), groups.sizeOf(b[edge]!));
    groups.join(a[edge]!, b[edge]!);
    order[i] = edge;
  }
  return order;
}

/** [rows] labels of the `k` groups that stand before the last k − 1 of these merges, the largest first; −1 of who is out. O(rows). */
export function cut(
  { a, b }: SpanningTree,
  order: Int32Array,
  isOut: Uint8Array,
  k: number,
): Int32Array<ArrayBuffer> {
  const groups = new Groups(isOut.length);
  for (let i = 0; i <= order.length - k; i++) groups.join(a[order[i]!]!, b[order[i]!]!);
  return groups.labels(isOut);
}
