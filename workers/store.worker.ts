import { expose } from 'comlink';
import { hearGuard } from '../src/guard/worker-canaries.ts';
import { TesseraError } from '../src/lib/errors.ts';
import { storeApi } from '../src/project/store/api.ts';
import { opfsFolder } from '../src/project/store/opfs.ts';
import { ProjectStore } from '../src/project/store/store.ts';
import type { StoreApi } from '../src/project/store/worker-api.ts';

let opened: Promise<ProjectStore> | null = null;

async function openHere(): Promise<ProjectStore> {
  try {
    const disk = await navigator.storage.getDirectory();
    const root = opfsFolder(await disk.getDirectoryHandle('tessera', { create: true }));
    const newId = () => crypto.randomUUID();
    return await ProjectStore.open({ root, locks: navigator.locks, newId });
  } catch (cause) {
    opened = null; // asked again at the next call
    throw new TesseraError('store-unavailable', String(cause), { cause });
  }
}

hearGuard();
expose(
  storeApi({
    open: () => (opened ??= openHere()),
    usage: async () => {
      const { usage = null, quota = null } = await navigator.storage.estimate();
      return { used: usage, quota };
    },
    random: (size) => crypto.getRandomValues(new Uint8Array(size)),
  }) satisfies StoreApi,
);
