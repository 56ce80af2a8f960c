import type { Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';

export type Combined = {
  /** [rows]; the place in `kept` of each customer. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** For each segment its group in each layer: largest combination first, ties by the groups. */
  readonly kept: readonly (readonly number[])[];
  readonly merged: {
    /** Below so many customers a combination is tiny: 1 % of all, at least 5. */
    readonly floor: number;
    readonly combinations: number;
    readonly customers: number;
  };
};

type Combination = {
  readonly groups: readonly number[];
  size: number;
  /** Of `columns`. */
  readonly sum: Float64Array;
};

/**
 * Groups of several layers put together: each combination that occurs is a segment, but tiny ones join another. **The rule**: a combination
 * below the floor joins the one at or above it that differs in the fewest layers, of those the one whose mean over `columns` of `x` is
 * nearest, of those the larger. Where none reaches the floor the largest stays. O(rows · (layers + columns) + combinations²).
 */
export async function combine(
  layers: readonly { readonly labels: Int32Array; readonly groups: number }[],
  x: Matrix,
  columns: readonly number[],
  job: Job,
): Promise<Combined> {
  const found = new Map<string, Combination>();
  const keys = new Array<Combination>(x.rows);
  for (let r = 0; r < x.rows; r++) {
    const groups = layers.map(({ labels }) => labels[r]!);
    const key = groups.join();
    let one = found.get(key);
    if (!one) found.set(key, (one = { groups, size: 0, sum: new Float64Array(columns.length) }));
    one.size++;
    columns.forEach((c, i) => (one.sum[i]! += x.data[r * x.cols + c]!));
    keys[r] = one;
    if (r % 16_384 === 0) await job.breathe();
  }
  const byGroups = (a: Combination, b: Combination) => {
    const at = a.groups.findIndex((group, i) => group !== b.groups[i]);
    return at < 0 ? 0 : a.groups[at]! - b.groups[at]!;
  };
  const all = [...found.values()].sort((a, b) => b.size - a.size || byGroups(a, b));
  const floor = Math.max(5, Math.ceil(x.rows / 100));
  const kept = all.filter(({ size }, i) => i === 0 || size >= floor);
  const place = new Map(kept.map((one, i) => [one, i]));
  const tiny = all.slice(kept.length);
  for (const one of tiny) {
    place.set(one, nearestOf(one, kept));
    await job.breathe();
  }
  return {
    labels: Int32Array.from(keys, (one) => place.get(one)!),
    kept: kept.map(({ groups }) => groups),
    merged: {
      floor,
      combinations: tiny.length,
      customers: tiny.reduce((sum, { size }) => sum + size, 0),
    },
  };
}

/** The place in `kept`, which is ordered by size. */
function nearestOf(one: Combination, kept: readonly Combination[]): number {
  let best = 0;
  let [least, nearest] = [Infinity, Infinity];
  kept.forEach((other, place) => {
    const differing = one.groups.filter((group, i) => group !== other.groups[i]).length;
    let square = 0;
    one.sum.forEach((sum, i) => {
      const d = sum / one.size - other.sum[i]! / other.size;
      square += d * d;
    });
    if (differing > least || (differing === least && !(square < nearest))) return;
    [best, least, nearest] = [place, differing, square];
  });
  return best;
}
