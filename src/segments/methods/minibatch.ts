import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { random } from '../../lib/random.ts';
import { plainKernels, type Kernels } from '../kernels/types.ts';
import { kmeans, type Clusters } from './kmeans.ts';

/** Rows that need not all be in memory: `read` gives rows `from` up to `to`. */
export type Batches = {
  readonly rows: number;
  readonly cols: number;
  read(from: number, to: number): Promise<Matrix> | Matrix;
};

export type MiniBatchOptions = {
  readonly k: number;
  readonly seed: number;
  readonly restarts: number;
  readonly batchRows?: number;
  /** Times that all rows are gone through, at most. */
  readonly maxPasses?: number;
};

/** Ends when a whole pass makes the fit better by less than this. */
const STILL = 1e-4;

/**
 * Mini-batch k-means (Sculley 2010) for rows that do not fit in memory: means start from the first batch by `kmeans`, then every batch moves each
 * mean by what it holds of it, the less the more rows the mean has seen; a last pass puts every row to its nearest. `rows` in any order that
 * is not sorted by kind. Batches are taken in a seeded order; same bytes in every engine. Refuses NaN. O(rows · k · cols) a pass.
 */
export async function minibatch(
  batches: Batches,
  { k, seed, restarts, batchRows = 65_536, maxPasses = 10 }: MiniBatchOptions,
  job: Job = unattended,
  kernels: Pick<Kernels, 'holdRows'> = plainKernels,
): Promise<Clusters> {
  const { rows, cols } = batches;
  const size = Math.min(rows, batchRows);
  if (!(k >= 1 && k <= size)) throw new RangeError(`cannot make ${k} groups of ${size} rows`);
  if (!(maxPasses >= 1)) throw new RangeError('mini-batch k-means needs a pass');
  const starts = Array.from({ length: Math.ceil(rows / size) }, (_, i) => i * size);
  const batch = async (from: number) => batches.read(from, Math.min(rows, from + size));
  const next = random(seed);
  const quiet = { ...job, progress: () => {} };
  const first = await kmeans(await batch(0), { k, seed, restarts }, quiet, kernels);
  const groups = first.means.rows;
  const means = Float64Array.from(first.means.data);
  const seen = new Float64Array(groups);

  /** Sums and counts of a batch under the means as they stand; its labels if asked for. */
  async function look(x: Matrix, labels?: Int32Array): Promise<Looked> {
    const held = await kernels.holdRows(x, job, groups);
    try {
      const run = held.start(groups);
      const own = means.map((value, i) => (value - held.centre[i % cols]!) * held.scale);
      await run.round(own, job);
      labels?.set(run.labels);
      let inertia = held.squares;
      const sums = new Float64Array(groups * cols);
      for (let i = 0; i < sums.length; i++) {
        const count = run.counts[Math.floor(i / cols)]!;
        inertia += own[i]! * (count * own[i]! - 2 * run.sums[i]!);
        sums[i] = run.sums[i]! / held.scale + count * held.centre[i % cols]!;
      }
      return { sums, counts: run.counts.slice(), inertia: inertia / held.scale ** 2 };
    } finally {
      held.close();
    }
  }

  let capped = true;
  for (let pass = 0, before = Infinity; pass < maxPasses && capped; pass++) {
    let inertia = 0;
    for (const from of shuffled(starts, next)) {
      const { sums, counts, inertia: own } = await look(await batch(from));
      inertia += own;
      for (let m = 0; m < groups; m++) {
        if (counts[m] === 0) continue;
        seen[m]! += counts[m]!;
        const rate = counts[m]! / seen[m]!;
        for (let c = 0, q = m * cols; c < cols; c++, q++)
          means[q]! += rate * (sums[q]! / counts[m]! - means[q]!);
      }
      job.progress('Grouping customers batch by batch', pass, maxPasses, inertia);
      await job.breathe();
    }
    if (inertia > before * (1 - STILL)) capped = false;
    before = inertia;
  }
  return last({ starts, batch, look, means, rows, cols, groups }, capped);
}

type Looked = {
  readonly sums: Float64Array;
  readonly counts: Int32Array;
  readonly inertia: number;
};
type Last = {
  readonly starts: readonly number[];
  batch(from: number): Promise<Matrix>;
  look(x: Matrix, labels?: Int32Array): Promise<Looked>;
  readonly means: Float64Array;
  readonly rows: number;
  readonly cols: number;
  readonly groups: number;
};

/** Every row to its nearest mean; groups by size, largest first. */
async function last({ starts, batch, look, means, rows, cols, groups }: Last, capped: boolean) {
  const found = new Int32Array(rows);
  const sizes = new Array<number>(groups).fill(0);
  let inertia = 0;
  for (const from of starts) {
    const x = await batch(from);
    const looked = await look(x, found.subarray(from, from + x.rows));
    inertia += looked.inertia;
    looked.counts.forEach((count, m) => (sizes[m]! += count));
  }
  const order = [...sizes.keys()]
    .filter((m) => sizes[m]! > 0)
    .sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const place = new Int32Array(groups);
  const sorted = matrix(order.length, cols);
  order.forEach((m, i) => {
    place[m] = i;
    sorted.data.set(means.subarray(m * cols, (m + 1) * cols), i * cols);
  });
  return {
    labels: found.map((m) => place[m]!),
    means: sorted,
    sizes: order.map((m) => sizes[m]!),
    inertia: Math.max(0, inertia),
    capped,
  };
}

function shuffled(items: readonly number[], next: () => number): number[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

/** Rows of a matrix as batches. */
export const batchesOf = (x: Matrix): Batches => ({
  rows: x.rows,
  cols: x.cols,
  read: (from, to) => matrix(to - from, x.cols, x.data.slice(from * x.cols, to * x.cols)),
});
