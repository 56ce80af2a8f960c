import { count } from '../../lib/format.ts';
import { CsvWriter } from './csv-writer.ts';
import { MOST_COLUMNS, unsafe } from './limits.ts';
import { plainDouble } from './numbers.ts';
import { broken } from './json-lists.ts';
import { nestedNotes, type Transcript } from './types.ts';

/** Marks a number that a double cannot hold, so that its digits survive JSON.parse. A private-use character: in no data. */
const KEPT = '\ue0ff';
const keptNumber = /"\ue0ff(-?\d[^"]*)"/g;

/** Brackets inside brackets. Parsing a million of them takes 100 MB, and nothing can walk what comes out. */
const DEEPEST = 1000;

/** JSON.parse, but numbers that a double cannot hold keep their digits (as strings that begin with `KEPT`). Throws SyntaxError, or RangeError where it is nested too deeply. */
export function parseExact(source: string): unknown {
  if (source.length > 2 * DEEPEST && depthOf(source) > DEEPEST)
    throw new RangeError(`More than ${DEEPEST} brackets inside each other`);
  if (!/[\d.]{16}|\d[eE][-+]?\d{3}/.test(source)) return JSON.parse(source);
  return JSON.parse(
    source.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gs, (token) =>
      token[0] === '"' || holds(token) ? token : `"${KEPT}${token}"`,
    ),
  );
}

function depthOf(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of source.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[{]+|[\]}]+/gs)) {
    if (token[0] === '"') continue;
    depth += token[0] === '[' || token[0] === '{' ? token.length : -token.length;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
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

/** A row, or the text of what was none, and the line of the file on which it begins. */
type Held = { readonly row: (string | null)[] | string; readonly line: number };

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
  #held: Held[] = [];
  /** What was no record and stands before the first that is one: behind it, so that no line of names is sought among them. */
  #early: Held[] = [];
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

  /** Takes a record that begins on this line of the file; false where it is not of the shape of the first one. */
  take(record: unknown, line: number): boolean {
    const shape = Array.isArray(record) ? 'list' : isObject(record) ? 'object' : null;
    if (shape === null || (this.shape !== null && shape !== this.shape)) return false;
    this.shape = shape;
    const known = this.#columns.size;
    const row: (string | null)[] = new Array<string | null>(known).fill(null);
    if (Array.isArray(record)) record.forEach((value, i) => this.#cell(row, String(i), value));
    else this.#flatten(row, record as object, ''); // as: `isObject` said so
    this.rows++; // what is nested too deep has thrown
    if (this.#columns.size > MOST_COLUMNS)
      throw unsafe(`Its records have more than ${count(MOST_COLUMNS)} different names.`);
    this.late ||= this.#writer !== null && this.#columns.size > known;
    if (this.late) return true;
    for (const each of [{ row, line }, ...this.#early.splice(0)]) this.#put(each);
    return true;
  }

  /** Keeps the text of what could not be taken: it is set aside and not lost. Throws file-unreadable where there is no record before 5,000 of them. */
  setAside(text: string, line: number): void {
    if (this.late) return;
    if (this.rows > 0) this.#put({ row: text, line });
    else if (this.#early.push({ row: text, line }) > HELD)
      throw broken(`None of its first ${count(HELD)} records is JSON.`);
  }

  again(): RecordRows {
    return new RecordRows(this.#most, this);
  }

  /** The rows as CSV: with a line of names where records have names. */
  written(name: string): Pick<Transcript, 'text' | 'fileLines'> {
    const writer = this.#writer ?? this.#start();
    return { text: writer.file(name), fileLines: writer.fileLines() };
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

  #put(held: Held): void {
    if (this.#writer) write(this.#writer, held);
    else if (this.#held.push(held) >= HELD) this.#start();
  }

  #start(): CsvWriter {
    const writer = (this.#writer = new CsvWriter(this.#most));
    if (this.shape === 'object') writer.row([...this.#columns.keys()].map(shownPath), 0);
    const width = this.#columns.size;
    for (const held of this.#held.splice(0)) {
      while (typeof held.row !== 'string' && held.row.length < width) held.row.push(null);
      write(writer, held);
    }
    return writer;
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

function write(writer: CsvWriter, { row, line }: Held): void {
  if (typeof row === 'string') writer.unread(row, line);
  else writer.row(row, line);
}

/** A text that is one record, as paths of names (or places) with their cells. Null where it is none. */
export function readRecord(text: string): {
  readonly kind: 'object' | 'list';
  readonly cells: readonly (readonly [string, string])[];
} | null {
  const cells: [string, string][] = [];
  const walk = (value: object, above: string) => {
    for (const [key, inner] of Object.entries(value)) {
      const path = above === '' ? key : `${above}${BETWEEN}${key}`;
      if (isObject(inner)) walk(inner, path);
      else cells.push([shownPath(path), cellOf(inner) ?? '']);
    }
  };
  try {
    const record = parseExact(text);
    if (typeof record !== 'object' || record === null) return null;
    if (Array.isArray(record))
      return { kind: 'list', cells: record.map((value, i) => [String(i), cellOf(value) ?? '']) };
    walk(record, '');
    return { kind: 'object', cells };
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof RangeError) return null;
    throw cause;
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const quoted = (names: readonly string[]): string =>
  `${names
    .slice(0, 3)
    .map((name) => `“${name}”`)
    .join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
