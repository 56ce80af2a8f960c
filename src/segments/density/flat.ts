import type { CondensedTree } from './condensed-tree.ts';

/** Groups picked from a condensed tree. */
export type Flat = {
  /** [branches]: the group that its rows are of, −1: none. */
  readonly groupOf: Int32Array<ArrayBuffer>;
  /** [groups]: its branch. */
  readonly branches: Int32Array<ArrayBuffer>;
};

/**
 * Which branches are groups: those with no branches of their own (`leaves`), or the set that is stablest in sum, no branch within another, a
 * branch before its parts where they are equal (`excess-of-mass`, Campello et al. 2013). Everyone together is never a group. Groups are
 * numbered by their rows, most first; ties: the one with the earlier row. O(branches + rows).
 */
export function pickGroups(tree: CondensedTree, pick: 'excess-of-mass' | 'leaves'): Flat {
  const { parents, stabilities } = tree;
  const within = new Float64Array(parents.length); // what the parts of a branch come to at best
  const isParent = new Uint8Array(parents.length);
  const isPicked = new Uint8Array(parents.length);
  for (let b = parents.length - 1; b > 0; b--) {
    const isBest = pick === 'leaves' ? !isParent[b] : !(within[b]! > stabilities[b]!);
    isPicked[b] = isBest ? 1 : 0;
    within[parents[b]!]! += isBest ? stabilities[b]! : within[b]!;
    isParent[parents[b]!] = 1;
  }
  const home = new Int32Array(parents.length).fill(-1);
  for (let b = 1; b < parents.length; b++)
    home[b] = home[parents[b]!]! >= 0 ? home[parents[b]!]! : isPicked[b] ? b : -1;
  return number(tree, home);
}

function number({ branchOf }: CondensedTree, home: Int32Array<ArrayBuffer>): Flat {
  const counts = new Int32Array(home.length);
  const first = new Int32Array(home.length);
  for (let row = branchOf.length - 1; row >= 0; row--) {
    const branch = home[branchOf[row]!]!;
    if (branch < 0) continue;
    counts[branch]!++;
    first[branch] = row;
  }
  const branches = Int32Array.from([...counts.keys()].filter((b) => counts[b]! > 0)).sort(
    (a, b) => counts[b]! - counts[a]! || first[a]! - first[b]!,
  );
  const numbers = new Int32Array(home.length).fill(-1);
  branches.forEach((branch, group) => (numbers[branch] = group));
  return { groupOf: home.map((branch) => (branch < 0 ? -1 : numbers[branch]!)), branches };
}

/**
 * How surely a row belongs to its group, 0 to 1: how long it stays against the one that stays longest (McInnes & Healy 2017); 0 of a row in
 * no group.
 */
export function belonging(tree: CondensedTree, flat: Flat, branch: number, lambda: number): number {
  const group = flat.groupOf[branch]!;
  if (group < 0) return 0;
  const death = tree.deaths[flat.branches[group]!]!;
  return Math.min(lambda, death) / death;
}

/**
 * GLOSH (Campello, Moulavi, Zimek & Sander 2015), a function of the branch a row leaves and of λ there: 1 − λ over the greatest λ of any
 * row of that branch or of its parts. 0 for the densest row, near 1 for one far off from the nearest group.
 */
export function outlierScore({ parents, deaths }: CondensedTree) {
  const deepest = Float64Array.from(deaths);
  for (let b = parents.length - 1; b > 0; b--)
    deepest[parents[b]!] = Math.max(deepest[parents[b]!]!, deepest[b]!);
  return (branch: number, lambda: number): number =>
    deepest[branch]! > 0 ? Math.max(0, 1 - lambda / deepest[branch]!) : 0;
}
