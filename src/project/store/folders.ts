import type { Folder, Locks } from './folder.ts';

type Work<T> = (folder: Folder) => Promise<T>;

/** The folders of the projects, each behind a lock over all tabs: many readers, or one writer. */
export class ProjectFolders {
  readonly #root: Folder;
  readonly #locks: Locks;

  constructor(root: Folder, locks: Locks) {
    this.#root = root;
    this.#locks = locks;
  }

  ids(): Promise<readonly string[]> {
    return this.#root.names();
  }

  alone<T>(id: string, work: Work<T>): Promise<T> {
    return this.#with(id, 'exclusive', work);
  }

  beside<T>(id: string, work: Work<T>): Promise<T> {
    return this.#with(id, 'shared', work);
  }

  remove(id: string): Promise<void> {
    return this.#root.remove(id);
  }

  #with<T>(id: string, mode: LockMode, work: Work<T>): Promise<T> {
    return this.#locks.request(`tessera-slots-${id}`, { mode }, async () =>
      work(await this.#root.folder(id)),
    );
  }
}
