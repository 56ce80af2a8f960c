import type { Job } from '../../src/lib/job.ts';

/** Rows that lie on a GPU until `close`. Values stay well inside float32: their squares may not overflow. */
export type GpuRows = {
  /**
   * The nearest and next nearest of `means` [k × cols] for each row, packed: bits 0–14 and 15–29 (the same one where k = 1), and in bit 31
   * whether any other way to sum in float32 could have decided otherwise. `half` is ½‖mean‖². 1 … 512 means and columns.
   */
  label(means: Float32Array, half: Float32Array, job: Job): Promise<Uint32Array<ArrayBuffer>>;
  /**
   * Rounds of Lloyd's in float32 without reading anything of a row back, until the means together move no farther than √`still` (0: until
   * nothing moves). A mean that lost its rows stays where it is and counts 0. The same bytes each time on one GPU, not on another.
   */
  settle(means: Float32Array, options: SettleOptions, job: Job): Promise<Settled>;
  close(): void;
};

export type SettleOptions = { readonly rounds: number; readonly still: number };

/** After the last round: means [k × cols], and what lay at the means before them: counts [k], sums [k × cols] within 1e-5 of Σ|x|. */
export type Settled = {
  readonly means: Float32Array<ArrayBuffer>;
  readonly counts: Int32Array<ArrayBuffer>;
  readonly sums: Float32Array<ArrayBuffer>;
  readonly rounds: number;
  readonly isStill: boolean;
};

/** What any two ways to compute ‖c‖²/2 − x·c in float32 differ by at most, as a share of ‖x‖‖c‖ + ‖c‖²/2, on both sides of a comparison. */
export const slackOf = (cols: number): number => 4.2 * (cols + 8) * 2 ** -24;

/** The length of the longest mean, from ½‖mean‖². */
export const longestOf = (half: Float32Array): number =>
  Math.sqrt(2 * half.reduce((most, value) => Math.max(most, value), 0)) * 1.000001;

export const checkShape = (k: number, cols: number): void => {
  if (!(Number.isInteger(k) && k >= 1 && k <= MOST && cols >= 1 && cols <= MOST))
    throw new RangeError(`a GPU takes up to ${MOST} means of ${MOST} columns, not ${k} of ${cols}`);
};
export const MOST = 512;
