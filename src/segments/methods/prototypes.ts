import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { random } from '../../lib/random.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { checkMixed, mixedRows, type Mixed } from './mixed.ts';

export type PrototypesOptions = {
  readonly k: number;
  /** What a different category counts, in squared distance of the numbers; null: `usualWeight`. */
  readonly weight: number | null;
  readonly seed: number;
  /** Starts; the one with the least cost is kept. */
  readonly restarts: number;
  readonly maxRounds?: number;
  /** Above this many rows the starts run on a sample of this size, and the best goes on with all rows. */
  readonly startRows?: number;
};

/**
 * `labels` is [rows], 0 the largest group (ties: the one with the earlier row). `means` is [groups × numbers], `modes` [groups × categories].
 * `cost`: squared distances to the means, and `weight` for each category that is not the mode. `capped`: whether rows still moved at the cap.
 */
export type Prototypes = {
  readonly labels: Int32Array<ArrayBuffer>;
  readonly means: Matrix;
  readonly modes: Int32Array<ArrayBuffer>;
  readonly weight: number;
  readonly cost: number;
  readonly rounds: number;
  readonly capped: boolean;
};

/** Rows between two chances to breathe. */
const CHUNK = 4096;

/**
 * Half the mean spread of the numbers, the middle of what Huang (1997) found to balance the two sides; 1 without numbers that vary.
 */
export function usualWeight({ numbers: { data, rows, cols } }: Mixed): number {
  let spreads = 0;
  for (let c = 0; c < cols; c++) {
    let [sum, squares] = [0, 0];
    for (let p = c; p < data.length; p += cols) sum += data[p]!;
    for (let p = c; p < data.length; p += cols)
      squares += (data[p]! - sum / rows) * (data[p]! - sum / rows);
    spreads += Math.sqrt(squares / rows);
  }
  return spreads > 0 ? spreads / cols / 2 : 1;
}

/**
 * K-prototypes (Huang 1998): k-means on numbers and k-modes on categories at once, by Lloyd's rounds from greedy k-means++ starts, best of
 * several. Throws `RangeError` at NaN, ∞, codes that are no value, and fewer rows than groups; groups fall together where fewer rows differ.
 * O(rows · k · columns) a round.
 */
export async function kPrototypes(
  mixed: Mixed,
  options: PrototypesOptions,
  job: Job = unattended,
): Promise<Prototypes> {
  const { k, seed, restarts, maxRounds = 100, startRows = 8192 } = options;
  const { rows } = mixed.numbers;
  if (!(k >= 1 && k <= rows && Number.isInteger(k)))
    throw new RangeError(`cannot make ${k} groups of ${rows} rows`);
  if (!(restarts >= 1 && maxRounds >= 1)) throw new RangeError('groups need a start and a round');
  checkMixed(mixed);
  const weight = options.weight ?? usualWeight(mixed);
  if (!(weight >= 0 && Number.isFinite(weight))) throw new RangeError(`${weight} is no weight`);
  const part = rows > startRows ? mixedRows(mixed, sampleRows(rows, startRows, seed)) : mixed;
  const next = random(seed);
  let best: Run | null = null;
  for (let start = 0; start < (k === 1 ? 1 : restarts); start++) {
    const run = new Run(part, weight, await farRows(part, k, weight, next, job));
    await run.settle(maxRounds, job);
    job.progress('Finding prototypes', start + 1, restarts, run.cost);
    if (!best || run.cost < best.cost) best = run;
  }
  if (part === mixed) return best!.result();
  const last = new Run(mixed, weight, best!);
  await last.settle(maxRounds, job);
  return last.result();
}

type Middles = { readonly means: Float64Array; readonly modes: Int32Array };

/** Rows far apart: each next is the best of a few drawn with odds ∝ distance (greedy k-means++, Arthur & Vassilvitskii 2007). */
async function farRows(
  mixed: Mixed,
  k: number,
  weight: number,
  next: () => number,
  job: Job,
): Promise<Middles> {
  const { rows, cols } = mixed.numbers;
  const wide = mixed.values.length;
  const means = new Float64Array(k * cols);
  const modes = new Int32Array(k * wide);
  const nearest = new Float64Array(rows).fill(Infinity);
  for (let m = 0; m < k; m++) {
    let best = { left: Infinity, distances: nearest };
    for (let t = 0; t < (m === 0 ? 1 : 3); t++) {
      const row = m === 0 ? Math.floor(next() * rows) : draw(nearest, next());
      const at = middleOf(mixed, row);
      const distances = nearest.map((near, r) => Math.min(near, away(mixed, r, at, 0, weight)));
      const left = distances.reduce((sum, value) => sum + value, 0);
      if (!(left < best.left)) continue;
      best = { left, distances };
      means.set(at.means, m * cols);
      modes.set(at.modes, m * wide);
    }
    nearest.set(best.distances);
    await job.breathe();
  }
  return { means, modes };
}

function middleOf({ numbers: { data, cols }, codes, values }: Mixed, row: number): Middles {
  return {
    means: Float64Array.from(data.subarray(row * cols, (row + 1) * cols)),
    modes: codes.slice(row * values.length, (row + 1) * values.length),
  };
}

