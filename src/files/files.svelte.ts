import type { Database } from '../db/query.ts';
import { callJob, type JobOptions, type Service } from '../lib/job.ts';
import { Task } from '../lib/task.svelte.ts';
import { madeUpFile } from './made-up.ts';
import type { Opened } from './open.ts';
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
  /** Stops the passes over the file before, when another is opened. */
  #passing: AbortController | null = null;

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

  /** Opens a made-up file in the worker, so that its code is ready when a real one comes. Null if that failed: nobody waits for it. */
  async warmUp(): Promise<{ readonly file: File; readonly opened: Opened } | null> {
    const file = madeUpFile();
    try {
      const opened = await callJob(this.#worker, (api, port) => api.open(file, {}, port));
      return { file, opened };
    } catch {
      return null;
    }
  }

  async #read(file: File, job: JobOptions): Promise<OpenSource> {
    const opened = await callJob(
      this.#worker,
      (api, port) => api.open(file, this.settings.dialect ?? {}, port),
      job,
    );
    this.#passing?.abort();
    const { signal } = (this.#passing = new AbortController());
    return openSource(file, opened, {
      db: this.#db,
      passes: {
        count: (input, onProgress) =>
          callJob(this.#worker, (api, port) => api.count(input, port), { signal, onProgress }),
        fingerprint: (whole) =>
          callJob(this.#worker, (api, port) => api.fingerprint(whole, port), { signal }),
      },
    });
  }
}
