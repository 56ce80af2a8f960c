import { Gunzip } from 'fflate';
import { TesseraError } from '../lib/errors.ts';
import type { Job } from '../lib/job.ts';
import type { Encoding } from './types.ts';

/** The file inside a .gz, as a Blob that the browser keeps outside the heap. Throws file-unreadable where it is damaged. */
export async function gunzip(file: File, job: Job): Promise<File> {
  const parts = new Blobs();
  try {
    const stream = watched(file, 'Unpacking', job).pipeThrough(new DecompressionStream('gzip'));
    await collect(stream, parts, job);
  } catch (cause) {
    job.signal.throwIfAborted();
    // The platform stops after the first member of a .gz made of several (bgzip, `cat a.gz b.gz`); fflate reads on.
    return gunzipMembers(file, job, cause);
  }
  return parts.file(file.name.replace(/\.gz$/i, ''));
}

async function gunzipMembers(file: File, job: Job, first: unknown): Promise<File> {
  const parts = new Blobs();
  let ended = false;
  const inflate = new Gunzip((chunk, final) => {
    parts.add(chunk);
    ended ||= final;
  });
  try {
    const reader = watched(file, 'Unpacking', job).getReader();
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
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TesseraError('file-unreadable', `The .gz is damaged or cut off (${why}).`, {
      cause: first,
    });
  }
  return parts.file(file.name.replace(/\.gz$/i, ''));
}

/** A copy of the file in UTF-8, without a byte order mark. */
export async function toUtf8(file: File, encoding: Encoding, job: Job): Promise<File> {
  const parts = new Blobs();
  const text = watched(file, 'Converting to UTF-8', job).pipeThrough(
    new TextDecoderStream(encoding) as unknown as TransformStream<Uint8Array, string>, // lib.dom asks for BufferSource in
  );
  await collect(text.pipeThrough(new TextEncoderStream()), parts, job);
  return parts.file(file.name);
}

/** Chunks gathered into Blobs of some megabytes, so that little of the file is on the heap at a time. */
class Blobs {
  readonly #done: Blob[] = [];
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  add(chunk: Uint8Array): void {
    this.#waiting.push(chunk.slice());
    this.#size += chunk.length;
    if (this.#size > 8_000_000) this.#flush();
  }

  file(name: string): File {
    this.#flush();
    return new File(this.#done, name);
  }

  #flush(): void {
    this.#done.push(new Blob(this.#waiting));
    this.#waiting = [];
    this.#size = 0;
  }
}

function watched(file: File, stage: string, job: Job): ReadableStream<Uint8Array<ArrayBuffer>> {
  let seen = 0;
  return file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      async transform(chunk, controller) {
        seen += chunk.length;
        job.progress(stage, seen, file.size);
        await job.breathe();
        controller.enqueue(chunk);
      },
    }),
  );
}

async function collect(stream: ReadableStream<Uint8Array>, into: Blobs, job: Job): Promise<void> {
  const reader = stream.getReader();
  for (;;) {
    job.signal.throwIfAborted();
    const { done, value } = await reader.read();
    if (done) return;
    into.add(value);
  }
}
