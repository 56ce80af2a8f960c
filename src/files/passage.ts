import {
  byteKinds,
  isInert,
  CR,
  DELIMITER,
  ESCAPE,
  LF,
  OTHER,
  QUOTE,
  SPACE,
} from './byte-kinds.ts';
import type { Regular, RegularFor } from './regular.ts';
import type { Marks } from './split.ts';
import { Tally, type BadReason, type Found, type UnreadReason } from './tally.ts';
import { Utf8Check } from './utf8.ts';

const [START, PLAIN, QUOTED, CLOSED, AFTER, LOST] = [0, 1, 2, 3, 4, 5] as const;

/**
 * Walks over the bytes of the records, chunk after chunk, and tells records from line breaks inside quotes as DuckDB does.
 * Positions count from the start of the body. The one hot loop of an import: O(bytes), one table look-up a byte.
 */
export class Passage {
  readonly #tally = new Tally();
  /** Physical lines passed, the lines above the body included. */
  line: number;
  readonly #columns: number;
  readonly #longest: number;
  readonly #kinds: Uint8Array;
  /** No byte above it has a meaning: letters and digits need no look into the table. */
  readonly #top: number;
  readonly #doubled: boolean;
  /** Why a record is lost whose quotes are odd. In a text that was made here only what was no record has such. */
  readonly #oddQuote: BadReason;
  readonly #regular: Regular | null;
  #utf8 = new Utf8Check();
  #broken: number[] = [];
  #state: number = START;
  #cells = 1;
  #lost = false;
  #escaped = false;
  #afterCr = false;
  #start = 0;
  #startLine = 0;
  #firstBreak = -1;

  get found(): Found {
    return this.#tally.found;
  }

  /** `above`: lines above the body. `regular` does nearly all of the work where it is given; without it the result is the same. */
  constructor(
    marks: Marks,
    columns: number,
    {
      above,
      longest,
      regular,
      unreadAs = null,
    }: {
      above: number;
      longest: number;
      regular?: RegularFor | undefined;
      unreadAs?: UnreadReason | null;
    },
  ) {
    this.line = above;
    this.#columns = columns;
    this.#longest = longest;
    this.#regular = regular?.(marks, columns, longest) ?? null;
    this.#oddQuote = unreadAs ?? 'bad-quote';
    this.#doubled = marks.escape === marks.quote;
    this.#kinds = byteKinds(marks);
    this.#top = this.#kinds.findLastIndex((kind) => kind !== OTHER);
  }

  /** Before the first chunk that is read from `position`. */
  startAt(position: number): void {
    this.#utf8 = new Utf8Check();
    this.#broken = [];
    this.#afterCr = false;
    this.#begin(position);
  }

