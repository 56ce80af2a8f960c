import { count, fixed } from '../../lib/format.ts';
import { unattended, within, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import type { Partition } from '../partition.ts';
import { mixture, type Mixture, type MixtureOptions } from './mixture.ts';
import type { MixtureShape } from './mixture-model.ts';

/** One k tried. Less is better of both; ICL also wants groups that do not overlap (Biernacki, Celeux & Govaert 2000). */
export type MixtureScore = {
  readonly k: number;
  readonly bic: number;
  readonly icl: number;
  readonly likelihood: number;
  readonly rounds: number;
  readonly capped: boolean;
};

export type MixtureSearch = Omit<MixtureOptions, 'k'> & {
  readonly kMax: number;
  readonly by: 'bic' | 'icl';
};

/**
 * A mixture for each k from 1 up to `kMax`, and the one with the least BIC (Schwarz 1978) or ICL; of equals the smaller. k = 1 is an answer:
 * one cloud. Errors as `mixture`; stops early where fewer rows differ.
 */
export async function chooseMixture(
  x: Matrix,
  { kMax, by, ...options }: MixtureSearch,
  job: Job = unattended,
): Promise<{ readonly best: Mixture; readonly curve: readonly MixtureScore[] }> {
  const curve: MixtureScore[] = [];
  let best: Mixture | null = null;
  const top = Math.max(1, Math.min(kMax, x.rows));
  for (let k = 1; k <= top; k++) {
    job.progress('Fitting mixtures', k - 1, top);
    const found = await mixture(x, { ...options, k }, within(job, 'Fitting mixtures', k - 1, top));
    if (found.model.k < k) break;
    const { bic, icl, likelihood, rounds, capped } = found;
    curve.push({ k, bic, icl, likelihood, rounds, capped });
    if (!best || found[by] < best[by]) best = found;
  }
  return { best: best!, curve }; // k = 1 is always tried
}

const shapeWords: Record<MixtureShape, string> = {
  full: 'each group its own ellipse',
  tied: 'one ellipse for all groups',
  diagonal: 'ellipses along the features',
  spherical: 'round groups',
};

/** What the stage knows of a mixture; `curve` where k was chosen from it. Groups that nobody belongs to most are none. */
export function mixturePartition(
  { model, labels, groups, memberships, bic, rounds, capped }: Mixture,
  curve: readonly MixtureScore[] | null,
): Partition {
  const { k, shape } = model;
  const how = curve
    ? `k = ${count(k)} with the least BIC of ${count(curve.length)} tried (${count(bic)})`
    : `k = ${count(k)}, BIC ${count(bic)}`;
  const belongs = Float32Array.from(labels, (m, r) => memberships.data[r * k + m]!);
  const unsure = belongs.reduce((sum, share) => sum + (share < 0.8 ? 1 : 0), 0);
  const words = [
    `Gaussian mixture, ${shapeWords[shape]}, ${how}`,
    `${fixed((100 * unsure) / Math.max(1, labels.length), 1)} % of customers belong to no group by 80 % or more`,
    capped
      ? `stopped at the cap of ${count(rounds)} rounds before it settled`
      : `settled after ${count(rounds)} rounds`,
    groups < k && `${count(k - groups)} of the groups is nobody’s strongest`,
  ];
  return {
    labels,
    groups,
    belongs,
    oddness: null,
    names: null,
    mixture: model,
    words: `${words.filter((word) => word !== false).join('; ')}.`,
  };
}
