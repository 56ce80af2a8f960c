import type { Entry as ZipEntry, FileEntry } from '@zip.js/zip.js';
import { TesseraError } from '../../lib/errors.ts';
import type { Job } from '../../lib/job.ts';
import { Blobs } from '../unpack.ts';
import { Gauge, MOST_ENTRIES, unsafe } from './limits.ts';

/** Small, since deflate may make 1,032 bytes of one before anyone can look. */
const PIECE = 16_384;

/** A file inside an archive. Its name is only ever shown or compared. */
export type Entry = {
  readonly name: string;
  /** Unpacked, as the archive claims: `read` checks it. */
  readonly bytes: number;
  readonly packed: number;
  readonly locked: boolean;
  /**
   * Unpacks piece by piece; `take` may return false to stop early. Throws archive-unsafe beyond `most` bytes or where the size
   * is a lie, file-unreadable where it is damaged.
   */
  read(most: number, take: (piece: Uint8Array) => unknown): Promise<void>;
};

/** The files of a .zip (ZIP64 too), read by ranges. Throws archive-unsafe, file-unreadable. O(entries). */
export async function openArchive(file: Blob, job: Job): Promise<readonly Entry[]> {
  const { BlobReader, ZipReader, configure } =
    await import('@zip.js/zip.js/lib/zip-core-custom.js');
  configure({ useWebWorkers: false, chunkSize: PIECE });
  const found: FileEntry[] = [];
  try {
    const all = new ZipReader(new BlobReader(file)).getEntriesGenerator({
      filenameValidation: 'tolerant', // no name is ever a path here
    });
    let seen = 0;
    for await (const entry of all) {
      if (++seen > MOST_ENTRIES)
        throw unsafe(`It holds more than ${MOST_ENTRIES.toLocaleString('en')} files.`);
      if (isFile(entry)) found.push(entry);
      await job.breathe();
    }
  } catch (cause) {
    if (cause instanceof TesseraError) throw cause;
    job.signal.throwIfAborted();
    throw new TesseraError('file-unreadable', `The .zip is damaged or cut off (${why(cause)}).`, {
      cause,
    });
  }
  refuseTricks(found, file.size);
  return found.map((entry) => entryOf(entry, job));
}

const isFile = (entry: ZipEntry): entry is FileEntry => !entry.directory;

/** Names that stand twice, files that share bytes, and claims no table would make. */
function refuseTricks(entries: readonly FileEntry[], size: number): void {
  const names = new Set(entries.map(({ filename }) => filename));
  if (names.size < entries.length)
    throw unsafe('Two of its files have the same name, so it is unclear which one is meant.');
  let end = 0;
  let claimed = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (entry.offset < end) throw unsafe('Its files lie on top of each other.');
    end = entry.offset + entry.compressedSize;
    claimed += entry.uncompressedSize;
  }
  if (end > size) throw new TesseraError('file-unreadable', 'The .zip is cut off.');
  new Gauge(size, Infinity).expect(claimed);
}

function entryOf(entry: FileEntry, job: Job): Entry {
  const { filename: name, uncompressedSize: bytes, compressedSize: packed } = entry;
  return {
    name,
    bytes,
    packed,
    locked: entry.encrypted,
    async read(most, take) {
      if (entry.encrypted)
        throw new TesseraError(
          'format-unsupported',
          `“${name}” is locked with a password. Unpack it first.`,
        );
      const gauge = new Gauge(packed, most);
      gauge.expect(bytes);
      const stop = new AbortController();
      let thrown: unknown;
      const sink = new WritableStream<Uint8Array>({
        async write(piece) {
          try {
            gauge.add(piece.length);
            if (gauge.out > bytes) throw unsafe(`“${name}” is larger than it says.`);
            await job.breathe();
            job.signal.throwIfAborted();
            if ((await take(piece)) === false) throw stop;
          } catch (cause) {
            thrown = cause;
            throw cause;
          }
        },
      });
      try {
        await entry.getData(sink, { checkSignature: true, useWebWorkers: false });
      } catch (cause) {
        if (thrown === stop) return;
        if (thrown) throw thrown;
        if (/uncompressed size/i.test(why(cause)))
          throw unsafe(`“${name}” has another size than it says.`);
        throw new TesseraError('file-unreadable', `“${name}” is damaged (${why(cause)}).`, {
          cause,
        });
      }
      if (gauge.out !== bytes) throw unsafe(`“${name}” is smaller than it says.`);
    },
  };
}

const why = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** A member as a file of its own, outside the heap. */
export async function unpackEntry(entry: Entry, most: number, job: Job): Promise<File> {
  const parts = new Blobs();
  let done = 0;
  await entry.read(most, (piece) => {
    parts.add(piece);
    done += piece.length;
    job.progress('Unpacking', done, entry.bytes);
  });
  return parts.file(entry.name.split(/[\\/]/).at(-1) || entry.name);
}

/** The first bytes of a member. */
export async function headOf(entry: Entry, size: number, most: number): Promise<Uint8Array> {
  const head = new Uint8Array(Math.min(size, entry.bytes));
  let at = 0;
  await entry.read(most, (piece) => {
    head.set(piece.subarray(0, head.length - at), at);
    at += Math.min(piece.length, head.length - at);
    return at < head.length;
  });
  return head.subarray(0, at);
}
