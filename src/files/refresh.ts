import { bytes as size } from '../lib/format.ts';

/** What is known of a file that was read. */
export type KnownFile = {
  readonly name: string;
  readonly bytes: number;
  /** As of the file, ms since 1970; null where it was never known, as in a recipe. */
  readonly lastModified: number | null;
  readonly sha256: string;
};

/** What a handle of the File System Access API can do, as far as it is used here. */
export type FileDoor = {
  getFile(): Promise<File>;
  /** Absent in browsers that never ask. */
  queryPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>;
};

export type FileState =
  /** `file`: the one to read from now on, with its present date. */
  | { readonly state: 'same'; readonly file: File; readonly words: string }
  | { readonly state: 'changed'; readonly file: File; readonly words: string }
  | { readonly state: 'gone'; readonly words: string }
  | { readonly state: 'needs-permission'; readonly words: string };

/**
 * Whether the file behind a handle, or one that was picked again, is still the one that was read. Another size: changed. The same
 * size, name and date: the same, without reading it. Else the fingerprint decides. Never asks for permission, since that takes a
 * click; a failure other than a file that is gone or closed is thrown as it is.
 */
export async function lookAgain(
  door: FileDoor | File,
  known: KnownFile,
  fingerprint: (file: File) => Promise<string>,
): Promise<FileState> {
  const { name } = known;
  const permission = isDoor(door) ? await door.queryPermission?.({ mode: 'read' }) : undefined;
  if (permission !== undefined && permission !== 'granted')
    return {
      state: 'needs-permission',
      words: `The browser asks before “${name}” is read again. What was read of it is still here. Allow it to see whether the file changed.`,
    };
  try {
    const file = isDoor(door) ? await door.getFile() : door;
    return await compare(file, known, fingerprint);
  } catch (error) {
    return unreadable(error, name);
  }
}

async function compare(
  file: File,
  known: KnownFile,
  fingerprint: (file: File) => Promise<string>,
): Promise<FileState> {
  const { name, bytes, lastModified } = known;
  const same = { state: 'same', file } as const;
  if (file.size === bytes && file.name === name && file.lastModified === lastModified)
    return { ...same, words: `“${name}” is as it was when it was read.` };
  if (file.size === bytes && (await fingerprint(file)) === known.sha256)
    return {
      ...same,
      words:
        file.name === name
          ? `“${name}” was saved again, but holds the same as when it was read.`
          : `“${file.name}” holds the same as “${name}”, which was read.`,
    };
  const grown = file.size - bytes;
  const how =
    grown === 0
      ? 'has the same size'
      : `is ${size(Math.abs(grown))} ${grown > 0 ? 'larger' : 'smaller'}`;
  const rest =
    'What you see is still the earlier file. Read it again to bring everything up to date; your settings stay.';
  return {
    state: 'changed',
    file,
    words:
      file.name === name
        ? `“${name}” changed on disk since it was read: it ${how}. ${rest}`
        : `“${file.name}” is another file than “${name}”, which was read: it ${how}. Nothing was changed.`,
  };
}

function unreadable(error: unknown, name: string): FileState {
  const code = error instanceof DOMException ? error.name : '';
  if (code === 'NotFoundError')
    return {
      state: 'gone',
      words: `“${name}” is not where it was: it was moved, renamed or deleted. Nothing else changed. Choose it again where it is now.`,
    };
  if (code === 'NotAllowedError' || code === 'SecurityError')
    return {
      state: 'needs-permission',
      words: `The browser does not let Tessera read “${name}” again. What was read of it is still here. Allow it, or choose the file again.`,
    };
  if (code === 'NotReadableError')
    return {
      state: 'gone',
      words: `“${name}” cannot be read: another program holds it, or it was changed at this moment. Nothing else changed. Try again, or choose it again.`,
    };
  throw error;
}

const isDoor = (door: FileDoor | File): door is FileDoor => 'getFile' in door;
