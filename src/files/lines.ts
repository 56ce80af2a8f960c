import { unattended, type Job } from '../lib/job.ts';

/** Lines from one known start to the next. */
export const EVERY = 256;
const CHUNK = 4_194_304;

/** Where lines start, so that any line is found without reading all before it. */
export type LineMap = {
  /** Physical lines above the body. */
  readonly above: number;
  /** Byte of the body at which line 256 · i of it starts, counted from 0. */
  readonly starts: Float64Array;
  /** As the count found them: on which lines the records that can be read start. */
  readonly rowLines: Float64Array;
  readonly kept: number;
};

/** Where a record stands in the body: [from, to), its text ending at `end`, before the line break. */
export type Stretch = { readonly from: number; readonly end: number; readonly to: number };

/**
 * One pass over the body: where its lines start (LF, CR and CR LF each end one, inside quotes too), and for each of the ascending
 * bytes `asked`, at which lines start, the physical line from 1. O(bytes).
 */
export async function mapLines(
  body: Blob,
  it: { readonly above: number; readonly asked: Float64Array },
  job: Job = unattended,
): Promise<{ readonly starts: Float64Array; readonly lines: Float64Array }> {
  const starts: number[] = [];
  const lines = new Float64Array(it.asked.length);
  let line = 0;
  let found = 0;
  let afterCr = false;
  const begin = (at: number) => {
    if (line % EVERY === 0) starts.push(at);
    line++;
    while (found < lines.length && it.asked[found]! <= at) lines[found++] = it.above + line;
  };
  begin(0);
  for (let base = 0; base < body.size; base += CHUNK) {
    job.signal.throwIfAborted();
    const bytes = await piece(body, base, base + CHUNK);
    let i = afterCr && bytes[0] === 10 ? 1 : 0;
    if (afterCr) begin(base + i);
    afterCr = false;
    for (; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte > 13 || (byte !== 10 && byte !== 13)) continue;
      if (byte === 13 && i + 1 === bytes.length) {
        afterCr = true;
        break;
      }
      if (byte === 13 && bytes[i + 1] === 10) i++;
      begin(base + i + 1);
    }
    job.progress('Finding the lines', base + bytes.length, body.size);
    await job.breathe();
  }
  return { starts: Float64Array.from(starts), lines };
}

/** Bytes of a Blob. */
export const piece = async (
  body: Blob,
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await body.slice(from, to).arrayBuffer());

/** What stands for `at` by pairs [first, what stands for it], ascending: from one to the next both go on by one. O(log pairs). */
export function byPairs(pairs: ArrayLike<number>, at: number): number {
  let low = -1;
  let high = pairs.length / 2 - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (pairs[2 * middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low < 0 ? at : pairs[2 * low + 1]! + at - pairs[2 * low]!;
}
