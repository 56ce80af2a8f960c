import type { Job } from '../../lib/job.ts';
import { Groups } from './groups.ts';
import type { SpanningTree } from './spanning-tree.ts';

/** How well k groups part, −1 to 1: see `partings`. */
export type Parting = { readonly k: number; readonly parts: number };

/** Of all that part nearly as well as the best, the finest is taken: within a fifth. */
const NEARLY = 0.8;

/**
 * How well each k from 2 to `kMax` parts the rows, by the density-based index of Moulavi, Jaskowiak, Campello, Zimek & Sander (2014) on the
 * spanning tree that there is: a group's shortest edge out of it less its longest inside, by the longer of the two; the mean over rows. Inside
 * count edges between rows that are no ends of the group's tree, so that one far row does not count. O(rows · kMax).
 */
export async function partings(
  tree: SpanningTree,
  order: Int32Array,
  kMax: number,
  job: Job,
): Promise<Parting[]> {
  const inside = order.length + 1;
  const top = Math.min(kMax, inside);
  const groups = new Groups(tree.a.length + 1);
  const join = (e: number) => groups.join(tree.a[e]!, tree.b[e]!);
  for (let i = 0; i < inside - top; i++) join(order[i]!);
  const out: Parting[] = [];
  for (let k = top; k >= 2; k--) {
    out.unshift({ k, parts: parting(tree, order, k, groups) });
    join(order[inside - k]!);
    job.progress('Comparing divisions', top - k + 1, top - 1);
    await job.breathe();
  }
  return out;
}

function parting(
  { a, b, lengths }: SpanningTree,
  order: Int32Array,
  k: number,
  groups: Groups,
): number {
  const inside = order.length + 1;
  const degrees = new Int32Array(a.length + 1);
  for (let i = 0; i < inside - k; i++) {
    degrees[a[order[i]!]!]!++;
    degrees[b[order[i]!]!]!++;
  }
  const longest = new Map<number, number>();
  const shortest = new Map<number, number>();
  order.forEach((e, i) => {
    const length = lengths[e]!;
    if (i >= inside - k)
      for (const root of [groups.root(a[e]!), groups.root(b[e]!)])
        shortest.set(root, Math.min(shortest.get(root) ?? Infinity, length));
    else if (degrees[a[e]!]! > 1 && degrees[b[e]!]! > 1) {
      const root = groups.root(a[e]!);
      longest.set(root, Math.max(longest.get(root) ?? 0, length));
    }
  });
  let sum = 0;
  for (const [root, away] of shortest) {
    const within = longest.get(root) ?? 0;
    const longer = Math.max(away, within);
    if (longer > 0) sum += (groups.sizeOf(root) * (away - within)) / longer;
  }
  return sum / inside;
}

/** The finest division that parts nearly as well as the best; null where none parts at all. */
export function finest(found: readonly Parting[]): Parting | null {
  const best = found.reduce((most, { parts }) => Math.max(most, parts), 0);
  return found.findLast(({ parts }) => best > 0 && parts >= NEARLY * best) ?? null;
}
