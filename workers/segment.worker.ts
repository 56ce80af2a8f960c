import { expose } from 'comlink';
import { buffersOf, scaleAndCondense } from '../src/features/scale-condense.ts';
import { hearGuard } from '../src/guard/worker-canaries.ts';
import { runJob } from '../src/lib/job.ts';
import type { Kernels } from '../src/segments/kernels/types.ts';
import { layOut } from '../src/segments/map/lay-out.ts';
import { segmenter } from '../src/segments/segment.ts';
import type { SegmentApi } from '../src/segments/worker-api.ts';
import { crewOf, solo, type Crew } from './kernels/crew.ts';

let crew: Crew = solo;
let kernels: Kernels | null = null;
let segment: ReturnType<typeof segmenter> | null = null;

/** The kernels come with the first customers, so that this worker starts small. */
async function working(): Promise<Kernels> {
  const { kernelsOn } = await import('./kernels/index.ts');
  return (kernels ??= kernelsOn(crew));
}

hearGuard();
self.addEventListener(
  'message',
  ({ data }: MessageEvent<{ readonly crew?: MessagePort[] } | null>) => {
    if (data?.crew) crew = crewOf(data.crew);
  },
);
expose({
  scale: (raw, plans, condensing, port) =>
    runJob(port, (job) => scaleAndCondense(raw, plans, condensing, job), buffersOf),
  segment: (input, settings, port) =>
    runJob(
      port,
      async (job) => (segment ??= segmenter(await working()))(input, settings, job),
      ({ segmentation, layout }) => [
        segmentation.labels.buffer,
        segmentation.silhouettes.buffer,
        segmentation.means.data.buffer,
        layout.positions.buffer,
      ],
    ),
  layOut: (x, map, port) =>
    runJob(
      port,
      async (job) => layOut(x, map, job, await working()),
      ({ positions }) => [positions.buffer],
    ),
} satisfies SegmentApi);
