import type { Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { breathing } from '../../lib/steps.ts';
import type { Kernels } from '../kernels/types.ts';
import type { Layout } from '../types.ts';
import { plainLayout } from './pca.ts';

/** Pictures of all columns at once, which the worker draws. */
export type DrawnMap = 'pca' | 'umap';

/** The picture that was chosen; its code is loaded when it is. Its seed is always the same: the map stays when others change. `x` is [rows × cols], columns on one scale. */
export async function layOut(
  x: Matrix,
  map: DrawnMap,
  job: Job,
  kernels: Kernels,
): Promise<Layout> {
  if (map === 'pca') return breathing(plainLayout(x), job);
  const { umapDefaults, umapLayout } = await import('./umap.ts');
  job.signal.throwIfAborted();
  return umapLayout(x, umapDefaults, job, kernels);
}
