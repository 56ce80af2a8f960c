import { random } from '../random.ts';
import type { Steps } from '../steps.ts';
import { eigenvalues } from './eigen.ts';
import { log } from './log.ts';
import { deviation, mean } from './moments.ts';

export type ParallelOptions = {
  /** Rows that the covariances come from. */
  readonly rows: number;
  /** [cols]; columns of one block (the values of one category) belong together by nature, and are shuffled together. */
  readonly blocks: readonly number[];
  readonly draws: number;
  readonly seed: number;
};

/**
 * Parallel analysis (Horn 1965): how great an eigenvalue of `covariance` [n × n] must be to show that its blocks have something in common:
 * the mean of the greatest eigenvalue over draws in which they have nothing, and three standard deviations more. Draws are not shuffled rows
 * but correlations of as many normal ones, made without them (Bartlett 1933), then given the covariances inside each block. All ranks are
 * held against the greatest: rank against rank would let noise through below strong components (Dobriban 2020). O(draws · n³).
 */
export function* parallelAnalysis(
  covariance: Float64Array,
  n: number,
  { rows, blocks, draws, seed }: ParallelOptions,
): Steps<number> {
  const root = blockRoot(covariance, n, blocks);
  const next = normal(random(seed));
  const greatest: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const made = yield* unrelated(n, rows, next);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) if (blocks[i] === blocks[j]) made[i * n + j] = 0;
    turnBlocks(made, root, n, blocks);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        if (blocks[i] === blocks[j]) made[i * n + j] = covariance[i * n + j]!;
    yield;
    greatest.push((yield* eigenvalues(made, n))[0]!);
  }
  return mean(greatest) + 3 * deviation(greatest);
}

/** Correlations [n × n] of `rows` draws of n unrelated normal numbers. */
function* unrelated(n: number, rows: number, next: () => number): Steps<Float64Array> {
  const wide = Math.max(1, Math.min(n, rows - 1));
  const root = new Float64Array(n * wide); // rows of length 1 after what follows
  for (let i = 0; i < n; i++) {
    const row = root.subarray(i * wide, (i + 1) * wide);
    for (let c = 0; c < Math.min(i, wide); c++) row[c] = next();
    if (i < wide) row[i] = chi(rows - 1 - i, next());
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    row.forEach((value, c) => (row[c] = value / length));
  }
  yield;
  const made = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let c = 0, p = i * wide, q = j * wide; c <= j && c < wide; c++, p++, q++)
        sum += root[p]! * root[q]!;
      made[i * n + j] = made[j * n + i] = sum;
    }
    if ((i & 31) === 31) yield;
  }
  return made;
}

/** About the length of `freedom` normal numbers, made of one (Wilson & Hilferty 1931). */
function chi(freedom: number, z: number): number {
  const part = 2 / (9 * Math.max(1, freedom));
  const root = Math.max(0.01, 1 - part + z * Math.sqrt(part));
  return Math.sqrt(freedom * root * root * root);
}

/** Cholesky's lower root of the covariance inside each block (0 elsewhere); what depends on the columns before it gets 0. */
function blockRoot(a: Float64Array, n: number, blocks: readonly number[]): Float64Array {
  const root = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      if (blocks[i] !== blocks[j]) continue;
      let sum = a[i * n + j]!;
      for (let c = 0; c < j; c++) sum -= root[i * n + c]! * root[j * n + c]!;
      if (i === j) root[i * n + i] = sum > 1e-12 * a[i * n + i]! ? Math.sqrt(sum) : 0;
      else root[i * n + j] = root[j * n + j]! > 0 ? sum / root[j * n + j]! : 0;
    }
  return root;
}

/** `made` becomes L · made · Lᵀ, L being zero outside the blocks. */
function turnBlocks(
  made: Float64Array,
  root: Float64Array,
  n: number,
  blocks: readonly number[],
): void {
  const own = blocks.map((block) => [...blocks.keys()].filter((i) => blocks[i] === block));
  for (let i = n - 1; i >= 0; i--) {
    const row = new Float64Array(n);
    for (const c of own[i]!)
      if (root[i * n + c] !== 0)
        for (let j = 0; j < n; j++) row[j]! += root[i * n + c]! * made[c * n + j]!;
    made.set(row, i * n); // rows below are done; those above are still needed
  }
  for (let j = n - 1; j >= 0; j--)
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (const c of own[j]!) sum += root[j * n + c]! * made[i * n + c]!;
      made[i * n + j] = sum;
    }
}

/** Standard normal numbers by Marsaglia's polar method (1962), without sines. */
function normal(next: () => number): () => number {
  let kept: number | null = null;
  return () => {
    if (kept !== null) {
      const value = kept;
      kept = null;
      return value;
    }
    for (;;) {
      const [x, y] = [2 * next() - 1, 2 * next() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const stretch = Math.sqrt((-2 * log(square)) / square);
      kept = y * stretch;
      return x * stretch;
    }
  };
}
