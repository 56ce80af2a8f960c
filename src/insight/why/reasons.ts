import type { FeatureTable } from '../../features/types.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { wilson, type Bounds } from '../../lib/stats/intervals.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { distanceTo } from '../../segments/methods/silhouette.ts';

type Table = Pick<FeatureTable, 'features' | 'raw' | 'scaled' | 'scaledFrom'>;

/** Where the middle of each segment is, and how well the nearest middle tells the segment of a customer. */
export type Middles = {
  /** [segments × cols of `scaled`]: means over its customers. */
  readonly means: Matrix;
  /** Share of customers whose own segment is the one with the nearest middle: how far reasons by distance hold. */
  readonly fidelity: Bounds;
};

export type Reasons = {
  readonly own: number;
  /** The segment with the nearest middle but its own. */
  readonly other: number;
  readonly by: Scale;
  /** Whether its own segment comes first on that scale: if not, these are reasons why it could as well be in `other`. */
  readonly isNearest: boolean;
  /** Every feature that is grouped by, strongest first: its part of `total`, above 0 where it speaks for the own segment. */
  readonly parts: readonly { readonly feature: number; readonly amount: number }[];
  /** What speaks for the own segment: the sum of `parts`, and of chances `start`. */
  readonly total: number;
  /** Smallest change of each feature alone that brings another middle nearest, smallest first; none where no single change does. */
  readonly moves: readonly Move[];
};

/** On what scale a customer is nearer to one segment than to another. */
export type Scale =
  /** Euclidean, to the middles of both; the whole is squared distance to the other minus squared distance to the own. */
  | { readonly is: 'distance'; readonly own: number; readonly other: number }
  /** Of a Gaussian mixture, 0 to 1; the whole is the log of own ÷ other, of which `start` is what size and spread of the segments say. */
  | {
      readonly is: 'chance';
      readonly own: number;
      readonly other: number;
      readonly start: number;
    };

export type Move = {
  readonly feature: number;
  /** In the unit of the feature: a value that some customer has; of a category its place. */
  readonly to: number;
  /** The segment whose middle is then nearest. */
  readonly segment: number;
  /** How far that is on the common scale, where a spread is 1. */
  readonly steps: number;
};

const LOOKED_AT = 20_000;

/** `labels` [customers] are 0 … segments − 1, others in none. O(rows · cols + 20,000 · segments · cols). Throws `RangeError` at an empty segment. */
export async function middlesOf(
  { scaled }: Pick<Table, 'scaled'>,
  labels: Int32Array,
  segments: number,
  job: Job = unattended,
): Promise<Middles> {
  const { rows, cols, data } = scaled;
  const sums = new Float64Array(segments * cols);
  const sizes = new Float64Array(segments);
  for (let r = 0; r < rows; r++) {
    if (r % 16_384 === 0) {
      job.progress('Looking at segments', r, rows);
      await job.breathe();
    }
    if (!(labels[r]! < segments)) continue;
    sizes[labels[r]!]! += 1;
    for (let c = 0, p = r * cols, q = labels[r]! * cols; c < cols; c++, p++, q++)
      sums[q]! += data[p]!;
  }
  const empty = sizes.indexOf(0);
  if (empty >= 0) throw new RangeError(`segment ${empty} has no customer`);
  const means = matrix(
    segments,
    cols,
    Float32Array.from(sums, (sum, i) => sum / sizes[Math.floor(i / cols)]!),
  );
  const some = sampleRows(rows, LOOKED_AT, 1).filter((r) => labels[r]! < segments);
  let hits = 0;
  for (const [i, r] of some.entries()) {
    if (i % 256 === 0) await job.breathe();
    if (nearestTo(scaled, r, means) === labels[r]) hits++;
  }
  return { means, fidelity: wilson(hits, some.length) };
}

/**
 * Why customer `row` is in segment `own` rather than the next: each feature's part of the difference of squared distances, which add up, and the
 * smallest single changes that would bring another segment nearer (Wachter, Mittelstadt & Russell 2017). It describes the segments as they lie;
 * it does not say what a customer would do. Where there is one segment, null. O(segments · cols + moves · rows).
 */
export async function reasonsOf(
  table: Table,
  { means }: Middles,
  { row, own }: { readonly row: number; readonly own: number },
  job: Job = unattended,
): Promise<Reasons | null> {
  const { scaled, scaledFrom } = table;
  if (!(row >= 0 && row < scaled.rows && own >= 0 && own < means.rows))
    throw new RangeError(`there is no customer ${row} in segment ${own}`);
  if (means.rows < 2) return null;
  const other = nearestTo(scaled, row, means, own);
  const used = [...new Set(scaledFrom)];
  const amounts = new Float64Array(table.features.length);
  scaledFrom.forEach((feature, c) => {
    const x = scaled.data[row * scaled.cols + c]!;
    const toOwn = x - means.data[own * means.cols + c]!;
    const toOther = x - means.data[other * means.cols + c]!;
    amounts[feature]! += toOther * toOther - toOwn * toOwn;
  });
  const parts = used
    .map((feature) => ({ feature, amount: amounts[feature]! }))
    .sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const total = parts.reduce((sum, { amount }) => sum + amount, 0);
  const isNearest = total >= 0;
  const moves: Move[] = [];
  for (const feature of isNearest ? used : []) {
    const move = await moveOf(table, means, { row, own, feature }, job);
    if (move) moves.push(move);
  }
  return {
    own,
    other,
    by: {
      is: 'distance',
      own: distanceTo(scaled, row, means, own),
      other: distanceTo(scaled, row, means, other),
    },
    isNearest,
    parts,
    total,
    moves: moves.sort((a, b) => a.steps - b.steps),
  };
}

