import type { Clusters } from './methods/kmeans.ts';
import { matrix } from '../lib/matrix.ts';

/** 0 → "A", 25 → "Z", 26 → "AA". */
export function letter(id: number): string {
  const last = String.fromCharCode(65 + (id % 26));
  return id < 26 ? last : letter(Math.floor(id / 26) - 1) + last;
}

/**
 * Numbers for the groups of `next`, [groups], that follow `before` (same rows): the pair that shares most customers keeps its number, then
 * the next pair; what is left takes the free numbers, largest first. Ties: the lower numbers.
 */
export function followed(before: Clusters, next: Clusters): Int32Array {
  const [n, k] = [before.means.rows, next.means.rows];
  const shared = new Int32Array(n * k);
  for (let r = 0; r < next.labels.length; r++) shared[before.labels[r]! * k + next.labels[r]!]!++;
  const pairs = [...shared.keys()]
    .filter((cell) => shared[cell]! > 0 && Math.floor(cell / k) < k)
    .sort((a, b) => shared[b]! - shared[a]! || a - b);
  const numbers = new Int32Array(k).fill(-1);
  const taken = new Set<number>();
  for (const cell of pairs) {
    const [old, group] = [Math.floor(cell / k), cell % k];
    if (numbers[group] !== -1 || taken.has(old)) continue;
    numbers[group] = old;
    taken.add(old);
  }
  const free = [...numbers.keys()].filter((number) => !taken.has(number));
  for (let group = 0; group < k; group++) if (numbers[group] === -1) numbers[group] = free.shift()!;
  return numbers;
}

/** The same groups under other numbers: group g becomes `numbers[g]`. */
export function renumbered(clusters: Clusters, numbers: Int32Array): Clusters {
  const { cols, rows } = clusters.means;
  const means = matrix(rows, cols);
  const sizes = new Array<number>(rows).fill(0);
  numbers.forEach((number, g) => {
    means.data.set(clusters.means.data.subarray(g * cols, (g + 1) * cols), number * cols);
    sizes[number] = clusters.sizes[g]!;
  });
  return { ...clusters, labels: clusters.labels.map((g) => numbers[g]!), means, sizes };
}

/**
 * Numbers that stay with a segment when k changes. At `anchor` (the place in `fits` of the k that Tessera chooses) 0 is the largest; from
 * there each fit follows its neighbour. Only data and settings decide, never what was looked at before, so a recipe gives the same letters.
 */
export function keepLetters(fits: readonly Clusters[], anchor: number): readonly Clusters[] {
  const out = [...fits];
  const follow = (place: number, neighbour: number) =>
    (out[place] = renumbered(fits[place]!, followed(out[neighbour]!, fits[place]!)));
  for (let place = anchor + 1; place < fits.length; place++) follow(place, place - 1);
  for (let place = anchor - 1; place >= 0; place--) follow(place, place + 1);
  return out;
}
