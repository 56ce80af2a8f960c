import { TesseraError } from '../../lib/errors.ts';
import type { Job } from '../../lib/job.ts';
import type { Bytes } from './folder.ts';

/** Its wasm comes with the first file, not with the first page. */
const sha256 = async () => (await import('hash-wasm')).createSHA256();

const CHUNK = 4 * 1024 * 1024;

/** The bytes of a file in order, 4 MiB at a time, never the whole in memory. Throws `file-changed` where it changed meanwhile. */
export async function* chunksOf(file: Blob, stage: string, job: Job): AsyncGenerator<Bytes> {
  for (let at = 0; at < file.size; at += CHUNK) {
    job.progress(stage, at, file.size);
    await job.breathe();
    yield new Uint8Array(await part(file, at));
  }
  job.progress(stage, file.size, file.size);
}

async function part(file: Blob, at: number): Promise<ArrayBuffer> {
  try {
    return await file.slice(at, at + CHUNK).arrayBuffer();
  } catch (cause) {
    throw new TesseraError('file-changed', 'It could not be read to its end.', { cause });
  }
}

/** SHA-256 of a file, lower-case hex; each chunk is shown to `see` on the way. O(bytes). */
export async function sha256Of(
  chunks: AsyncIterable<Bytes>,
  see: (bytes: Bytes) => void = () => {},
): Promise<string> {
  const hash = await sha256();
  for await (const bytes of chunks) {
    see(bytes);
    hash.update(bytes);
  }
  return hash.digest('hex');
}
