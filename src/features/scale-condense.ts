import { unattended, type Job } from '../lib/job.ts';
import type { Matrix } from '../lib/matrix.ts';
import type { CondenseFeature } from './condense-columns.ts';
import type { Condensed } from './condense.ts';
import { scale, type ColumnPlan, type Scaled } from './scale.ts';

/** From here on columns are condensed unless a person says no: distances over so many say little (Beyer et al. 1999). */
const MANY_FEATURES = 30;
const MANY_COLUMNS = 60;

/** `on`: what a person chose; null where the number of columns decides. `features`: one for each plan. */
export type Condensing = {
  readonly features: readonly CondenseFeature[];
  readonly on: boolean | null;
};

export type ScaledAndCondensed = Scaled & { readonly condensed: Condensed | null };

/** `scale`, and where columns are many or a person asked for it, `condense`. */
export async function scaleAndCondense(
  raw: Matrix,
  plans: readonly ColumnPlan[],
  { features, on }: Condensing,
  job: Job = unattended,
): Promise<ScaledAndCondensed> {
  const made = await scale(raw, plans, job);
  const { scaled, scaledFrom } = made;
  const many = new Set(scaledFrom).size > MANY_FEATURES || scaled.cols > MANY_COLUMNS;
  if (!(on ?? many) || scaled.cols < 2 || scaled.rows < 3) return { ...made, condensed: null };
  const { condense, condenseDefaults } = await import('./condense.ts');
  job.signal.throwIfAborted();
  const condensed = await condense(scaled, scaledFrom, features, condenseDefaults, job);
  return { ...made, condensed: condensed.x.cols > 0 ? condensed : null };
}
