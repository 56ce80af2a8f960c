import { callJob, type Service } from '../lib/job.ts';
import type { Page } from './store/page.ts';
import type { ProjectItem, Usage } from './store/types.ts';
import type { StoreApi } from './store/worker-api.ts';

/** A project in the list that can be read. */
export type Listed = Exclude<ProjectItem, { readonly state: 'unreadable' }>;

/** What is on this device: projects, the bin, the room they take; and why the last thing asked for did not happen. */
export class Shelf {
  /** Newest change first, those in the bin too. */
  list = $state.raw<readonly ProjectItem[]>([]);
  usage = $state.raw<Usage>({ used: null, quota: null });
  /** Whether the browser keeps it until a person deletes it; null where it does not tell. */
  persisted = $state<boolean | null>(null);
  error = $state.raw<unknown>(null);
  readonly #service: Service<StoreApi>;
  readonly #page: Page;

  constructor(service: Service<StoreApi>, page: Page) {
    this.#service = service;
    this.#page = page;
  }

  get recent(): readonly ProjectItem[] {
    return this.list.filter((item) => item.state === 'unreadable' || !isRemoved(item));
  }

  get bin(): readonly Listed[] {
    return this.list.filter((item) => item.state !== 'unreadable').filter(isRemoved);
  }

  /** Reads everything again. */
  async refresh(): Promise<void> {
    try {
      this.list = await this.call((api, port) => api.list(port));
      this.usage = await this.call((api, port) => api.usage(port));
      this.persisted = await this.#page.persisted();
    } catch (error) {
      this.error = error;
    }
  }

  /** Does something to a project and reads the list again; false where it failed (`error`). */
  async did(work: () => Promise<unknown>): Promise<boolean> {
    const done = await this.tried(async () => (await work(), true));
    await this.refresh();
    return done ?? false;
  }

  /** Null where it failed (`error`). */
  async tried<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      const value = await work();
      this.error = null;
      return value;
    } catch (error) {
      this.error = error;
      return null;
    }
  }

  call<T>(call: Parameters<typeof callJob<StoreApi, T>>[1]): Promise<T> {
    return callJob(this.#service, call);
  }
}

const isRemoved = ({ removedAt }: Listed): boolean => removedAt !== null;
