import { unattended, type Job } from '../lib/job.ts';
import { Passage } from './passage.ts';
import type { RegularFor } from './regular.ts';
import type { Found, UnreadReason } from './tally.ts';
import { textFrom } from './unread.ts';
import type { Count } from './types.ts';
import type { Marks } from './split.ts';

/** Its wasm comes with the first file, not with the first page. */
const sha256 = async () => (await import('hash-wasm')).createSHA256();

/** Longest record that the database is asked to read, in bytes. */
export const LONGEST_RECORD = 16_000_000;
const SHOWN = 100;
const SHOWN_BYTES = 400;
const MOST_REWINDS = 200;

export type CountInput = {
  /** The file as UTF-8. */
  readonly text: File;
  /** Byte of it at which the first record after the header starts. */
  readonly offset: number;
  readonly marks: Marks;
  /** Cells that a record should have. */
  readonly columns: number;
  /** Physical lines above the first record, and how many of them are blank. */
  readonly above: number;
  readonly blankAbove: number;
  /** See `Opened`; absent: null. */
  readonly unreadAs?: UnreadReason | null;
};

/** SHA-256 of the bytes of a file as it was given, lower-case hex; in chunks, never the whole in memory. */
export async function fingerprint(file: File, job: Job = unattended): Promise<string> {
  const hash = await sha256();
  await eachChunk(file, job, (bytes) => void hash.update(bytes));
  return hash.digest('hex');
}

/**
 * One pass over all records, in chunks, never the whole in memory: records, lines, what could not be split and where.
 * A quote that runs away over lines is taken back: only the line on which it opened is set aside. O(bytes).
 */
export async function countRecords(
  input: CountInput,
  job: Job = unattended,
  regular?: RegularFor,
): Promise<Count> {
  const { text, offset, marks, columns, above, blankAbove, unreadAs = null } = input;
  const passage = new Passage(marks, columns, {
    above,
    longest: LONGEST_RECORD,
    regular,
    unreadAs,
  });
  const body = text.slice(offset);
  let from: number | null = 0;
  for (let rewinds = 0; from !== null; rewinds++) {
    let at = from;
    passage.startAt(from);
    const mayRewind = rewinds < MOST_REWINDS;
    const back = await eachChunk(body.slice(from), job, (bytes) => {
      const again = passage.take(bytes, at, mayRewind);
      at += bytes.length;
      job.progress('Counting the records', at, body.size);
      return again;
    });
    from = back ?? passage.end(body.size, mayRewind);
  }
  const { found } = passage;
  return {
    records: found.kept + found.bad.length,
    lines: passage.line,
    blankLines: blankAbove + found.blank,
    kept: found.kept,
    short: found.short,
    mixedBreaks: found.mixedBreaks,
    setAside: await setAside(found, body),
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

async function setAside(found: Found, body: Blob): Promise<Count['setAside']> {
  const reasons = [...new Set(found.bad.map(({ reason }) => reason))];
  return Promise.all(
    reasons.map(async (reason) => {
      const all = found.bad.filter((record) => record.reason === reason);
      const sample = all.slice(0, SHOWN).map(async ({ line, from, to }) => {
        const piece = body.slice(textFrom({ reason, from }), Math.min(to, from + SHOWN_BYTES));
        const text = (await piece.text()).replace(/[\r\n]+$/, '');
        return { line, text: to - from > SHOWN_BYTES ? `${text}…` : text };
      });
      return { reason, rows: all.length, sample: await Promise.all(sample) };
    }),
  );
}
