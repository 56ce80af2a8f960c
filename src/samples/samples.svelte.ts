import { callJob, type Service } from '../lib/job.ts';
import { Task } from '../lib/task.svelte.ts';
import { sampleOf, samples } from './schemes.ts';
import type { Sample, SampleSpec, SchemeId, TableId } from './types.ts';
import type { SampleApi } from './worker-api.ts';

/** The samples stage: made-up companies, as files that open as if they had been dropped. */
export class Samples {
  readonly list: readonly Sample[] = samples;
  readonly task = new Task();
  readonly #worker: Service<SampleApi>;

  constructor(worker: Service<SampleApi>) {
    this.#worker = worker;
  }

  /** Makes the sample's table; undefined if it was cancelled, replaced, or failed (see `task.error`). */
  open(id: SchemeId): Promise<File | undefined> {
    const { spec, table, file } = sampleOf(id);
    return this.make(spec, table, file);
  }

  /** Any table of any size as a file called `name`. */
  async make(spec: SampleSpec, table: TableId, name: string): Promise<File | undefined> {
    const blob = await this.task.run((options) =>
      callJob(this.#worker, (api, port) => api.make(spec, table, port), options),
    );
    return blob && new File([blob], name, { type: 'text/csv', lastModified: 0 }); // else it would be the clock's
  }
}
