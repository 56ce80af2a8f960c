import type { Matrix } from '../lib/matrix.ts';
import type { Condensed } from './condense.ts';
import type { Sql } from '../lib/sql.ts';

export type Unit = 'days' | 'count' | 'money' | 'share' | 'number' | 'category';

/** One measure of a customer. */
export type Feature = {
  /** SQL column: `recency_days`. */
  readonly name: string;
  /** "Recency". */
  readonly label: string;
  readonly unit: Unit;
  /** Definition and formula in one sentence, for hover. */
  readonly definition: string;
  /** What was done before grouping, in words: "log(1 + x), then robust scale; 12 values beyond the 1st/99th percentile pulled in". */
  readonly scaling: string;
  /** Whether it takes part in grouping; if not, why not. */
  readonly used: boolean;
  readonly unusedReason: string | null;
  /** Customers for whom it could not be measured, and what stands in for them. */
  readonly gaps: number;
  readonly gapRule: string | null;
  /** Of a text column: the value v of `raw` stands for `categories[v]`, commonest first. */
  readonly categories?: readonly string[];
};

/** What a person decided; what is absent was found by Tessera. */
export type FeatureSettings = {
  /** ISO date (yyyy-mm-dd); everything is measured as of the end of that day. */
  readonly asOf?: string;
  /** Names of the features to group by. Absent: Tessera's own choice; present, even empty: exactly these, as far as they tell customers apart. */
  readonly on?: readonly string[];
  /** Whether columns are condensed before grouping. Absent: where there are many. */
  readonly condense?: boolean;
};

/** One row per customer, ordered by customer id. */
export type FeatureTable = {
  readonly asOf: string | null;
  /** [rows] */
  readonly customers: readonly string[];
  /** All features that could be measured; `raw` has one column for each, in this order. */
  readonly features: readonly Feature[];
  /** [customers × features], in units of each feature; gaps are filled by `gapRule`. */
  readonly raw: Matrix;
  /** [customers × used features (one-hot for categories)], on one scale; what the methods see, unless `condensed` is there. */
  readonly scaled: Matrix;
  /** For each column of `scaled`: the index of its feature. */
  readonly scaledFrom: readonly number[];
  /** The many columns of `scaled` as few (condense.ts), with what became of each. */
  readonly condensed?: Condensed;
  /** Index in `features` of what a share of revenue is made of (spend), or -1. */
  readonly spend: number;
  /** The one statement that makes it, as shown to a person. */
  readonly sql: string;
  /** The same, to be run again: conditions in SQL are asked of it. */
  readonly measured?: Sql;
  /** Columns that could become no feature at all, and why. */
  readonly leftOut?: readonly { readonly column: string; readonly reason: string }[];
};
