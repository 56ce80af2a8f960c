import type { FeatureTable } from '../features/types.ts';
import type { SegmentInput } from './profile.ts';
import type { MethodChoice } from './partition.ts';

/** These look at each feature by itself, so they see it even where columns were condensed. */
const byFeature: ReadonlySet<MethodChoice['kind']> = new Set([
  'rfm',
  'rules',
  'layers',
  'prototypes',
]);

/** The columns that a method sees: the condensed ones, unless there are none or it looks at each feature. */
export function columnsFor(
  kind: MethodChoice['kind'],
  { scaled, scaledFrom, condensed }: FeatureTable,
): Pick<SegmentInput, 'scaled' | 'scaledFrom'> {
  if (!condensed || byFeature.has(kind)) return { scaled, scaledFrom };
  return { scaled: condensed.x, scaledFrom: condensed.from };
}
