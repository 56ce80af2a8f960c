import {
  BlobReader,
  configure,
  ZipReader,
  ZipWriter,
  type Entry,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { createSHA256 } from 'hash-wasm';
import { TesseraError } from '../../lib/errors.ts';
import type { Job } from '../../lib/job.ts';
import { chunksOf, sha256Of } from './chunks.ts';
import type { Bytes } from './folder.ts';

configure({ useWebWorkers: false, useCompressionStream: true }); // its workers would start from a blob, which the policy forbids

/** At the very end of the file, as the zip's comment: the SHA-256 of every byte before it, so that no byte is unwatched. */
const SEAL = 'sha256:';
const HEX = 64;
const ENTRIES = 10_000;
/** No deflate stream can do better, so a file that claims more lies (or its parts overlap). */
const MOST_DEFLATE = 1032;
const MIDNIGHT = new Date(1980, 0, 1);

export type Part = { readonly name: string; readonly content: Blob };

/** The same parts give the same bytes on the same browser: no time, no path. */
export async function zipOf(parts: readonly Part[], job: Job): Promise<Blob> {
  const pieces: Blob[] = [];
  const hash = await createSHA256();
  let tail: Bytes = new Uint8Array();
  const sink = new WritableStream<Bytes>({
    write(bytes) {
      const both = new Uint8Array(tail.length + bytes.length);
      both.set(tail);
      both.set(bytes, tail.length);
      const sure = both.subarray(0, Math.max(0, both.length - HEX));
      hash.update(sure);
      pieces.push(new Blob([sure]));
      tail = both.slice(sure.length);
    },
  });
  const zip = new ZipWriter(sink, { lastModDate: MIDNIGHT, extendedTimestamp: false });
  for (const { name, content } of parts)
    await zip.add(name, new BlobReader(content), {
      signal: job.signal,
      onprogress: async (done, total) => {
        job.progress('Packing', done, total);
        await job.breathe();
      },
    });
  await zip.close(new TextEncoder().encode(SEAL.padEnd(SEAL.length + HEX, '0')));
  return new Blob([...pieces, hash.digest('hex')]);
}

/** The parts of a file that `zipOf` made. */
export type Unzipped = {
  readonly names: readonly string[];
  /** What the file says of a part. Throws `backup-invalid` where there is none or it says more than `most`. */
  sizeOf(name: string, most: number): number;
  /** Throws `backup-damaged` unless it unpacks to exactly `size` bytes; stops reading there. */
  part(name: string, size: number): Promise<Blob>;
};

/** Checks every byte first. Throws `backup-invalid` for what is no such file, `backup-damaged` for a changed one. O(bytes). */
export async function unzip(file: Blob, job: Job): Promise<Unzipped> {
  await requireSeal(file, job);
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of new ZipReader(new BlobReader(file)).getEntriesGenerator()) {
      if (entries.has(entry.filename) || entries.size === ENTRIES || entry.encrypted)
        throw invalid(`“${entry.filename}” is not as Tessera packs it`);
      entries.set(entry.filename, entry);
    }
  } catch (cause) {
    throw cause instanceof TesseraError ? cause : invalid('its list of parts', cause);
  }
  const claimed = [...entries.values()].reduce((sum, each) => sum + each.uncompressedSize, 0);
  if (claimed > MOST_DEFLATE * file.size) throw invalid('it claims more than it can hold');
  return {
    names: [...entries.keys()],
    sizeOf(name, most) {
      const size = entries.get(name)?.uncompressedSize ?? Infinity;
      if (size > most) throw invalid(`“${name}” is missing or too large`);
      return size;
    },
    async part(name, size) {
      const entry = entries.get(name);
      if (!entry || entry.directory || entry.uncompressedSize !== size)
        throw damaged(`“${name}” is missing or has another size`);
      const pieces: Blob[] = [];
      let had = 0;
      const sink = new WritableStream<Bytes>({
        write(bytes) {
          had += bytes.length;
          if (had > size) throw damaged(`“${name}” is longer than it says`);
          pieces.push(new Blob([bytes]));
        },
      });
      try {
        await entry.getData(sink, { signal: job.signal, checkOverlappingEntry: true });
      } catch (cause) {
        job.signal.throwIfAborted();
        throw cause instanceof TesseraError ? cause : damaged(`“${name}”`, cause);
      }
      if (had !== size) throw damaged(`“${name}” is shorter than it says`);
      return new Blob(pieces);
    },
  };
}

async function requireSeal(file: Blob, job: Job): Promise<void> {
  const start = await file.slice(0, 4).text();
  if (start.slice(0, 2) !== 'PK' && file.size < HEX) throw invalid('it is no zip file');
  const end = await file.slice(-SEAL.length - HEX).text();
  const match = /^sha256:([0-9a-f]{64})$/.exec(end);
  const body = file.slice(0, Math.max(0, file.size - HEX));
  const said = match?.[1];
  if (said && said === (await sha256Of(chunksOf(body, 'Checking the file', job)))) return;
  throw start.startsWith('PK') || said ? damaged('a byte of it was changed') : invalid('no zip');
}

const invalid = (detail: string, cause?: unknown) =>
  new TesseraError('backup-invalid', `Found: ${detail}.`, { cause });
const damaged = (detail: string, cause?: unknown) =>
  new TesseraError('backup-damaged', `Found: ${detail}.`, { cause });
