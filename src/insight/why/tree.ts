import type { Bins } from './bins.ts';

/** One side of a split: bins up to or from one, or of a category some places or none of them. */
export type Cut =
  | { readonly feature: number; readonly side: 'up-to' | 'from'; readonly bin: number }
  | {
      readonly feature: number;
      readonly side: 'one-of' | 'none-of';
      readonly codes: readonly number[];
    };

export type Path = readonly Cut[];

/** A box of customers: the path of cuts to it from everyone. */
export type Node = {
  readonly path: Path;
  /** Places in `Bins.codes`. */
  readonly rows: Int32Array;
  /** How many of them are in the segment. */
  readonly hits: number;
  /** Place of its parent in the list of nodes; −1 of everyone. */
  readonly parent: number;
  readonly isLeaf: boolean;
};

export type TreeOptions = {
  readonly depth: number;
  /** No box of fewer customers. */
  readonly least: number;
  /** What a customer in the segment counts, where one outside counts 1. */
  readonly weight: number;
};

/** A condition that lists more categories than this is read by nobody. */
const MOST_CODES = 3;

type Split = { readonly feature: number; readonly gain: number; readonly cut: Cut };

/**
 * A classification tree (Breiman, Friedman, Olshen & Stone 1984) of whether a customer is in the segment: splits by Gini impurity between bins;
 * categories are split in the order of their share in the segment, which for two classes is optimal (§4.2.2 there), with at most three on one
 * side. Ties: the earlier feature, the lower bin. Everyone comes first, parents before children. O(rows · features · depth).
 */
export function grow(
  bins: readonly Bins[],
  isIn: Uint8Array,
  { depth, least, weight }: TreeOptions,
): Node[] {
  const everyone = Int32Array.from(isIn, (_, i) => i);
  const open: Omit<Node, 'isLeaf'>[] = [
    { path: [], rows: everyone, hits: hitsOf(everyone, isIn), parent: -1 },
  ];
  const nodes: Node[] = [];
  for (let node = open.shift(); node; node = open.shift()) {
    const place = nodes.length;
    const split = node.path.length < depth ? bestSplit(bins, isIn, node, least, weight) : null;
    nodes.push({ ...node, isLeaf: split === null });
    if (!split) continue;
    const sides = [split.cut, opposite(split.cut)];
    for (const cut of sides) {
      const { codes } = bins[cut.feature]!;
      const rows = node.rows.filter((i) => inCut(cut, codes[i]!));
      open.push({ path: [...node.path, cut], rows, hits: hitsOf(rows, isIn), parent: place });
    }
  }
  return nodes;
}

/** Whether a customer of bin `code` is on this side. */
export function inCut(cut: Cut, code: number): boolean {
  if ('bin' in cut) return cut.side === 'up-to' ? code <= cut.bin : code >= cut.bin;
  return cut.codes.includes(code) === (cut.side === 'one-of');
}

function opposite(cut: Cut): Cut {
  if ('bin' in cut)
    return cut.side === 'up-to'
      ? { ...cut, side: 'from', bin: cut.bin + 1 }
      : { ...cut, side: 'up-to', bin: cut.bin - 1 };
  return { ...cut, side: cut.side === 'one-of' ? 'none-of' : 'one-of' };
}

const hitsOf = (rows: Int32Array, isIn: Uint8Array): number =>
  rows.reduce((sum, i) => sum + isIn[i]!, 0);

function bestSplit(
  bins: readonly Bins[],
  isIn: Uint8Array,
  { rows, hits }: Pick<Node, 'rows' | 'hits'>,
  least: number,
  weight: number,
): Split | null {
  if (hits === 0 || hits === rows.length || rows.length < 2 * least) return null;
  let best: Split | null = null;
  const whole = purity(rows.length, hits, weight);
  bins.forEach(({ codes, count, isCategory }, feature) => {
    const [sizes, own] = [new Float64Array(count), new Float64Array(count)];
    for (const i of rows) ((sizes[codes[i]!]! += 1), (own[codes[i]!]! += isIn[i]!));
    const order = [...sizes.keys()].filter((bin) => sizes[bin]! > 0);
    if (isCategory) order.sort((a, b) => own[a]! / sizes[a]! - own[b]! / sizes[b]! || a - b);
    let [size, hit] = [0, 0];
    for (let at = 0; at + 1 < order.length; at++) {
      size += sizes[order[at]!]!;
      hit += own[order[at]!]!;
      if (size < least || rows.length - size < least) continue;
      const few = Math.min(at + 1, order.length - at - 1);
      if (isCategory && few > MOST_CODES) continue;
      const gain =
        purity(size, hit, weight) + purity(rows.length - size, hits - hit, weight) - whole;
      if (gain <= (best?.gain ?? 1e-9 * rows.length)) continue;
      best = { feature, gain, cut: cutAt(feature, isCategory, order, at) };
    }
  });
  return best;
}

function cutAt(feature: number, isCategory: boolean, order: readonly number[], at: number): Cut {
  if (!isCategory) return { feature, side: 'up-to', bin: order[at]! };
  const [first, last] = [order.slice(0, at + 1), order.slice(at + 1)];
  const codes = (first.length < last.length ? first : last).toSorted((a, b) => a - b);
  return { feature, side: 'one-of', codes };
}

/** Weighted size minus weighted Gini impurity, of which the sum over the sides is made largest. */
function purity(size: number, hits: number, weight: number): number {
  const [inside, outside] = [weight * hits, size - hits];
  return (inside * inside + outside * outside) / (inside + outside);
}
