import type { Matrix } from '../lib/matrix.ts';

/** A value with its 95 % interval. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number };

/** How one feature sets a segment apart. */
export type Driver = {
  /** Index in `FeatureTable.features`. */
  readonly feature: number;
  /** Typical value here and over everyone, in the feature's unit: the median; of yes-no the share of yes, of a category the share of `category`. */
  readonly here: Interval;
  readonly everyone: number;
  /** 100 × here / everyone (means; 100 = like everyone), with its interval; null where everyone is 0, the sign differs, or values of both signs are usual (a trend). */
  readonly index: Interval | null;
  /** Standardised difference of means on the scaled column: what drivers are ordered by. */
  readonly effect: number;
  /** Of a category: the place in `Feature.categories` of the value that sets this segment apart most. */
  readonly category?: number;
};

export type Segment = {
  /** Value in `labels` and place in `segments`; colour and letter follow it (see letters.ts). */
  readonly id: number;
  /** "A", "B", … "Z", "AA". */
  readonly letter: string;
  /** Made from the drivers, in plain words. */
  readonly name: string;
  readonly size: number;
  /** Of all customers. */
  readonly share: number;
  /** Of revenue, with bootstrap interval; null without a spend feature. */
  readonly revenueShare: Interval | null;
  /** Mean silhouette of its customers, −1 to 1. */
  readonly silhouette: number;
  /** Ordered, strongest first; every feature is in it. */
  readonly drivers: readonly Driver[];
  /** Rows of the customers nearest to its mean, nearest first, up to 10. */
  readonly typical: readonly number[];
  /** Rows nearest to another segment, up to 10, with the segment they lean to. */
  readonly border: readonly { readonly row: number; readonly other: number }[];
};

/** One k tried: mean silhouette with its 95 % interval over customers, and the same on data without structure. */
export type KScore = {
  readonly k: number;
  readonly silhouette: Interval;
  /** Silhouette of k-means on made-up customers without groups (reference.ts): the naive baseline. */
  readonly reference: number;
  readonly inertia: number;
  /** Smallest segment at this k. */
  readonly smallest: number;
};

export type SegmentSettings = {
  /** null: chosen by silhouette (choose-k.ts). */
  readonly k: number | null;
  readonly kMax: number;
  readonly seed: number;
  readonly restarts: number;
  /** Names given by a person. */
  readonly names: readonly { readonly letter: string; readonly name: string }[];
};

export const segmentDefaults: SegmentSettings = {
  k: null,
  kMax: 10,
  seed: 1,
  restarts: 10,
  names: [],
};

export type Segmentation = {
  readonly k: number;
  /** [customers]; a segment keeps its number when k changes (letters.ts); at the k that Tessera chooses 0 is the largest. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** [customers]; silhouette of each, −1 to 1: exact up to 6,000 customers, simplified (to the means) above. */
  readonly silhouettes: Float32Array<ArrayBuffer>;
  /** [k × cols of `scaled`] */
  readonly means: Matrix;
  readonly segments: readonly Segment[];
  readonly curve: readonly KScore[];
  /** Whether groups were found that data without structure would not show, said in one sentence with figures. */
  readonly structure: { readonly found: boolean; readonly words: string };
};

/** Where customers stand on the map; near means alike. */
export type Layout = {
  readonly method: 'pca';
  /** [customers × 2], centred, larger of both ranges scaled to −1 … 1. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Share of variance that each of the two axes keeps, 0 to 1. */
  readonly kept: readonly [number, number];
};
