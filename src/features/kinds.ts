import { dipTest } from '../lib/stats/dip.ts';
import { spreadTies } from '../lib/stats/spread-ties.ts';

/** A share of one order is always 0 or 1, which would look like two kinds of customers: only those seen this often are asked. */
const OFTEN = 10;
/** With fewer of them nothing can be told. */
const FEWEST = 100;
/** Two humps that a person would see; among many thousands the smallest ripple is beyond chance. */
const CLEAR = 0.02;
/** Multiples of it, modulo 1, fill 0 … 1 evenly (Weyl 1916). */
const GOLDEN = 0.6180339887498949;

/**
 * Whether customers fall into kinds by one feature: its values have more than one hump (dip test, Hartigan & Hartigan 1985, p ≤ 0.01, dip at
 * least 0.02) among customers seen at least ten times. `seen` is how often each was; `isShare`: values are shares of that, so of 12 orders
 * nothing between 0 and 1/12 can be, and each is taken as anything that rounds to it. O(rows · log rows).
 */
export function hasKinds(
  values: ArrayLike<number>,
  seen: ArrayLike<number>,
  isShare = false,
): boolean {
  const known: number[] = [];
  for (let r = 0; r < values.length; r++) {
    if (!(seen[r]! >= OFTEN)) continue;
    const place = (known.length * GOLDEN) % 1;
    known.push(values[r]! + (isShare ? (place - 0.5) / seen[r]! : 0));
  }
  if (known.length < FEWEST) return false;
  const { dip, p } = dipTest(spreadTies(Float64Array.from(known).sort()));
  return p <= 0.01 && dip >= CLEAR;
}
