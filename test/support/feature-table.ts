import type { Feature, FeatureTable } from '../../src/features/types.ts';
import type { Matrix } from '../../src/lib/matrix.ts';

/** A feature that is used as it is. */
export function feature(name: string, more: Partial<Feature> = {}): Feature {
  const common = {
    label: name,
    unit: 'number' as const,
    definition: name,
    scaling: '',
    used: true,
  };
  return { name, ...common, unusedReason: null, gaps: 0, gapRule: null, ...more };
}

/** A table whose features are the columns of `x`, taken as they are. */
export function tableOf(x: Matrix, more: Partial<FeatureTable> = {}): FeatureTable {
  const columns = Array.from({ length: x.cols }, (_, c) => c);
  return {
    asOf: null,
    customers: Array.from({ length: x.rows }, (_, r) => `c${r}`),
    features: columns.map((c) => feature(`f${c}`)),
    raw: x,
    scaled: x,
    scaledFrom: columns,
    spend: -1,
    sql: 'SELECT 1',
    ...more,
  };
}
