import type { Job } from '../../lib/job.ts';
import { Utf8Check } from '../utf8.ts';

/** Tells a text in UTF-8 piece by piece, without its byte order mark. Gives the number of places that are not UTF-8 and are told as �. O(bytes). */
export async function eachText(
  text: File,
  job: Job,
  take: (piece: string) => void,
): Promise<number> {
  const check = new Utf8Check();
  const strange: number[] = [];
  const reader = text.stream().getReader();
  const decoder = new TextDecoder();
  let done = 0;
  try {
    for (;;) {
      job.signal.throwIfAborted();
      const read = await reader.read();
      if (read.done) {
        check.end(done, strange);
        take(decoder.decode());
        return strange.length;
      }
      check.check(read.value, done, strange);
      for (let at = 0; at < read.value.length; at += 262_144) {
        take(decoder.decode(read.value.subarray(at, at + 262_144), { stream: true }));
        await job.breathe();
      }
      job.progress('Reading the JSON', (done += read.value.length), text.size);
    }
  } finally {
    void reader.cancel().catch(() => {}); // the stream may be finished; nothing is lost by that
  }
}
