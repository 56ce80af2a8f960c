import type { Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { random } from '../../lib/random.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import type { Kernels } from '../kernels/types.ts';
import { kmeans, rowsOf, type Clusters } from '../methods/kmeans.ts';
import { distanceTo } from '../methods/silhouette.ts';

/** Customers that are split in halves, at most. */
const MOST = 4000;
const SPLITS = 3;

/**
 * Prediction strength of k-means (Tibshirani & Walther 2005), 0 to 1: customers are split in halves, both are grouped, and of each group of one half
 * the share of pairs that the means of the other half keep together is taken; the worst group counts; the median over three splits and both ways.
 * Above 0.8 groups come back in other customers. On up to 4,000 rows. 0 where there are too few rows. O(rows · k · cols) a round of k-means.
 */
export async function predictionStrength(
  x: Matrix,
  { k, seed, restarts }: { readonly k: number; readonly seed: number; readonly restarts: number },
  job: Job,
  kernels: Pick<Kernels, 'holdRows'>,
): Promise<number> {
  if (x.rows < 2 * k) return 0;
  const next = random(seed);
  const found: number[] = [];
  for (let split = 0; split < SPLITS; split++) {
    const rows = sampleRows(x.rows, MOST, Math.floor(next() * 2 ** 32));
    shuffle(rows, next);
    const middle = rows.length >> 1;
    const halves = [rows.subarray(0, middle), rows.subarray(middle, 2 * middle)].map((half) =>
      rowsOf(x, half.slice()),
    );
    const fits: Clusters[] = [];
    for (const half of halves) fits.push(await kmeans(half, { k, seed, restarts }, job, kernels));
    for (const [own, other] of [
      [0, 1],
      [1, 0],
    ] as const)
      found.push(weakest(halves[own]!, fits[own]!.labels, fits[other]!.means));
    await job.breathe();
  }
  found.sort((a, b) => a - b);
  return (found[SPLITS - 1]! + found[SPLITS]!) / 2;
}

function shuffle(rows: Int32Array, next: () => number): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
}

/** Of the groups of `labels` the least share of pairs that go to one of `means` together; a group of one is kept apart, so 0. */
function weakest(x: Matrix, labels: Int32Array, means: Matrix): number {
  const counts = Array.from({ length: Math.max(...labels) + 1 }, () => new Int32Array(means.rows));
  for (let r = 0; r < x.rows; r++) {
    let nearest = 0;
    let least = Infinity;
    for (let m = 0; m < means.rows; m++) {
      const d = distanceTo(x, r, means, m);
      if (d < least) [least, nearest] = [d, m];
    }
    counts[labels[r]!]![nearest]!++;
  }
  const shares = counts.map((line) => {
    const size = line.reduce((sum, n) => sum + n, 0);
    const together = line.reduce((sum, n) => sum + n * (n - 1), 0);
    return size > 1 ? together / (size * (size - 1)) : 0;
  });
  return Math.min(...shares);
}
