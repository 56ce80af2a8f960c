import type { Database } from '../db/query.ts';
import { callJob, type JobOptions, type Service } from '../lib/job.ts';
import { Task } from '../lib/task.svelte.ts';
import type { OpenRequest } from './formats/types.ts';
import { GivenFiles } from './given.ts';
import { madeUpFile } from './made-up.ts';
import type { Opened } from './open.ts';
import type { Joined, Member } from './set.ts';
import type { FilesSettings, OpenSource, SourceSettings } from './types.ts';
import type { FileApi } from './worker-api.ts';

export type Learned = { readonly file: File; readonly opened: Opened };

export type Fingerprint = {
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  /** Of the bytes as given, lower-case hex. */
  readonly sha256: string;
};

/** A source that stands, with the settings that it was opened with and the way to stop the passes over its file. */
type Standing = {
  readonly asked: string;
  readonly source: OpenSource;
  readonly passing: AbortController;
  readonly isOutdated?: boolean;
};

/** The files stage: files in, one source a table out, each readable by the database. */
export class Files {
  settings = $state.raw<FilesSettings>({ sources: [] });
  /** In the order of the settings. */
  sources = $state.raw<readonly OpenSource[]>([]);
  readonly given = new GivenFiles();
  readonly task = new Task();
  readonly #db: Database;
  readonly #worker: Service<FileApi>;
  readonly #standing = new Map<string, Standing>();
  readonly #learned = new Map<string, Opened>();
  readonly #hashes = new WeakMap<File, Promise<string>>();
  #hashing = new AbortController();
  /** A file of an open source was put in place of another with the same bytes: it is opened again before it is read again. */
  isOutdated = false;

  constructor(db: Database, worker: Service<FileApi>) {
    this.#db = db;
    this.#worker = worker;
  }

  /** What the project holds with these files added: a table for each that is found in them, and one for files of the same shape. */
  async propose(keys: readonly string[]): Promise<FilesSettings | undefined> {
    const files = keys.map((key) => this.given.get(key));
    return this.task.run(async (job) => {
      const { propose } = await import('./propose.ts');
      return propose(files, this.settings, {
        parts: ({ file }) => callJob(this.#worker, (api, port) => api.parts(file, port), job),
        open: ({ key }, part) => this.#learn(key, { part, dialect: {} }, job),
      });
    });
  }

  /** Opens what the settings name and is not open yet as they say; a failure keeps the sources before it. */
  async open(): Promise<readonly OpenSource[] | undefined> {
    const wanted = this.settings.sources;
    const sources = await this.task.run(async (job) => {
      const opened: OpenSource[] = [];
      for (const one of wanted) opened.push(await this.#openOne(one, job));
      return opened;
    });
    if (!sources) return undefined;
    this.sources = sources;
    this.isOutdated = false;
    await this.#leaveOut(wanted.map(({ id }) => id));
    return sources;
  }

  /** The first file of a table, and what opening it found; undefined where that was cancelled or failed (`task.error`). */
  async learned({ files, part, dialect = {} }: SourceSettings): Promise<Learned | undefined> {
    const [key] = files;
    if (key === undefined) throw new RangeError('a table without a file');
    const opened = await this.task.run((job) => this.#learn(key, { part, dialect }, job));
    return opened && { file: this.given.get(key).file, opened };
  }

  /** What tells the project's files from all others: those that a table is made of, in the order of their keys. */
  async fingerprints(): Promise<readonly Fingerprint[]> {
    const used = new Set(this.settings.sources.flatMap(({ files }) => files));
    const files = this.given.all.filter(({ key }) => used.has(key));
    return Promise.all(
      files.map(async ({ key, file }) => ({
        key,
        name: file.name,
        bytes: file.size,
        sha256: await this.sha256(file),
      })),
    );
  }

  /** Reads a file from `copy` from now on, which holds the same bytes: where it lay, it changed or is gone. */
  replace(key: string, copy: File): void {
    this.given.put({ ...this.given.get(key), file: copy });
    for (const asked of [...this.#learned.keys()])
      if ((JSON.parse(asked) as readonly unknown[])[0] === key) this.#learned.delete(asked); // as `#learn` wrote it
    for (const [id, standing] of this.#standing) {
      const { files } = JSON.parse(standing.asked) as Pick<SourceSettings, 'files'>; // as `#openOne` wrote it
      if (!files.includes(key)) continue;
      this.#standing.set(id, { ...standing, isOutdated: true });
      this.isOutdated = true;
    }
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

  /** Back to no file at all. */
  async clear(): Promise<void> {
    this.task.cancel();
    this.#hashing.abort();
    this.#hashing = new AbortController();
    this.sources = [];
    this.given.clear();
    this.#learned.clear();
    await this.#leaveOut([]);
  }

  async #openOne(settings: SourceSettings, job: JobOptions): Promise<OpenSource> {
    const asked = JSON.stringify(settings);
    const before = this.#standing.get(settings.id);
    if (before?.asked === asked && !before.isOutdated) return before.source;
    const { part, dialect = {}, mends = [] } = settings;
    const openeds: Opened[] = [];
    for (const key of settings.files) openeds.push(await this.#learn(key, { part, dialect }, job));
    const files = settings.files.map((key) => this.given.get(key).file);
    const joined = await this.#join(files, openeds, job);
    before?.passing.abort();
    const passing = new AbortController();
    const { signal } = passing;
    const { openSource } = await import('./source.ts');
    const opened = await openSource(files, openeds, {
      id: settings.id,
      mends,
      ...(joined ? { joined } : {}),
      db: this.#db,
      passes: {
        count: (input, onProgress) =>
          callJob(this.#worker, (api, port) => api.count(input, port), { signal, onProgress }),
        fingerprint: (whole) => this.sha256(whole),
      },
    });
    const { portion } = settings;
    const source = portion ? { ...opened, portion } : opened;
    this.#standing.set(settings.id, { asked, source, passing });
    if (before) await this.#db.release(before.source.path);
    return source;
  }

  /** Several files as one text, put together in the worker; null for one file. */
  async #join(
    files: readonly File[],
    openeds: readonly Opened[],
    job: JobOptions,
  ): Promise<Joined | null> {
    const [first, ...rest] = files.map((file, i): Member => ({ file, opened: openeds[i]! }));
    if (!first || rest.length === 0) return null;
    return callJob(this.#worker, (api, port) => api.join([first, ...rest], port), job);
  }

  /** What is known of a table in a file; asked once, since a workbook or a Parquet file is written anew as text for it. */
  async #learn(
    key: string,
    request: Required<Pick<OpenRequest, 'part' | 'dialect'>>,
    job: JobOptions,
  ): Promise<Opened> {
    const asked = JSON.stringify([key, request]);
    const known = this.#learned.get(asked);
    if (known) return known;
    const { file } = this.given.get(key);
    const opened = await callJob(this.#worker, (api, port) => api.open(file, request, port), job);
    this.#learned.set(asked, opened);
    return opened;
  }

  /** One pass over the bytes of a file, made once. */
  sha256(file: File): Promise<string> {
    const known = this.#hashes.get(file);
    if (known) return known;
    const { signal } = this.#hashing;
    const hash = callJob(this.#worker, (api, port) => api.fingerprint(file, port), { signal });
    this.#hashes.set(file, hash);
    hash.catch(() => this.#hashes.delete(file));
    return hash;
  }

  async #leaveOut(except: readonly string[]): Promise<void> {
    for (const [id, { source, passing }] of [...this.#standing]) {
      if (except.includes(id)) continue;
      passing.abort();
      this.#standing.delete(id);
      await this.#db.release(source.path);
    }
  }
}
