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
type Loaders = { readonly [K in OtherKind]: () => Promise<Divide<K>> };

const CURVE_POINTS = 200;

/** Loaded where they are used, so that the worker starts small. */
const loaders: Loaders = {
  dbscan: async () => {
    const { dbscan, kDistances } = await import('./dbscan.ts');
    return async ({ scaled }, choice, _settings, { openTree }, job) => {
      const { partition, radius } = await dbscan(scaled, choice, job, openTree);
      const { values } = await kDistances(scaled, choice.neighbours, job, openTree);
      return {
        partition,
        chosen: { ...choice, radius },
        curve: sortedCurve(values, `distance to the ${choice.neighbours}th nearest`, radius),
      };
    };
  },
  bisecting: async () => {
    const { bisecting, bisectingPartition } = await import('./bisecting.ts');
    return async ({ scaled }, { k, smallest }, { seed, restarts }, kernels, job) => {
      const options = { k, smallest, seed, restarts };
      const found = await bisecting(scaled, options, job, kernels);
      return {
        partition: bisectingPartition(found),
        chosen: { kind: 'bisecting', k: found.sizes.length, smallest: found.smallest },
        curve: null,
      };
    };
  },
  hdbscan: async () => {
    const { hdbscan, sizesFor } = await import('./hdbscan.ts');
    return async ({ scaled }, choice, _settings, { openTree }, job) => ({
      partition: (await hdbscan(scaled, choice, job, openTree)).partition,
      chosen: { ...choice, ...sizesFor(scaled.rows, choice) },
      curve: null,
    });
  },
  mixture: async () => {
    const [{ mixture }, { chooseMixture, mixturePartition }] = await Promise.all([
      import('./mixture.ts'),
      import('./mixture-choice.ts'),
    ]);
    return async ({ scaled }, choice, { seed, restarts, kMax }, _kernels, job) => {
      const options = { shape: choice.shape, seed, restarts };
      const { best, curve } =
        choice.k === null
          ? await chooseMixture(scaled, { ...options, kMax, by: 'bic' }, job)
          : { best: await mixture(scaled, { ...options, k: choice.k }, job), curve: null };
      const { k } = best.model;
      return {
        partition: mixturePartition(best, curve),
        chosen: { ...choice, k },
        curve: curve && {
          ...{ measure: 'BIC, less is better', along: 'segments', axis: 'x', chosen: k },
          xs: curve.map((each) => each.k),
          ys: curve.map((each) => each.bic),
        },
      };
    };
  },
  genie: async () => {
    const { genie } = await import('./genie.ts');
    return async ({ scaled }, choice, { kMax }, { openTree }, job) => {
      const options = { k: choice.k, kMax, evenness: choice.evenness, noise: null };
      const { partition, curve } = await genie(scaled, options, job, openTree);
      return {
        partition,
        chosen: { ...choice, k: partition.groups },
        curve: curve && {
          ...{ measure: 'how well groups part', along: 'segments', axis: 'x' },
          xs: curve.map((each) => each.k),
          ys: curve.map((each) => each.parts),
          chosen: partition.groups,
        },
      };
    };
  },
  nmf: async () => (await import('./nmf-choice.ts')).divideNmf,
  prototypes: async () => (await import('./prototypes-choice.ts')).dividePrototypes,
  rules: async () => {
    const { rules } = await import('./rules.ts');
    return async (input, choice, _settings, _kernels, job) => ({
      partition: await rules(input, choice.rules, input.typed, job),
      chosen: choice,
      curve: null,
    });
  },
  layers: async () => {
    const { byKMeans, layers } = await import('./layers.ts');
    return async (input, choice, { seed, restarts }, kernels, job) => ({
      partition: await layers(input, choice.layers, byKMeans(seed, restarts, kernels), job),
      chosen: choice,
      curve: null,
    });
  },
  rfm: async () => {
    const { rfm } = await import('./rfm.ts');
    return async (input, choice, _settings, _kernels, job) => ({
      partition: (await rfm(input, choice, job)).partition,
      chosen: choice,
      curve: null,
    });
  },
};

/** A sorted curve thinned to what a chart can show, with the height that was taken. */
function sortedCurve(values: Float64Array, measure: string, chosen: number): ChoiceCurve {
  const points = Math.min(values.length, CURVE_POINTS);
  const places = Array.from({ length: points }, (_, i) =>
    Math.round((i * (values.length - 1)) / Math.max(1, points - 1)),
  );
  return {
    ...{ measure, along: 'customers, nearest first', axis: 'y', chosen },
    xs: places.map((place) => (place + 1) / values.length),
    ys: places.map((place) => values[place]!),
  };
}

/** Runs the method that was chosen. */
export async function divide(
  input: SegmentInput,
  choice: ChoiceOf<OtherKind>,
  settings: SegmentSettings,
  kernels: Kernels,
  job: Job,
): Promise<Divided> {
  const run = (await loaders[choice.kind]()) as Divide<OtherKind>; // found by the kind of this very choice
  job.signal.throwIfAborted();
  return run(input, choice, settings, kernels, job);
}
