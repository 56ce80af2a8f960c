import type { Database } from '../db/query.ts';
import { callJob, type JobOptions, type Service } from '../lib/job.ts';
import { Task } from '../lib/task.svelte.ts';
import { openSource } from './source.ts';
import type { FileSettings, OpenSource } from './types.ts';
import type { FileApi } from './worker-api.ts';

/** The files stage: a file in, a source that the database can read out. */
export class Files {
  settings = $state.raw<FileSettings>({});
  source = $state.raw<OpenSource | null>(null);
  readonly task = new Task();
  readonly #db: Database;
  readonly #worker: Service<FileApi>;
  #file: File | null = null;
  #scanning: AbortController | null = null;

  constructor(db: Database, worker: Service<FileApi>) {
    this.#db = db;
    this.#worker = worker;
  }

  /** Finds out how the file is spelled and makes it readable; a failure keeps the source before it. */
  async open(file: File): Promise<OpenSource | undefined> {
    const source = await this.task.run((job) => this.#read(file, job));
    if (!source) return undefined;
    const before = this.source;
    this.#file = file;
    this.source = source;
    if (before) await this.#db.release(before.path);
    return source;
  }

  /** The same file with the settings as they are now, after a person changed the dialect. */
  async reread(): Promise<OpenSource | undefined> {
    return this.#file ? this.open(this.#file) : undefined;
  }

  /** Pasted cells (a spreadsheet gives tabs, a text editor what it has) as a file to open. */
  paste(text: string, name: string): File {
    return new File([text], name, { type: 'text/csv', lastModified: 0 });
  }

  async #read(file: File, job: JobOptions): Promise<OpenSource> {
    const opened = await callJob(
      this.#worker,
      (api, port) => api.open(file, this.settings.dialect ?? {}, port),
      job,
    );
    this.#scanning?.abort();
    const scanning = (this.#scanning = new AbortController());
    return openSource(file, opened, {
      db: this.#db,
      scan: (input, onProgress) =>
        callJob(this.#worker, (api, port) => api.scan(input, port), {
          signal: scanning.signal,
          onProgress,
        }),
    });
  }
}
