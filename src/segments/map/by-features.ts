import type { FeatureTable } from '../../features/types.ts';
import { random } from '../../lib/random.ts';
import type { Steps } from '../../lib/steps.ts';
import type { Axis, AxisChoice, Layout, MapChoice } from '../types.ts';
import { canBeLog, onScale, rangeOf } from './scale.ts';

export type FeatureAxes = Exclude<MapChoice, string>;

/** Whole numbers over at most so many steps stand in lines: their points are spread. */
const MOST_STEPS = 60;
/** How far, of a step, so that neighbours stay apart. */
const SPREAD = 0.3;

/** The index of a feature by its name; −1 where it is gone. */
export const featureAt = ({ features }: Pick<FeatureTable, 'features'>, name: string): number =>
  features.findIndex((feature) => feature.name === name);

/**
 * Customers by two of their features, each range scaled to −1 … 1. Whole numbers of few steps and categories are spread by up to 0.3 beside
 * their value, the same for the same rows. Null where a feature is gone. Throws RangeError where a value is no number. O(rows).
 */
export function* featureLayout(
  table: Pick<FeatureTable, 'features' | 'raw'>,
  { across, up }: FeatureAxes,
): Steps<Layout | null> {
  const positions = new Float32Array(2 * table.raw.rows);
  const x = yield* alongAxis(table, across, positions, 0);
  const y = yield* alongAxis(table, up, positions, 1);
  if (!x || !y) return null;
  return { method: 'features', positions, kept: null, axes: [x, y] };
}

function* alongAxis(
  { features, raw }: Pick<FeatureTable, 'features' | 'raw'>,
  { feature: name, scale: wanted }: AxisChoice,
  positions: Float32Array,
  place: 0 | 1,
): Steps<Axis | null> {
  const feature = featureAt({ features }, name);
  if (feature < 0) return null;
  const values = columnOf(raw, feature);
  yield;
  const range = rangeOf(values);
  yield;
  const isCategory = features[feature]!.categories !== undefined;
  const scale = isCategory || !canBeLog(range) ? 'linear' : (wanted ?? range.scale);
  const steps = range.most - range.least;
  const spread = isCategory || (steps <= MOST_STEPS && values.every(Number.isInteger)) ? SPREAD : 0;
  const next = random(place + 1);
  let [low, high] = [Infinity, -Infinity];
  for (let r = 0; r < values.length; r++) {
    const value = spread ? values[r]! + spread * (2 * next() - 1) : values[r]!;
    values[r] = value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  yield;
  if (!(high > low)) [low, high] = [(values[0] ?? 0) - 0.5, (values[0] ?? 0) + 0.5];
  const [from, to] = [onScale(scale, low), onScale(scale, high)];
  for (let r = 0; r < values.length; r++) {
    positions[2 * r + place] = (2 * (onScale(scale, values[r]!) - from)) / (to - from) - 1;
    if ((r & 0xffff) === 0xffff) yield;
  }
  return { feature, scale, low, high, spread };
}

/** One column of the table, as its own numbers. */
export function columnOf({ data, rows, cols }: FeatureTable['raw'], column: number): Float64Array {
  const out = new Float64Array(rows);
  for (let r = 0, p = column; r < rows; r++, p += cols) out[r] = data[p]!;
  return out;
}
