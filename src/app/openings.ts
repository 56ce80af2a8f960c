/** A file on its way in, with the handle that leads back to the disk where the browser gives one. */
export type Opening = { readonly file: File; readonly handle?: FileSystemFileHandle };

/** What a file is to the app, by its first bytes: a project that was saved, a recipe, or data. */
export async function kindOf(file: File): Promise<'project' | 'recipe' | 'data'> {
  if (/\.tessera$/i.test(file.name)) return 'project';
  const start = await file.slice(0, 200).text();
  return /"format":\s*"tessera-recipe"/.test(start) ? 'recipe' : 'data';
}

/** Depth and number of files up to which a folder is looked through. */
const DEEPEST = 8;
const MOST = 2000;

/** What was dropped or pasted: files, and the files in folders, in the order of their paths. */
export async function openingsOf(transfer: DataTransfer): Promise<readonly Opening[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  // All are asked before the first answer: the browser forgets what was dropped after this task
  const asked = items.map((item) => ({
    handle: hasHandles(item) ? item.getAsFileSystemHandle() : null,
    entry: item.webkitGetAsEntry(),
    file: item.getAsFile(),
  }));
  const found: Opening[] = [];
  for (const { handle, entry, file } of asked) {
    const known = await handle?.catch(() => null);
    if (known?.kind === 'file') found.push({ file: await known.getFile(), handle: known });
    else if (entry?.isDirectory)
      found.push(...(await filesIn(entry as FileSystemDirectoryEntry))); // as it says
    else if (file) found.push({ file });
  }
  return found;
}

type WithHandles = DataTransferItem & {
  getAsFileSystemHandle(): Promise<FileSystemFileHandle | FileSystemDirectoryHandle | null>;
};
const hasHandles = (item: DataTransferItem): item is WithHandles => 'getAsFileSystemHandle' in item;

async function filesIn(folder: FileSystemDirectoryEntry, depth = 0): Promise<readonly Opening[]> {
  if (depth > DEEPEST) return [];
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) =>
      reader.readEntries(done, fail),
    );
    if (some.length === 0) break; // a folder is told a hundred entries at a time
    entries.push(...some);
  }
  const found: Opening[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || found.length >= MOST) continue;
    if (entry.isDirectory)
      found.push(...(await filesIn(entry as FileSystemDirectoryEntry, depth + 1)));
    else {
      const one = entry as FileSystemFileEntry; // it is no folder
      found.push({ file: await new Promise<File>((done, fail) => one.file(done, fail)) });
    }
  }
  return found;
}

type Picker = (options: { readonly multiple: boolean }) => Promise<FileSystemFileHandle[]>;

/** Lets a person pick files with their handles; null where the browser has no such picker. An empty list: they changed their mind. */
export async function pickFiles(): Promise<readonly Opening[] | null> {
  const pick = (globalThis as { showOpenFilePicker?: Picker }).showOpenFilePicker; // Chromium only, so not in the type library
  if (!pick) return null;
  try {
    const handles = await pick({ multiple: true });
    return await Promise.all(
      handles.map(async (handle) => ({ file: await handle.getFile(), handle })),
    );
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return [];
    return null; // refused by a policy: the plain picker has no handles, but it works
  }
}
