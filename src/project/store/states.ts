import { callJob, type Service } from '../../lib/job.ts';
import type { Change, Reading } from './types.ts';
import type { StoreApi } from './worker-api.ts';

/** The states of one project, as the tab that writes it sees them: each save is made on the one before it. */
export class States {
  readonly #id: string;
  readonly #service: Service<StoreApi>;
  /** Number of the newest; null after a save of which the end was not heard. */
  #newest: number | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(id: string, service: Service<StoreApi>) {
    this.#id = id;
    this.#service = service;
  }

  async read(): Promise<Reading> {
    const read = await callJob(this.#service, (api, port) => api.read(this.#id, port));
    this.#newest = read.generation;
    return read;
  }

  /** Resolves when it is on the disk. One at a time, in the order of the calls. */
  save(change: Change): Promise<void> {
    const saved = this.#last.then(() => this.#save(change));
    this.#last = saved.catch(() => {});
    return saved;
  }

  async mend(): Promise<void> {
    await callJob(this.#service, (api, port) => api.mend(this.#id, port));
  }

  /** Files that only undo could need may go. */
  async letGo(): Promise<void> {
    await callJob(this.#service, (api, port) => api.letGo(this.#id, port));
  }

  async #save(change: Change): Promise<void> {
    if (this.#newest === null) await this.read();
    const after = this.#newest;
    this.#newest = null;
    this.#newest = await callJob(this.#service, (api, port) =>
      api.change(this.#id, after, change, port),
    );
  }
}
