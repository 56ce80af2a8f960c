import { createSHA256 } from 'hash-wasm';
import { unattended, type Job } from '../lib/job.ts';
import { Passage, type Found } from './passage.ts';
import type { FullScan } from './types.ts';
import type { Marks } from './split.ts';

/** Longest record that the database is asked to read, in bytes. */
export const LONGEST_RECORD = 16_000_000;
const SHOWN = 100;
const SHOWN_BYTES = 400;
const MOST_REWINDS = 200;

export type ScanInput = {
  /** As the person gave it: what is hashed. */
  readonly original: File;
  /** Its copy in UTF-8, or null where it is that already. */
  readonly copy: File | null;
  /** Byte of the UTF-8 text at which the first record after the header starts. */
  readonly offset: number;
  readonly marks: Marks;
  /** Cells that a record should have. */
  readonly columns: number;
  /** Physical lines above the first record, and how many of them are blank. */
  readonly above: number;
  readonly blankAbove: number;
};

/**
 * One pass over all bytes, in chunks, never the whole in memory: fingerprint, records, lines, what could not be split and where.
 * A quote that runs away over lines is taken back: only the line on which it opened is set aside. O(bytes).
 */
export async function scan(input: ScanInput, job: Job = unattended): Promise<FullScan> {
  const { original, copy, offset, marks, columns, above, blankAbove } = input;
  const hash = await createSHA256();
  const passage = new Passage(marks, columns, above, LONGEST_RECORD);
  let hashed = 0;
  const feed = (bytes: Uint8Array, at: number) => {
    if (at + bytes.length <= hashed) return;
    hash.update(hashed > at ? bytes.subarray(hashed - at) : bytes);
    hashed = at + bytes.length;
  };
  const text = copy ?? original;
  if (copy) {
    let at = 0;
    await eachChunk(original, job, (bytes) => (feed(bytes, at), void (at += bytes.length)));
  }
  for (let from = 0, rewinds = 0; ; rewinds++) {
    let at = rewinds === 0 ? 0 : from + offset;
    passage.startAt(from);
    const mayRewind = rewinds < MOST_REWINDS;
    const back = await eachChunk(text.slice(at), job, (bytes) => {
      if (!copy) feed(bytes, at);
      const start = Math.max(at, from + offset);
      const part = bytes.subarray(start - at);
      const again = part.length > 0 ? passage.take(part, start - offset, mayRewind) : null;
      at += bytes.length;
      job.progress('Counting the records', at, text.size);
      return again;
    });
    const again = back ?? passage.end(text.size - offset, mayRewind);
    if (again === null) break;
    from = again;
  }
  const { found } = passage;
  return {
    sha256: hash.digest('hex'),
    records: found.kept + found.bad.length,
    lines: passage.line,
    blankLines: blankAbove + found.blank,
    kept: found.kept,
    short: found.short,
    mixedBreaks: found.mixedBreaks,
    setAside: await setAside(found, text.slice(offset)),
    cuts: cutsOf(found),
    rowLines: Float64Array.from(found.rowLines),
  };
}

async function eachChunk(
  blob: Blob,
  job: Job,
  take: (bytes: Uint8Array) => number | null | void,
): Promise<number | null> {
  const reader = blob.stream().getReader();
  try {
    for (;;) {
      job.signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return null;
      const back = take(value);
      if (typeof back === 'number') return back;
      await job.breathe();
    }
  } finally {
    void reader.cancel().catch(() => {}); // the stream may be finished; nothing is lost by that
  }
}

/** Stretches of bytes [from, to) that hold no record which can be read, joined where they touch. */
function cutsOf({ bad }: Found): Float64Array<ArrayBuffer> {
  const cuts: number[] = [];
  for (const { from, to } of [...bad].sort((a, b) => a.from - b.from))
    if (cuts.at(-1) === from) cuts[cuts.length - 1] = to;
    else cuts.push(from, to);
  return Float64Array.from(cuts);
}

async function setAside(found: Found, body: Blob): Promise<FullScan['setAside']> {
  const reasons = [...new Set(found.bad.map(({ reason }) => reason))];
  return Promise.all(
    reasons.map(async (reason) => {
      const all = found.bad.filter((record) => record.reason === reason);
      const sample = all.slice(0, SHOWN).map(async ({ line, from, to }) => {
        const piece = body.slice(from, Math.min(to, from + SHOWN_BYTES));
        const text = (await piece.text()).replace(/[\r\n]+$/, '');
        return { line, text: to - from > SHOWN_BYTES ? `${text}…` : text };
      });
      return { reason, rows: all.length, sample: await Promise.all(sample) };
    }),
  );
}
