import type { Outcome } from '../lib/job.ts';
import type { Matrix } from '../lib/matrix.ts';
import type { ColumnPlan } from './scale.ts';
import type { Condensing, ScaledAndCondensed } from './scale-condense.ts';

/** What the features stage asks of a worker. */
export type FeatureApi = {
  scale(
    raw: Matrix,
    plans: readonly ColumnPlan[],
    condensing: Condensing,
    port: MessagePort,
  ): Promise<Outcome<ScaledAndCondensed>>;
};
