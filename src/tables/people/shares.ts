import type { Patterns } from './chances.ts';
import { levelIn, levels, MISSING } from './levels.ts';
import { comparisons } from './types.ts';

/** Counted on top of the pairs seen, so that few pairs cannot teach an absurd weight. */
export const PRIOR_PAIRS = 10;
/** A million random pairs cannot show that something is rarer than this. */
const RAREST = 5e-7;

export type Kind = 'same' | 'household' | 'different';

/** What is expected before anything was learnt: by comparison and level, `pairs` over a comparison's levels. */
export const priors = (kind: Kind, pairs = 1): number[][] =>
  comparisons.map((comparison) => levels[comparison].map((level) => pairs * level[kind]));

/** Adds a pattern, as often as `weight` says. */
export function add(sums: number[][], code: number, weight: number): void {
  for (let c = 0; c < sums.length; c++) {
    const level = levelIn(code, c);
    if (level !== MISSING) sums[c]![level]! += weight;
  }
}

/** Sums to shares, in place. */
export function normalise(sums: number[][]): void {
  for (const [c, shares] of sums.entries()) {
    const total = shares.reduce((a, b) => a + b, 0);
    sums[c] = shares.map((share) => Math.max(RAREST, share / total));
  }
}

/** How often these pairs show each level, as pairs of one kind. O(patterns). */
export function sharesAmong({ codes, counts }: Patterns, kind: Kind): number[][] {
  const sums = priors(kind, PRIOR_PAIRS);
  codes.forEach((code, i) => add(sums, code, counts[i] ?? 0));
  normalise(sums);
  return sums;
}
