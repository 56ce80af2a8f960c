import { exp } from './log.ts';

/** In units of √2 standard deviations: beyond it the continued fraction is the more exact. */
const MIDDLE = 2;

/**
 * Share of a normal distribution further than |z| from its middle on either side: the two-sided p-value of z. Series of the error function near the
 * middle, Lentz's continued fraction in the tails (Abramowitz & Stegun 1964, 7.1.6 and 7.1.14); relative error below 1e-12. Throws
 * `RangeError` at NaN.
 */
export function twoSided(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('no p-value of no number');
  const x = Math.abs(z) / Math.SQRT2;
  if (x > 27) return 0;
  return x < MIDDLE ? 1 - nearMiddle(x) : inTail(x);
}

/** Chance that a standard normal variable is above `z`. */
export const normalTail = (z: number): number => (z < 0 ? 1 - twoSided(z) / 2 : twoSided(z) / 2);

const ROOT_PI = 1.7724538509055159;

function nearMiddle(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 100 && term > 1e-18 * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / ROOT_PI) * exp(-x * x) * sum;
}

function inTail(x: number): number {
  let fraction = x;
  for (let n = 120; n >= 1; n--) fraction = x + n / 2 / fraction;
  return exp(-x * x) / (ROOT_PI * fraction);
}

/**
 * Adjusted p-values (Benjamini & Hochberg 1995): those at or below q are a set of which at most a share q is expected to be found by chance. In
 * the order given.
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
  const out = new Array<number>(p.length).fill(1);
  let least = 1;
  order.forEach((i, place) => {
    least = Math.min(least, (p[i]! * p.length) / (p.length - place));
    out[i] = least;
  });
  return out;
}
