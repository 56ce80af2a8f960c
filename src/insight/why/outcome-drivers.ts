import type { FeatureTable } from '../../features/types.ts';
import { TesseraError } from '../../lib/errors.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { random } from '../../lib/random.ts';
import { bootstrap, type Bounds } from '../../lib/stats/intervals.ts';
import { correlation } from '../../lib/stats/moments.ts';
import { ascending, quantile } from '../../lib/stats/quantile.ts';
import { breathing } from '../../lib/steps.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { evenColumn } from '../../segments/drivers.ts';
import { containedIn } from './contains.ts';
import { explainedBy, relativeWeights, shapley, type Covariances } from './importance.ts';

type Table = Pick<FeatureTable, 'features' | 'raw' | 'scaled' | 'scaledFrom'>;
export type OutcomeOptions = {
  /** Index of the feature to explain: a number or yes-no. */
  readonly outcome: number;
  readonly seed: number;
};

export type OutcomeDriver = {
  readonly feature: number;
  /** Its part of R², with percentile bootstrap interval. */
  readonly share: Bounds;
  /** By itself with the outcome, −1 to 1; null of a category. */
  readonly correlation: number | null;
};

export type OutcomeDrivers = {
  readonly outcome: number;
  /** Strongest first; their shares add up to `r2`. */
  readonly drivers: readonly OutcomeDriver[];
  /** Share of the differences in the outcome that goes with all of them together. */
  readonly r2: Bounds;
  /** The naive baseline: R² when the outcome is dealt out to customers by chance; 95 of 100 deals stay below. */
  readonly chance: number;
  readonly how: 'shapley' | 'weights';
  /** Features that could not explain it, and why, in words that follow the label. */
  readonly leftOut: readonly { readonly feature: number; readonly why: string }[];
  /** Customers that were looked at. */
  readonly customers: number;
};

const LOOKED_AT = 10_000;
/** Up to so many all sets are tried; beyond, relative weights. */
const MOST_EXACT = 12;
/** Values of a category that get a column; the rest are what they are compared with. */
const MOST_VALUES = 5;
const DEALS = 100;
const FEWEST = 30;

/**
 * What goes with an outcome, and how much of it: R² of a linear model on the features as they are compared, shared out over them (`importance.ts`),
 * with intervals over customers drawn anew. Association, not cause. Features that contain the outcome by their arithmetic, or repeat it
 * (correlation above .98), are left out. A seeded sample of 10,000 customers. Throws `TesseraError` too-few-customers below 30, `RangeError`
 * where the outcome is a category or no feature. O(draws · (customers · cols² + 2^12 · cols²)).
 */
export async function outcomeDrivers(
  table: Table,
  { outcome, seed }: OutcomeOptions,
  job: Job = unattended,
): Promise<OutcomeDrivers> {
  const of = table.features[outcome];
  if (!of || of.categories) throw new RangeError(`feature ${outcome} is no outcome`);
  const rows = sampleRows(table.raw.rows, LOOKED_AT, seed);
  const n = rows.length;
  if (n < FEWEST)
    throw new TesseraError('too-few-customers', `What goes with ${of.label} needs ${FEWEST}.`);
  const y = take(await breathing(evenColumn(table, outcome), job), rows);
  const columns: Float64Array[] = [];
  const groups: { readonly feature: number; readonly columns: readonly number[] }[] = [];
  const leftOut: { readonly feature: number; readonly why: string }[] = [];
  for (const [f, feature] of table.features.entries()) {
    await job.breathe();
    const made = feature.categories
      ? valueColumns(table, f, rows)
      : [take(await breathing(evenColumn(table, f), job), rows)];
    const varied = made.filter((column) => column.some((value) => value !== column[0]));
    const repeats = varied.some((column) => Math.abs(correlation(column, y)) > 0.98);
    const why =
      containedIn(feature, of) ??
      (varied.length === 0 ? 'is the same for everyone' : repeats ? 'says nearly the same' : null);
    if (why !== null) {
      if (f !== outcome) leftOut.push({ feature: f, why });
      continue;
    }
    groups.push({ feature: f, columns: varied.map((_, i) => columns.length + i) });
    columns.push(...varied);
  }
  const all = [...columns, y];
  const sets = groups.map((group) => group.columns);
  const how = groups.length <= MOST_EXACT ? 'shapley' : 'weights';
  const share = how === 'shapley' ? shapley : relativeWeights;
  const once = n * all.length * all.length + (how === 'shapley' ? 2 ** groups.length : 1) * 500;
  const draws = Math.max(100, Math.min(400, Math.round(2e9 / once)));
  let done = 0;
  const bounds = await bootstrap(
    { n, draws, seed },
    (times) => {
      job.progress('Drawing customers anew', done++, draws + 1);
      const { shares, r2 } = share(covariancesOf(all, times), sets);
      return [...shares, r2];
    },
    job,
  );
  const chance = await byChance(all, seed, job);
  const drivers = groups.map(({ feature, columns: own }, g) => ({
    feature,
    share: around(bounds[g]!),
    correlation: table.features[feature]!.categories ? null : correlation(columns[own[0]!]!, y),
  }));
  drivers.sort((a, b) => b.share.value - a.share.value || a.feature - b.feature);
  return { outcome, drivers, r2: around(bounds.at(-1)!), chance, how, leftOut, customers: n };
}

