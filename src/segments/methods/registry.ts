import type { Job } from '../../lib/job.ts';
import type { Kernels } from '../kernels/types.ts';
import type { MethodChoice, Partition } from '../partition.ts';
import type { SegmentInput } from '../profile.ts';
import type { ChoiceCurve, SegmentSettings } from '../types.ts';

export type MethodKind = MethodChoice['kind'];
export type ChoiceOf<K extends MethodKind> = Extract<MethodChoice, { kind: K }>;

/** What a method gives the stage. */
export type Divided = {
  readonly partition: Partition;
  /** The choice with everything in it that was chosen from the data: a recipe pins it. */
  readonly chosen: MethodChoice;
  readonly curve: ChoiceCurve | null;
};

/** One method as the stage calls it; `settings` for its seed and restarts. */
export type Divide<K extends MethodKind> = (
  input: SegmentInput,
  choice: ChoiceOf<K>,
  settings: SegmentSettings,
  kernels: Kernels,
  job: Job,
) => Promise<Divided>;

/** K-means stands in segment.ts: its sweep over k serves every k that is asked for later. */
export type OtherKind = Exclude<MethodKind, 'kmeans'>;
type Loaders = { readonly [K in OtherKind]?: () => Promise<Divide<K>> };

/** Loaded where they are used, so that the worker starts small. A kind that is missing here is not offered. */
const loaders: Loaders = {
  rfm: async () => {
    const { rfm } = await import('./rfm.ts');
    return async (input, choice, _settings, _kernels, job) => ({
      partition: (await rfm(input, choice, job)).partition,
      chosen: choice,
      curve: null,
    });
  },
};

export const isBuilt = (kind: MethodKind): boolean => kind === 'kmeans' || kind in loaders;

/** Runs the method that was chosen. Throws `RangeError` where there is none of that kind. */
export async function divide(
  input: SegmentInput,
  choice: ChoiceOf<OtherKind>,
  settings: SegmentSettings,
  kernels: Kernels,
  job: Job,
): Promise<Divided> {
  const load = loaders[choice.kind];
  if (!load) throw new RangeError(`there is no method ${choice.kind}`);
  const run = (await load()) as Divide<OtherKind>; // found by the kind of this very choice
  job.signal.throwIfAborted();
  return run(input, choice, settings, kernels, job);
}
