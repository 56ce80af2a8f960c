import type { FeatureTable } from '../../features/types.ts';
import { copiesOf } from '../../lib/copies.ts';
import { callJob, give, type Service } from '../../lib/job.ts';
import { pageJob } from '../../lib/page-job.ts';
import { Task } from '../../lib/task.svelte.ts';
import type { Who } from '../who.ts';
import type { InsightApi } from '../worker-api.ts';
import type { Chosen } from './choices.ts';
import type { Comparison } from './compare.ts';

/** Two selections side by side, as they were asked for last. */
export class Comparing {
  readonly task = new Task();
  /** What is chosen on either side; null where nothing is being compared. */
  chosen = $state.raw<Chosen | null>(null);
  result = $state.raw<Comparison | null>(null);
  readonly #worker: Service<InsightApi>;

  constructor(worker: Service<InsightApi>) {
    this.#worker = worker;
  }

  /** A failed or cancelled comparison leaves nothing: what stood there is of other sides. */
  async run({ features, raw }: FeatureTable, a: Who, b: Who): Promise<void> {
    this.result = null;
    const found = await this.task.run(async (job) => {
      const { copies, buffers } = await copiesOf({ raw }, pageJob(job));
      return callJob(
        this.#worker,
        (api, port) => api.compare(give({ features, ...copies }, buffers), a, b, port),
        job,
      );
    });
    if (found) this.result = found;
  }

  clear(): void {
    this.task.cancel();
    this.chosen = null;
    this.result = null;
  }
}
