import type { FeatureTable } from '../../features/types.ts';
import { columnOf } from './by-features.ts';
import { rangeOf, stepsOn, type Range } from './scale.ts';

/** Steps of a ramp of colours, and classes of size: what a point of the map can be told apart by. */
export const RAMP_STEPS = 24;
export const SIZE_CLASSES = 8;
/** So many values have a colour; where there are more, one place is for all others. */
const MOST_COLOURS = 12;

export type CategoryShade = {
  readonly kind: 'categories';
  readonly feature: number;
  /** [customers]; place in the palette, −1: another value. */
  readonly inks: Int8Array;
  /** Every value that occurs, commonest first, with its customers. */
  readonly values: readonly {
    readonly value: number;
    readonly size: number;
    readonly ink: number;
  }[];
};

export type RampShade = {
  readonly kind: 'ramp';
  readonly feature: number;
  /** [customers]; step of the ramp, 0 to 23. */
  readonly inks: Int8Array;
  readonly range: Range;
};

/** What customers are coloured by, beside their segment. */
export type Shade = CategoryShade | RampShade;

/**
 * Colours by a feature: numbers on a ramp of 24 steps between their 2nd and 98th percentile (those beyond at its ends), on a log scale where few are
 * far above the rest; categories, and yes or no, by the twelve colours, from the thirteenth value on eleven of them and grey for all others.
 * Throws RangeError where a value is no number. O(rows).
 */
export function shadeOf(
  { features, raw }: Pick<FeatureTable, 'features' | 'raw'>,
  feature: number,
): Shade {
  const values = columnOf(raw, feature);
  const { categories } = features[feature]!;
  if (categories || values.every((value) => value === 0 || value === 1))
    return byCategory(feature, values, categories?.length ?? 2);
  const range = rangeOf(values);
  const inks = new Int8Array(values.length);
  stepsOn(range, values, RAMP_STEPS, inks);
  return { kind: 'ramp', feature, inks, range };
}

function byCategory(feature: number, values: Float64Array, many: number): CategoryShade {
  const sizes = new Float64Array(many);
  for (const value of values) {
    if (!(value >= 0 && value < many)) throw new RangeError(`${value} is none of ${many} values`);
    sizes[value]!++;
  }
  const present = [...sizes.keys()]
    .filter((value) => sizes[value]! > 0)
    .sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const coloured = present.length > MOST_COLOURS ? MOST_COLOURS - 1 : present.length;
  const inkOf = new Int8Array(many).fill(-1);
  present.slice(0, coloured).forEach((value, ink) => (inkOf[value] = ink));
  const inks = new Int8Array(values.length);
  for (let r = 0; r < values.length; r++) inks[r] = inkOf[values[r]!]!;
  return {
    kind: 'categories',
    feature,
    inks,
    values: present.map((value) => ({ value, size: sizes[value]!, ink: inkOf[value]! })),
  };
}

/** What customers are sized by. */
export type Sizing = {
  readonly feature: number;
  /** [customers]; class of size, 0 to 7. */
  readonly sizes: Uint8Array;
  readonly range: Range;
};

/** Sizes by a feature of numbers: eight classes of evenly growing area over the same range as a ramp's. O(rows). */
export function sizesOf({ raw }: Pick<FeatureTable, 'raw'>, feature: number): Sizing {
  const values = columnOf(raw, feature);
  const range = rangeOf(values);
  const sizes = new Uint8Array(values.length);
  stepsOn(range, values, SIZE_CLASSES, sizes);
  return { feature, sizes, range };
}
