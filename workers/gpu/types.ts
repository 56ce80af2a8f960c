import type { Job } from '../../src/lib/job.ts';
import type { Assigned } from '../../src/segments/kernels/assign.ts';

/** Rows that lie on the GPU until `close`, for rounds of Lloyd's. */
export type HeldRows = {
  /**
   * One round: the same labels as the float64 twin, sums within 1e-5 of the sum of what was added up. `means` is [k × cols], 1 … 512 of each.
   */
  assign(means: Float64Array, job?: Job): Promise<Assigned>;
  /**
   * Up to `rounds` rounds in float32 without reading rows back, until the means together move no farther than √`still` (0: until nothing
   * moves). A mean that lost its rows stays where it is and has the count 0. `inertia` is that of the last
   * groups around their own means.
   */
  settle(
    means: Float64Array,
    options: { readonly rounds: number; readonly still: number },
    job?: Job,
  ): Promise<Settled>;
  close(): void;
};

export type Settled = {
  readonly means: Float64Array<ArrayBuffer>;
  readonly counts: Int32Array<ArrayBuffer>;
  readonly rounds: number;
  readonly inertia: number;
  /** Whether the means came to rest before the rounds ran out. */
  readonly isStill: boolean;
};
