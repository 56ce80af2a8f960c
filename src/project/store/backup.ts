import { TesseraError } from '../../lib/errors.ts';
import type { Job } from '../../lib/job.ts';
import type { Bytes } from './folder.ts';
import { isSealed, seal, unseal } from './sealed.ts';
import type { ProjectStore } from './store.ts';
import { pack, unpack, type Packed } from './tessera-file.ts';
import type { SavedState } from './types.ts';
import type { ExportOptions, ExportSource, ImportOptions } from './worker-api.ts';

type How = ExportOptions & { readonly random: (size: number) => Bytes };
type Open = () => Promise<ProjectStore>;

/** A project as one file. What it holds is checked on the way. `open` is only called for what is stored. */
export async function exportFile(
  open: Open,
  source: ExportSource,
  { data, passphrase, random }: How,
  job: Job,
): Promise<Blob> {
  const project = 'saved' in source ? source.saved : source.project;
  const { blobs, ...about } = await contentOf(open, source);
  const files: Packed['files'][number][] = [];
  for (const sha256 of blobs) {
    const packs = data && project !== null;
    const content = packs ? await (await open()).getBlob(project, sha256, job) : null;
    files.push({ sha256, bytes: content?.size ?? 0, content });
  }
  const packed = await pack({ ...about, files }, job);
  return passphrase === null ? packed : seal(packed, passphrase, random, job);
}

/**
 * A new project from a file. It is there as a whole or not at all. Throws `backup-locked` where the passphrase is missing.
 * Files that were not packed are named by the project only if they are kept here already.
 */
export async function importFile(
  store: ProjectStore,
  file: Blob,
  { passphrase, at }: ImportOptions,
  job: Job,
): Promise<SavedState> {
  const { name, document, files } = await readFile(file, passphrase, job);
  const coming = 'import'; // holds the files until the project that names them is there
  try {
    const blobs: string[] = [];
    for (const { sha256, content } of files) {
      if (content) blobs.push(await store.putBlob(coming, content, job));
      else if (await store.has(sha256)) blobs.push(sha256);
    }
    job.signal.throwIfAborted();
    return await store.create({ name, document, blobs, at });
  } catch (error) {
    store.letGo(coming);
    await store.sweep(at);
    throw error;
  } finally {
    store.letGo(coming);
  }
}

/** What a file holds, checked. Throws `backup-locked` where the passphrase is missing. */
export async function readFile(file: Blob, passphrase: string | null, job: Job): Promise<Packed> {
  if (!(await isSealed(file))) return unpack(file, job);
  if (passphrase === null) throw new TesseraError('backup-locked', 'It is locked.');
  return unpack(await unseal(file, passphrase, job), job);
}

type Content = Omit<Packed, 'files'> & { readonly blobs: readonly string[] };

async function contentOf(open: Open, source: ExportSource): Promise<Content> {
  if ('loose' in source) return { name: source.name, changedAt: source.at, ...source.loose };
  const { meta, document } = await (await open()).read(source.saved);
  return { name: meta.name, changedAt: meta.changedAt, document, blobs: meta.blobs };
}
