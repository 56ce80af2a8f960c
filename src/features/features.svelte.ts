import type { Query } from '../db/query.ts';
import { runJob, type JobOptions, type Service } from '../lib/job.ts';
import { Task } from '../lib/task.svelte.ts';
import type { Dataset } from '../tables/types.ts';
import type { FeatureSettings, FeatureTable } from './types.ts';
import type { FeatureApi } from './worker-api.ts';

const sameThread: Service<FeatureApi> = {
  api: {
    scale: (raw, plans, condensing, port) =>
      runJob(port, async (job) => {
        const { scaleAndCondense } = await import('./scale-condense.ts');
        return scaleAndCondense(raw, plans, condensing, job);
      }),
  },
  dead: new AbortController().signal,
};

/** The features stage: typed tables in, one row of numbers per customer out. */
export class Features {
  settings = $state.raw<FeatureSettings>({});
  table = $state.raw<FeatureTable | null>(null);
  readonly task = new Task();
  readonly #query: Query;
  readonly #worker: Service<FeatureApi>;

  /** Without a worker the scaling is done in this thread: 1 s of it for a million customers. */
  constructor(query: Query, worker: Service<FeatureApi> = sameThread) {
    this.#query = query;
    this.#worker = worker;
  }

  /** Measures the customers of `dataset`. A failed or cancelled run keeps the last table; `task` says why. */
  async run(dataset: Dataset): Promise<FeatureTable | undefined> {
    const settings = this.settings;
    const work = async (job: JobOptions) => {
      const { measureFeatures } = await import('./build.ts'); // comes with the first file
      job.signal?.throwIfAborted();
      return measureFeatures(dataset, settings, { query: this.#query, worker: this.#worker }, job);
    };
    const table = await this.task.run(work);
    if (table) this.table = table;
    return table;
  }

  /** Leaves a feature out of grouping, or takes it back in; `run` again to see the difference. */
  toggle(name: string): void {
    const used = (this.table?.features ?? []).filter((feature) => feature.used);
    const on = new Set(this.settings.on ?? used.map((feature) => feature.name));
    if (!on.delete(name)) on.add(name);
    this.settings = { ...this.settings, on: [...on].sort() };
  }

  /** Has many columns condensed, or not, whatever their number; `run` again to see the difference. */
  condense(on: boolean): void {
    this.settings = { ...this.settings, condense: on };
  }

  /** Back to nothing, for another file. Settings stay. */
  clear(): void {
    this.task.cancel();
    this.table = null;
  }
}
