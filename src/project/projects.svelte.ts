import { TesseraError } from '../lib/errors.ts';
import type { Service } from '../lib/job.ts';
import { KeptFiles } from './kept-files.svelte.ts';
import { OpenProject } from './open-project.svelte.ts';
import type { Page } from './store/page.ts';
import type { Change, Draft } from './store/types.ts';
import { Shelf } from './shelf.svelte.ts';
import { savedWords, type Saved } from './store/words.ts';
import type { StoreApi } from './store/worker-api.ts';

/** Every project on this device, the one that is open, and whether what a person did is on the disk. */
export class Projects {
  current = $state.raw<OpenProject | null>(null);
  readonly shelf: Shelf;
  readonly files: KeptFiles;
  /** Hears of a document that replaces the one on the screen: this tab writes now, after another one did. */
  onreload: (document: string) => void = () => {};
  readonly #service: Service<StoreApi>;
  readonly #page: Page;

  constructor(service: Service<StoreApi>, page: Page) {
    this.#service = service;
    this.shelf = new Shelf(service, page);
    this.files = new KeptFiles(service);
    this.#page = page;
  }

  get saved(): Saved {
    return this.current?.saved ?? 'not-stored';
  }

  get words(): string {
    return savedWords(this.saved, this.current?.error);
  }

  /** What is on this device; the bin forgets what is older than 30 days. */
  async start(): Promise<void> {
    await this.shelf.tried(() => this.shelf.call((api, port) => api.sweep(this.#page.now(), port)));
    await this.shelf.refresh();
  }

  /** A new project, open in this tab; null where the browser has no place for it (`shelf.error`), and work goes on unsaved. */
  async create(name: string, { document, blobs }: Draft): Promise<string | null> {
    if (!(await this.close())) return null;
    const project = { name, document, blobs, at: this.#page.now() };
    return this.shelf.tried(async () => {
      const { id } = await this.shelf.call((api, port) => api.create(project, port));
      await this.#enter(id);
      this.shelf.persisted = await this.#page.persist();
      return id;
    });
  }

  /** The document of a project, which is then the one that is open; null where it could not be read (`shelf.error`). */
  async open(id: string): Promise<string | null> {
    if (this.current?.id === id || !(await this.close())) return null;
    return this.shelf.tried(() => this.#enter(id));
  }

  /** Saves soon. Nothing where no project is open or another tab writes it. */
  schedule(draft: Draft): void {
    this.current?.schedule(draft);
  }

  /** False where what waits cannot be saved: the project stays open, and `words` says why. */
  async close(): Promise<boolean> {
    if (this.current && !(await this.current.close())) return false;
    this.current = null;
    return true;
  }

  rename(id: string, name: string): Promise<boolean> {
    return this.#change(id, { name });
  }

  async duplicate(id: string, name: string): Promise<boolean> {
    if (this.current?.id === id) await this.current.flush();
    const at = this.#page.now();
    return this.shelf.did(() => this.shelf.call((api, port) => api.duplicate(id, name, at, port)));
  }

  /** To the bin. */
  async remove(id: string): Promise<boolean> {
    if (this.current?.id === id && !(await this.close())) return false;
    return this.#change(id, { removedAt: this.#page.now() });
  }

  restore(id: string): Promise<boolean> {
    return this.#change(id, { removedAt: null });
  }

  /** For ever. */
  async purge(id: string): Promise<boolean> {
    if (this.current?.id === id) {
      await this.current.leave();
      this.current = null;
    }
    return this.shelf.did(() =>
      this.#alone(id, () => this.shelf.call((api, port) => api.purge(id, port))),
    );
  }

  /**
   * The open project as a `.tessera` file, with what could not be saved; undefined where cancelled or failed
   * (`files.task.error`). Where nothing is stored: `files.pack({ loose, … })`.
   */
  async exportFile(data: boolean, passphrase: string | null): Promise<Blob | undefined> {
    const { current } = this;
    if (!current) throw new RangeError('no project is open');
    const { id, name } = current;
    await current.flush();
    const loose = current.unsaved;
    const at = this.#page.now();
    const source = loose ? { loose, project: id, name, at } : { saved: id };
    const file = await this.files.pack(source, data, passphrase);
    if (file && !loose && !current.readOnly)
      await this.shelf.did(() => current.note({ backedUpAt: at }));
    return file;
  }

  /** A new project from a `.tessera` file, not yet open: its id; undefined where cancelled or failed (`files.task.error`). */
  async importFile(file: Blob, passphrase: string | null): Promise<string | undefined> {
    const id = await this.files.unpack(file, passphrase, this.#page.now());
    await this.shelf.refresh();
    return id;
  }

  async #enter(id: string): Promise<string> {
    const open = new OpenProject(id, this.#service, this.#page, (text) => this.onreload(text));
    try {
      const document = await open.open();
      this.current = open;
      return document;
    } catch (error) {
      await open.leave();
      throw error;
    } finally {
      await this.shelf.refresh();
    }
  }

  #change(id: string, change: Change): Promise<boolean> {
    const { current } = this;
    if (current?.id === id && change.name !== undefined)
      return this.shelf.did(() => current.note({ name: change.name ?? '' }));
    return this.shelf.did(() =>
      this.#alone(id, () => this.shelf.call((api, port) => api.change(id, null, change, port))),
    );
  }

  /** Throws `project-elsewhere` where another tab writes the project. */
  #alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    const name = `tessera-project-${id}`;
    return this.#page.locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) throw new TesseraError('project-elsewhere', 'It is open in another tab.');
      return work();
    });
  }
}
