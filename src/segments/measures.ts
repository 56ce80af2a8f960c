import type { Segmentation } from './types.ts';

/** What a method says of each customer beside the segment. */
export type Measure = {
  /** As a column: "belongs". */
  readonly name: string;
  readonly label: string;
  readonly definition: string;
  /** [customers], 0 to 1. */
  readonly values: Float32Array;
};

/** Those that the method has, in order. */
export function measuresOf({
  belongs,
  oddness,
}: Pick<Segmentation, 'belongs' | 'oddness'>): readonly Measure[] {
  const all: Measure[] = [];
  if (belongs)
    all.push({
      ...{ name: 'belongs', label: 'Belonging', values: belongs },
      definition: 'How surely the customer belongs to the segment, 0 to 1, as the method says.',
    });
  if (oddness)
    all.push({
      ...{ name: 'oddness', label: 'Oddness', values: oddness },
      definition:
        'How much lonelier the customer is than the crowd nearest to it, 0 to 1 (outlier score).',
    });
  return all;
}