/** A share that is nearly 0 is larger in almost every draw: its interval is widened to hold what was found. */
const around = ({ value, low, high }: Bounds): Bounds => ({
  value,
  low: Math.min(low, value),
  high: Math.max(high, value),
});

const take = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (r) => values[r]!);

/** One column for each of the commonest values but the last there is. */
function valueColumns({ features, raw }: Table, f: number, rows: Int32Array): Float64Array[] {
  const values = Math.min(MOST_VALUES, features[f]!.categories!.length - 1);
  return Array.from({ length: Math.max(0, values) }, (_, value) =>
    Float64Array.from(rows, (r) => (raw.data[r * raw.cols + f] === value ? 1 : 0)),
  );
}

/** Weighted by how often each customer was drawn. O(customers · cols² / 2). */
function covariancesOf(columns: readonly Float64Array[], times: Int32Array): Covariances {
  const size = columns.length;
  const n = times.reduce((sum, t) => sum + t, 0);
  const centred = columns.map((column) => {
    let mean = 0;
    for (let i = 0; i < times.length; i++) mean += times[i]! * column[i]!;
    mean /= n;
    return column.map((value) => value - mean);
  });
  const values = new Float64Array(size * size);
  const weighted = new Float64Array(times.length);
  for (let a = 0; a < size; a++) {
    for (let i = 0; i < weighted.length; i++) weighted[i] = times[i]! * centred[a]![i]!;
    for (let b = a; b < size; b++) {
      const other = centred[b]!;
      let sum = 0;
      for (let i = 0; i < weighted.length; i++) sum += weighted[i]! * other[i]!;
      values[a * size + b] = values[b * size + a] = sum / n;
    }
  }
  return { values, size };
}

/** R² that 95 of 100 deals of the outcome stay below. Only its covariances change from deal to deal. */
async function byChance(columns: readonly Float64Array[], seed: number, job: Job): Promise<number> {
  const n = columns[0]!.length;
  const own = columns.at(-1)!.slice();
  const { values, size } = covariancesOf(columns, new Int32Array(n).fill(1));
  const mean = own.reduce((sum, value) => sum + value, 0) / n;
  const next = random(seed + 1);
  const found: number[] = [];
  for (let deal = 0; deal < DEALS; deal++) {
    await job.breathe();
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [own[i], own[j]] = [own[j]!, own[i]!];
    }
    for (let c = 0; c + 1 < size; c++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += columns[c]![i]! * (own[i]! - mean);
      values[c * size + size - 1] = values[(size - 1) * size + c] = sum / n;
    }
    found.push(explainedBy({ values, size }));
  }
  return quantile(ascending(found), 0.95);
}
