import { matrix } from '../lib/matrix.ts';
import { assign } from '../lib/stats/hungarian.ts';
import type { Clusters } from './methods/kmeans.ts';
import type { Partition } from './partition.ts';

/** 0 → "A", 25 → "Z", 26 → "AA". */
export function letter(id: number): string {
  const last = String.fromCharCode(65 + (id % 26));
  return id < 26 ? last : letter(Math.floor(id / 26) - 1) + last;
}

/** "A" → 0, "Z" → 25, "AA" → 26: `letter` the other way. */
export function letterPlace(of: string): number {
  let place = 0;
  for (const each of of) place = 26 * place + (each.charCodeAt(0) - 64);
  return place - 1;
}

/** The same groups numbered by size, 0 the largest (ties: the lower number); −1 stays. */
export function bySize({
  labels,
  groups,
}: Pick<Partition, 'labels' | 'groups'>): Int32Array<ArrayBuffer> {
  const sizes = new Int32Array(groups);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const place = new Int32Array(groups);
  order.forEach((group, at) => (place[group] = at));
  return labels.map((label) => (label < 0 ? -1 : place[label]!));
}

/** Segments are the same one where they share at least this part of all customers in either (Jaccard 1901). */
const SAME = 1 / 3;

/**
 * Numbers for the groups of `next`, [groups], so that those which share customers with a group of before have its number: the matching of most
 * shared customers in all (`assign`) with the first of `layers`; what is left is matched with the next one, and so on. A pair that shares less
 * than a third is no match. What has none takes the lowest numbers that are neither matched nor in `kept`, in the order of the groups.
 * All hold a group for each customer, −1 for none.
 */
export function followed(
  layers: readonly Int32Array[],
  next: Int32Array,
  groups: number,
  kept: ReadonlySet<number> = new Set(),
): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(groups).fill(-1);
  for (const before of layers) match(before, next, numbers);
  const taken = new Set([...numbers, ...kept]);
  let free = 0;
  for (let group = 0; group < groups; group++) {
    if (numbers[group] !== -1) continue;
    while (taken.has(free)) free++;
    numbers[group] = free++;
  }
  return numbers;
}

/** Gives groups without a number that of the group of `before` which they match, where nobody has it yet. */
function match(before: Int32Array, next: Int32Array, numbers: Int32Array): void {
  const groups = numbers.length;
  const olds = before.reduce((most, old) => Math.max(most, old + 1), 0);
  const shared = new Int32Array(olds * groups);
  const sizes = new Int32Array(groups);
  const oldSizes = new Int32Array(olds);
  for (let r = 0; r < next.length; r++) {
    const [old, group] = [before[r]!, next[r]!];
    if (old >= 0) oldSizes[old]!++;
    if (group >= 0) sizes[group]!++;
    if (old >= 0 && group >= 0) shared[old * groups + group]!++;
  }
  const taken = new Set(numbers);
  const alike = shared.map((both, cell) => {
    const [old, group] = [Math.floor(cell / groups), cell % groups];
    const isFree = numbers[group] === -1 && !taken.has(old);
    return isFree && both >= SAME * (oldSizes[old]! + sizes[group]! - both) ? both : 0;
  });
  assign(alike, olds, groups).forEach((group, old) => {
    if (group >= 0 && alike[old * groups + group]! > 0) numbers[group] = old;
  });
}

/** The same groups under other numbers, 0 … groups − 1 in another order: group g becomes `numbers[g]`. */
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
 * there each fit follows its neighbour, without gaps. Only data and settings decide, never what was looked at before.
 */
export function keepLetters(fits: readonly Clusters[], anchor: number): readonly Clusters[] {
  const out = [...fits];
  const follow = (place: number, neighbour: number) => {
    const [before, next] = [out[neighbour]!.labels, fits[place]!];
    const k = next.means.rows;
    const numbers = followed([before.map((old) => (old < k ? old : -1))], next.labels, k);
    out[place] = renumbered(next, numbers);
  };
  for (let place = anchor + 1; place < fits.length; place++) follow(place, place - 1);
  for (let place = anchor - 1; place >= 0; place--) follow(place, place + 1);
  return out;
}
