import type { Job } from '../../lib/job.ts';
import type { Held, Run } from '../kernels/lloyd.ts';

export type LloydOptions = {
  readonly maxRounds: number;
  /** Ends when the means together move no farther than √still; 0: only when no row moves. */
  readonly still: number;
  /** Hears of the sum of squared distances after each round. */
  readonly onRound?: (inertia: number) => void;
};

/** Means [k × cols] and all else in the units of `Held`. Labels stay in `run` until another is started. */
export type LloydFit = {
  readonly run: Run;
  readonly means: Float64Array;
  readonly inertia: number;
  readonly rounds: number;
  /** Whether rows still moved when the cap on rounds was reached. */
  readonly capped: boolean;
};

/** Lloyd's rounds (Lloyd 1982) from `start` [k × cols]: every row to its nearest mean, every mean to the middle of its rows. */
export async function lloyd(
  held: Held,
  start: Float64Array,
  { maxRounds, still, onRound }: LloydOptions,
  job: Job,
): Promise<LloydFit> {
  const means = Float64Array.from(start);
  const run = held.start(held.cols > 0 ? means.length / held.cols : 1);
  let capped = true;
  let rounds = 0;
  for (; rounds < maxRounds && capped; rounds++) {
    const moved = await run.round(means, job);
    onRound?.(inertiaOf(held, run, means));
    if (moved === 0) capped = false;
    else if (average(held, run, means) < still) {
      capped = false;
      await run.round(means, job); // labels must belong to the last means
    }
  }
  if (capped) await run.round(means, job);
  return { run, means, inertia: inertiaOf(held, run, means), rounds, capped };
}

/** Σ‖x − mean‖², from the exact sums: Σ‖x‖² − 2 Σ mean · sum + Σ count ‖mean‖². */
function inertiaOf({ squares, cols }: Held, { counts, sums }: Run, means: Float64Array): number {
  let total = squares;
  for (let m = 0; m < counts.length; m++)
    for (let c = 0, q = m * cols; c < cols; c++, q++)
      total += means[q]! * (counts[m]! * means[q]! - 2 * sums[q]!);
  return Math.max(0, total);
}

/** Moves each mean to the middle of its rows; gives the sum of squared moves. */
function average(held: Held, run: Run, means: Float64Array): number {
  const { cols } = held;
  refill(held, run, means);
  let moved = 0;
  for (let m = 0; m < run.counts.length; m++) {
    if (run.counts[m] === 0) continue;
    for (let c = 0, q = m * cols; c < cols; c++, q++) {
      const mean = run.sums[q]! / run.counts[m]!;
      moved += (mean - means[q]!) * (mean - means[q]!);
      means[q] = mean;
    }
  }
  return moved;
}

/** A mean that lost its rows takes over the row that lies farthest from its own (as scikit-learn does); none if all lie on theirs. */
function refill(held: Held, run: Run, means: Float64Array): void {
  const { counts, labels, sums } = run;
  if (!counts.includes(0)) return;
  const { cols, data } = held;
  const far = Float64Array.from(labels, (m, r) =>
    counts[m]! > 1 ? distance(held, r, means, m) : 0,
  );
  for (let m = 0; m < counts.length; m++) {
    if (counts[m]! > 0) continue;
    let row = -1;
    for (let r = 0; r < far.length; r++)
      if (far[r]! > (row < 0 ? 1e-12 : far[row]!) && counts[labels[r]!]! > 1) row = r;
    if (row < 0) return;
    const old = labels[row]!;
    far[row] = 0;
    labels[row] = m;
    run.touch(row);
    counts[m] = 1;
    counts[old]!--;
    for (let c = 0; c < cols; c++) {
      sums[m * cols + c] = data[row * cols + c]!;
      sums[old * cols + c]! -= data[row * cols + c]!;
    }
  }
}

function distance({ cols, data }: Held, r: number, means: Float64Array, m: number): number {
  let sum = 0;
  for (let c = 0; c < cols; c++) {
    const d = data[r * cols + c]! - means[m * cols + c]!;
    sum += d * d;
  }
  return sum;
}
