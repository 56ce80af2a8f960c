import type { FeatureTable } from '../../features/types.ts';
import { callJob, type Service } from '../../lib/job.ts';
import { Task } from '../../lib/task.svelte.ts';
import type { Segmentation } from '../../segments/types.ts';
import type { InsightApi } from '../worker-api.ts';
import type { FoundRule } from './segment-rules.ts';

/** Why these customers are together: a rule for each segment. */
export class Why {
  readonly task = new Task();
  #rules = $state.raw<{
    readonly labels: Int32Array;
    readonly found: readonly (FoundRule | null)[];
  } | null>(null);
  readonly #worker: Service<InsightApi>;

  constructor(worker: Service<InsightApi>) {
    this.#worker = worker;
  }

  /** The rules of these very segments, in their order; null until they are found. */
  rulesOf({ labels }: Pick<Segmentation, 'labels'>): readonly (FoundRule | null)[] | null {
    return this.#rules?.labels === labels ? this.#rules.found : null;
  }

  async findRules(
    { features, raw }: FeatureTable,
    { labels, segments }: Segmentation,
    seed: number,
  ): Promise<void> {
    if (this.#rules?.labels === labels) return;
    const options = { segments: segments.length, seed };
    const found = await this.task.run((job) =>
      callJob(
        this.#worker,
        (api, port) => api.segmentRules({ features, raw }, labels, options, port),
        job,
      ),
    );
    if (found) this.#rules = { labels, found };
  }

  clear(): void {
    this.task.cancel();
    this.#rules = null;
  }
}
