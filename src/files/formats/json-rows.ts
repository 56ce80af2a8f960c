import { count } from '../../lib/format.ts';
import { CsvWriter } from './csv-writer.ts';
import { MOST_COLUMNS, unsafe } from './limits.ts';
import { plainDouble } from './numbers.ts';
import { nestedNotes } from './types.ts';

/** Marks a number that a double cannot hold, so that its digits survive JSON.parse. A private-use character: in no data. */
const KEPT = '\ue0ff';
const keptNumber = /"\ue0ff(-?\d[^"]*)"/g;

/** JSON.parse, but numbers that a double cannot hold keep their digits (as strings that begin with `KEPT`). */
export function parseExact(source: string): unknown {
  if (!/[\d.]{16}|\d[eE][-+]?\d{3}/.test(source)) return JSON.parse(source);
  return JSON.parse(
    source.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gs, (token) =>
      token[0] === '"' || holds(token) ? token : `"${KEPT}${token}"`,
    ),
  );
}

const holds = (number: string): boolean => {
  const value = Number(number);
  return (
    Number.isFinite(value) &&
    (number.replace(/\D/g, '').length < 16 || plainDouble(value) === number)
  );
};

/** A value inside a record as the text of a cell; null for nothing. Lists become JSON. */
function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value.startsWith(KEPT) ? value.slice(1) : value;
  if (typeof value === 'number') return plainDouble(value);
  if (typeof value === 'object') return JSON.stringify(value).replace(keptNumber, '$1');
  return String(value);
}

const BETWEEN = '\0';
const shownPath = (path: string): string => path.replaceAll(BETWEEN, '.');

/** Rows before the columns are taken to be known; a name that first appears later costs a second pass. */
const HELD = 5000;

/**
 * Turns records into rows: nested objects become columns with visible names (`address.city`), lists stay JSON text, and a name
 * that appears late becomes a column of all rows. Where that happens after rows were written, `late` is true and the records
 * have to be told once more to `again()`.
 */
export class RecordRows {
  /** Paths of names and their places. */
  readonly #columns: Map<string, number>;
  readonly #most: number;
  readonly #lists: Set<string>;
  #writer: CsvWriter | null = null;
  #held: (string | null)[][] = [];
  /** Fixed by the first record: objects with names, or plain lists of cells. */
  shape: 'object' | 'list' | null = null;
  late = false;
  rows = 0;

  constructor(most: number, before: RecordRows | null = null) {
    this.#most = most;
    this.#columns = before ? before.#columns : new Map();
    this.#lists = before ? before.#lists : new Set();
    this.shape = before ? before.shape : null;
    if (before) this.#start();
  }

  /** Takes a record; false where it is not of the shape of the first one. */
  take(record: unknown): boolean {
    const shape = Array.isArray(record) ? 'list' : isObject(record) ? 'object' : null;
    if (shape === null || (this.shape !== null && shape !== this.shape)) return false;
    this.shape = shape;
    this.rows++;
    const known = this.#columns.size;
    const row: (string | null)[] = new Array<string | null>(known).fill(null);
    if (Array.isArray(record)) record.forEach((value, i) => this.#cell(row, String(i), value));
    else this.#flatten(row, record as object, ''); // as: `isObject` said so
    if (this.#columns.size > MOST_COLUMNS)
      throw unsafe(`Its records have more than ${count(MOST_COLUMNS)} different names.`);
    this.late ||= this.#writer !== null && this.#columns.size > known;
    if (this.late) return true;
    if (this.#writer) this.#writer.row(row);
    else if (this.#held.push(row) >= HELD) this.#start();
    return true;
  }

  again(): RecordRows {
    return new RecordRows(this.#most, this);
  }

  /** The rows as CSV: with a line of names where records have names. */
  file(name: string): File {
    if (!this.#writer) this.#start();
    return this.#writer!.file(name); // !: `#start` made it
  }

  /** What was done to nested values, in sentences. */
  notes(): readonly string[] {
    const nested = new Map<string, string[]>();
    for (const path of this.#columns.keys()) {
      const [outer = ''] = path.split(BETWEEN);
      if (outer === path) continue;
      const inner = nested.get(outer) ?? [];
      nested.set(outer, inner);
      inner.push(shownPath(path));
    }
    const shown = [...nestedNotes([...nested])];
    if (this.#lists.size > 0)
      shown.push(`Lists inside ${quoted([...this.#lists])} are kept as text (JSON).`);
    return shown;
  }

  #start(): void {
    this.#writer = new CsvWriter(this.#most);
    if (this.shape === 'object') this.#writer.row([...this.#columns.keys()].map(shownPath));
    const width = this.#columns.size;
    for (const row of this.#held) {
      while (row.length < width) row.push(null);
      this.#writer.row(row);
    }
    this.#held = [];
  }

  #flatten(row: (string | null)[], record: object, above: string): void {
    for (const [key, value] of Object.entries(record)) {
      const path = above === '' ? key : `${above}${BETWEEN}${key}`;
      if (isObject(value)) this.#flatten(row, value, path);
      else this.#cell(row, path, value);
    }
  }

  #cell(row: (string | null)[], path: string, value: unknown): void {
    const at = this.#columns.get(path) ?? this.#columns.size;
    this.#columns.set(path, at);
    if (Array.isArray(value) && this.shape === 'object') this.#lists.add(shownPath(path));
    while (row.length < at) row.push(null);
    row[at] = cellOf(value);
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const quoted = (names: readonly string[]): string =>
  `${names
    .slice(0, 3)
    .map((name) => `“${name}”`)
    .join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
