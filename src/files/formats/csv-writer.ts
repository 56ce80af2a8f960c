import { Blobs } from '../unpack.ts';
import { Gauge } from './limits.ts';

const FLUSH_UNITS = 262_144;
const encoder = new TextEncoder();

/** A cell as CSV spells it; quoted where it holds a mark, begins or ends with a blank, or could be taken for a comment. */
function spell(cell: string): string {
  return /[",\r\n]|^[\s#']|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Writes rows as CSV (comma, ", \n, UTF-8) into Blobs. Throws archive-unsafe beyond `most` bytes, and where `packed` bytes of a
 * compressed format turn into so much that no table could be behind it.
 */
export class CsvWriter {
  readonly #parts = new Blobs();
  readonly #gauge: Gauge;
  #waiting: string[] = [];
  #units = 0;
  rows = 0;

  constructor(most: number, packed = Infinity) {
    this.#gauge = new Gauge(packed * 10, most);
  }

  /** Before any is written: whether `rows` of `columns` cells can be meant. Each cell costs a byte at least. */
  expect(rows: number, columns: number): void {
    this.#gauge.expect(rows * Math.max(1, columns));
  }

  /** One record; null and '' are both an empty cell. */
  row(cells: readonly (string | null)[]): void {
    let line = '';
    for (let c = 0; c < cells.length; c++) {
      if (c > 0) line += ',';
      const cell = cells[c];
      if (cell) line += spell(cell);
    }
    this.#write(line === '' ? '""\n' : `${line}\n`);
  }

  /** A line without a record, so that lines are counted as in the file that this was made from. */
  blank(): void {
    this.#write('\n');
  }

  file(name: string): File {
    this.#flush();
    return this.#parts.file(name);
  }

  #write(line: string): void {
    this.rows++;
    this.#waiting.push(line);
    this.#units += line.length;
    if (this.#units > FLUSH_UNITS) this.#flush();
  }

  #flush(): void {
    const bytes = encoder.encode(this.#waiting.join(''));
    this.#gauge.add(bytes.length);
    this.#parts.add(bytes);
    this.#waiting = [];
    this.#units = 0;
  }
}
