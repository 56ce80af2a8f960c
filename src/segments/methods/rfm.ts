import { TesseraError } from '../../lib/errors.ts';
import { count, measure, percent } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import type { Partition, RfmCell } from '../partition.ts';
import type { SegmentInput } from '../profile.ts';
import { listed, namedPartition } from './named.ts';
import { checkBands, cubeIndex, defaultGrid, gridFaults, planOf } from './rfm-grid.ts';

export type RfmOptions = {
  /** 3 to 10. */
  readonly bands: number;
  /** null: the field's own names (`defaultGrid`). */
  readonly grid: readonly RfmCell[] | null;
};

/** One of the three scores. */
export type RfmScore = {
  /** Index in `features`. */
  readonly feature: number;
  /** [rows]; 1 (worst) to `bands` (best). */
  readonly scores: Uint8Array<ArrayBuffer>;
  /** [bands − 1], in the feature's unit: a customer scores 1 and one more for each edge that is passed, of recency downwards. */
  readonly edges: Float64Array<ArrayBuffer>;
};

export type RfmScores = {
  readonly bands: number;
  readonly recency: RfmScore;
  readonly frequency: RfmScore;
  /** null where nothing says what was spent. */
  readonly monetary: RfmScore | null;
  /** [bands³] as `cubeIndex` has it: customers, and what they spent; without spend all stand at monetary 1. */
  readonly customers: Int32Array<ArrayBuffer>;
  readonly spend: Float64Array<ArrayBuffer>;
};

export type Rfm = { readonly partition: Partition; readonly scores: RfmScores };

type Side = 'recency' | 'frequency' | 'monetary';
/** Our own names first, then those that tables of ready RFM values use. */
const known: Record<Side, readonly string[]> = {
  recency: ['recency_days', 'recency'],
  frequency: ['orders', 'frequency'],
  monetary: ['spend', 'monetary', 'monetary_value'],
};

/** The features that recency, frequency and monetary value are taken from, −1 where there is none. */
export function rfmFeatures({
  features,
  spend,
}: Pick<SegmentInput, 'features' | 'spend'>): Readonly<Record<Side, number>> {
  const place = (side: Side) => {
    const names = features.map(({ name, categories }) => (categories ? '' : name.toLowerCase()));
    return known[side].map((name) => names.indexOf(name)).find((f) => f >= 0) ?? -1;
  };
  const monetary = place('monetary');
  return {
    recency: place('recency'),
    frequency: place('frequency'),
    monetary: monetary >= 0 ? monetary : spend,
  };
}

/** Why RFM cannot be made of these features, in a sentence; null where it can. */
export function rfmMissing(input: Pick<SegmentInput, 'features' | 'spend'>): string | null {
  const { recency, frequency } = rfmFeatures(input);
  const missing = [
    recency < 0 && 'how long ago each customer last bought (recency_days)',
    frequency < 0 && 'how often each customer bought (orders)',
  ].filter((it) => it !== false);
  if (missing.length === 0) return null;
  return `RFM needs ${missing.join(' and ')}, which this table of customers does not say. Open the orders beside it, or group by rules or by clusters.`;
}

/**
 * RFM scores (Hughes 1994): customers in order of each measure, worst first, cut into `bands` of as near the same size as can be, as SQL's
 * ntile does, the larger ones first. **Ties**: equal values share the lowest score that any of them would get, so the worst value always
 * scores 1, and a score that lies wholly inside a tie is nobody's. Throws `TesseraError` features-missing without recency
 * or frequency, `RangeError` at a value that is no number. O(rows · log rows).
 */
