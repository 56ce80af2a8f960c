import { TesseraError } from '../../lib/errors.ts';

/** What unpacking may cost. An archive beyond this is refused, whatever it says about itself (after Apache POI's ZipSecureFile). */
export const MOST_ENTRIES = 10_000;
/** Bytes that any archive may unpack to; beyond them its ratio counts. Twice that is what a bomb can take before it is refused. */
export const FREE_BYTES = 32_000_000;
export const MOST_RATIO = 200;
export const MOST_BYTES = 4_000_000_000;
/** XML of one sheet, and all texts of a workbook. */
export const MOST_SHEET_BYTES = 1_000_000_000;
/** One record of JSON, one page of Parquet, one column of an Arrow batch. */
export const MOST_PIECE_BYTES = 256_000_000;
export const MOST_COLUMNS = 16_384;

/** An archive that is made to hurt, or broken in a way that only such archives are. */
export const unsafe = (fact: string): TesseraError => new TesseraError('archive-unsafe', fact);

const inBytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;

/** Counts what comes out of `packed` bytes. Throws archive-unsafe as soon as it is too much: nothing is kept beyond that. */
export class Gauge {
  readonly #most: number;
  #packed: number;
  #out = 0;

  constructor(packed: number, most: number) {
    this.#packed = packed;
    this.#most = most;
  }

  /** So many more packed bytes went in, where their number is not told from the beginning: a bomb is noticed at its first part. */
  take(bytes: number): void {
    this.#packed += bytes;
  }

  add(bytes: number): void {
    this.#out += bytes;
    this.expect(this.#out);
  }

  /** The same for a size that is only claimed so far. */
  expect(bytes: number): void {
    if (bytes > this.#most)
      throw unsafe(`It unpacks to more than ${inBytes(this.#most)}, which is the limit.`);
    if (bytes > FREE_BYTES && bytes > this.#packed * MOST_RATIO)
      throw unsafe(
        `It unpacks to more than ${MOST_RATIO} times its size, as archives do that are made to fill a disk.`,
      );
  }

  get out(): number {
    return this.#out;
  }
}
