import { holdRows, type HoldRows } from './lloyd.ts';

/** The hot loops of this stage. A method takes the ones it needs; each has a plain form here and faster ones in workers/. */
export type Kernels = {
  /** k-means: rows to their nearest means. */
  readonly holdRows: HoldRows;
};

/** In plain TypeScript: what the others are held against. */
export const plainKernels: Kernels = { holdRows };
