import type { FeatureApi } from '../features/worker-api.ts';
import type { Outcome } from '../lib/job.ts';
import type { Matrix } from '../lib/matrix.ts';
import type { Judged, Judgement } from './judge.ts';
import type { SegmentInput } from './profile.ts';
import type { SegmentResult } from './segment.ts';
import type { Run, RunTable } from './validity/compare-runs.ts';
import type { DrawnMap } from './map/lay-out.ts';
import type { Layout, SegmentSettings } from './types.ts';

/** What the segment worker can do. Both sides are checked against this one type. */
export type SegmentApi = FeatureApi & {
  segment(
    input: SegmentInput,
    settings: SegmentSettings,
    port: MessagePort,
  ): Promise<Outcome<SegmentResult>>;
  judge(
    input: SegmentInput,
    settings: SegmentSettings,
    judged: Judged,
    port: MessagePort,
  ): Promise<Outcome<Judgement>>;
  compare(
    x: Matrix,
    runs: readonly Run[],
    seed: number,
    port: MessagePort,
  ): Promise<Outcome<RunTable>>;
  /** `x` is `FeatureTable.scaled`. */
  layOut(x: Matrix, map: DrawnMap, port: MessagePort): Promise<Outcome<Layout>>;
};
