import { TesseraError } from '../../lib/errors.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { Blobs } from './blobs.ts';
import type { Folder, Locks } from './folder.ts';
import { ProjectFolders } from './folders.ts';
import { Held } from './held.ts';
import { itemOf } from './item.ts';
import { bury, readWhole, setAside, writeManifest } from './manifest.ts';
import { sweep } from './sweep.ts';
import { BIN_DAYS } from './types.ts';
import type { Change, Meta, NewProject, ProjectItem, Reading, SavedState } from './types.ts';

const STORE_LOCK = 'tessera-store';
const DAY_MS = 86_400_000;

export type StoreOptions = {
  readonly root: Folder;
  readonly locks: Locks;
  /** A name that was never given before. */
  readonly newId: () => string;
};

/** Projects on a disk. Knows nothing of what a document says. See README.md for what survives what. */
export class ProjectStore {
  readonly #folders: ProjectFolders;
  readonly #blobs: Blobs;
  readonly #locks: Locks;
  readonly #held: Held;
  readonly #newId: () => string;

  private constructor(folders: ProjectFolders, blobs: Blobs, { locks, newId }: StoreOptions) {
    this.#folders = folders;
    this.#blobs = blobs;
    this.#locks = locks;
    this.#held = new Held(locks);
    this.#newId = newId;
  }

  static async open(options: StoreOptions): Promise<ProjectStore> {
    const { root, locks, newId } = options;
    const folders = new ProjectFolders(await root.folder('projects'), locks);
    return new ProjectStore(folders, new Blobs(await root.folder('blobs'), newId), options);
  }

  async list(): Promise<readonly ProjectItem[]> {
    const items = await Promise.all(
      (await this.#folders.ids()).map((id) =>
        this.#folders.beside(id, (folder) => itemOf(folder, id, this.#blobs)),
      ),
    );
    const when = (item: ProjectItem) => (item.state === 'unreadable' ? '' : item.changedAt);
    return items
      .filter((item) => item !== null)
      .sort((one, other) => when(other).localeCompare(when(one)));
  }

  create({ name, document, blobs, at }: NewProject): Promise<SavedState> {
    const id = this.#newId();
    const meta: Meta = { id, name, changedAt: at, removedAt: null, backedUpAt: null, blobs };
    return this.#unswept(async () => {
      await this.#requireAll(blobs);
      const generation = await this.#folders.alone(id, (folder) =>
        writeManifest(folder, 0, meta, document),
      );
      return { id, generation };
    });
  }

  read(id: string): Promise<Reading> {
    return this.#folders.beside(id, (folder) => readWhole(folder, id));
  }

  /** `after`: the state that the change was made on; null for whatever is newest. Gives the number of the new state. */
  change(id: string, after: number | null, change: Change): Promise<number> {
    return this.#unswept(async () => {
      await this.#requireAll(change.blobs ?? []);
      return this.#folders.alone(id, async (folder) => {
        const before = await readWhole(folder, id);
        const { document = before.document, ...rest } = change;
        const meta = { ...before.meta, ...rest };
        return writeManifest(folder, after ?? before.generation, meta, document);
      });
    });
  }

  mend(id: string): Promise<void> {
    return this.#folders.alone(id, setAside);
  }

  async duplicate(id: string, name: string, at: string): Promise<SavedState> {
    const { document, meta } = await this.read(id);
    return this.create({ name, document, blobs: meta.blobs, at });
  }

  async purge(id: string): Promise<boolean> {
    this.#held.letGo(id);
    await this.#folders.alone(id, async (folder) => {
      await setAside(folder);
      await bury(folder);
      await this.#folders.remove(id);
    });
    return this.#sweep();
  }

  putBlob(project: string, file: Blob, job: Job = unattended): Promise<string> {
    return this.#unswept(async () => {
      const sha256 = await this.#blobs.put(file, job);
      await this.#held.hold(project, sha256);
      return sha256;
    });
  }

  async getBlob(project: string, sha256: string, job: Job = unattended): Promise<File> {
    await this.#held.hold(project, sha256);
    return this.#blobs.get(sha256, job);
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.#blobs.size(sha256)) !== null;
  }

  letGo(project: string): void {
    this.#held.letGo(project);
  }

  /** Empties the bin of what is older than 30 days at `now`, and removes what nobody names. */
  async sweep(now: string): Promise<void> {
    const old = Date.parse(now) - BIN_DAYS * DAY_MS;
    for (const item of await this.list())
      if (item.state !== 'unreadable' && item.removedAt && Date.parse(item.removedAt) < old)
        await this.purge(item.id);
    await this.#sweep();
  }

  /** Waits for nobody: where another tab makes or keeps something now, what is left goes another time. */
  #sweep(): Promise<boolean> {
    const alone = { mode: 'exclusive', ifAvailable: true } as const;
    const parts = { folders: this.#folders, blobs: this.#blobs, held: this.#held };
    return this.#locks.request(STORE_LOCK, alone, async (lock) => lock !== null && sweep(parts));
  }

  #unswept<T>(work: () => Promise<T>): Promise<T> {
    return this.#locks.request(STORE_LOCK, { mode: 'shared' }, work);
  }

  async #requireAll(blobs: readonly string[]): Promise<void> {
    for (const sha256 of blobs)
      if (!(await this.has(sha256)))
        throw new TesseraError('stored-file-missing', `It is kept as ${sha256}.`);
  }
}
