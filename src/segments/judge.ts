import { unattended, type Job } from '../lib/job.ts';
import { shapes } from './judgeable.ts';
import type { Kernels } from './kernels/types.ts';
import { kmeans } from './methods/kmeans.ts';
import { divide } from './methods/registry.ts';
import type { MethodChoice } from './partition.ts';
import type { SegmentInput } from './profile.ts';
import { methodOf, type SegmentSettings } from './types.ts';
import type { Fit } from './validity/fit.ts';
import { stability, type Stability } from './validity/stability.ts';
import { structureTest, type Structure } from './validity/structure.ts';

/** Whether segments are real: more than customers without groups show, and found again among other customers. */
export type Judgement = { readonly structure: Structure; readonly stability: Stability };

/** What is to be judged. */
export type Judged = {
  /** [rows]; 0 … groups − 1, −1 for rows in no group. */
  readonly labels: Int32Array;
  readonly k: number;
  /** With everything in it that it chose from the data. */
  readonly method: MethodChoice;
};

/**
 * The test against customers without groups and the stability of each segment, for the method and choices that made it. O(170 fits of up to 1,000
 * and 25 of up to 4,000 rows). Throws `RangeError` where the method looks for no groups.
 */
export async function judge(
  input: SegmentInput,
  settings: SegmentSettings,
  found: Judged,
  kernels: Kernels,
  job: Job = unattended,
): Promise<Judgement> {
  const shape = shapes[found.method.kind];
  if (!shape) throw new RangeError(`${found.method.kind} looks for no groups`);
  const fit = fitOf(input, settings, found, kernels);
  const { scaled, scaledFrom } = input;
  const { seed } = settings;
  return {
    structure: await structureTest(scaled, scaledFrom, fit, { seed, shape }, job),
    stability: await stability(scaled, fit, { labels: found.labels, seed }, job),
  };
}

/** The method on other rows: ks stay, numbers of customers shrink with the sample, and what a person left open is chosen again. */
function fitOf(
  { features, scaled, scaledFrom, spend }: SegmentInput,
  settings: SegmentSettings,
  { k, method }: Judged,
  kernels: Kernels,
): Fit {
  const asked = methodOf(settings);
  return async (x, seed, job) => {
    const part = (size: number | null, least: number) =>
      size === null ? null : Math.max(least, Math.round((size * x.rows) / scaled.rows));
    let choice = method;
    if (choice.kind === 'kmeans') {
      const { restarts } = settings;
      const ks = { k: Math.min(k, x.rows), seed, restarts: Math.min(restarts, 3) };
      return (await kmeans(x, ks, job, kernels)).labels;
    }
    if (choice.kind === 'bisecting')
      choice = { ...choice, k: Math.min(k, x.rows), smallest: part(choice.smallest, 2) };
    if (choice.kind === 'dbscan' && asked.kind === 'dbscan') choice = asked;
    if (choice.kind === 'hdbscan' && asked.kind === 'hdbscan')
      choice = { ...asked, smallest: part(asked.smallest, 5) };
    const input = { features, raw: x, scaled: x, scaledFrom, spend };
    const own = { ...settings, seed, restarts: Math.min(settings.restarts, 3) };
    return (await divide(input, choice, own, kernels, job)).partition.labels;
  };
}
