import { scale } from '../../src/features/scale.ts';
import { runJob, type Service } from '../../src/lib/job.ts';
import { segmenter } from '../../src/segments/segment.ts';
import type { SegmentApi } from '../../src/segments/worker-api.ts';

/** The segment worker, minus the thread. */
export function segmentService(): Service<SegmentApi> {
  const segment = segmenter();
  const api: SegmentApi = {
    scale: (raw, plans, port) => runJob(port, (job) => scale(raw, plans, job)),
    segment: (input, settings, port) => runJob(port, (job) => segment(input, settings, job)),
  };
  return { api, dead: new AbortController().signal };
}
