import { random } from '../../src/lib/random.ts';

/** [count × 2] places around the middle, denser there; the same for the same seed. */
export function cloud(count: number, seed: number): Float32Array {
  const next = random(seed);
  return Float32Array.from({ length: 2 * count }, () => (next() + next() + next()) / 1.5 - 1);
}
