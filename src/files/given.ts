/** A file as a person gave it, under the key by which the project knows it; the handle leads back to the disk where the browser has one. */
export type GivenFile = {
  /** `f1`, `f2`, … */
  readonly key: string;
  readonly file: File;
  readonly handle?: FileSystemFileHandle;
};

/** The files of a project by key. Those of a table that was taken back stay, so that redo finds them. */
export class GivenFiles {
  readonly #files = new Map<string, GivenFile>();

  get all(): readonly GivenFile[] {
    return [...this.#files.values()];
  }

  give(file: File, handle?: FileSystemFileHandle): string {
    const key = `f${this.#files.size + 1}`;
    this.put({ key, file, ...(handle ? { handle } : {}) });
    return key;
  }

  put(given: GivenFile): void {
    this.#files.set(given.key, given);
  }

  /** Throws RangeError where the project has no such file. */
  get(key: string): GivenFile {
    const given = this.#files.get(key);
    if (!given) throw new RangeError(`the project has no file ${key}`);
    return given;
  }

  has(key: string): boolean {
    return this.#files.has(key);
  }

  clear(): void {
    this.#files.clear();
  }
}
