import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import type { Bounds } from '../../lib/stats/intervals.ts';
import { agreement, NOISE } from './agreement.ts';
import { densityValidity, type DensityScore } from './density.ts';
import { calinskiHarabasz, daviesBouldin, dispersion } from './dispersion.ts';
import { silhouetteScores, type SilhouetteScore } from './silhouette-score.ts';
import type { Stability } from './stability.ts';
import type { Structure } from './structure.ts';

/** One method's groups of the same customers, with what is known of it beside the labels. */
export type Run = {
  /** "K-means, k = 6". */
  readonly name: string;
  /** [rows]; 0 … groups − 1, −1 for rows in no group. */
  readonly labels: ArrayLike<number>;
  readonly milliseconds: number | null;
  readonly stability: Stability | null;
  readonly structure: Structure | null;
};

export type RunLine = {
  readonly name: string;
  readonly groups: number;
  /** Share of rows in no group. */
  readonly noise: number;
  /** Rows of the smallest and the largest group; 0 where there is none. */
  readonly smallest: number;
  readonly largest: number;
  readonly silhouette: SilhouetteScore | null;
  readonly calinskiHarabasz: number | null;
  readonly daviesBouldin: number | null;
  readonly density: DensityScore | null;
  readonly stability: { readonly bootstraps: Bounds | null; readonly stable: number } | null;
  readonly structure: Pick<Structure, 'found' | 'p' | 'words'> | null;
  readonly milliseconds: number | null;
};

/** Methods side by side on the same rows. `ari[i][j]` and `ami[i][j]`: agreement of lines i and j, noise as a group of its own. */
export type RunTable = {
  readonly lines: readonly RunLine[];
  readonly ari: readonly (readonly number[])[];
  readonly ami: readonly (readonly number[])[];
};

/**
 * The table of methods on the same rows. Silhouettes share their distances where they can. O(runs · rows · cols + runs² · rows), and rows² up to
 * 10,000 rows.
 */
export async function compareRuns(
  x: Matrix,
  runs: readonly Run[],
  { seed }: { readonly seed: number },
  job: Job = unattended,
): Promise<RunTable> {
  const quiet: Job = { ...job, progress: () => {} };
  const told = (done: number) => job.progress('Comparing methods', done, runs.length + 1);
  told(0);
  const silhouettes = await silhouetteScores(
    x,
    runs.map(({ labels }) => labels),
    { seed },
    quiet,
  );
  const lines: RunLine[] = [];
  for (const [i, run] of runs.entries()) {
    told(i + 1);
    const spread = await dispersion(x, run.labels, quiet);
    const sizes = [...spread.sizes].filter((size) => size > 0);
    let noise = 0;
    for (let r = 0; r < run.labels.length; r++) if (run.labels[r] === NOISE) noise++;
    lines.push({
      name: run.name,
      groups: sizes.length,
      noise: x.rows > 0 ? noise / x.rows : 0,
      smallest: sizes.reduce((least, size) => Math.min(least, size), sizes[0] ?? 0),
      largest: sizes.reduce((most, size) => Math.max(most, size), 0),
      silhouette: silhouettes[i]!,
      calinskiHarabasz: calinskiHarabasz(spread),
      daviesBouldin: daviesBouldin(spread),
      density: await densityValidity(x, run.labels, { seed }, quiet),
      stability: run.stability && {
        bootstraps: run.stability.bootstraps,
        stable: run.stability.groups.filter((group) => group?.standing === 'stable').length,
      },
      structure: run.structure,
      milliseconds: run.milliseconds,
    });
  }
  const square = (): number[][] => runs.map((_, i) => runs.map((_, j) => (i === j ? 1 : 0)));
  const [ari, ami] = [square(), square()];
  for (let i = 0; i < runs.length; i++)
    for (let j = 0; j < i; j++) {
      const found = agreement(runs[i]!.labels, runs[j]!.labels);
      ari[i]![j] = ari[j]![i] = found.ari;
      ami[i]![j] = ami[j]![i] = found.ami;
      await job.breathe();
    }
  return { lines, ari, ami };
}