  /** Takes the bytes that start at `base`. Returns where to read again, or null to go on. */
  take(bytes: Uint8Array, base: number, mayRewind: boolean): number | null {
    if (this.#broken.length > 0) this.#broken = this.#broken.filter((at) => at >= this.#start);
    this.#utf8.check(bytes, base, this.#broken);
    const kinds = this.#kinds;
    const top = this.#top;
    const size = bytes.length;
    const isPlain = this.#broken.length === 0;
    let cells = this.#cells;
    let state = this.#state; // in locals: the loop runs once a byte
    const regular = isPlain && this.#regular?.load(bytes) ? this.#regular : null;
    for (let i = 0; i < size; i++) {
      if (regular && base + i === this.#start && !this.#afterCr) {
        i = this.#pass(regular, i, base);
        if (i === size) break;
      }
      let kind = kinds[bytes[i]!]!;
      if (this.#afterCr) {
        this.#afterCr = false;
        if (kind === LF) {
          this.#afterCrLf(base + i, state === QUOTED);
          continue;
        }
        this.#tally.style(4);
      }
      if (state === QUOTED) {
        const escaped = this.#escaped;
        this.#escaped = false;
        if (kind === LF || kind === CR) this.#breakInside(kind, base + i);
        else if (escaped) continue;
        else if (kind === QUOTE) state = CLOSED;
        else if (kind === ESCAPE) this.#escaped = true;
        else while (i + 1 < size && isInert(kinds[bytes[i + 1]!]!)) i++;
        continue;
      }
      if (kind === OTHER) {
        if (state === START) state = PLAIN;
        else if (state === CLOSED || state === AFTER) state = LOST;
        do i++;
        while (i < size && (bytes[i]! > top || kinds[bytes[i]!] === OTHER));
        if (i === size) break;
        kind = kinds[bytes[i]!]!;
      }
      if (kind === DELIMITER) {
        if (state === LOST) continue;
        cells++;
        state = START;
      } else if (kind === LF || kind === CR) {
        if (kind === CR) this.#afterCr = true;
        else this.#tally.style(1);
        this.line++;
        const end = base + i;
        if (
          isPlain &&
          cells === this.#columns &&
          state !== LOST &&
          end - this.#start < this.#longest
        ) {
          this.#tally.keep(this.#startLine); // nearly every record: the rest of #finish has nothing to find
          this.#start = end + 1;
          this.#startLine = this.line;
          this.#firstBreak = -1;
          state = START;
          cells = 1;
          continue;
        }
        this.#cells = cells;
        this.#lost = state === LOST;
        const again = this.#finish(base + i + 1, base + i, mayRewind);
        state = START;
        cells = 1;
        if (again === null) continue;
        if (again < base) return again;
        i = again - base - 1;
      } else if (kind === QUOTE) {
        if (state === START) state = QUOTED;
        else if (state === CLOSED) state = this.#doubled ? QUOTED : LOST;
        else if (state === AFTER) state = LOST;
      } else if (kind === SPACE) {
        if (state === CLOSED) state = AFTER;
      } else if (state === START) state = PLAIN;
      else if (state === CLOSED || state === AFTER) state = LOST;
    }
    this.#state = state;
    this.#cells = cells;
    return null;
  }

  /** After the last chunk: the record without a line break at the end of the file. Returns where to read again, or null. */
  end(size: number, mayRewind: boolean): number | null {
    if (this.#afterCr) this.#tally.style(4);
    this.#afterCr = false;
    if (this.#start >= size) return null;
    this.#utf8.end(size, this.#broken);
    this.#lost = this.#state === QUOTED || this.#state === LOST;
    this.line++;
    return this.#finish(size, size, mayRewind);
  }

  /** Ends the record whose text ends at `end`; the next starts at `next`. Returns where to read again, or null. */
  #finish(next: number, end: number, mayRewind: boolean): number | null {
    const from = this.#start;
    if (end === from) {
      this.found.blank++;
      this.#begin(next);
      return null;
    }
    if (this.#lost && this.#firstBreak >= 0 && mayRewind) {
      const again = this.#firstBreak;
      this.#tally.bad(this.#oddQuote, this.#startLine, { from, to: again });
      this.line = this.#startLine + 1;
      this.#afterCr = false;
      this.#begin(again);
      return again;
    }
    if (this.#lost) this.#tally.bad(this.#oddQuote, this.#startLine, { from, to: next });
    else if (this.#cells > this.#columns)
      this.#tally.bad('ragged', this.#startLine, { from, to: next });
    else if (end - from > this.#longest)
      this.#tally.bad('too-long', this.#startLine, { from, to: next });
    else if (this.#broken.length > 0 && this.#broken.some((at) => at >= from && at < end))
      this.#tally.bad('bad-encoding', this.#startLine, { from, to: next });
    else {
      if (this.#cells < this.#columns) this.found.short++;
      this.#tally.keep(this.#startLine);
    }
    this.#begin(next);
    return null;
  }

  /** Keeps all records that `regular` passes from byte `from` of the chunk on; gives the first byte behind them. */
  #pass(regular: Regular, from: number, base: number): number {
    const { next, kept, styles } = regular.pass(from);
    if (kept === 0) return from;
    this.#tally.style(styles);
    this.#tally.keep(this.#startLine); // the first tells whether the lines have shifted; the others follow it line by line
    this.found.kept += kept - 1;
    this.line += kept;
    this.#begin(base + next);
    return next;
  }

  #begin(at: number): void {
    this.#start = at;
    this.#startLine = this.line;
    this.#cells = 1;
    this.#lost = false;
    this.#escaped = false;
    this.#firstBreak = -1;
    this.#state = START;
  }

  #breakInside(kind: number, at: number): void {
    if (this.#firstBreak < 0) this.#firstBreak = at + 1;
    if (kind === CR) this.#afterCr = true;
    else this.#tally.style(1);
    this.line++;
  }

  /** The LF of a CR LF: part of the break that was counted at the CR. */
  #afterCrLf(at: number, isInside: boolean): void {
    this.#tally.style(2);
    if (isInside) {
      if (this.#firstBreak === at) this.#firstBreak = at + 1;
      return;
    }
    this.#start = at + 1;
    this.#tally.lengthen(at);
  }
}