function nearestTo(x: Matrix, row: number, means: Matrix, without = -1): number {
  let [near, best] = [Infinity, -1];
  for (let m = 0; m < means.rows; m++) {
    const d = m === without ? Infinity : distanceTo(x, row, means, m);
    if (d < near) [near, best] = [d, m];
  }
  return best;
}

/**
 * Nearest other value of one feature, of those that customers have, at which another middle is nearest. With the rest as it is, the difference of
 * squared distances to two middles is a straight line of a number: one crossing for each other segment.
 */
async function moveOf(
  table: Table,
  means: Matrix,
  { row, own, feature }: { readonly row: number; readonly own: number; readonly feature: number },
  job: Job,
): Promise<Move | null> {
  const { scaled, scaledFrom } = table;
  const columns = columnsOf(scaledFrom, feature);
  const { cols } = scaled;
  const at = (r: number, c: number) => scaled.data[r * cols + c]!;
  /** Squared distances to the middles, but for this feature. */
  const rest = Float64Array.from({ length: means.rows }, (_, m) => {
    let sum = 0;
    for (let c = 0; c < cols; c++) {
      if (scaledFrom[c] === feature) continue;
      const d = at(row, c) - means.data[m * cols + c]!;
      sum += d * d;
    }
    return sum;
  });
  const bounds = columns.length === 1 ? crossings(rest, means, own, columns[0]!) : null;
  const [low, high] = bounds ?? [-Infinity, Infinity];
  const isInside = (r: number) =>
    bounds !== null && at(r, columns[0]!) >= low && at(r, columns[0]!) <= high;
  const landing = (r: number) => {
    let [near, best] = [Infinity, -1];
    for (let m = 0; m < means.rows; m++) {
      let d2 = rest[m]!;
      for (const c of columns) {
        const d = at(r, c) - means.data[m * cols + c]!;
        d2 += d * d;
      }
      if (d2 < near || (d2 === near && m === own)) [near, best] = [d2, m];
    }
    return best;
  };
  return smallestMove(table, { row, own, feature, landing, isInside }, job);
}

export const columnsOf = (scaledFrom: readonly number[], feature: number): readonly number[] =>
  scaledFrom.flatMap((from, c) => (from === feature ? [c] : []));

export type Landing = {
  readonly row: number;
  readonly own: number;
  readonly feature: number;
  /** The segment in which the customer is where the feature is as it is with customer `r`. */
  readonly landing: (r: number) => number;
  /** Known to stay where it is; absent: nothing is known. */
  readonly isInside?: (r: number) => boolean;
};

/** Nearest other value of a feature, of those that customers have, with which the customer is in another segment. O(rows · landing). */
export async function smallestMove(
  { raw, scaled, scaledFrom }: Table,
  { row, own, feature, landing, isInside = () => false }: Landing,
  job: Job,
): Promise<Move | null> {
  const columns = columnsOf(scaledFrom, feature);
  const { cols, data } = scaled;
  let best: Move | null = null;
  for (let r = 0; r < scaled.rows; r++) {
    if (r % 16_384 === 0) await job.breathe();
    let squares = 0;
    for (const c of columns) {
      const d = data[r * cols + c]! - data[row * cols + c]!;
      squares += d * d;
    }
    const steps = Math.sqrt(squares);
    if (steps === 0 || (best && steps >= best.steps) || isInside(r)) continue;
    const segment = landing(r);
    if (segment !== own) best = { feature, to: raw.data[r * raw.cols + feature]!, segment, steps };
  }
  return best;
}

/** Between these two values of a column the own middle stays nearest. */
function crossings(
  rest: Float64Array,
  means: Matrix,
  own: number,
  c: number,
): readonly [low: number, high: number] {
  let [low, high] = [-Infinity, Infinity];
  const a = means.data[own * means.cols + c]!;
  for (let m = 0; m < means.rows; m++) {
    const b = means.data[m * means.cols + c]!;
    if (m === own || a === b) continue;
    const x = (rest[own]! - rest[m]! + a * a - b * b) / (2 * (a - b)); // (x − a)² + own = (x − b)² + m
    if (b > a) high = Math.min(high, x);
    else low = Math.max(low, x);
  }
  return [low, high];
}
