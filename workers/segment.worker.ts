import { expose } from 'comlink';
import { scale } from '../src/features/scale.ts';
import { hearGuard } from '../src/guard/worker-canaries.ts';
import { runJob } from '../src/lib/job.ts';
import { segmenter } from '../src/segments/segment.ts';
import type { SegmentApi } from '../src/segments/worker-api.ts';
import { crewOf, solo, type Crew } from './kernels/crew.ts';

let crew: Crew = solo;
let segment: ReturnType<typeof segmenter> | null = null;

/** The kernels come with the first customers, so that this worker starts small. */
async function segmenting(): Promise<ReturnType<typeof segmenter>> {
  const { kernelsOn } = await import('./kernels/index.ts');
  return (segment ??= segmenter(kernelsOn(crew)));
}

hearGuard();
self.addEventListener(
  'message',
  ({ data }: MessageEvent<{ readonly crew?: MessagePort[] } | null>) => {
    if (data?.crew) crew = crewOf(data.crew);
  },
);
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
      async (job) => (await segmenting())(input, settings, job),
      ({ segmentation, layout }) => [
        segmentation.labels.buffer,
        segmentation.silhouettes.buffer,
        segmentation.means.data.buffer,
        layout.positions.buffer,
      ],
    ),
} satisfies SegmentApi);
