import type { Locks } from './folder.ts';

const lockOf = (sha256: string): string => `tessera-blob-${sha256}`;

/**
 * Files that an open tab may still need, though no saved state names them: just kept, or dropped by a change that undo can
 * take back. Each is a shared Web Lock, so a tab that dies lets go by itself.
 */
export class Held {
  readonly #locks: Locks;
  readonly #release = new Map<string, () => void>();

  constructor(locks: Locks) {
    this.#locks = locks;
  }

  /** Resolves when nobody can remove it any more. */
  async hold(project: string, sha256: string): Promise<void> {
    const key = `${project} ${sha256}`;
    if (this.#release.has(key)) return;
    await new Promise<void>((granted, refused) => {
      const released = new Promise<void>((resolve) => this.#release.set(key, resolve));
      this.#locks
        .request(lockOf(sha256), { mode: 'shared' }, () => (granted(), released))
        .catch(refused);
    });
  }

  letGo(project: string): void {
    for (const [key, release] of this.#release) {
      if (!key.startsWith(`${project} `)) continue;
      this.#release.delete(key);
      release();
    }
  }

  /** Runs `work` unless somebody holds the file; waits for nobody. */
  async unlessHeld(sha256: string, work: () => Promise<void>): Promise<void> {
    const only = { mode: 'exclusive', ifAvailable: true } as const;
    await this.#locks.request(lockOf(sha256), only, async (lock) => {
      if (lock) await work();
    });
  }
}
