import { lookAgain, type FileState } from '../files/refresh.ts';
import { handleOf, keepHandle } from '../project/store/handles.ts';
import type { Session } from './session.svelte.ts';

type Asking = FileSystemFileHandle & {
  requestPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>; // Chromium only, so not in the type library
};

/** Files that changed, moved or were closed on the person's disk since they were read: noticed, and read again when asked to. */
export class Disk {
  /** By key of the file; those that are as they were are not in it. */
  states = $state.raw<ReadonlyMap<string, FileState>>(new Map());
  readonly #session: Session;
  /** Files that are copies: these do not change. */
  readonly #copied = new WeakSet<File>();

  constructor(session: Session) {
    this.#session = session;
    addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.look();
    });
  }

  clear(): void {
    this.states = new Map();
  }

  /** Remembers where the files of a project lie. */
  async keep(project: string): Promise<void> {
    for (const { key, handle } of this.#session.files.given.all)
      if (handle) await keepHandle(project, key, handle).catch(() => {}); // then only "refresh" is missing
  }

  /** Finds the handles of a kept project again, and looks. */
  async recall(project: string): Promise<void> {
    const { given } = this.#session.files;
    for (const one of given.all) {
      this.#copied.add(one.file);
      const handle = await handleOf(project, one.key).catch(() => null);
      if (handle) given.put({ ...one, handle });
    }
    await this.look();
  }

  async look(): Promise<void> {
    const { files } = this.#session;
    const seen = new Map<string, FileState>();
    for (const { key, name, bytes, sha256 } of await files.fingerprints()) {
      const { file, handle } = files.given.get(key);
      if (!handle) continue;
      const known = { name, bytes, sha256, lastModified: file.lastModified };
      const state = await lookAgain(handle, known, (other) => files.sha256(other));
      if (state.state === 'same') continue;
      seen.set(key, state);
      if (state.state !== 'needs-permission') await this.#readCopy(key, file);
    }
    this.states = seen;
  }

  /** What a browser holds of a file that changed cannot be read any more: from now on the project's own copy is. */
  async #readCopy(key: string, file: File): Promise<void> {
    if (this.#copied.has(file)) return;
    const copy = await this.#session.keeper.copyOf(key, file).catch(() => null); // then what was read of it stays, and no more
    if (!copy) return;
    this.#copied.add(copy);
    this.#session.files.replace(key, copy);
  }

  /** Reads a file as it is on the disk now, in place of what was read of it: one step that can be undone. */
  async refresh(key: string): Promise<void> {
    const session = this.#session;
    const { handle } = session.files.given.get(key);
    if (!handle) return;
    try {
      await (handle as Asking).requestPermission?.({ mode: 'read' });
      const next = session.files.given.give(await handle.getFile(), handle);
      const sources = session.history.current.files.sources.map((source) => {
        const { mends: _ofOldLines, ...rest } = source;
        return source.files.includes(key)
          ? { ...rest, files: source.files.map((each) => (each === key ? next : each)) }
          : source;
      });
      await session.change('files', `Refresh ${handle.name}`, { sources });
      await this.look();
    } catch (error) {
      session.refused = error;
    }
  }
}
