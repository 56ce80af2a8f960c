import { unattended, type Job } from '../../lib/job.ts';
import { fold } from '../../lib/fold.ts';

const ROWS_A_CHUNK = 16_384;
/** Letters of what is known of a customer beside the id that are looked through. */
const LONGEST = 400;
const ROW = '\n';
const WORDS = '\t';

type Chunk = {
  /** For each row a line: "\n", its id, "\t", its words. */
  readonly text: string;
  /** Where each line begins, and the end of the last. */
  readonly starts: Uint32Array;
};

export type Found = {
  /** Rows: the id as typed first, then ids that begin so, then rows where words begin so, then all others; each in the order of the table. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Whether the search stopped at `most`. */
  readonly isMore: boolean;
};

/**
 * Finds customers by their id or by words of the texts known of them, without regard to case and accents; every typed word must be there. One
 * text in chunks that is looked through from end to end: for a million ids it needs no index but 10 MB, and a search takes milliseconds.
 */
export class Finder {
  readonly #chunks: readonly Chunk[];
  readonly #customers: number;
  /** Whether ids ascend as they are looked for: those that begin so then stand together. */
  readonly #isOrdered: boolean;
  /** The last search that found everyone: what is typed on is looked for among them. */
  #last: { readonly words: readonly string[]; readonly rows: readonly number[] } | null = null;

  private constructor(chunks: readonly Chunk[], customers: number, isOrdered: boolean) {
    this.#chunks = chunks;
    this.#customers = customers;
    this.#isOrdered = isOrdered;
  }

  /** `texts` is [customers] or empty. O(letters). */
  static async of(
    customers: readonly string[],
    texts: readonly string[],
    job: Job = unattended,
  ): Promise<Finder> {
    const chunks: Chunk[] = [];
    let [isOrdered, before] = [true, ''];
    for (let from = 0; from < customers.length; from += ROWS_A_CHUNK) {
      const rows = Math.min(ROWS_A_CHUNK, customers.length - from);
      const starts = new Uint32Array(rows + 1);
      const lines: string[] = [];
      let at = 0;
      for (let i = 0; i < rows; i++) {
        const words = texts[from + i];
        const id = fold(customers[from + i]!);
        isOrdered &&= before <= id;
        before = id;
        const line = `${ROW}${id}${WORDS}${words ? fold(words.slice(0, LONGEST)) : ''}`;
        lines.push(line);
        starts[i] = at;
        at += line.length;
      }
      starts[rows] = at;
      chunks.push({ text: lines.join(''), starts });
      job.progress('Learning who is who', from + rows, customers.length);
      await job.breathe();
    }
    return new Finder(chunks, customers.length, isOrdered);
  }

  /** Everyone who has all typed words, up to `most`; nobody where nothing was typed. O(letters). */
  find(typed: string, most: number): Found {
    const whole = fold(typed);
    const words = whole.split(' ').sort((a, b) => b.length - a.length);
    if (whole === '' || !(most >= 1)) return { rows: new Uint32Array(), isMore: false };
    const ranks: number[][] = [[], [], [], []];
    const last = this.#last;
    const isNarrower = last?.words.every((old) => words.some((word) => word.includes(old)));
    const all = isNarrower
      ? last!.rows.filter((row) => words.every((word) => this.#lineOf(row).includes(word)))
      : [...this.#hits(words[0]!, words.slice(1), most + 1)];
    const isMore = all.length > most;
    if (!isMore) this.#last = { words, rows: all };
    // whoever is named exactly must be there, however many others come before
    const named = isMore ? this.#named(whole, most) : [];
    const seen = new Set<number>();
    for (const row of [...named, ...all]) if (seen.size < most) seen.add(row);
    for (const row of [...seen].sort((a, b) => a - b))
      ranks[this.#rank(row, whole, words)]!.push(row);
    return { rows: Uint32Array.from(ranks.flat()), isMore };
  }

  /** Rows whose id is `whole`, then rows whose id begins so, up to `most` each. */
  #named(whole: string, most: number): readonly number[] {
    const [exact, begins] = [`${ROW}${whole}${WORDS}`, `${ROW}${whole}`];
    if (!this.#isOrdered) return [...this.#hits(exact, [], most), ...this.#hits(begins, [], most)];
    let [low, high] = [0, this.#customers];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#idOf(middle) < whole) low = middle + 1;
      else high = middle;
    }
    const rows: number[] = [];
    for (let row = low; row < this.#customers && rows.length < most; row++) {
      if (!this.#lineOf(row).startsWith(begins)) break;
      rows.push(row); // those who are called so stand first
    }
    return rows;
  }

  *#hits(first: string, others: readonly string[], most: number): Generator<number> {
    let found = 0;
    for (const [c, { text, starts }] of this.#chunks.entries()) {
      let at = text.indexOf(first);
      while (at >= 0) {
        const i = lineAt(starts, at);
        const end = starts[i + 1]!;
        const line = others.length > 0 ? text.slice(starts[i], end) : '';
        if (others.every((word) => line.includes(word))) {
          yield c * ROWS_A_CHUNK + i;
          if (++found >= most) return;
        }
        at = text.indexOf(first, end);
      }
    }
  }

  #lineOf(row: number): string {
    const { text, starts } = this.#chunks[Math.floor(row / ROWS_A_CHUNK)]!;
    const i = row % ROWS_A_CHUNK;
    return text.slice(starts[i], starts[i + 1]);
  }

  #idOf(row: number): string {
    const line = this.#lineOf(row);
    return line.slice(ROW.length, line.indexOf(WORDS));
  }

  #rank(row: number, whole: string, words: readonly string[]): number {
    const line = this.#lineOf(row);
    if (line.startsWith(`${ROW}${whole}${WORDS}`)) return 0;
    if (line.startsWith(`${ROW}${whole}`)) return 1;
    const begins = (word: string) => [ROW, WORDS, ' '].some((mark) => line.includes(mark + word));
    return words.every(begins) ? 2 : 3;
  }
}

/** The last line that begins at or before `at`. */
function lineAt(starts: Uint32Array, at: number): number {
  let [low, high] = [0, starts.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