function draw(odds: Float64Array, u: number): number {
  const goal = u * odds.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  for (let r = 0; r < odds.length; r++) if ((sum += odds[r]!) > goal) return r;
  return odds.length - 1;
}

/** Squared distance of row r to middle m, and `weight` for each category that differs. */
function away(
  mixed: Mixed,
  r: number,
  { means, modes }: Middles,
  m: number,
  weight: number,
): number {
  const { data, cols } = mixed.numbers;
  const wide = mixed.values.length;
  let sum = 0;
  for (let c = 0, p = r * cols, q = m * cols; c < cols; c++, p++, q++) {
    const d = data[p]! - means[q]!;
    sum += d * d;
  }
  for (let c = 0, p = r * wide, q = m * wide; c < wide; c++, p++, q++)
    if (mixed.codes[p] !== modes[q]) sum += weight;
  return sum;
}

class Run {
  readonly means: Float64Array;
  readonly modes: Int32Array;
  readonly labels: Int32Array<ArrayBuffer>;
  cost = Infinity;
  rounds = 0;
  capped = true;
  readonly #mixed: Mixed;
  readonly #weight: number;
  readonly #k: number;

  constructor(mixed: Mixed, weight: number, { means, modes }: Middles) {
    this.#mixed = mixed;
    this.#weight = weight;
    const { cols } = mixed.numbers;
    this.#k = cols > 0 ? means.length / cols : modes.length / mixed.values.length;
    this.means = Float64Array.from(means);
    this.modes = Int32Array.from(modes);
    this.labels = new Int32Array(mixed.numbers.rows).fill(-1);
  }

  /** Rounds until no row moves, or the cap. */
  async settle(maxRounds: number, job: Job): Promise<void> {
    while (this.capped && this.rounds < maxRounds) {
      this.capped = (await this.#assign(job)) > 0;
      if (this.capped) this.#average();
      this.rounds++;
    }
    if (this.capped) await this.#assign(job); // labels must belong to the last middles
  }

  async #assign(job: Job): Promise<number> {
    let moved = 0;
    this.cost = 0;
    for (let r = 0; r < this.labels.length; r++) {
      let least = Infinity;
      let nearest = 0;
      for (let m = 0; m < this.#k; m++) {
        const distance = away(this.#mixed, r, this, m, this.#weight);
        if (distance < least) ((least = distance), (nearest = m));
      }
      if (nearest !== this.labels[r]) ((this.labels[r] = nearest), moved++);
      this.cost += least;
      if (r % CHUNK === CHUNK - 1) await job.breathe();
    }
    await job.breathe();
    return moved;
  }

  /** Each mean to the middle of its rows, each mode to their commonest value (of equals the first); groups without rows stay. */
  #average(): void {
    const { numbers, codes, values } = this.#mixed;
    const { cols, data } = numbers;
    const offsets = values.map((_, c) => values.slice(0, c).reduce((sum, n) => sum + n, 0));
    const all = values.reduce((sum, n) => sum + n, 0);
    const sums = new Float64Array(this.means.length);
    const sizes = new Int32Array(this.#k);
    const seen = new Int32Array(this.#k * all);
    this.labels.forEach((m, r) => {
      sizes[m]!++;
      for (let c = 0, p = r * cols, q = m * cols; c < cols; c++, p++, q++) sums[q]! += data[p]!;
      for (let c = 0, p = r * values.length; c < values.length; c++, p++)
        seen[m * all + offsets[c]! + codes[p]!]!++;
    });
    for (let m = 0; m < this.#k; m++) {
      if (sizes[m] === 0) continue;
      for (let c = 0, q = m * cols; c < cols; c++, q++) this.means[q] = sums[q]! / sizes[m]!;
      values.forEach((n, c) => {
        const own = seen.subarray(m * all + offsets[c]!, m * all + offsets[c]! + n);
        let mode = 0;
        own.forEach((times, value) => (mode = times > own[mode]! ? value : mode));
        this.modes[m * values.length + c] = mode;
      });
    }
  }

  /** Groups by size; those without rows are left out. */
  result(): Prototypes {
    const { cols } = this.#mixed.numbers;
    const wide = this.#mixed.values.length;
    const sizes = new Int32Array(this.#k);
    const first = new Int32Array(this.#k);
    for (let r = this.labels.length - 1; r >= 0; r--) {
      sizes[this.labels[r]!]!++;
      first[this.labels[r]!] = r;
    }
    const order = [...sizes.keys()]
      .filter((m) => sizes[m]! > 0)
      .sort((a, b) => sizes[b]! - sizes[a]! || first[a]! - first[b]!);
    const means = matrix(order.length, cols);
    const modes = new Int32Array(order.length * wide);
    order.forEach((m, i) => {
      means.data.set(this.means.subarray(m * cols, (m + 1) * cols), i * cols);
      modes.set(this.modes.subarray(m * wide, (m + 1) * wide), i * wide);
    });
    const labels = this.labels.map((m) => order.indexOf(m));
    const { cost, rounds, capped } = this;
    return { labels, means, modes, weight: this.#weight, cost, rounds, capped };
  }
}
