import type { MethodKind } from './methods/registry.ts';
import type { MethodChoice } from './partition.ts';
import type { Shape } from './validity/fit.ts';

/** Methods that look for groups in the scaled columns. What a person drew (RFM, rules, layers) was not found, so there is nothing to test. */
export const shapes: { readonly [K in MethodKind]?: Shape } = {
  kmeans: 'round',
  bisecting: 'round',
  mixture: 'round',
  dbscan: 'any',
  hdbscan: 'any',
  genie: 'any',
};

export const canJudge = ({ kind }: MethodChoice): boolean => kind in shapes;
