import { version } from '../../package.json';
import { download } from '../lib/download.ts';
import { TesseraError } from '../lib/errors.ts';
import type { Service } from '../lib/job.ts';
import { fileName } from '../exports/file-name.ts';
import type { Recipe } from '../project/recipe.ts';
import { documentOf } from '../project/recipe-of.ts';
import { Projects } from '../project/projects.svelte.ts';
import { forgetHandles } from '../project/store/handles.ts';
import { browserPage } from '../project/store/page.ts';
import { BIN_DAYS } from '../project/store/types.ts';
import { savedWords, type Saved } from '../project/store/words.ts';
import type { StoreApi } from '../project/store/worker-api.ts';
import type { Session } from './session.svelte.ts';

type KeptFile = Recipe['files'][number];

/** Keeps the open project on this device, from its first result on, and brings kept ones back. */
export class Keeper {
  readonly projects: Projects;
  /** A `.tessera` file that is locked and waits for its passphrase. */
  locked = $state.raw<File | null>(null);
  readonly #session: Session;
  /** Its name until it is kept, and where the browser keeps nothing. */
  #draft = $state('New project');
  /** Files of the project that are on the disk, by key. */
  readonly #kept = new Map<string, KeptFile>();
  /** What is being written before the first save can be. */
  #storing = $state(0);
  /** Something was decided that is not even waiting to be saved: a file could not be stored, or that was cancelled. */
  #behind = $state(false);
  /** Saves of one project follow each other; those of a project that was left end by themselves. */
  #turn: Promise<void> = Promise.resolve();
  #project = 0;

  constructor(session: Session, service: Service<StoreApi>) {
    this.#session = session;
    this.projects = new Projects(service, browserPage());
    this.projects.onreload = (document) => void this.#show(document);
  }

  get task() {
    return this.projects.files.task;
  }

  get name(): string {
    return this.projects.current?.name ?? this.#draft;
  }

  get saved(): Saved {
    if (this.#storing > 0) return 'saving';
    const { saved } = this.projects;
    return this.#behind && saved === 'saved' ? 'failed' : saved;
  }

  /** For the top bar: "Saved" only when all of it is on the disk. */
  get words(): string {
    if (this.#behind && this.saved === 'failed' && !this.task.error)
      return 'Not saved: storing the files was cancelled. “Try again” stores them.';
    const { current, shelf } = this.projects;
    return savedWords(this.saved, this.task.error ?? current?.error ?? shelf.error);
  }

  async start(): Promise<void> {
    await this.projects.start();
  }

  /** Another project begins; it is kept as soon as there is something to keep. */
  begin(name: string): void {
    this.#draft = name;
  }

  /** The project is left: what waits is saved first. */
  end(): void {
    this.#project++;
    this.#behind = false;
    this.#kept.clear();
    void this.#after(async () => {
      if (!this.projects.current) return;
      await this.projects.close();
      await this.projects.shelf.refresh();
    });
  }

