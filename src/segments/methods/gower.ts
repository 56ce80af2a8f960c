import { unattended, type Job } from '../../lib/job.ts';
import { checkMixed, type Mixed } from './mixed.ts';

/** Above this many rows the distances of all pairs would not fit beside the rest (64 MB). */
export const GOWER_ROWS = 4000;

/**
 * Gower's distances (1971) of all pairs, [rows × rows], 0 to 1: the mean over features of |a − b| ÷ range for numbers (0 where all are equal) and
 * of 0 or 1 for categories, each of which counts `weight` times a number: at 1 each feature counts the same. O(rows² · columns). Throws `RangeError` above `GOWER_ROWS` rows, at NaN and ∞.
 */
export async function gower(
  mixed: Mixed,
  weight: number,
  job: Job = unattended,
): Promise<Float32Array<ArrayBuffer>> {
  const { numbers, codes, values } = mixed;
  const { rows, cols, data } = numbers;
  if (rows > GOWER_ROWS) throw new RangeError(`${rows} rows are too many for all their distances`);
  if (!(weight >= 0 && Number.isFinite(weight))) throw new RangeError(`${weight} is no weight`);
  checkMixed(mixed);
  const wide = values.length;
  const unit = new Float64Array(cols);
  for (let c = 0; c < cols; c++) {
    let [low, high] = [Infinity, -Infinity];
    for (let p = c; p < data.length; p += cols)
      ((low = Math.min(low, data[p]!)), (high = Math.max(high, data[p]!)));
    unit[c] = high > low ? 1 / (high - low) : 0;
  }
  const share = cols + weight * wide > 0 ? 1 / (cols + weight * wide) : 0;
  const out = new Float32Array(rows * rows);
  for (let r = 0; r < rows; r++) {
    for (let s = 0; s < r; s++) {
      let sum = 0;
      for (let c = 0, p = r * cols, q = s * cols; c < cols; c++, p++, q++) {
        const d = data[p]! - data[q]!;
        sum += (d < 0 ? -d : d) * unit[c]!;
      }
      for (let c = 0, p = r * wide, q = s * wide; c < wide; c++, p++, q++)
        if (codes[p] !== codes[q]) sum += weight;
      out[r * rows + s] = out[s * rows + r] = sum * share;
    }
    if ((r & 31) === 31) await job.breathe();
  }
  return out;
}

export type Medoids = {
  /** [rows], 0 the largest group (ties: the one with the earlier row). */
  readonly labels: Int32Array<ArrayBuffer>;
  /** The row in the middle of each group. */
  readonly medoids: readonly number[];
  /** Sum of distances to the medoids. */
  readonly cost: number;
  readonly rounds: number;
  readonly capped: boolean;
};

/**
 * Partitioning around medoids (Kaufman & Rousseeuw 1990): greedy first medoids, then swaps that lower the cost as soon as they are found, all
 * medoids weighed in one look at a row (Schubert & Rousseeuw 2021). `distance` is [rows × rows]. O(rows² · k), then O(rows²) a round.
 */
