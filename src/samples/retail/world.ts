import { dateCells, dayNumber, inSpan, MOST_DAYS, weekday } from '../calendar.ts';
import { cell } from '../csv-bytes.ts';
import { purpose, steps } from '../stream.ts';
import type { SampleSpec } from '../types.ts';
import type { OfferPlan, RetailPlan, SegmentPlan, Weights } from './plan.ts';

/** "It does not happen", among days. */
export const NEVER = Infinity;
const YEAR = 365;

/** A campaign with its place in time: day `start` to `start + window − 1`. */
export type Offer = OfferPlan & { readonly id: string; readonly start: number };

/** A segment, ready to draw from. */
export type Segment = SegmentPlan & {
  /** Chance of an order on each day for a customer of usual pace: the period and the year after it. */
  readonly chance: Float64Array;
  /** Index of the segment that changed people turn into; its own where nobody changes. */
  readonly turnsInto: number;
  readonly lineSteps: Float64Array;
  readonly pieceSteps: Float64Array;
  readonly categorySteps: Float64Array;
  readonly channelSteps: Float64Array;
  readonly browseSteps: Float64Array;
};

/** Products of one category, cheapest first. */
export type Category = {
  readonly name: Uint8Array;
  readonly products: readonly { readonly name: Uint8Array; readonly price: number }[];
};

/** Everything about a shop that does not depend on a customer. Days count from 0, the first day of the period. */
export type World = {
  readonly plan: RetailPlan;
  readonly seed: number;
  readonly customers: number;
  readonly days: number;
  readonly firstYear: number;
  readonly changeDay: number;
  readonly segments: readonly Segment[];
  readonly segmentSteps: Float64Array;
  readonly categories: readonly Category[];
  /** Share off the list price, by day; 0 outside sales. */
  readonly sale: Float64Array;
  readonly offers: readonly Offer[];
  /** Index of the offer whose window holds the day, or −1. */
  readonly offerOn: Int8Array;
  /** The ten bytes of a day; days before the period are negative. */
  readonly date: (day: number) => Uint8Array;
};

/** Prepares a shop. Throws a RangeError where the plan names a category, channel or segment that does not exist. */
export function openWorld(plan: RetailPlan, spec: SampleSpec): World {
  const first = dayNumber(spec.from);
  const days = dayNumber(spec.to) - first + 1;
  if (!(days >= 1 && days <= MOST_DAYS))
    throw new RangeError(`a period of ${days} days; 1 to ${MOST_DAYS} can be made`);
  const horizon = Math.max(days, YEAR) + YEAR;
  const sale = saleShares(plan, first, horizon);
  const offers = placeOffers(plan, days);
  const before =
    Math.ceil(Math.max(0, ...plan.segments.map(({ joined }) => -joined[0])) * days) + 1;
  const dates = dateCells(first - before, before + horizon);
  const categoryNames = [...new Set(plan.products.map(({ category }) => category))];
  return {
    plan,
    seed: spec.seed ^ purpose(spec.scheme), // else the same customer would look alike in two shops
    customers: spec.customers,
    days,
    firstYear: Number(spec.from.slice(0, 4)),
    changeDay: Math.round(plan.changeAt * days),
    segments: plan.segments.map((segment, index) => ({
      ...segment,
      chance: orderChances(plan, segment, first, sale),
      turnsInto: turnsInto(plan, segment, index),
      lineSteps: steps(segment.lines),
      pieceSteps: steps(segment.pieces),
      categorySteps: stepsOver(categoryNames, segment.categories),
      channelSteps: stepsOver(plan.channels, segment.channels),
      browseSteps: stepsOver(categoryNames, segment.browsing.categories),
    })),
    segmentSteps: steps(plan.segments.map(({ share }) => share)),
    categories: categoryNames.map((name) => ({
      name: cell(name),
      products: plan.products
        .filter(({ category }) => category === name)
        .sort((a, b) => a.price - b.price)
        .map((product) => ({ name: cell(product.name), price: product.price })),
    })),
    sale,
    offers,
    offerOn: offerDays(plan, offers, horizon),
    date: (day) => dates[day + before]!,
  };
}

function saleShares(plan: RetailPlan, first: number, horizon: number): Float64Array {
  return Float64Array.from(
    { length: horizon },
    (_, day) => plan.sales.find((sale) => inSpan(first + day, sale))?.off ?? 0,
  );
}

function orderChances(
  plan: RetailPlan,
  segment: SegmentPlan,
  first: number,
  sale: Float64Array,
): Float64Array {
  const weights = sale.map((off, day) => {
    const open =
      segment.when === 'any' ||
      (segment.when === 'sales' ? off > 0 : plan.season.some((span) => inSpan(first + day, span)));
    if (!open) return 0;
    const boost = segment.when === 'any' && off > 0 ? segment.saleBoost : 1;
    return segment.weekdays[weekday(first + day)]! * boost;
  });
  const year = weights.subarray(0, YEAR).reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (weight * segment.ordersPerYear) / year);
}

function placeOffers(plan: RetailPlan, days: number): Offer[] {
  const { first, every, window } = plan.offerDays;
  if (window > every) throw new RangeError('the windows of two campaigns overlap');
  const count = Math.max(0, Math.min(99, Math.floor((days - window - first) / every) + 1));
  return Array.from({ length: count }, (_, i) => ({
    ...plan.offers[i % plan.offers.length]!,
    id: `M${String(i + 1).padStart(2, '0')}`,
    start: first + i * every,
  }));
}

function offerDays(plan: RetailPlan, offers: readonly Offer[], horizon: number): Int8Array {
  const on = new Int8Array(horizon).fill(-1);
  offers.forEach(({ start }, i) => on.fill(i, start, start + plan.offerDays.window));
  return on;
}

function stepsOver(names: readonly string[], weights: Weights): Float64Array {
  const unknown = Object.keys(weights).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new RangeError(`the plan has no "${unknown}"`);
  return steps(names.map((name) => weights[name] ?? 0));
}

function turnsInto(plan: RetailPlan, { change }: SegmentPlan, index: number): number {
  if (!change) return index;
  const to = plan.segments.findIndex(({ id }) => id === change.to);
  if (to < 0) throw new RangeError(`the plan has no segment "${change.to}"`);
  return to;
}
