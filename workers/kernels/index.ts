import type { Kernels } from '../../src/segments/kernels/types.ts';
import type { Crew } from './crew.ts';
import { openDescentIn } from './descent.ts';
import { openSearchIn } from './knn.ts';
import { layoutKernelIn } from './layout.ts';
import { holdRowsIn } from './lloyd.ts';
import { openTreeIn } from './tree.ts';

/** The hot loops of the segment stage in wasm SIMD, on all threads of `crew`. */
export const kernelsOn = (crew: Crew): Kernels => ({
  holdRows: holdRowsIn(crew),
  openSearch: openSearchIn(crew),
  openDescent: openDescentIn(crew),
  layout: layoutKernelIn(crew),
  openTree: openTreeIn(crew),
});
