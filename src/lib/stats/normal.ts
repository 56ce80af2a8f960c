import { exp } from './log.ts';

const OVER_ROOT_TWO_PI = 0.3989422804014327;

/**
 * Chance that a standard normal variable is above `z`: by the series of its integral up to 3 (Abramowitz & Stegun 1964, 26.2.11), by the
 * continued fraction beyond (26.2.14), so that small chances keep their digits: 12 of them up to z = 37, where it ends at 0.
 */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('the chance above no number');
  if (z < 0) return 1 - normalTail(-z);
  if (z > 38) return 0;
  const density = OVER_ROOT_TWO_PI * exp((-z * z) / 2);
  if (z < 3) {
    let [term, sum] = [z, z];
    for (let i = 3; term > 1e-17; i += 2) sum += term *= (z * z) / i;
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let i = 120; i > 0; i--) fraction = z + i / fraction;
  return density / fraction;
}

/** Chance of a standard normal variable as far from 0 as `z`, on either side. */
export const twoSided = (z: number): number => Math.min(1, 2 * normalTail(Math.abs(z)));
