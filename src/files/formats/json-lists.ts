import { TesseraError } from '../../lib/errors.ts';

/** A list in a JSON document that is reached through objects only, and what it holds. */
export type JsonList = {
  /** Names from the outside in; [] for a list that is the document. */
  readonly path: readonly string[];
  objects: number;
  lists: number;
  scalars: number;
};

/** Longest element, in UTF-16 units. */
const LONGEST = 16_000_000;
const DEEPEST = 4;
const [LF, QUOTE, COMMA, COLON, ESCAPE] = [10, 34, 44, 58, 92];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [91, 93, 123, 125];

/** `line`: on which the element begins, from 1. */
type Tell = (text: string, list: JsonList | null, line: number) => void;
type Level = { readonly path: readonly string[]; readonly list: JsonList | null; key: string };

/**
 * Walks over a JSON document piece by piece and tells the source text of each element of each list, without ever holding more
 * than one element. A document that is no list is an outline of objects down to four deep; what several values in a row are
 * (`{…}{…}`) is told as elements of the list `sequence` when asked for. Throws file-unreadable where brackets do not match.
 */
export class JsonLists {
  readonly lists: JsonList[] = [];
  /** Values at the top: more than one makes a sequence. */
  values = 0;
  readonly #asSequence: boolean;
  readonly #tell: Tell | null;
  readonly #levels: Level[] = [];
  /** Brackets open inside the element (or skipped value) at hand; -1 outside of one, 0 in a scalar. */
  #depth = -1;
  #inString = false;
  #isKey = false;
  /** Inside an object: its key has been read and its value not. */
  #valueDue = false;
  #text = '';
  #at = 0;
  /** Where the element or key starts in `#text` (0 where in a piece before); -1 where nothing is kept. */
  #from = -1;
  /** The element or key so far, from pieces before. */
  #before: string[] = [];
  #size = 0;
  #escaped = false;
  #line = 1;
  #startLine = 1;

  /** Without `tell` it only counts. */
  constructor(asSequence: boolean, tell: Tell | null) {
    this.#asSequence = asSequence;
    this.#tell = tell;
  }

  push(piece: string): void {
    if (this.#from >= 0) {
      const kept = this.#text.slice(this.#from);
      this.#before.push(kept);
      this.#size += kept.length;
      if (this.#size > LONGEST) throw broken('One record of it is longer than 16 MB.');
      this.#from = 0;
    }
    this.#text = piece;
    this.#at = 0;
    this.#walk();
  }

  /** Throws file-unreadable where the document is cut off. */
  end(): void {
    this.push('\n');
    if (this.#levels.length > 0 || this.#depth > 0 || this.#inString)
      throw broken('The JSON ends in the middle: the file is cut off.');
  }

  #walk(): void {
    const text = this.#text;
    while (this.#at < text.length) {
      if (this.#inString) {
        if (!this.#string(text)) return;
        continue;
      }
      const code = text.charCodeAt(this.#at);
      if (code === QUOTE) {
        this.#begin(code);
        this.#inString = true;
      } else if (code === OBJECT || code === LIST) this.#open(code);
      else if (code === OBJECT_END || code === LIST_END) this.#close(code);
      else if (code === COMMA || code === COLON || code <= 32) {
        if (code === LF) this.#line++;
        this.#between();
      } else this.#begin(code);
      this.#at++;
    }
  }

  /** Moves behind the string at hand; false where it does not end in this piece. */
  #string(text: string): boolean {
    let at = this.#at + (this.#escaped ? 1 : 0);
    this.#escaped = false;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === ESCAPE) {
        this.#escaped = at + 1 === text.length;
        at++;
      } else if (code === QUOTE) {
        this.#inString = false;
        this.#at = at + 1;
        if (this.#isKey) {
          const level = this.#levels.at(-1);
          if (level) level.key = String(JSON.parse(this.#kept()));
          this.#isKey = false;
        } else if (this.#depth === 0) this.#finish();
        return true;
      }
    }
    this.#at = text.length;
    return false;
  }

  /** The element or key that ends before `#at`; nothing is kept of it any more. */
  #kept(): string {
    const text = this.#before.join('') + this.#text.slice(this.#from, this.#at);
    this.#before = [];
    this.#size = 0;
    this.#from = -1;
    return text;
  }

  /** A scalar or a key starts, or a scalar goes on. */
  #begin(code: number): void {
    if (this.#depth >= 0) return;
    const level = this.#levels.at(-1);
    if (level && !level.list && !this.#valueDue && code === QUOTE) {
      this.#isKey = true;
      this.#valueDue = true;
      this.#from = this.#at;
      return;
    }
    this.#start('scalars');
  }

  #start(kind: 'objects' | 'lists' | 'scalars'): void {
    const level = this.#levels.at(-1);
    if (!level) this.values++;
    if (level?.list) level.list[kind]++;
    this.#startLine = this.#line;
    if (this.#tell && (level?.list || (!level && this.#asSequence))) this.#from = this.#at;
    this.#depth = 0;
  }

  #open(code: number): void {
    if (this.#depth >= 0) {
      this.#depth++;
      return;
    }
    const level = this.#levels.at(-1);
    const path = level ? [...level.path, level.key] : [];
    const inOutline = !level?.list && !(this.#asSequence && !level) && path.length <= DEEPEST;
    if (!inOutline) {
      this.#start(code === LIST ? 'lists' : 'objects');
      this.#depth = 1;
      return;
    }
    if (!level) this.values++;
    const list = code === LIST ? { path, objects: 0, lists: 0, scalars: 0 } : null;
    if (list) this.lists.push(list);
    this.#levels.push({ path, list, key: '' });
    this.#valueDue = false;
  }

  #close(code: number): void {
    if (this.#depth === 0) this.#finish();
    if (this.#depth > 0) {
      if (--this.#depth === 0) {
        this.#at++;
        this.#finish();
        this.#at--;
      }
      return;
    }
    const level = this.#levels.pop();
    if (!level || (level.list !== null) !== (code === LIST_END))
      throw broken('Its brackets do not match.');
    this.#rest();
  }

  #between(): void {
    if (this.#depth === 0) this.#finish();
    else if (this.#depth < 0 && this.#text.charCodeAt(this.#at) === COMMA) this.#rest();
  }

  /** The element at hand ends before `#at`. */
  #finish(): void {
    const level = this.#levels.at(-1);
    if (this.#from >= 0) this.#tell?.(this.#kept(), level?.list ?? null, this.#startLine);
    this.#depth = -1;
    this.#rest();
  }

  /** After a value of an object, the next string is a key. */
  #rest(): void {
    const level = this.#levels.at(-1);
    if (level) level.key = '';
    this.#valueDue = false;
  }
}

export const broken = (fact: string): TesseraError => new TesseraError('file-unreadable', fact);
