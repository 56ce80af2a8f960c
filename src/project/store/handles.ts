// Where files stood on the person's own disk, so that "refresh from disk" can find them again. Only IndexedDB can hold that.
const DATABASE = 'tessera-handles';
const STORE = 'handles';

/** `key` is one of the project's files, by whatever the document calls it. Replaces what was there. */
export async function keepHandle(
  project: string,
  key: string,
  handle: FileSystemFileHandle,
): Promise<void> {
  await within('readwrite', (store) => store.put(handle, [project, key]));
}

/** Null where none is kept. */
export async function handleOf(project: string, key: string): Promise<FileSystemFileHandle | null> {
  const found = await within('readonly', (store) => store.get([project, key]));
  return (found as FileSystemFileHandle | undefined) ?? null; // `keepHandle` puts nothing else there
}

/** The project is deleted for ever. */
export async function forgetHandles(project: string): Promise<void> {
  const all = IDBKeyRange.bound([project, ''], [project, '\uffff']);
  await within('readwrite', (store) => store.delete(all));
}

async function within<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: 'strict' });
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('given up'));
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB did not open'));
  });
}
