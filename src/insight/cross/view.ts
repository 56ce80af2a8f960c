import type { Feature, FeatureTable } from '../../features/types.ts';
import { binValues, type Bins } from '../../lib/bins.ts';
import type { Brush } from '../../segments/map/selection.svelte.ts';
import type { Dimension } from './dimension.ts';
import type { Filter } from './filter.ts';
import type { KnownPlace } from './known-places.ts';
import { namedPlaces } from './named-places.ts';
import type { Offer } from './offers.ts';
import { placeCells } from './place-cells.ts';
import type { TimeStep } from './time.ts';

type Common = {
  /** What `Pick.view` holds: "feature:spend", "column:city", "months". */
  readonly name: string;
  readonly label: string;
  readonly definition: string;
  readonly dimension: Dimension;
};

/** One of the linked views: how customers fall on it, and what its bins are called. */
export type View =
  | (Common & {
      readonly kind: 'histogram';
      /** Place in `FeatureTable.features`. */
      readonly feature: number;
      readonly bins: Bins;
    })
  | (Common & { readonly kind: 'bars'; readonly words: readonly string[] })
  | (Common & {
      readonly kind: 'time';
      readonly step: TimeStep;
      /** First day of each bin, ISO. */
      readonly days: readonly string[];
      /** What is counted: "orders", "customers". */
      readonly counted: string;
    })
  | (Common & {
      readonly kind: 'place';
      /** Where the customers of each bin are in the mean; NaN where nobody is. */
      readonly longitudes: Float64Array;
      readonly latitudes: Float64Array;
      /** Where names were known and not degrees: each bin's, and what is not among them. */
      readonly named?: readonly KnownPlace[];
      readonly note?: string;
    });

export const featureName = (name: string): string => `feature:${name}`;

/** Of one feature of all customers: a histogram, or bars where its values stand for words. Throws RangeError where a value is none. */
export function featureView(feature: Feature, at: number, values: Float32Array): View {
  const { name, label, definition, categories } = feature;
  const common = { name: featureName(name), label, definition };
  if (categories) {
    const codes = Uint8Array.from(values);
    const dimension = { bins: Math.max(1, categories.length), codes };
    return { ...common, kind: 'bars', words: categories, dimension };
  }
  const bins = binValues(values);
  const dimension = { bins: bins.edges.length - 1, codes: bins.barOf!, values };
  return { ...common, kind: 'histogram', feature: at, bins, dimension };
}

/** What a brush on a feature lets through; over values that stand for words it is those words. */
export function filterOf({ low, high }: Brush, { categories }: Feature): Filter {
  if (!categories) return { low, high };
  return { bins: categories.flatMap((_, bin) => (bin >= low && bin <= high ? [bin] : [])) };
}

function columnOf({ raw: { data, rows, cols } }: FeatureTable, feature: number): Float32Array {
  const values = new Float32Array(rows);
  for (let r = 0; r < rows; r++) values[r] = data[r * cols + feature]!;
  return values;
}

/** Bars as places. Throws RangeError where none of their words is known as one. */
export function namedView(common: Omit<Offer, 'origin'>, of: View): View {
  const places = of.kind === 'bars' ? namedPlaces(of.words, of.dimension) : null;
  if (!places) throw new RangeError(`${common.label}: no value is a known place`);
  return { ...common, kind: 'place', ...places };
}

/** The view of an offer that needs no database; null where it does. */
export function viewAtHand({ origin, ...common }: Offer, table: FeatureTable): View | null {
  if ('feature' in origin) {
    const { feature } = origin;
    return featureView(table.features[feature]!, feature, columnOf(table, feature));
  }
  if ('latitude' in origin) {
    const { latitude, longitude } = origin;
    const cells = placeCells(columnOf(table, latitude), columnOf(table, longitude));
    return { ...common, kind: 'place', ...cells };
  }
  if ('named' in origin) {
    const view = viewAtHand(origin.named, table);
    return view && namedView(common, view);
  }
  return null;
}
