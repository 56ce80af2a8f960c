import { openDescent, type OpenDescent } from './descent.ts';
import { openSearch, type OpenSearch } from './knn.ts';
import { layoutKernel, type LayoutKernel } from './layout.ts';
import { holdRows, type HoldRows } from './lloyd.ts';
import { openTree } from './plain-tree.ts';
import type { OpenTree } from './tree.ts';

/** The hot loops of this stage. A method takes the ones it needs; each has a plain form here and faster ones in workers/. */
export type Kernels = {
  /** k-means: rows to their nearest means. */
  readonly holdRows: HoldRows;
  /** Nearest neighbours, exactly, and ranks. */
  readonly openSearch: OpenSearch;
  /** Nearest neighbours of all rows, nearly. */
  readonly openDescent: OpenDescent;
  /** UMAP: weights, start and epochs. */
  readonly layout: LayoutKernel;
  /** Density methods: rows in a k-d tree, neighbours, DBSCAN, spanning trees. */
  readonly openTree: OpenTree;
};

/** In plain TypeScript: what the others are held against. */
export const plainKernels: Kernels = {
  holdRows,
  openSearch,
  openDescent,
  layout: layoutKernel,
  openTree,
};
