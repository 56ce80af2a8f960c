import type { Outcome } from '../lib/job.ts';
import type { Matrix } from '../lib/matrix.ts';
import type { ColumnPlan, Scaled } from './scale.ts';

/** What the features stage asks of a worker. */
export type FeatureApi = {
  scale(raw: Matrix, plans: readonly ColumnPlan[], port: MessagePort): Promise<Outcome<Scaled>>;
};
