import type { Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { random } from '../../lib/random.ts';
import { dipTest, type DipTest } from '../../lib/stats/dip.ts';
import { spreadTies } from '../../lib/stats/spread-ties.ts';
import { components, onto } from '../../lib/stats/components.ts';

/** Tests of one hump (Hartigan & Hartigan 1985) that cost next to nothing. */
export type Humps = {
  /** Along each of the first principal components, strongest first. */
  readonly components: readonly DipTest[];
  /** Of distances between customers drawn in pairs: clear groups make short and long ones (Adolfsson, Ackerman & Brownstein 2019). */
  readonly distances: DipTest;
  /** Smallest p, times the number of tests (Bonferroni), at most 1. */
  readonly p: number;
};

const AXES = 5;
const PAIRS = 2000;

/**
 * A quick look for groups. It sees groups that part along a strong direction or lie far apart, misses many others, and takes a column of few
 * values for groups: evidence, not a verdict. O(rows · cols² + cols³).
 */
export async function humps(x: Matrix, seed: number, job: Job): Promise<Humps> {
  const found = components(x);
  const axes = found.axes.slice(0, AXES);
  const along = x.rows > 0 ? onto(x, { ...found, axes }) : matrix(0, axes.length);
  const test = (values: Float64Array) => dipTest(spreadTies(values.sort()));
  const tests = axes.map((_, a) =>
    test(Float64Array.from({ length: x.rows }, (_, r) => along.data[r * axes.length + a]!)),
  );
  await job.breathe();
  const next = random(seed);
  const pairs = x.rows > 1 ? PAIRS : 0;
  const distances = Float64Array.from({ length: pairs }, () => {
    const one = Math.floor(next() * x.rows);
    const step = 1 + Math.floor(next() * (x.rows - 1));
    return apart(x, one, (one + step) % x.rows);
  });
  const far = test(distances);
  const least = Math.min(far.p, ...tests.map(({ p }) => p));
  return { components: tests, distances: far, p: Math.min(1, least * (tests.length + 1)) };
}

function apart({ data, cols }: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let c = 0, p = a * cols, q = b * cols; c < cols; c++) {
    const d = data[p + c]! - data[q + c]!;
    sum += d * d;
  }
  return Math.sqrt(sum);
}
