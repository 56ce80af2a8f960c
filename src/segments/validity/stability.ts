import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { random } from '../../lib/random.ts';
import { crossTable } from '../../lib/stats/cross-table.ts';
import { meanInterval, type Bounds } from '../../lib/stats/intervals.ts';
import { deviation, mean } from '../../lib/stats/moments.ts';
import { randOf } from '../../lib/stats/rand-index.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { rowsOf } from '../methods/kmeans.ts';
import { checkLabels, NOISE } from './agreement.ts';
import type { Fit } from './fit.ts';

export type StabilityOptions = {
  /** [rows]: the groups to be judged, 0 … groups − 1, −1 for rows in no group. */
  readonly labels: ArrayLike<number>;
  readonly seed: number;
  readonly bootstraps?: number;
  readonly seeds?: number;
};

/** `stable`: Jaccard 0.75 or more; `dissolves`: 0.5 or less (Hennig 2007, 2008); between them `doubtful`. */
export type Standing = 'stable' | 'doubtful' | 'dissolves';

export type GroupStability = {
  /** Mean over the bootstraps of the Jaccard similarity to the group most like it, 0 to 1, with the 95 % interval of that mean. */
  readonly jaccard: Bounds;
  /** Share of bootstraps in which it dissolved (Jaccard 0.5 or less). */
  readonly dissolved: number;
  readonly standing: Standing;
};

export type Stability = {
  /** Mean ARI with the groups judged, over the rows drawn; noise counts as a group. null where nothing was drawn. */
  readonly bootstraps: Bounds | null;
  /** The same with all rows (or the sample) and another seed. */
  readonly seeds: Bounds | null;
  /** Of each group; null of one without rows. */
  readonly groups: readonly (GroupStability | null)[];
  /** Rows that were drawn from: all, or a sample of them. */
  readonly rows: number;
  readonly sampled: boolean;
};

const MOST_ROWS = 4000;
const BOOTSTRAPS = 20;
const SEEDS = 5;
const STAGE = 'Looking whether segments come back';

/**
 * Whether groups come back when customers are drawn anew (Hennig 2007): of each bootstrap the different rows, so that copies do not look like
 * dense places, are grouped again, and each group is compared with the most similar new one over the rows drawn. And whether they come back with
 * another seed. From more than 4,000 rows, a sample of them. bootstraps + seeds fits; small groups need luck to be drawn, so their intervals are wide.
 */
export async function stability(
  x: Matrix,
  fit: Fit,
  { labels, seed, bootstraps = BOOTSTRAPS, seeds = SEEDS }: StabilityOptions,
  job: Job = unattended,
): Promise<Stability> {
  if (labels.length !== x.rows) throw new RangeError(`${labels.length} labels, ${x.rows} rows`);
  if (!(bootstraps >= 0 && seeds >= 0)) throw new RangeError(`${bootstraps} and ${seeds} runs`);
  checkLabels(labels);
  const quiet: Job = { ...job, progress: () => {} };
  const rows = sampleRows(x.rows, MOST_ROWS, seed);
  const next = random(seed);
  let groups = 0;
  for (let r = 0; r < labels.length; r++) groups = Math.max(groups, labels[r]! + 1);
  const alike = Array.from({ length: groups }, () => [] as number[]);
  const agreed: number[] = [];
  const repeated: number[] = [];
  const again = async (own: Int32Array<ArrayBuffer>) => {
    const found = await fit(rowsOf(x, own), Math.floor(next() * 2 ** 31), quiet);
    await job.breathe();
    return crossTable(
      Array.from(own, (r) => labels[r]!),
      found,
    );
  };
  for (let run = 0; run < bootstraps + seeds && rows.length > 0; run++) {
    job.progress(STAGE, run, bootstraps + seeds);
    if (run < bootstraps) {
      const table = await again(distinct(rows, next));
      agreed.push(randOf(table));
      for (const [label, value] of mostAlike(table)) alike[label]!.push(value);
    } else repeated.push(randOf(await again(rows)));
  }
  job.progress(STAGE, 1, 1);
  return {
    bootstraps: agreed.length > 0 ? within(agreed, -1) : null,
    seeds: repeated.length > 0 ? within(repeated, -1) : null,
    groups: alike.map((values) => (values.length > 0 ? standingOf(values) : null)),
    rows: rows.length,
    sampled: rows.length < x.rows,
  };
}

/** The rows that a bootstrap of `rows` holds at least once, ascending: about 63 %. */
function distinct(rows: Int32Array, next: () => number): Int32Array<ArrayBuffer> {
  const isIn = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) isIn[Math.floor(next() * rows.length)] = 1;
  return Int32Array.from(rows.filter((_, i) => isIn[i] === 1));
}

/** Of each group that was drawn: the largest Jaccard similarity to a new one; 0 where all its rows came to be in no group. */
function mostAlike({ rows, cols, cells }: ReturnType<typeof crossTable>): Map<number, number> {
  const best = new Map<number, number>();
  for (const label of rows.keys()) if (label !== NOISE) best.set(label, 0);
  for (const { row, col, count } of cells) {
    if (row === NOISE || col === NOISE) continue;
    const jaccard = count / (rows.get(row)! + cols.get(col)! - count);
    best.set(row, Math.max(best.get(row)!, jaccard));
  }
  return best;
}

function within(values: readonly number[], least: number): Bounds {
  const { value, low, high } = meanInterval(mean(values), deviation(values), values.length);
  return { value, low: Math.max(least, low), high: Math.min(1, high) };
}

function standingOf(values: readonly number[]): GroupStability {
  const jaccard = within(values, 0);
  const standing =
    jaccard.value >= 0.75 ? 'stable' : jaccard.value > 0.5 ? 'doubtful' : 'dissolves';
  return { jaccard, dissolved: values.filter((v) => v <= 0.5).length / values.length, standing };
}
