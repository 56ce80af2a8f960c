import type { Job } from '../lib/job.ts';
import { matrix, type Matrix } from '../lib/matrix.ts';
import { groupRows } from './drivers.ts';
import { letter } from './letters.ts';
import { rowsOf } from './methods/kmeans.ts';
import { count, silhouettes, simplifiedSilhouettes } from './methods/silhouette.ts';
import { names } from './names.ts';
import { drivers, places, revenueShares, type SegmentInput } from './profile.ts';
import { EXACT } from './sweep.ts';
import type { Segment } from './types.ts';

/** What those in no segment are called. */
export const REST_NAME = 'In no segment';

/** Groups in the order in which they will stand, those in no group as −1; `letters` are places in the alphabet, ascending. */
export type Lettered = {
  readonly labels: Int32Array<ArrayBuffer>;
  readonly letters: Int32Array<ArrayBuffer>;
  /** Of the method itself; null: from what sets the group apart. */
  readonly names: readonly (string | null)[] | null;
  readonly oddness: Float32Array | null;
};

export type Described = {
  /** [customers]; places in `segments`. */
  readonly labels: Int32Array<ArrayBuffer>;
  readonly means: Matrix;
  readonly silhouettes: Float32Array<ArrayBuffer>;
  readonly segments: readonly Segment[];
};

/**
 * The same groups in the order of their `numbers` [groups], which become their letters. Groups of nobody fall out; −1 stays −1.
 */
export function inOrder(
  labels: Int32Array,
  numbers: Int32Array,
  given: readonly (string | null)[] | null,
): Omit<Lettered, 'oddness'> {
  const sizes = new Int32Array(numbers.length);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  const order = [...numbers.keys()]
    .filter((group) => sizes[group]! > 0)
    .sort((a, b) => numbers[a]! - numbers[b]!);
  const place = new Int32Array(numbers.length).fill(-1);
  order.forEach((group, at) => (place[group] = at));
  return {
    labels: labels.map((label) => (label < 0 ? -1 : place[label]!)),
    letters: Int32Array.from(order, (group) => numbers[group]!),
    names: given && order.map((group) => given[group] ?? null),
  };
}

/** Each segment with its reasons, its share, its typical customers; last the rest, where anybody is in no segment. */
export async function describe(
  input: SegmentInput,
  { labels: found, letters, names: given, oddness }: Lettered,
  seed: number,
  job: Job,
): Promise<Described> {
  const { scaled } = input;
  const k = letters.length;
  const labels = found.map((label) => (label < 0 ? k : label));
  const all = labels.some((label) => label === k) ? k + 1 : k;
  const sizes = count(labels, all);
  await job.breathe();
  const means = meansOf(scaled, labels, sizes);
  await job.breathe();
  const own = await eachSilhouette(scaled, labels, firstRows(means, k), job);
  const groups = groupRows(labels, all);
  await job.breathe();
  const reasons = await drivers(input, groups, job);
  const shares = await revenueShares(input, { labels, k: all, seed }, job);
  const made = names(input.features, reasons.slice(0, k), [...letters].map(letter));
  const near = await places(scaled, labels, { means: firstRows(means, k), most: 10 }, job);
  const segments = Array.from({ length: all }, (_, id): Segment => {
    const rest = id === k;
    return {
      id,
      letter: rest ? '' : letter(letters[id]!),
      colour: rest ? -1 : letters[id]!,
      rest,
      name: rest ? REST_NAME : (given?.[id] ?? made[id]!),
      size: sizes[id]!,
      share: sizes[id]! / labels.length,
      revenueShare: shares ? shares[id]! : null,
      silhouette: rest ? null : groups.rows[id]!.reduce((s, r) => s + own[r]!, 0) / sizes[id]!,
      drivers: reasons[id]!,
      ...(rest ? { typical: oddest(groups.rows[id]!, oddness), border: [] } : near[id]!),
    };
  });
  return { labels, means, silhouettes: own, segments };
}

/** The oddest first, up to 10; none where nobody says how odd they are. */
const oddest = (rows: Int32Array, oddness: Float32Array | null): readonly number[] =>
  oddness ? [...rows].sort((a, b) => oddness[b]! - oddness[a]! || a - b).slice(0, 10) : [];

const firstRows = ({ data, cols }: Matrix, rows: number): Matrix =>
  matrix(rows, cols, data.slice(0, rows * cols));

/** [groups × cols], in the units of `x`; no group is empty. */
function meansOf(x: Matrix, labels: Int32Array, sizes: Int32Array): Matrix {
  const sums = new Float64Array(sizes.length * x.cols);
  for (let r = 0, p = 0; r < x.rows; r++)
    for (let c = 0, q = labels[r]! * x.cols; c < x.cols; c++, p++, q++) sums[q]! += x.data[p]!;
  const means = matrix(sizes.length, x.cols);
  sums.forEach((sum, i) => (means.data[i] = sum / sizes[Math.floor(i / x.cols)]!));
  return means;
}

/** Silhouettes among those who are in one of the first `means.rows` groups; 0 of the others. */
async function eachSilhouette(x: Matrix, labels: Int32Array, means: Matrix, job: Job) {
  const k = means.rows;
  const inside = labels.every((label) => label < k)
    ? null
    : Int32Array.from(labels.keys()).filter((r) => labels[r]! < k);
  const part = inside ? rowsOf(x, inside) : x;
  const own = inside ? inside.map((r) => labels[r]!) : labels;
  const values =
    part.rows > EXACT
      ? await simplifiedSilhouettes(part, own, means, job)
      : (await silhouettes(part, [{ labels: own, k }], job))[0]!;
  if (!inside) return values;
  const out = new Float32Array(x.rows);
  inside.forEach((r, i) => (out[r] = values[i]!));
  return out;
}
