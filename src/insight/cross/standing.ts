import type { Buckets, Dimension } from './dimension.ts';
import type { Bounds } from './filter.ts';

/** A view as it stands in the cross-filter. */
export type Standing = {
  readonly dimension: Dimension;
  /** Of everyone, by bin. */
  readonly all: Uint32Array;
  /** Where its counts begin among those of all views. */
  base: number;
  /** Its place in a row of `#flat`; −1: its bins are listed. */
  place: number;
  buckets: Buckets | null;
  bounds: Bounds | null;
  /** What its filter says of each bin; null: it has none. */
  verdicts: Uint8Array | null;
  low: number;
  high: number;
  bit: number;
};
