const encoder = new TextEncoder();
const ZERO = 48;
const COMMA = 44;
const CHUNK = 1 << 20;
/** No row is longer than this; room for one is kept free. */
const ROW = 4096;

/** A cell of CSV (RFC 4180), quoted where it must be, as UTF-8. */
export function cell(text: string): Uint8Array {
  return encoder.encode(/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
}

/** CSV written digit by digit into one buffer: no strings per cell. Cells follow each other; `end` ends the row. */
export class CsvBytes {
  #bytes = new Uint8Array(CHUNK + 64 * ROW);
  #at = 0;
  #rowStart = 0;
  rows = 0;

  /** Whether there is about a megabyte, so that it should be taken. */
  get full(): boolean {
    return this.#at >= CHUNK;
  }

  /** Hands over what was written, as a copy, and starts again. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#at);
    this.#at = this.#rowStart = 0;
    return taken;
  }

  /** Ends a row. */
  end(): void {
    this.#bytes[this.#at - 1] = 10; // the comma after the last cell
    this.rows++;
    if (this.#at - this.#rowStart > ROW)
      throw new RangeError(`a row of ${this.#at - this.#rowStart} bytes`);
    this.#rowStart = this.#at;
    if (this.#at + ROW > this.#bytes.length) {
      const wider = new Uint8Array(this.#bytes.length * 2);
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
  }

  /** A cell made by `cell`. */
  cell(bytes: Uint8Array): this {
    this.#raw(bytes);
    this.#bytes[this.#at++] = COMMA;
    return this;
  }

  /** An empty cell. */
  empty(): this {
    this.#bytes[this.#at++] = COMMA;
    return this;
  }

  /** Text that changes from row to row; for the tables that are small. */
  text(text: string): this {
    return this.cell(cell(text));
  }

  /** A whole number below 2⁵³. */
  whole(value: number): this {
    this.#digits(value, 1);
    this.#bytes[this.#at++] = COMMA;
    return this;
  }

  /** A letter and a whole number with leading zeros: ids. */
  code(letter: string, value: number, digits: number): this {
    this.#bytes[this.#at++] = letter.charCodeAt(0);
    this.#digits(value, digits);
    this.#bytes[this.#at++] = COMMA;
    return this;
  }

  /** A customer's id, the same in every table: C0000042 is the customer with index 41. */
  customer(index: number): this {
    return this.code('C', index + 1, 7);
  }

  /** A number of hundredths: 450 is written 4.50. */
  hundredths(value: number): this {
    const size = Math.abs(value);
    if (value < 0) this.#bytes[this.#at++] = 45;
    const whole = Math.floor(size / 100);
    this.#digits(whole, 1);
    const rest = size - whole * 100;
    this.#bytes[this.#at++] = 46;
    this.#bytes[this.#at++] = ZERO + Math.floor(rest / 10);
    this.#bytes[this.#at++] = ZERO + (rest % 10);
    this.#bytes[this.#at++] = COMMA;
    return this;
  }

  /** A share or rate with six decimals. */
  share(value: number): this {
    const millionths = Math.round(Math.abs(value) * 1e6);
    if (value < 0 && millionths > 0) this.#bytes[this.#at++] = 45;
    this.#digits(Math.floor(millionths / 1e6), 1);
    this.#bytes[this.#at++] = 46;
    this.#digits(millionths % 1e6, 6);
    this.#bytes[this.#at++] = COMMA;
    return this;
  }

  /** `date` is the ten bytes of a day; with `seconds` of that day, "2024-03-05 08:12:43". */
  date(date: Uint8Array, seconds = -1): this {
    this.#raw(date);
    if (seconds >= 0) {
      this.#bytes[this.#at++] = 32;
      this.#digits(Math.floor(seconds / 3600), 2);
      this.#bytes[this.#at++] = 58;
      this.#digits(Math.floor(seconds / 60) % 60, 2);
      this.#bytes[this.#at++] = 58;
      this.#digits(seconds % 60, 2);
    }
    this.#bytes[this.#at++] = COMMA;
    return this;
  }

  #raw(bytes: Uint8Array): void {
    let at = this.#at;
    for (let i = 0; i < bytes.length; i++) this.#bytes[at++] = bytes[i]!; // faster than set() for short cells
    this.#at = at;
  }

  #digits(value: number, least: number): void {
    if (value < 0) ((this.#bytes[this.#at++] = 45), (value = -value));
    let digits = 1;
    for (let limit = 10; value >= limit; limit *= 10) digits++;
    if (digits < least) digits = least;
    for (let at = this.#at + digits - 1; at >= this.#at; at--) {
      const rest = Math.floor(value / 10);
      this.#bytes[at] = ZERO + (value - rest * 10);
      value = rest;
    }
    this.#at += digits;
  }
}
