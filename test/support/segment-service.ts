import { scaleAndCondense } from '../../src/features/scale-condense.ts';
import { runJob, type Service } from '../../src/lib/job.ts';
import { plainKernels } from '../../src/segments/kernels/types.ts';
import { judge } from '../../src/segments/judge.ts';
import { layOut } from '../../src/segments/map/lay-out.ts';
import { segmenter } from '../../src/segments/segment.ts';
import { compareRuns } from '../../src/segments/validity/compare-runs.ts';
import type { SegmentApi } from '../../src/segments/worker-api.ts';

/** The segment worker, minus the thread. */
export function segmentService(): Service<SegmentApi> {
  const segment = segmenter();
  const api: SegmentApi = {
    scale: (raw, plans, condensing, port) =>
      runJob(port, (job) => scaleAndCondense(raw, plans, condensing, job)),
    segment: (input, settings, port) => runJob(port, (job) => segment(input, settings, job)),
    judge: (input, settings, judged, port) =>
      runJob(port, (job) => judge(input, settings, judged, plainKernels, job)),
    compare: (x, runs, seed, port) => runJob(port, (job) => compareRuns(x, runs, { seed }, job)),
    layOut: (x, map, port) => runJob(port, (job) => layOut(x, map, job, plainKernels)),
  };
  return { api, dead: new AbortController().signal };
}
