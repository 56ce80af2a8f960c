import { medianInterval, wilson, type Bounds } from '../../lib/stats/intervals.ts';
import { ascending, median } from '../../lib/stats/quantile.ts';
import type { SegmentInput } from '../profile.ts';

/** How one customer stands to another in one feature that is grouped by. */
export type Likeness = {
  /** Index in `features`. */
  readonly feature: number;
  /** Other − this in the unit of the feature; of a category 0 where both are of one, else 1. */
  readonly difference: number;
  /** The same on the scaled columns, 0 and up: in spreads of the feature; two different categories are 1 apart. */
  readonly spreads: number;
};

/** What sets the customer apart in one feature. */
export type Apart = {
  readonly feature: number;
  readonly here: number;
  /** Typical value of the neighbours and of everyone (the base): the median; of a category the share with the same value. */
  readonly neighbours: number;
  readonly everyone: Bounds;
  /** Share of the base below this one, those of the same value counted half; null of a category. */
  readonly percentile: Bounds | null;
  /** Distance to the mean of the neighbours in spreads. */
  readonly fromNeighbours: number;
  /** Distance to the mean of the base in spreads. */
  readonly fromEveryone: number;
};

/** How `other` stands to `row` in each of `used`, most alike first. */
export function likeness(
  { features, raw, scaled, scaledFrom }: SegmentInput,
  used: readonly number[],
  row: number,
  other: number,
): Likeness[] {
  const all = used.map((feature) => {
    const difference = raw.data[other * raw.cols + feature]! - raw.data[row * raw.cols + feature]!;
    let square = 0;
    scaledFrom.forEach((from, c) => {
      const d = scaled.data[other * scaled.cols + c]! - scaled.data[row * scaled.cols + c]!;
      if (from === feature) square += d * d;
    });
    const isCategory = features[feature]!.categories !== undefined;
    return {
      feature,
      difference: isCategory ? Number(difference !== 0) : difference,
      spreads: Math.sqrt(square),
    };
  });
  return all.sort((a, b) => a.spreads - b.spreads);
}

type Others = {
  readonly row: number;
  readonly near: readonly number[];
  readonly base: Int32Array;
};

/** How `row` stands in one feature to its neighbours and to the base. */
export function apartness(
  input: SegmentInput,
  feature: number,
  { row, near, base }: Others,
): Apart {
  const { raw } = input;
  const value = (r: number) => raw.data[r * raw.cols + feature]!;
  const here = value(row);
  const common = {
    feature,
    here,
    fromNeighbours: fromMean(input, feature, row, near),
    fromEveryone: fromMean(input, feature, row, base),
  };
  if (input.features[feature]!.categories) {
    const same = (rows: ArrayLike<number>) =>
      Array.from(rows).filter((r) => value(r) === here).length;
    const neighbours = near.length > 0 ? same(near) / near.length : NaN;
    const everyone = wilson(same(base), base.length);
    return { ...common, neighbours, everyone, percentile: null };
  }
  const values = ascending(Array.from(base, value));
  const below = values.reduce((sum, it) => sum + (it < here ? 1 : it === here ? 0.5 : 0), 0);
  return {
    ...common,
    neighbours: median(near.map(value)),
    everyone: medianInterval(values),
    percentile: wilson(below, base.length),
  };
}

/** Distance of `row` in one feature, in spreads, to the mean of `others`; 0 without others. */
function fromMean(
  { scaled, scaledFrom }: SegmentInput,
  feature: number,
  row: number,
  others: ArrayLike<number>,
): number {
  let square = 0;
  scaledFrom.forEach((from, c) => {
    if (from !== feature || others.length === 0) return;
    let sum = 0;
    for (let i = 0; i < others.length; i++) sum += scaled.data[others[i]! * scaled.cols + c]!;
    const d = scaled.data[row * scaled.cols + c]! - sum / others.length;
    square += d * d;
  });
  return Math.sqrt(square);
}
