import { expose } from 'comlink';
import { hearGuard } from '../src/guard/worker-canaries.ts';
import { explain, type TesseraError } from '../src/lib/errors.ts';
import { runJob, type Job } from '../src/lib/job.ts';
import type { Matrix } from '../src/lib/matrix.ts';
import type { Kernels } from '../src/segments/kernels/types.ts';
import type { SegmentInput } from '../src/segments/profile.ts';
import type { Segmenter } from '../src/segments/segment.ts';
import type { SegmentSettings } from '../src/segments/types.ts';
import type { SegmentApi } from '../src/segments/worker-api.ts';
import { crewOf, solo, type Crew } from './kernels/crew.ts';

let crew: Crew = solo;
let own: Kernels | null = null;
let chosen: Kernels | null = null;
/** Why the GPU is not used any more, since the last job that was told. */
let losses: string[] = [];
let segment: Segmenter | null = null;

/** From so many values on a GPU is worth its start, a megabyte of script among it. */
const LARGE = 4e6;

/** The kernels and methods come with the first customers, so that this worker starts small; for many of them a race against the GPU decides. */
async function kernelsFor(x: Matrix, job: Job): Promise<Kernels> {
  const { kernelsOn } = await import('./kernels/index.ts');
  own ??= kernelsOn(crew);
  if (chosen || x.data.length < LARGE) return chosen ?? own;
  const { chooseKernels } = await import('./gpu/choose.ts');
  const onLost = (error: TesseraError) => void losses.push(explain(error));
  const choice = { allowSoftware: false, picture: false, onLost };
  return (chosen = (await chooseKernels(own, x, choice, job)).kernels);
}

/** Segments, and in their words that the GPU was lost on the way. */
async function segmentOn(input: SegmentInput, settings: SegmentSettings, job: Job) {
  losses = [];
  const { segmenter } = await import('../src/segments/segment.ts');
  segment ??= segmenter();
  const kernels = await kernelsFor(input.scaled, job);
  const { segmentation, layout } = await segment(input, settings, job, kernels);
  const words = [segmentation.words, ...losses].join('. ');
  return { segmentation: { ...segmentation, words }, layout };
}

/** For hundreds of small fits: their memories are not shared, since browsers give out few such. */
async function alone(): Promise<Kernels> {
  const { kernelsOn } = await import('./kernels/index.ts');
  return kernelsOn(solo);
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
    runJob(
      port,
      async (job) => {
        const { scaleAndCondense } = await import('../src/features/scale-condense.ts');
        return scaleAndCondense(raw, plans, condensing, job);
      },
      ({ scaled, condensed }) => [
        scaled.data.buffer,
        ...(condensed ? [condensed.x.data.buffer] : []),
      ],
    ),
  segment: (input, settings, port) =>
    runJob(
      port,
      (job) => segmentOn(input, settings, job),
      ({ segmentation, layout }) => [
        segmentation.labels.buffer,
        segmentation.silhouettes.buffer,
        segmentation.means.data.buffer,
        layout.positions.buffer,
      ],
    ),
  judge: (input, settings, judged, port) =>
    runJob(port, async (job) => {
      const { judge } = await import('../src/segments/judge.ts');
      return judge(input, settings, judged, await alone(), job);
    }),
  compare: (x, runs, seed, port) =>
    runJob(port, async (job) => {
      const { compareRuns } = await import('../src/segments/validity/compare-runs.ts');
      return compareRuns(x, runs, { seed }, job);
    }),
  layOut: (x, map, port) =>
    runJob(
      port,
      async (job) => {
        const { layOut } = await import('../src/segments/map/lay-out.ts');
        return layOut(x, map, job, await kernelsFor(x, job));
      },
      ({ positions }) => [positions.buffer],
    ),
} satisfies SegmentApi);
