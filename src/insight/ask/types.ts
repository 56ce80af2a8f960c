import type { Feature } from '../../features/types.ts';
import type { Segment } from '../../segments/types.ts';

/** What the order lines tell of each, one of several words. */
export type OrderColumn = 'place' | 'channel' | 'category' | 'product';

/** One of several words: a feature with categories, or a column of the order lines. */
export type Dimension =
  | { readonly of: 'feature'; readonly feature: number }
  | { readonly of: 'orders'; readonly column: OrderColumn };

/** What questions are asked of: the words of a project, and what they stand for. */
export type Subject = {
  readonly features: readonly Pick<Feature, 'name' | 'label' | 'unit' | 'categories'>[];
  /** Features that are a yes or no. */
  readonly yesNo: readonly number[];
  readonly segments: readonly Pick<Segment, 'id' | 'letter' | 'name' | 'rest'>[];
  /** Values of the columns of the order lines, with what the column is called in the file. */
  readonly lists: readonly {
    readonly column: OrderColumn;
    readonly label: string;
    readonly values: readonly string[];
    /** What values are called where they are codes: "22423" is "REGENCY CAKESTAND 3 TIER". */
    readonly names?: ReadonlyMap<string, string>;
  }[];
  /** ISO days of the orders and the as-of day; null where nothing is dated. */
  readonly days: { readonly first: string; readonly asOf: string } | null;
  /** Whether there are amounts. */
  readonly hasSpend: boolean;
  /** Days that "falling" compares with as many before; 0 where the history is too short. */
  readonly window: number;
};

/** Whole days, both included. */
export type Span = { readonly from: string; readonly to: string; readonly words: string };

/** What can be added up over a span of days. */
export type Flow = 'spend' | 'orders';

/** Values of one column of the order lines, or (`not`) all others. */
export type LineValues = {
  readonly column: OrderColumn;
  readonly values: readonly string[];
  readonly not: boolean;
};

/** Order lines for which all of it holds. */
export type LineFilter = {
  /** null: all days. */
  readonly span: Span | null;
  readonly values: readonly LineValues[];
  /** 1 Monday … 7 Sunday; empty: all. */
  readonly weekdays: readonly number[];
};

/** What order lines are told apart by in time: stretches one after the other, or what comes again. */
export type Part = 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour';

/** A number of each customer: a feature, or what some of their order lines come to. */
export type Measure =
  | { readonly is: 'feature'; readonly feature: number }
  | { readonly is: 'flow'; readonly flow: Flow; readonly lines: LineFilter };

export type Direction = 'falling' | 'growing';

/** The days of `late` against as many before them. */
export type Change = {
  readonly flow: Flow;
  readonly early: Span;
  readonly late: Span;
};

export type Compared = 'over' | 'at-least' | 'under' | 'at-most' | 'exactly';

/** Something that holds for a customer or does not. */
export type AskCondition =
  | { readonly is: 'segment'; readonly segments: readonly number[]; readonly not: boolean }
  | {
      readonly is: 'value';
      readonly dimension: Dimension;
      readonly values: readonly string[];
      readonly not: boolean;
    }
  | {
      readonly is: 'number';
      readonly measure: Measure;
      readonly than: Compared;
      readonly value: number;
    }
  | {
      readonly is: 'between';
      readonly measure: Measure;
      readonly low: number;
      readonly high: number;
    }
  | { readonly is: 'average'; readonly measure: Measure; readonly than: 'over' | 'under' }
  | { readonly is: 'yes'; readonly feature: number; readonly not: boolean }
  | { readonly is: 'active'; readonly span: Span; readonly not: boolean }
  /** Whether any of these lines was bought, none, or these alone (lines that do not say are not held against it). */
  | {
      readonly is: 'bought';
      readonly lines: LineFilter;
      readonly how: 'any' | 'none' | 'only';
    }
  | { readonly is: 'joined'; readonly span: Span }
  | { readonly is: 'change'; readonly change: Change; readonly direction: Direction };

/** Customers for whom all conditions hold; everyone where there is none. */
export type Group = readonly AskCondition[];

export type Statistic = 'mean' | 'median' | 'total' | 'highest' | 'lowest';

/** What customers are told apart by: a row of the answer each. */
export type By = 'segment' | Dimension;

/** What a segment is asked for. */
export type SegmentTest =
  | { readonly is: 'change'; readonly change: Change; readonly direction: Direction }
  | {
      readonly is: 'number';
      readonly statistic: Statistic;
      readonly measure: Measure;
      readonly than: Compared;
      readonly value: number;
    }
  | { readonly is: 'average'; readonly measure: Measure; readonly than: 'over' | 'under' }
  | { readonly is: 'size'; readonly than: Compared; readonly value: number }
  | { readonly is: 'all' };

/** A number of a segment or of a value. */
export type Score =
  | { readonly is: 'customers' }
  | { readonly is: 'measure'; readonly statistic: Statistic; readonly measure: Measure };

/** A question that is wholly understood. */
export type Ask =
  | { readonly kind: 'count'; readonly group: Group; readonly by: By | null }
  | { readonly kind: 'segment-count' }
  | { readonly kind: 'share'; readonly of: Group; readonly within: Group }
  | { readonly kind: 'revenue-share'; readonly of: Group }
  | { readonly kind: 'list'; readonly group: Group }
  | {
      readonly kind: 'top';
      readonly group: Group;
      readonly measure: Measure;
      readonly n: number;
      readonly most: boolean;
    }
  | {
      readonly kind: 'statistic';
      readonly statistic: Statistic;
      readonly measure: Measure;
      readonly group: Group;
      readonly by: By | null;
    }
  | {
      readonly kind: 'compare';
      readonly a: Group;
      readonly b: Group;
      /** Empty: all features. */
      readonly on: readonly number[];
    }
  | { readonly kind: 'segments'; readonly test: SegmentTest; readonly group: Group }
  | {
      readonly kind: 'rank';
      readonly by: By;
      readonly score: Score;
      readonly group: Group;
      readonly n: number;
      readonly most: boolean;
    }
  | {
      readonly kind: 'series';
      readonly flow: Flow | 'customers';
      readonly group: Group;
      readonly lines: LineFilter;
      readonly by: Part;
      readonly order: 'time' | 'most' | 'least';
    }
  /** A flow on some lines beside the same on others. */
  | {
      readonly kind: 'versus';
      readonly flow: Flow;
      readonly group: Group;
      readonly each: readonly [LineFilter, LineFilter];
    }
  /** Of a flow on the lines `within`, the share that is on those `of`. */
  | {
      readonly kind: 'line-share';
      readonly flow: Flow;
      readonly group: Group;
      readonly of: LineFilter;
      readonly within: LineFilter;
    }
  | {
      readonly kind: 'change';
      readonly change: Change;
      readonly group: Group;
    }
  | { readonly kind: 'distribution'; readonly feature: number; readonly group: Group }
  | { readonly kind: 'define'; readonly feature: number }
  | { readonly kind: 'describe'; readonly segment: number };

/** A word that was read as another. */
export type Correction = { readonly typed: string; readonly read: string };

/** What a question was read as. Never a guess: not wholly understood is `refused`, understood in several ways is `choose`. */
export type Parsed =
  | { readonly is: 'ask'; readonly ask: Ask; readonly corrections: readonly Correction[] }
  | {
      readonly is: 'choose';
      readonly asks: readonly Ask[];
      readonly corrections: readonly Correction[];
    }
  | {
      readonly is: 'refused';
      readonly reason: string;
      /** Questions that can be answered, nearest first. */
      readonly nearest: readonly string[];
    };
