import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';

export type Kind = 'webgpu' | 'webgl';
/** What a GPU test asks for: made-up rows of a shape. */
export type Case = {
  readonly kind: Kind;
  readonly rows: number;
  readonly cols: number;
  readonly k: number;
  /** `whole`: small whole numbers, so that many rows lie exactly between means; `equal`: all rows the same. */
  readonly of?: 'noise' | 'whole' | 'equal';
  readonly times?: number;
};

export function made({ rows, cols, of = 'noise', times = 1 }: Case, seed = 5): Matrix {
  const next = random(seed);
  const one = {
    noise: () => next() + next() - 1,
    whole: () => Math.floor(next() * 5) - 2,
    equal: () => 1,
  }[of];
  return matrix(
    rows,
    cols,
    Float32Array.from({ length: rows * cols }, () => times * one()),
  );
}

export const differing = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let count = Math.abs(a.length - b.length);
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count;
};

export const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
};