  /** What a person decided has changed: saved soon. */
  changed(): void {
    const project = this.#project;
    this.#behind = true;
    void this.#after(async () => {
      if (project === this.#project) await this.#save(project);
    });
  }

  /** Writes what waits now. */
  async flush(): Promise<void> {
    await this.projects.current?.flush();
  }

  async rename(name: string): Promise<void> {
    const { current } = this.projects;
    if (current) await this.projects.rename(current.id, name);
    else this.#draft = name;
    this.changed();
  }

  /** A project from the list, as it was left. */
  async resume(id: string): Promise<void> {
    this.#session.close();
    await this.#after(async () => {
      const document = await this.projects.open(id);
      if (document === null) this.#session.refused = this.projects.shelf.error;
      else await this.#show(document);
    });
  }

  /** The open project goes to the bin, from where it can be taken back for 30 days. */
  async remove(): Promise<void> {
    const { current } = this.projects;
    if (!current) return;
    const { id, name } = current;
    this.#session.close();
    await this.#after(async () => {
      if (await this.projects.remove(id))
        this.#session.notice = `“${name}” is in the bin, where it stays for ${BIN_DAYS} days.`;
    });
  }

  /** The copy of a file that the project keeps, under its name and date; null where it keeps none. */
  async copyOf(key: string, { name, lastModified }: File): Promise<File | null> {
    const { current } = this.projects;
    const kept = this.#kept.get(key);
    const blob = current && kept && (await this.projects.files.kept(current.id, kept.sha256));
    return blob ? new File([blob], name, { lastModified }) : null;
  }

  /** For ever, with the way back to its files on the disk. */
  async purge(id: string): Promise<void> {
    if (await this.projects.purge(id)) await forgetHandles(id).catch(() => {}); // a handle leads nowhere without its project
  }

  /** Where another tab has the project: asks it to save and let go. */
  async takeOver(): Promise<void> {
    const taken = await this.projects.current?.takeOver();
    if (taken === false)
      this.#session.notice = 'The other tab did not answer. Close it, and this one can be changed.';
  }

  /** The project as one file, with its data or only its decisions; locked where there is a passphrase. */
  async export(data: boolean, passphrase: string | null): Promise<void> {
    const blob = await this.projects.exportFile(data, passphrase);
    if (blob) download({ name: fileName(this.name, 'project', 'tessera'), blob });
  }

  async import(file: File, passphrase: string | null = null): Promise<void> {
    this.#session.refused = null;
    const id = await this.projects.importFile(file, passphrase);
    const { error } = this.task;
    if (id !== undefined) {
      this.locked = null;
      await this.resume(id);
    } else if (passphrase === null && isLocked(error)) this.locked = file;
    else if (this.locked === null) this.#session.refused = error;
  }

  async #save(project: number): Promise<void> {
    const { history, files } = this.#session;
    this.#storing++;
    try {
      if (!this.projects.current && !(await this.#create())) return;
      const { current } = this.projects;
      if (!current || current.readOnly) return;
      const used = new Set(history.current.files.sources.flatMap((source) => source.files));
      for (const { key, file } of files.given.all) {
        if (!used.has(key) || this.#kept.has(key)) continue;
        const sha256 = await this.projects.files.keep(current.id, file);
        if (sha256 === undefined || project !== this.#project) return; // the task says why
        this.#kept.set(key, { key, name: file.name, bytes: file.size, sha256 });
      }
      const kept = [...this.#kept.values()].filter(({ key }) => used.has(key));
      void this.#session.disk.keep(current.id);
      const { packUndo } = await import('../project/undo.ts');
      this.projects.schedule({
        document: await this.#document(kept),
        blobs: kept.map(({ sha256 }) => sha256),
        undo: packUndo(history.past),
      });
      this.#behind = false;
    } finally {
      this.#storing--;
    }
  }

  async #create(): Promise<boolean> {
    const empty = { document: await this.#document([]), blobs: [] };
    return (await this.projects.create(this.#draft, empty)) !== null;
  }

  async #document(files: readonly KeptFile[]): Promise<string> {
    const { serialise } = await import('../project/recipe.ts'); // with its schema, at the first save
    const { current } = this.#session.history;
    const keys = new Set(files.map(({ key }) => key));
    const sources = current.files.sources.filter((source) =>
      source.files.every((key) => keys.has(key)),
    );
    const settings = { ...current, files: { sources } };
    return serialise(documentOf(version, { name: this.name, files, settings }));
  }

  /** Puts a document on the screen: its files from the disk, its settings, and all that follows from them. */
  async #show(document: string): Promise<void> {
    const session = this.#session;
    const { current } = this.projects;
    if (!current) return;
    try {
      const { parse } = await import('../project/recipe.ts');
      const recipe = parse(document);
      session.pipeline.clear();
      this.#kept.clear();
      session.intake.opening = recipe.files.map(({ name }) => name);
      for (const one of recipe.files) {
        const blob = await this.projects.files.kept(current.id, one.sha256);
        if (!blob) throw this.task.error ?? new RangeError('cancelled');
        session.files.given.put({
          key: one.key,
          file: new File([blob], one.name, { lastModified: blob.lastModified }),
        });
        session.guard.ledger.open(one.name, one.bytes);
        this.#kept.set(one.key, one);
      }
      session.intake.opening = [];
      const { unpackUndo } = await import('../project/undo.ts'); // with its schema
      await session.resume(recipe.settings, unpackUndo(current.undo, recipe.settings));
      void session.disk.recall(current.id);
    } catch (error) {
      session.intake.opening = [];
      session.refused = error;
    }
  }

  #after(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch((error: unknown) => {
      this.#session.refused = error;
    });
    return this.#turn;
  }
}

const isLocked = (error: unknown): boolean =>
  error instanceof TesseraError && error.code === 'backup-locked';
