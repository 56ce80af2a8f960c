import type { Job } from '../../lib/job.ts';
import { random } from '../../lib/random.ts';
import type { Patterns } from './chances.ts';
import type { Compare } from './compare.ts';
import { PATTERNS } from './levels.ts';
import type { Pairs } from './types.ts';

const RANDOM_PAIRS = 1_000_000;

/** The pattern of every pair. O(pairs), about 1 µs each. */
export async function patternsFor(
  { first, second }: Pairs,
  compare: Compare,
  job: Job,
): Promise<Int32Array> {
  const patterns = new Int32Array(first.length);
  for (let i = 0; i < patterns.length; i++) {
    if (i % 2048 === 0) {
      job.progress('Comparing pairs', i, patterns.length);
      await job.breathe();
    }
    patterns[i] = compare(first[i]!, second[i]!);
  }
  return patterns;
}

/** Patterns of a million random pairs, or of all where there are fewer. */
export async function randomPatterns(
  count: number,
  compare: Compare,
  seed: number,
  job: Job,
): Promise<Patterns> {
  const tally = new Float64Array(PATTERNS);
  const next = random(seed);
  const all = (count * (count - 1)) / 2;
  if (all <= RANDOM_PAIRS) {
    for (let a = 0; a < count; a++, await job.breathe())
      for (let b = a + 1; b < count; b++) tally[compare(a, b)]!++;
    return patternsOf(tally);
  }
  for (let i = 0; i < RANDOM_PAIRS; i++) {
    if (i % 2048 === 0) {
      job.progress('Comparing strangers', i, RANDOM_PAIRS);
      await job.breathe();
    }
    const a = Math.floor(next() * count);
    const b = Math.floor(next() * (count - 1));
    tally[compare(a, b < a ? b : b + 1)]!++;
  }
  return patternsOf(tally);
}

/** Adds up patterns: `tally` per possible pattern → those that occur, in order. */
export function patternsOf(tally: Float64Array): Patterns {
  const codes: number[] = [];
  for (let code = 0; code < PATTERNS; code++) if (tally[code]! > 0) codes.push(code);
  return {
    codes: Int32Array.from(codes),
    counts: Float64Array.from(codes, (code) => tally[code]!),
  };
}
