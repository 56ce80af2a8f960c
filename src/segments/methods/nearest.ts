import { TesseraError } from '../../lib/errors.ts';
import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { medianInterval, wilson, type Bounds } from '../../lib/stats/intervals.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import type { SegmentInput } from '../profile.ts';
import { apartness, likeness, type Apart, type Likeness } from './nearest-reasons.ts';

export type NearestOptions = { readonly row: number; readonly k: number; readonly seed: number };

export type Neighbour = {
  readonly row: number;
  /** Euclidean, on the scaled columns. */
  readonly distance: number;
  /** Every feature that is grouped by, most alike first; ties in the order of the features. */
  readonly alike: readonly Likeness[];
};

export type SegmentOfOne = {
  /** Nearest first; of equally near ones the earlier row. */
  readonly neighbours: readonly Neighbour[];
  /** Every feature that is grouped by, furthest from the neighbours first. */
  readonly apart: readonly Apart[];
  /** Naive baseline: the median distance to customers taken at random, with its interval. */
  readonly random: Bounds;
  /** Share of the base that stands nearer to its own than this customer does, with its interval: 0.99 is very unusual. */
  readonly unusual: Bounds;
  /** How many customers the base is, and whether that is everyone. */
  readonly base: number;
  readonly isEveryone: boolean;
};

const BASE = 1000;
/** The distance to the fifth nearest of the base tells how alone somebody is there. */
const ALONE = 5;
const CHUNK = 32_768;

/**
 * The segment of one: who is most like customer `row` (k nearest, exact, on `scaled`), why, what sets it apart, and how unusual it is. The base that
 * it is held against is everyone up to 1,000 customers and above that a seeded sample of so many. O(rows · cols + 1,000² · cols). Throws
 * `TesseraError` no-features where nothing is grouped by, `RangeError` where there is no such row, no k, or a value that is no number.
 */
export async function nearest(
  input: SegmentInput,
  { row, k, seed }: NearestOptions,
  job: Job = unattended,
): Promise<SegmentOfOne> {
  const { scaled } = input;
  if (scaled.cols === 0) throw new TesseraError('no-features', 'No feature is used for grouping.');
  if (!(Number.isInteger(row) && row >= 0 && row < scaled.rows))
    throw new RangeError(`there is no customer ${row} among ${scaled.rows}`);
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`cannot look for ${k} neighbours`);
  const found = await nearestRows(scaled, row, Math.min(k, scaled.rows - 1), job);
  const base = sampleRows(scaled.rows, BASE, seed).filter((other) => other !== row);
  const distances = Float64Array.from(base, (other) => Math.sqrt(squared(scaled, row, other)));
  const used = [...new Set(input.scaledFrom)];
  const near = found.map((it) => it.row);
  const apart = used.map((feature) => apartness(input, feature, { row, near, base }));
  return {
    neighbours: found.map((it) => ({ ...it, alike: likeness(input, used, row, it.row) })),
    apart: apart.sort((a, b) => b.fromNeighbours - a.fromNeighbours),
    random: medianInterval(distances.sort()),
    unusual: await howUnusual(scaled, row, base, job),
    base: base.length,
    isEveryone: scaled.rows <= BASE,
  };
}

/** Rows nearest to `row` and their distances, nearest first. */
async function nearestRows(x: Matrix, row: number, k: number, job: Job) {
  const kept = new Nearest(k);
  for (let from = 0; from < x.rows; from += CHUNK) {
    scan(x, row, from, Math.min(x.rows, from + CHUNK), kept);
    job.progress('Comparing customers', from, x.rows);
    await job.breathe();
  }
  return kept.rows.map((other, i) => ({ row: other, distance: Math.sqrt(kept.squares[i]!) }));
}

function scan({ data, cols }: Matrix, row: number, from: number, to: number, kept: Nearest): void {
  const own = Float64Array.from(data.subarray(row * cols, (row + 1) * cols));
  for (let r = from, p = from * cols; r < to; r++) {
    let sum = 0;
    for (let c = 0; c < cols; c++, p++) {
      const d = data[p]! - own[c]!;
      sum += d * d;
    }
    if (!(sum < kept.limit)) {
      if (sum !== sum || sum === Infinity) refuse(data, r, cols);
    } else if (r !== row) kept.offer(sum, r);
  }
}

function refuse(data: Float32Array, r: number, cols: number): void {
  for (let c = 0; c < cols; c++)
    if (!Number.isFinite(data[r * cols + c]))
      throw new RangeError(`column ${c} of row ${r} is no number`);
}

/** The few nearest, kept in order; of equally near ones the one offered first. */
class Nearest {
  readonly rows: number[] = [];
  readonly squares: number[] = [];
  /** Nothing from here on would be kept. */
  limit = Infinity;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
    if (most < 1) this.limit = -1;
  }

  offer(square: number, row: number): void {
    let at = this.rows.length;
    while (at > 0 && this.squares[at - 1]! > square) at--;
    this.rows.splice(at, 0, row);
    this.squares.splice(at, 0, square);
    if (this.rows.length > this.#most) (this.rows.pop(), this.squares.pop());
    if (this.rows.length === this.#most) this.limit = this.squares[this.#most - 1]!;
  }
}

/** Squared distance of two rows; no less than `limit` where it is no less. */
function squared({ data, cols }: Matrix, a: number, b: number, limit = Infinity): number {
  let sum = 0;
  for (let c = 0; c < cols && sum < limit; c++) {
    const d = data[a * cols + c]! - data[b * cols + c]!;
    sum += d * d;
  }
  return sum;
}

/** How many of the base are nearer to their fifth nearest, in it and this one, than `row` is to its own; equal ones count half. */
async function howUnusual(x: Matrix, row: number, base: Int32Array, job: Job): Promise<Bounds> {
  const all = Int32Array.of(...base, row);
  const rank = Math.min(ALONE, base.length);
  const alone = (one: number) => {
    const kept = new Nearest(rank);
    for (const other of all) {
      if (other === one) continue;
      const square = squared(x, one, other, kept.limit);
      if (square < kept.limit) kept.offer(square, other);
    }
    return kept.squares.at(-1)!;
  };
  if (rank === 0) return wilson(0, 0);
  const own = alone(row);
  let nearer = 0;
  for (const other of base) {
    const theirs = alone(other);
    nearer += theirs < own ? 1 : theirs === own ? 0.5 : 0;
    await job.breathe();
  }
  return wilson(nearer, base.length);
}
