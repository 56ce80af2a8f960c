import type { FeatureTable } from '../../features/types.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { exp } from '../../lib/stats/log.ts';
import { isAlongAxes, type MixtureModel } from '../../segments/methods/mixture-model.ts';
import { columnsOf, smallestMove, type Landing, type Move, type Reasons } from './reasons.ts';

type Table = Pick<FeatureTable, 'features' | 'raw' | 'scaled' | 'scaledFrom'>;

/** Segments of a Gaussian mixture: the distributions, and which of them each segment is. */
export type Mixture = { readonly model: MixtureModel; readonly components: Int32Array };

/** One segment as a customer stands to it. */
type Standing = {
  readonly segment: number;
  /** Log of weight × density. */
  readonly score: number;
  /** [cols]; d of the customer from the mean, and Σ⁻¹ d. */
  readonly apart: Float64Array;
  readonly slopes: Float64Array;
};

/**
 * Why customer `row` is in segment `own` of a Gaussian mixture and not in the next most probable: the log of the ratio of both probabilities, shared
 * out exactly. Log of weight × density is a part of size and spread (weight, determinant) minus half of dᵀ Σ⁻¹ d, which is the sum over columns of
 * d · (Σ⁻¹ d): half of what a column shares with another is its own. Then the smallest single changes that make another segment the more
 * probable. Null where there is one segment. Throws `RangeError` where the table has other columns than the mixture. O(segments · cols² + moves · rows).
 */
export async function mixtureReasons(
  table: Table,
  { model, components }: Mixture,
  { row, own }: { readonly row: number; readonly own: number },
  job: Job = unattended,
): Promise<Reasons | null> {
  const { scaled, scaledFrom } = table;
  if (scaled.cols !== model.cols)
    throw new RangeError(`a mixture over ${model.cols} columns says nothing of ${scaled.cols}`);
  if (!(row >= 0 && row < scaled.rows && own >= 0 && own < components.length))
    throw new RangeError(`there is no customer ${row} in segment ${own}`);
  if (components.length < 2) return null;
  const x = scaled.data.subarray(row * scaled.cols, (row + 1) * scaled.cols);
  const all = Array.from(components, (m, segment) => standingOf(model, m, x, segment));
  const mine = all[own]!;
  const next = all
    .filter(({ segment }) => segment !== own)
    .reduce((a, b) => (b.score > a.score ? b : a));
  const amounts = new Float64Array(table.features.length);
  scaledFrom.forEach((feature, c) => {
    const half = (one: Standing) => (one.apart[c]! * one.slopes[c]!) / 2;
    amounts[feature]! += half(next) - half(mine);
  });
  const used = [...new Set(scaledFrom)];
  const parts = used
    .map((feature) => ({ feature, amount: amounts[feature]! }))
    .sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const start = model.floors[components[own]!]! - model.floors[components[next.segment]!]!;
  const total = mine.score - next.score;
  const isNearest = total >= 0;
  const moves: Move[] = [];
  for (const feature of isNearest ? used : []) {
    const landing = landingOf(table, { model, components }, all, { row, own, feature });
    const move = await smallestMove(table, { row, own, feature, landing }, job);
    if (move) moves.push(move);
  }
  const highest = Math.max(mine.score, next.score);
  const sum = all.reduce((s, { score }) => s + exp(score - highest), 0);
  const chance = ({ score }: Standing) => exp(score - highest) / sum;
  return {
    own,
    other: next.segment,
    by: { is: 'chance', own: chance(mine), other: chance(next), start },
    isNearest,
    parts,
    total,
    moves: moves.sort((a, b) => a.steps - b.steps),
  };
}

/** Entry (j, c) of what whitens component m: rows of L⁻¹, of shapes along the axes its diagonal. */
function whitening({ shape, cols, whiten }: MixtureModel, m: number) {
  if (isAlongAxes(shape)) return (j: number, c: number) => (j === c ? whiten[m * cols + c]! : 0);
  const base = shape === 'tied' ? 0 : m * cols * cols;
  return (j: number, c: number) => (c <= j ? whiten[base + j * cols + c]! : 0);
}

function standingOf(model: MixtureModel, m: number, x: Float32Array, segment: number): Standing {
  const { cols, means, floors } = model;
  const w = whitening(model, m);
  const apart = Float64Array.from(x, (value, c) => value - means[m * cols + c]!);
  const slopes = new Float64Array(cols);
  for (let j = 0; j < cols; j++) {
    let y = 0;
    for (let c = 0; c <= j; c++) y += w(j, c) * apart[c]!;
    for (let c = 0; c <= j; c++) slopes[c]! += w(j, c) * y;
  }
  let squares = 0;
  for (let c = 0; c < cols; c++) squares += apart[c]! * slopes[c]!;
  return { segment, score: floors[m]! - squares / 2, apart, slopes };
}

/** The most probable segment where a feature changes and the rest stays: scores are quadratic in what changes. */
function landingOf(
  { scaled, scaledFrom }: Table,
  { model, components }: Mixture,
  all: readonly Standing[],
  { row, own, feature }: Omit<Landing, 'landing'>,
): Landing['landing'] {
  const columns = columnsOf(scaledFrom, feature);
  const { data, cols } = scaled;
  const curves = all.map(({ segment, score, slopes }) => {
    const w = whitening(model, components[segment]!);
    const bend = columns.map((a) =>
      columns.map((b) => {
        let sum = 0;
        for (let j = Math.max(a, b); j < cols; j++) sum += w(j, a) * w(j, b);
        return sum;
      }),
    );
    return { segment, score, slope: columns.map((c) => slopes[c]!), bend };
  });
  const change = new Float64Array(columns.length);
  return (r) => {
    columns.forEach((c, i) => (change[i] = data[r * cols + c]! - data[row * cols + c]!));
    let [most, best] = [-Infinity, -1];
    for (const { segment, score, slope, bend } of curves) {
      let value = score;
      for (let i = 0; i < change.length; i++) {
        value -= change[i]! * slope[i]!;
        for (let j = 0; j < change.length; j++)
          value -= (change[i]! * change[j]! * bend[i]![j]!) / 2;
      }
      if (value > most || (value === most && segment === own)) [most, best] = [value, segment];
    }
    return best;
  };
}