export async function medoids(
  distance: Float32Array,
  rows: number,
  { k, maxRounds = 100 }: { readonly k: number; readonly maxRounds?: number },
  job: Job = unattended,
): Promise<Medoids> {
  if (!(k >= 1 && k <= rows && Number.isInteger(k)))
    throw new RangeError(`cannot make ${k} groups of ${rows} rows`);
  if (distance.length !== rows * rows)
    throw new RangeError(`${distance.length} distances for ${rows} rows`);
  const own = await firstMedoids(distance, rows, k, job);
  const near = new Int32Array(rows); // place in `own` of the nearest medoid
  const first = new Float64Array(rows);
  const second = new Float64Array(rows);
  const look = () => {
    for (let r = 0; r < rows; r++) {
      let [a, b, at] = [Infinity, Infinity, 0];
      for (let m = 0; m < k; m++) {
        const d = distance[own[m]! * rows + r]!;
        if (d < a) ((b = a), (a = d), (at = m));
        else if (d < b) b = d;
      }
      near[r] = at;
      first[r] = a;
      second[r] = b;
    }
  };
  look();
  let rounds = 0;
  let swapped = true;
  for (; swapped && rounds < maxRounds; rounds++) {
    swapped = false;
    const change = new Float64Array(k);
    for (let candidate = 0; candidate < rows; candidate++) {
      if (first[candidate] === 0) continue; // a medoid, or just like one
      // what the cost changes by if the candidate takes the place of each medoid
      change.fill(0);
      let common = 0;
      for (let r = 0, p = candidate * rows; r < rows; r++, p++) {
        const d = distance[p]!;
        const m = near[r]!;
        if (d < first[r]!) common += d - first[r]!;
        else change[m]! += (d < second[r]! ? d : second[r]!) - first[r]!;
      }
      let best = 0;
      for (let m = 1; m < k; m++) if (change[m]! < change[best]!) best = m;
      if (change[best]! + common < -1e-9 * rows) {
        own[best] = candidate;
        look();
        swapped = true;
      }
      if ((candidate & 63) === 63) await job.breathe();
    }
  }
  const sizes = new Int32Array(k);
  const earliest = new Int32Array(k);
  for (let r = rows - 1; r >= 0; r--) (sizes[near[r]!]!++, (earliest[near[r]!] = r));
  const order = [...sizes.keys()]
    .filter((m) => sizes[m]! > 0)
    .sort((a, b) => sizes[b]! - sizes[a]! || earliest[a]! - earliest[b]!);
  return {
    labels: near.map((m) => order.indexOf(m)),
    medoids: order.map((m) => own[m]!),
    cost: first.reduce((sum, value) => sum + value, 0),
    rounds,
    capped: swapped,
  };
}

/** The row with the least sum of distances, then each that lowers the cost most. */
async function firstMedoids(
  distance: Float32Array,
  rows: number,
  k: number,
  job: Job,
): Promise<Int32Array> {
  const own = new Int32Array(k);
  const nearest = new Float64Array(rows).fill(Infinity);
  for (let m = 0; m < k; m++) {
    let [least, best] = [Infinity, 0];
    for (let candidate = 0; candidate < rows; candidate++) {
      let sum = 0;
      for (let r = 0, p = candidate * rows; r < rows; r++, p++)
        sum += Math.min(nearest[r]!, distance[p]!);
      const isTaken = own.subarray(0, m).includes(candidate);
      if (sum < least && !isTaken) ((least = sum), (best = candidate));
      if ((candidate & 63) === 63) await job.breathe();
    }
    own[m] = best;
    for (let r = 0; r < rows; r++) nearest[r] = Math.min(nearest[r]!, distance[best * rows + r]!);
  }
  return own;
}

/** Mean silhouette (Rousseeuw 1987) from the distances of all pairs; rows alone in their group count 0. */
export function silhouetteOf(
  distance: Float32Array,
  labels: ArrayLike<number>,
  groups: number,
): number {
  const rows = labels.length;
  const sizes = new Int32Array(groups);
  for (let r = 0; r < rows; r++) sizes[labels[r]!]!++;
  const sums = new Float64Array(groups);
  let total = 0;
  for (let r = 0; r < rows; r++) {
    const mine = labels[r]!;
    if (sizes[mine]! < 2) continue;
    sums.fill(0);
    for (let s = 0, p = r * rows; s < rows; s++, p++) sums[labels[s]!]! += distance[p]!;
    let other = Infinity;
    for (let m = 0; m < groups; m++)
      if (m !== mine && sizes[m]! > 0) other = Math.min(other, sums[m]! / sizes[m]!);
    const inside = sums[mine]! / (sizes[mine]! - 1);
    const most = Math.max(inside, other);
    if (most > 0 && other < Infinity) total += (other - inside) / most;
  }
  return total / Math.max(1, rows);
}
