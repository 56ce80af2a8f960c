import { TesseraError } from '../../lib/errors.ts';
import type { Job } from '../../lib/job.ts';
import { chunksOf, sha256Of } from './chunks.ts';
import type { Bytes, Folder } from './folder.ts';
import { withRoom } from './full.ts';

const isHash = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

/** Files that projects keep: never changed, named by their SHA-256, the same one only once. */
export class Blobs {
  readonly #folder: Folder;
  readonly #newId: () => string;

  constructor(folder: Folder, newId: () => string) {
    this.#folder = folder;
    this.#newId = newId;
  }

  /**
   * Keeps `file` and gives its SHA-256; resolves when it is on the disk under that name. One that is there already is read
   * through before it is relied on, and replaced where it is damaged. Throws `store-full`; then nothing is left behind.
   */
  async put(file: Blob, job: Job): Promise<string> {
    const coming = `coming-${this.#newId()}`;
    try {
      const sha256 = await withRoom(file.size, 'Keeping the file', () =>
        this.#write(coming, chunksOf(file, 'Keeping a copy of the file', job)),
      );
      if (await this.isWhole(sha256, job)) return sha256;
      await this.#folder.move(coming, sha256);
      const slot = await this.#folder.open(sha256);
      slot.flush(); // the new name too
      slot.close();
      return sha256;
    } finally {
      await this.#folder.remove(coming);
    }
  }

  /** Checked byte by byte. Throws `stored-file-missing` or `stored-file-damaged`, with its name. O(bytes). */
  async get(sha256: string, job: Job): Promise<File> {
    const file = await this.#folder.file(sha256);
    if (!file) throw new TesseraError('stored-file-missing', `It is kept as ${sha256}.`);
    if (await matches(file, sha256, job)) return file;
    throw new TesseraError('stored-file-damaged', `It is kept as ${sha256}.`);
  }

  async isWhole(sha256: string, job: Job): Promise<boolean> {
    const file = await this.#folder.file(sha256);
    return file !== null && (await matches(file, sha256, job));
  }

  /** Bytes; null where it is not there. */
  async size(sha256: string): Promise<number | null> {
    return (await this.#folder.file(sha256))?.size ?? null;
  }

  /** All that are here, and what an interrupted `put` left behind. */
  async names(): Promise<{ readonly kept: readonly string[]; readonly left: readonly string[] }> {
    const names = await this.#folder.names();
    return { kept: names.filter(isHash), left: names.filter((name) => !isHash(name)) };
  }

  remove(name: string): Promise<void> {
    return this.#folder.remove(name);
  }

  async #write(name: string, chunks: AsyncIterable<Bytes>): Promise<string> {
    const slot = await this.#folder.open(name);
    let at = 0;
    try {
      const sha256 = await sha256Of(chunks, (bytes) => {
        slot.write(bytes, at);
        at += bytes.length;
      });
      slot.flush();
      if (slot.size() === at) return sha256;
      throw new DOMException(`${slot.size()} of ${at} bytes are there`, 'QuotaExceededError');
    } finally {
      slot.close();
    }
  }
}

const matches = async (file: File, sha256: string, job: Job): Promise<boolean> =>
  (await sha256Of(chunksOf(file, 'Checking the kept file', job))) === sha256;
