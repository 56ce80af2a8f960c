import { Blobs } from '../unpack.ts';
import { UNREAD } from '../unread.ts';
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
  /** The next line of the text, and how far the lines of the file are from those of the text. */
  #line = 1;
  #shift = 0;
  readonly #pairs: number[] = [];
  rows = 0;

  constructor(most: number, packed = Infinity) {
    this.#gauge = new Gauge(packed * 10, most);
  }

  /** Before any is written: whether `rows` of `columns` cells can be meant. Each cell costs a byte at least. */
  expect(rows: number, columns: number): void {
    this.#gauge.expect(rows * Math.max(1, columns));
  }

  /** One record, and the line of the file that it is from: told nothing, its place among the rows. null and '' are both an empty cell. */
  row(cells: readonly (string | null)[], from?: number): void {
    let line = '';
    for (let c = 0; c < cells.length; c++) {
      if (c > 0) line += ',';
      const cell = cells[c];
      if (cell) line += spell(cell);
    }
    this.#write(line === '' ? '""\n' : `${line}\n`, from);
  }

  /** What could not be read as a record and stands on this line of the file. It keeps its place, on one line. */
  unread(text: string, from: number): void {
    this.#write(`${UNREAD}${text.trim().replace(/\s*[\r\n]\s*/g, ' ')}\n`, from);
  }

  /** A line without a record, so that lines are counted as in the file that this was made from. */
  blank(): void {
    this.#write('\n');
  }

  /** Pairs [line of the text, line of the file]: see `Opened.fileLines`. */
  fileLines(): Float64Array<ArrayBuffer> {
    return Float64Array.from(this.#pairs);
  }

  file(name: string): File {
    this.#flush();
    return this.#parts.file(name);
  }

  #write(line: string, from?: number): void {
    const shift = (from ?? this.rows + 1) - this.#line;
    if (shift !== this.#shift) this.#pairs.push(this.#line, this.#line + shift);
    this.#shift = shift;
    this.#line += linesOf(line);
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

/** Lines of a record with its end: nearly always one. */
function linesOf(record: string): number {
  const first = record.search(/[\r\n]/);
  return first === record.length - 1 ? 1 : (record.match(/\r\n|\r|\n/g)?.length ?? 1);
}
