import { Gunzip } from 'fflate';
import { TesseraError } from '../lib/errors.ts';
import type { Job } from '../lib/job.ts';
import { decoderStream } from './code-pages.ts';
import { Gauge } from './formats/limits.ts';
import type { Encoding } from './types.ts';

/** Deflate makes at most 1,032 bytes of one: pieces of this size can fill 4 MB before anyone looks. */
const PIECE = 4096;
const BLOB = 4_194_304;
/** Below, a .gz is measured first: some platforms read so far ahead that a small bomb would be noticed late. */
const SMALL = 4_194_304;

/** The file inside a .gz, as a Blob that the browser keeps outside the heap. Throws file-unreadable where it is damaged, archive-unsafe beyond `most` bytes. */
export async function gunzip(file: File, most: number, job: Job): Promise<File> {
  if (file.size < SMALL) await measure(file, most, job);
  const gauge = new Gauge(0, most);
  const parts = new Blobs(gauge);
  try {
    const packed = watched(file, 'Unpacking', job, gauge);
    const stream = packed.pipeThrough(new DecompressionStream('gzip'));
    await collect(stream, parts, job);
  } catch (cause) {
    job.signal.throwIfAborted();
    if (cause instanceof TesseraError) throw cause;
    // The platform stops after the first member of a .gz made of several (bgzip, `cat a.gz b.gz`); fflate reads on.
    return gunzipMembers(file, most, { job, first: cause });
  }
  return parts.file(unpackedName(file.name));
}

/** Unpacks without keeping anything. Throws archive-unsafe; what is damaged is told by whoever unpacks it for good. */
async function measure(file: File, most: number, job: Job): Promise<void> {
  const gauge = new Gauge(0, most);
  const inflate = new Gunzip((chunk) => gauge.add(chunk.length));
  const reader = watched(file, 'Unpacking', job, gauge).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      inflate.push(value);
    }
  } catch (cause) {
    job.signal.throwIfAborted();
    if (cause instanceof TesseraError) throw cause;
  } finally {
    void reader.cancel().catch(() => {}); // the stream may be finished; nothing is lost by that
  }
}

async function gunzipMembers(
  file: File,
  most: number,
  { job, first }: { readonly job: Job; readonly first: unknown },
): Promise<File> {
  const gauge = new Gauge(0, most);
  const parts = new Blobs(gauge);
  let ended = false;
  const inflate = new Gunzip((chunk, final) => {
    parts.add(chunk);
    ended ||= final;
  });
  try {
    const reader = watched(file, 'Unpacking', job, gauge).getReader();
    for (let seen = 0; seen < file.size;) {
      const { done, value } = await reader.read();
      if (done) break;
      seen += value.length;
      inflate.push(value, seen >= file.size);
      await job.breathe();
    }
    if (!ended) throw new RangeError('it ends in the middle');
  } catch (cause) {
    job.signal.throwIfAborted();
    if (cause instanceof TesseraError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TesseraError('file-unreadable', `The .gz is damaged or cut off (${why}).`, {
      cause: first,
    });
  }
  return parts.file(unpackedName(file.name));
}

const unpackedName = (name: string): string =>
  name.replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar');

/**
 * A copy of the file in UTF-8, without a byte order mark. Where bytes mean nothing in the encoding the copy is no UTF-8 either,
 * so that the records with such places are set aside rather than read with a replacement character.
 */
export async function toUtf8(file: File, encoding: Encoding, job: Job): Promise<File> {
  const parts = new Blobs();
  const text = watched(file, 'Converting to UTF-8', job).pipeThrough(decoderStream(encoding));
  const bytes = text.pipeThrough(new TextEncoderStream()).pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => controller.enqueue(breakReplaced(chunk)),
    }),
  );
  await collect(bytes, parts, job);
  return parts.file(file.name);
}

/** U+FFFD, which decoders write for bytes without meaning, as bytes that are no UTF-8. Encoders never cut a character in two. */
function breakReplaced(bytes: Uint8Array): Uint8Array {
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1))
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) bytes.fill(0xff, at, at + 3);
  return bytes;
}

/** Bytes gathered into Blobs of some megabytes, so that little of the file is on the heap at a time. */
export class Blobs {
  readonly #gauge: Gauge | null;
  readonly #done: Blob[] = [];
  readonly #waiting = new Uint8Array(BLOB);
  #size = 0;

  /** `gauge` throws where it becomes too much. */
  constructor(gauge: Gauge | null = null) {
    this.#gauge = gauge;
  }

  /** Copies them. */
  add(bytes: Uint8Array): void {
    this.#gauge?.add(bytes.length);
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + BLOB - this.#size);
      this.#waiting.set(piece, this.#size);
      this.#size += piece.length;
      at += piece.length;
      if (this.#size === BLOB) this.#flush();
    }
  }

  file(name: string): File {
    this.#flush();
    return new File(this.#done, name);
  }

  #flush(): void {
    this.#done.push(new Blob([this.#waiting.subarray(0, this.#size)]));
    this.#size = 0;
  }
}

/** The bytes of a file, with progress; with a gauge in small pieces that it is told of as they are asked for. */
function watched(
  file: File,
  stage: string,
  job: Job,
  gauge: Gauge | null = null,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = file.stream().getReader();
  let chunk = new Uint8Array();
  let seen = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        await job.breathe();
        if (chunk.length === 0) {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          chunk = value;
        }
        const piece = gauge ? chunk.subarray(0, PIECE) : chunk;
        chunk = chunk.subarray(piece.length);
        gauge?.take(piece.length);
        job.progress(stage, (seen += piece.length), file.size);
        controller.enqueue(piece);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

async function collect(stream: ReadableStream<Uint8Array>, into: Blobs, job: Job): Promise<void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      job.signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return;
      into.add(value);
    }
  } finally {
    void reader.cancel().catch(() => {}); // the stream may be finished; nothing is lost by that
  }
}
