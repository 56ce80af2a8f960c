import { expose } from 'comlink';
import { scale } from '../src/features/scale.ts';
import { hearGuard } from '../src/guard/worker-canaries.ts';
import { runJob } from '../src/lib/job.ts';
import { segmenter } from '../src/segments/segment.ts';
import type { SegmentApi } from '../src/segments/worker-api.ts';

const segment = segmenter();

hearGuard();
expose({
  scale: (raw, plans, port) =>
    runJob(
      port,
      (job) => scale(raw, plans, job),
      ({ scaled }) => [scaled.data.buffer],
    ),
  segment: (input, settings, port) =>
    runJob(
      port,
      (job) => segment(input, settings, job),
      ({ segmentation, layout }) => [
        segmentation.labels.buffer,
        segmentation.silhouettes.buffer,
        segmentation.means.data.buffer,
        layout.positions.buffer,
      ],
    ),
} satisfies SegmentApi);
