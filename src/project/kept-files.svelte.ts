import { callJob, type Service } from '../lib/job.ts';
import { Task } from '../lib/task.svelte.ts';
import type { Packed } from './store/tessera-file.ts';
import type { ExportSource, StoreApi } from './store/worker-api.ts';

/** The large things of a project: files that it keeps, and itself as a `.tessera` file. All can be watched and cancelled. */
export class KeptFiles {
  readonly task = new Task();
  readonly #service: Service<StoreApi>;

  constructor(service: Service<StoreApi>) {
    this.#service = service;
  }

  /** Keeps a copy with `project` and gives its SHA-256; undefined where cancelled or failed (`task.error`). */
  keep(project: string, file: Blob): Promise<string | undefined> {
    return this.#run((api, port) => api.putBlob(project, file, port));
  }

  /** A file that `project` keeps, checked byte by byte; undefined where cancelled or failed (`task.error`). */
  kept(project: string, sha256: string): Promise<File | undefined> {
    return this.#run((api, port) => api.getBlob(project, sha256, port));
  }

  /** A `.tessera` file, with the kept files or without; undefined where cancelled or failed (`task.error`). */
  pack(source: ExportSource, data: boolean, passphrase: string | null): Promise<Blob | undefined> {
    return this.#run((api, port) => api.exportFile(source, { data, passphrase }, port));
  }

  /** What a `.tessera` file holds, without storing it; undefined where cancelled or failed (`task.error`). */
  look(file: Blob, passphrase: string | null): Promise<Packed | undefined> {
    return this.#run((api, port) => api.readFile(file, passphrase, port));
  }

  /** A new project from a `.tessera` file: its id; undefined where cancelled or failed (`task.error`). `at` is now. */
  async unpack(file: Blob, passphrase: string | null, at: string): Promise<string | undefined> {
    return (await this.#run((api, port) => api.importFile(file, { passphrase, at }, port)))?.id;
  }

  #run<T>(call: Parameters<typeof callJob<StoreApi, T>>[1]): Promise<T | undefined> {
    return this.task.run((options) => callJob(this.#service, call, options));
  }
}
