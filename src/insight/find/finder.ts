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

  private constructor(chunks: readonly Chunk[]) {
    this.#chunks = chunks;
  }

  /** `texts` is [customers] or empty. O(letters). */
  static async of(
    customers: readonly string[],
    texts: readonly string[],
    job: Job = unattended,
  ): Promise<Finder> {
    const chunks: Chunk[] = [];
    for (let from = 0; from < customers.length; from += ROWS_A_CHUNK) {
      const rows = Math.min(ROWS_A_CHUNK, customers.length - from);
      const starts = new Uint32Array(rows + 1);
      const lines: string[] = [];
      let at = 0;
      for (let i = 0; i < rows; i++) {
        const words = texts[from + i];
        const line = `${ROW}${fold(customers[from + i]!)}${WORDS}${words ? fold(words.slice(0, LONGEST)) : ''}`;
        lines.push(line);
        starts[i] = at;
        at += line.length;
      }
      starts[rows] = at;
      chunks.push({ text: lines.join(''), starts });
      job.progress('Learning who is who', from + rows, customers.length);
      await job.breathe();
    }
    return new Finder(chunks);
  }

  /** Everyone who has all typed words, up to `most`; nobody where nothing was typed. O(letters). */
  find(typed: string, most: number): Found {
    const whole = fold(typed);
    const words = whole.split(' ').sort((a, b) => b.length - a.length);
    if (whole === '' || !(most >= 1)) return { rows: new Uint32Array(), isMore: false };
    const ranks: number[][] = [[], [], [], []];
    const all = [...this.#hits(words[0]!, words.slice(1), most + 1)];
    const isMore = all.length > most;
    // whoever is named exactly must be there, however many others come before
    const named = isMore
      ? [
          ...this.#hits(`${ROW}${whole}${WORDS}`, [], most),
          ...this.#hits(`${ROW}${whole}`, [], most),
        ]
      : [];
    const seen = new Set<number>();
    for (const row of [...named, ...all]) if (seen.size < most) seen.add(row);
    for (const row of [...seen].sort((a, b) => a - b))
      ranks[this.#rank(row, whole, words)]!.push(row);
    return { rows: Uint32Array.from(ranks.flat()), isMore };
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

  #rank(row: number, whole: string, words: readonly string[]): number {
    const { text, starts } = this.#chunks[Math.floor(row / ROWS_A_CHUNK)]!;
    const i = row % ROWS_A_CHUNK;
    const line = text.slice(starts[i], starts[i + 1]);
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