export async function rfmScores(
  input: SegmentInput,
  bands: number,
  job: Job = unattended,
): Promise<RfmScores> {
  checkBands(bands);
  const missing = rfmMissing(input);
  if (missing) throw new TesseraError('features-missing', missing);
  const at = rfmFeatures(input);
  const score = async (side: Side, done: number) => {
    job.progress('Scoring customers', done, 3);
    await job.breathe();
    return scoreOf(input, at[side], side === 'recency' ? -1 : 1, bands);
  };
  const recency = await score('recency', 0);
  const frequency = await score('frequency', 1);
  const monetary = at.monetary < 0 ? null : await score('monetary', 2);
  const customers = new Int32Array(bands ** 3);
  const spend = new Float64Array(bands ** 3);
  const { rows, cols, data } = input.raw;
  for (let r = 0; r < rows; r++) {
    const i = cubeIndex(bands, recency.scores[r]!, frequency.scores[r]!, monetary?.scores[r] ?? 1);
    customers[i]!++;
    if (monetary) spend[i]! += data[r * cols + monetary.feature]!;
  }
  await job.breathe();
  return { bands, recency, frequency, monetary, customers, spend };
}

function scoreOf(
  { raw: { data, rows, cols }, features }: SegmentInput,
  feature: number,
  sign: 1 | -1,
  bands: number,
): RfmScore {
  const values = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    values[r] = sign * data[r * cols + feature]!;
    if (!Number.isFinite(values[r]))
      throw new RangeError(`${features[feature]!.name} of row ${r} is no number`);
  }
  const sorted = values.slice().sort();
  const [each, more] = [Math.floor(rows / bands), rows % bands];
  const edges = new Float64Array(bands - 1);
  for (let band = 1; band < bands; band++) {
    const begin = band * each + Math.min(band, more);
    edges[band - 1] = begin > 0 ? sorted[begin - 1]! : 0;
  }
  const scores = new Uint8Array(rows);
  for (let r = 0; r < rows; r++) {
    let band = 1;
    while (band < bands && values[r]! > edges[band - 1]!) band++;
    scores[r] = band;
  }
  return { feature, scores, edges: edges.map((edge) => (edge === 0 ? 0 : sign * edge)) };
}

/**
 * RFM segments: scores read off a grid of named cells, of which the first that holds wins; customers in no cell are in no group. Without
 * spend the grid is read by recency and frequency alone. Errors as `rfmScores`, and `RangeError` where a cell is no range.
 */
export async function rfm(
  input: SegmentInput,
  { bands, grid }: RfmOptions,
  job: Job = unattended,
): Promise<Rfm> {
  const cells = grid ?? defaultGrid(bands);
  const drawn = planOf(cells, bands);
  const scores = await rfmScores(input, bands, job);
  const { recency, frequency, monetary } = scores;
  const flat = { monetary: [1, bands] } as const;
  const plan = monetary
    ? drawn
    : planOf(
        cells.map((cell) => ({ ...cell, ...flat })),
        bands,
      );
  const places = Int32Array.from(recency.scores, (r, row) => {
    const m = monetary ? monetary.scores[row]! : 1;
    return plan.places[cubeIndex(bands, r, frequency.scores[row]!, m)]!;
  });
  const outside = places.reduce((sum, place) => sum + (place < 0 ? 1 : 0), 0);
  const words = [
    `RFM, ${bands} bands${grid ? ', on your grid' : ''}: equal values share the lower score.`,
    monetary === null && 'Nothing says what was spent, so recency and frequency decide alone.',
    tieWords(input, frequency, bands),
    gridFaults(drawn),
    outside > 0 && `${count(outside)} of ${count(places.length)} customers are in no named cell.`,
  ];
  return { partition: namedPartition(places, plan.names, words.filter(Boolean).join(' ')), scores };
}

/** Orders often have few different values: says which scores of frequency are nobody's, and why. */
function tieWords({ raw }: SegmentInput, { feature, scores }: RfmScore, bands: number): string {
  const taken = new Set(scores);
  const nobody = Array.from({ length: bands }, (_, i) => i + 1).filter((s) => !taken.has(s));
  if (nobody.length === 0 || raw.rows === 0) return '';
  const value = (row: number) => raw.data[row * raw.cols + feature]!;
  let [least, many] = [Infinity, 0];
  for (let r = 0; r < raw.rows; r++)
    if (value(r) < least) [least, many] = [value(r), 1];
    else if (value(r) === least) many++;
  return `Frequency has few different values (${measure(least)} for ${percent(many / raw.rows, 0)} of customers), so nobody scores ${listed(nobody.map(String), 9)} there.`;
}
