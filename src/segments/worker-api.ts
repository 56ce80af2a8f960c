import type { FeatureApi } from '../features/worker-api.ts';
import type { Outcome } from '../lib/job.ts';
import type { SegmentInput } from './profile.ts';
import type { SegmentResult } from './segment.ts';
import type { SegmentSettings } from './types.ts';

/** What the segment worker can do. Both sides are checked against this one type. */
export type SegmentApi = FeatureApi & {
  segment(
    input: SegmentInput,
    settings: SegmentSettings,
    port: MessagePort,
  ): Promise<Outcome<SegmentResult>>;
};
