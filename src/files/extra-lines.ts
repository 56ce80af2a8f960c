import type { Job } from '../lib/job.ts';
import type { Dialect, Extra } from './types.ts';

const CHUNK = 4_194_304;
/** A quote that is still open so many bytes later has run away; lines after it are looked at again. */
const RUNAWAY = 65_536;

/** Bytes [from, to) of the text, a line without its break. `line`: as in `Extra`. */
export type Stretch = {
  readonly reason: Extra['reason'];
  readonly from: number;
  readonly to: number;
  readonly line: number;
};

/** What is looked for: lines that begin with `dialect.comment`, and (where `dialect.repeats`) that are `header`. */
export type Looking = {
  readonly dialect: Dialect;
  /** Byte of the text at which the first record starts, the physical lines above it, and the line of names as it stands there. */
  readonly offset: number;
  readonly above: number;
  readonly header: string;
};

/** Comments and repeated names: lines outside quotes. O(bytes), in chunks. */
export async function linesWithin(text: Blob, it: Looking, job: Job): Promise<readonly Stretch[]> {
  const { dialect, offset, above } = it;
  const comment = dialect.comment ? dialect.comment.charCodeAt(0) : -1;
  const names = dialect.repeats ? new TextEncoder().encode(it.header) : new Uint8Array();
  const found: Stretch[] = [];
  let line = above;
  let open = -1; // where the quote that is open began
  let isLineStart = true;
  const first = await piece(text, offset, CHUNK);
  const lf = first.indexOf(10);
  const cr = first.indexOf(13);
  const stop = cr >= 0 && (lf < 0 || lf > cr + 1) ? 13 : 10;
  for (let base = offset; base < text.size;) {
    job.signal.throwIfAborted();
    const bytes = base === offset ? first : await piece(text, base, CHUNK);
    const isLast = base + bytes.length >= text.size;
    const end = isLast ? bytes.length : bytes.lastIndexOf(stop) + 1 || bytes.length;
    for (let s = 0; s < end;) {
      const next = bytes.indexOf(stop, s);
      const isCut = next < 0 || next >= end;
      const e = isCut ? end : next;
      const to = stop === 10 && bytes[e - 1] === 13 && e > s ? e - 1 : e;
      if (isLineStart) line++;
      if (open >= 0 && base + s - open > RUNAWAY) open = -1;
      const isComment = bytes[s] === comment;
      const reason = isComment ? 'comment' : isSame(bytes, s, to, names) ? 'repeated-header' : null;
      if (reason && isLineStart && open < 0 && !isCut)
        found.push({ reason, from: base + s, to: base + to, line });
      else if (reason && isLineStart && open < 0 && isLast)
        found.push({ reason, from: base + s, to: base + e, line });
      else if (isOpenAfter(bytes, s, to, { dialect, open: open >= 0 }))
        open = open < 0 ? base + s : open;
      else open = -1;
      isLineStart = !isCut;
      s = e + 1;
    }
    base += end;
    job.progress('Looking for lines that are no records', base - offset, text.size - offset);
    await job.breathe();
  }
  return found;
}

function isSame(bytes: Uint8Array, from: number, to: number, names: Uint8Array): boolean {
  if (names.length === 0 || to - from !== names.length) return false;
  for (let i = 0; i < names.length; i++) if (bytes[from + i] !== names[i]) return false;
  return true;
}

/** Whether a quote is open at the end of the line: one opens only at the start of a cell. */
function isOpenAfter(
  bytes: Uint8Array,
  from: number,
  to: number,
  { dialect, open }: { readonly dialect: Dialect; readonly open: boolean },
): boolean {
  if (dialect.quote === '') return false;
  const quote = dialect.quote.charCodeAt(0);
  const delimiter = dialect.delimiter.charCodeAt(0);
  const escape = dialect.escape === dialect.quote ? -1 : dialect.escape.charCodeAt(0);
  let inside = open;
  let isStart = true;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (inside) {
      if (byte === escape) i++;
      else if (byte === quote) inside = false; // a doubled one opens again at once
      if (!inside && escape < 0 && bytes[i + 1] === quote && i + 1 < to) {
        inside = true;
        i++;
      }
      isStart = false;
    } else if (byte === delimiter) isStart = true;
    else if (byte === quote && isStart) inside = true;
    else if (byte !== 32) isStart = false;
  }
  return inside;
}

const piece = async (file: Blob, from: number, size: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.slice(from, from + size).arrayBuffer());
