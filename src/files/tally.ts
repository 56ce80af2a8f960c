export type BadReason = 'ragged' | 'too-long' | 'bad-quote' | 'bad-encoding' | UnreadReason;
/** Of what is no text of cells: a record that could not be read when the text was made of it. */
export type UnreadReason = 'bad-json' | 'misaligned';

/** A record that cannot be read: the physical line it starts on, from 1, and its bytes [from, to). */
export type BadRecord = {
  readonly reason: BadReason;
  readonly line: number;
  readonly from: number;
  readonly to: number;
};

export type Found = {
  kept: number;
  /** Kept records with fewer cells than columns. */
  short: number;
  blank: number;
  /** More than one kind of line break, inside or outside quotes. */
  mixedBreaks: boolean;
  readonly bad: BadRecord[];
  /** Pairs [kept record, line]: from that record (from 1) on, each starts one line below the one before it. */
  readonly rowLines: number[];
};

/** What a walk over records has met so far. */
export class Tally {
  readonly found: Found = {
    kept: 0,
    short: 0,
    blank: 0,
    mixedBreaks: false,
    bad: [],
    rowLines: [],
  };
  #breakStyles = 0;
  #shift = Number.NaN;

  /** A record that can be read, with so many physical lines above it. */
  keep(above: number): void {
    this.found.kept++;
    const shift = above - this.found.kept;
    if (shift === this.#shift) return;
    this.#shift = shift;
    this.found.rowLines.push(this.found.kept, above + 1);
  }

  bad(reason: BadReason, above: number, bytes: Pick<BadRecord, 'from' | 'to'>): void {
    this.found.bad.push({ reason, line: above + 1, ...bytes });
  }

  /** The LF at this byte belongs to the record that ended there. */
  lengthen(at: number): void {
    const last = this.found.bad.at(-1);
    if (last?.to === at) this.found.bad[this.found.bad.length - 1] = { ...last, to: at + 1 };
  }

  /** A line break of a kind, as a bit: 1 LF, 2 CR LF, 4 CR. */
  style(style: number): void {
    this.#breakStyles |= style;
    if ((this.#breakStyles & (this.#breakStyles - 1)) !== 0) this.found.mixedBreaks = true;
  }
}
