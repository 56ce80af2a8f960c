import type { Folder, Slot } from './folder.ts';

/** Workers only; the page's type library does not know it. */
type SyncHandle = {
  getSize(): number;
  write(bytes: BufferSource, options: { readonly at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
};

/** `move` is in the three engines but not in the standard (whatwg/fs), so a copy stands in for it. */
type OpfsFile = FileSystemFileHandle & {
  createSyncAccessHandle(): Promise<SyncHandle>;
  move?(name: string): Promise<void>;
};

const PATIENCE_MS = 100;
const TRIES = 20;

/** A folder of the origin's own disk. Only in a worker: writing in place is not offered to the page. */
export function opfsFolder(handle: FileSystemDirectoryHandle): Folder {
  const get = async (name: string, create: boolean) =>
    (await handle.getFileHandle(name, { create })) as OpfsFile;
  const open = async (name: string) => slotOn(await unlocked(await get(name, true)));
  const file = (name: string) =>
    orNull(async () => (await handle.getFileHandle(name)).getFile(), 'NotFoundError');
  const remove = async (name: string) => {
    await orNull(() => handle.removeEntry(name, { recursive: true }), 'NotFoundError');
  };
  return {
    async names() {
      const names: string[] = [];
      for await (const name of handle.keys()) names.push(name);
      return names.sort();
    },
    folder: async (name) => opfsFolder(await handle.getDirectoryHandle(name, { create: true })),
    open,
    file,
    remove,
    async move(from, to) {
      const source = await get(from, false);
      if (source.move) return source.move(to);
      await copy(await source.getFile(), await open(to));
      await remove(from);
    },
  };
}

/** A tab that was just closed or killed may hold the file a moment longer. */
async function unlocked(file: OpfsFile): Promise<SyncHandle> {
  for (let tries = 1; ; tries++) {
    const taken = 'NoModificationAllowedError';
    const handle = await orNull(
      () => file.createSyncAccessHandle(),
      tries < TRIES ? taken : 'never',
    );
    if (handle) return handle;
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  }
}

const slotOn = (handle: SyncHandle): Slot => ({
  size: () => handle.getSize(),
  write(bytes, at) {
    const written = handle.write(bytes, { at });
    if (written !== bytes.length) throw unwritten(written);
  },
  truncate: (size) => handle.truncate(size),
  flush: () => handle.flush(),
  close: () => handle.close(),
});

const NO_SPACE = -8;

/** A full disk does not throw in Chromium 156: what comes back is the error's number as if it were a count of bytes. */
function unwritten(written: number): DOMException {
  const code = written | 0;
  const full = code >= 0 || code === NO_SPACE;
  const name = full ? 'QuotaExceededError' : 'NotReadableError';
  return new DOMException(`${code} bytes were written`, name);
}

const CHUNK = 4 * 1024 * 1024;

async function copy(from: File, to: Slot): Promise<void> {
  try {
    to.truncate(0);
    for (let at = 0; at < from.size; at += CHUNK)
      to.write(new Uint8Array(await from.slice(at, at + CHUNK).arrayBuffer()), at);
    to.flush();
  } finally {
    to.close();
  }
}

async function orNull<T>(work: () => Promise<T>, errorName: string): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DOMException && error.name === errorName) return null;
    throw error;
  }
}
