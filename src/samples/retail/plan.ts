import type { YearSpan } from '../calendar.ts';

/** Relative weights by name: of categories, channels. */
export type Weights = Readonly<Record<string, number>>;

/** One planted kind of customer. Everything that a method is asked to find out is stated here. */
export type SegmentPlan = {
  readonly id: string;
  readonly name: string;
  /** Relative size. */
  readonly share: number;
  /** When they joined, as parts of the period: −1 is one period before its first day, 1 its last day. */
  readonly joined: readonly [number, number];
  readonly born: readonly [number, number];
  readonly optIn: number;
  /** Days with an order, in a year in which nothing changes. */
  readonly ordersPerYear: number;
  /** Standard deviation of the logarithm of a customer's own pace. */
  readonly spread: number;
  /** 'sales' and 'season': they order in those stretches and on no other day. */
  readonly when: 'any' | 'sales' | 'season';
  /** How much likelier an order is on a sale day. */
  readonly saleBoost: number;
  /** Relative, Monday first. */
  readonly weekdays: readonly [number, number, number, number, number, number, number];
  /** Usual hour of the day (8.5 is half past eight) and its standard deviation in hours. */
  readonly hour: readonly [number, number];
  /** Relative weights of 1, 2, 3, … lines an order, and of 1, 2, 3, … pieces a line. */
  readonly lines: readonly number[];
  readonly pieces: readonly number[];
  readonly categories: Weights;
  /** Chance that a line is the customer's favourite of its category. */
  readonly favourite: number;
  /** Chance that a line bought in a sale is a reduced one. */
  readonly deals: number;
  /** Chance that a line is brought back. */
  readonly returns: number;
  readonly channels: Weights;
  /** Visits to the site or app in a year, and what is looked at there. */
  readonly browsing: { readonly perYear: number; readonly categories: Weights };
  /** Yearly rate of leaving for good before covariates, from `leavesFrom` (part of the period; 0 for "from the start") on. */
  readonly leavesPerYear: number;
  readonly leavesFrom: number;
  /** What an offer does to the chance of an order on each day of its window: 1 nothing, below 1 it puts them off. */
  readonly offer: number;
  /** Chance to use the first reward. */
  readonly redeems: number;
  /** Chance to review an order, and the usual rating. */
  readonly reviews: readonly [number, number];
  /** On the day of change, this share turns into another segment. */
  readonly change?: { readonly share: number; readonly to: string };
};

/** One thing to buy; `price` in hundredths of the currency. */
export type Product = { readonly name: string; readonly category: string; readonly price: number };

/** A sale of every year: `off` is the share of the list price. */
export type Sale = YearSpan & { readonly name: string; readonly off: number };

/** One kind of campaign; they follow each other in turn. */
export type OfferPlan = {
  readonly name: string;
  readonly channel: string;
  /** Share off the list price for who uses it. */
  readonly off: number;
  /** How much of a segment's `offer` this campaign has: 1 all, 0 none. */
  readonly strength: number;
  /** Share of the eligible who, by lot, are not contacted. */
  readonly holdout: number;
  /** Cost of one contact, in hundredths. */
  readonly cost: number;
};

/** What people write about. */
export type Theme = {
  readonly id: string;
  readonly good: readonly string[];
  readonly bad: readonly string[];
};

/** A shop that sells from a catalogue to customers whom it knows. */
export type RetailPlan = {
  readonly segments: readonly SegmentPlan[];
  readonly products: readonly Product[];
  readonly channels: readonly string[];
  /** Share of orders without a customer id, because the card was not scanned. */
  readonly unscanned: number;
  /** Opening hours. */
  readonly open: readonly [number, number];
  readonly cities: readonly string[];
  /** Shops in each city; none for who only sends. */
  readonly stores: readonly string[];
  readonly sales: readonly Sale[];
  readonly season: readonly YearSpan[];
  readonly offers: readonly OfferPlan[];
  /** First campaign after so many days, then one every so many, each with a window of so many. */
  readonly offerDays: {
    readonly first: number;
    readonly every: number;
    readonly window: number;
  };
  /** Day of change, as part of the period. */
  readonly changeAt: number;
  /** What makes it harder to be a customer: column, lowest and highest value, decimals 0 or 2, and "much" from here on. */
  readonly friction: {
    readonly column: string;
    readonly low: number;
    readonly high: number;
    readonly whole: boolean;
    readonly much: number;
  };
  /** Logarithms of hazard ratios of leaving. */
  readonly leaving: {
    readonly muchFriction: number;
    readonly optIn: number;
    readonly under25: number;
  };
  /** Pace in the last `days` before leaving, as a factor. */
  readonly fading: { readonly days: number; readonly factor: number };
  /** A reward is earned with every so many orders; use of it falls by `decay` from one to the next. */
  /** Tiers by expected spend a year in whole currency, lowest first. */
  readonly tiers: readonly { readonly name: string; readonly from: number }[];
  readonly reward: { readonly every: number; readonly name: string; readonly decay: number };
  readonly themes: readonly Theme[];
};
