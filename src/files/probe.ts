import { split } from './split.ts';
import type { Opened } from './open.ts';

const SLICE = 65_536;
const SLICES = 32;
/** Files up to this are read whole: nothing is left to estimate. */
const WHOLE = 4_194_304;
const KEPT_ROWS = 75;
/** Student's t at 97.5 % with SLICES − 1 degrees of freedom. */
const T = 2.04;

/** What a look at slices from all over a file tells of the whole. */
export type Probe = {
  /** Bytes of all records after the header. */
  readonly bytes: number;
  /** Records after the header, with a 95 % interval; equal where the file was read whole. */
  readonly rows: { readonly about: number; readonly low: number; readonly high: number };
  /** For each column: mean UTF-8 bytes of a cell (an empty one counts 0) and the share of cells that are not empty. */
  readonly columns: readonly { readonly textBytes: number; readonly filled: number }[];
  /** Up to 75 neighbouring records of each slice, in the order of the file. */
  readonly slices: readonly (readonly (readonly string[])[])[];
};

type Piece = { readonly bytes: number; readonly rows: readonly (readonly string[])[] };

/**
 * Reads 32 slices of 64 kB, evenly from the first record to the last (files up to 4 MB whole). `times`: as many such files are one table.
 * O(2 MB), about 50 ms.
 */
export async function probe(
  file: File,
  opened: Pick<Opened, 'copy' | 'offset' | 'dialect' | 'columns'>,
  times = 1,
): Promise<Probe> {
  const body = (opened.copy ?? file).slice(opened.offset);
  const whole = body.size <= WHOLE;
  const starts = whole
    ? [0]
    : Array.from({ length: SLICES }, (_, i) =>
        Math.floor((i * (body.size - SLICE)) / (SLICES - 1)),
      );
  const pieces = await Promise.all(
    starts.map(async (at): Promise<Piece> => {
      const bytes = new Uint8Array(await body.slice(at, whole ? WHOLE : at + SLICE).arrayBuffer());
      const from = at === 0 ? 0 : bytes.findIndex(isBreak) + 1;
      const to = at + bytes.length >= body.size ? bytes.length : bytes.findLastIndex(isBreak) + 1;
      const text = new TextDecoder().decode(bytes.subarray(from, to));
      const { rows } = split(text, opened.dialect, { limit: Infinity, whole: true });
      return { bytes: to - from, rows };
    }),
  );
  const rows = pieces.flatMap((piece) => piece.rows).filter((row) => row.length === opened.columns);
  const { about, low, high } = whole
    ? exactly(pieces[0]?.rows.length ?? 0)
    : rowsOf(body.size, pieces);
  return {
    bytes: times * body.size,
    rows: { about: times * about, low: times * low, high: times * high },
    columns: Array.from({ length: opened.columns }, (_, i) => cellsOf(rows, i)),
    slices: pieces.map((piece) =>
      piece.rows
        .filter((row) => row.length === opened.columns)
        .slice(0, whole ? Infinity : KEPT_ROWS),
    ),
  };
}

const isBreak = (byte: number): boolean => byte === 10 || byte === 13;
const exactly = (rows: number): Probe['rows'] => ({ about: rows, low: rows, high: rows });

/** Bytes over the mean length of a record; the interval from how much the slices differ (ratio estimator, Cochran 1977, 6.3). */
function rowsOf(size: number, pieces: readonly Piece[]): Probe['rows'] {
  const bytes = pieces.reduce((sum, piece) => sum + piece.bytes, 0);
  const rows = pieces.reduce((sum, piece) => sum + piece.rows.length, 0);
  if (rows === 0) return { about: Math.ceil(size / SLICE), low: 1, high: Math.ceil(size / SLICE) }; // records longer than a slice
  const mean = bytes / rows;
  const squares = pieces.reduce(
    (sum, piece) => sum + (piece.bytes - mean * piece.rows.length) ** 2,
    0,
  );
  const error = Math.sqrt(squares / (pieces.length - 1) / pieces.length) / (rows / pieces.length);
  return {
    about: Math.round(size / mean),
    low: Math.floor(size / (mean + T * error)),
    high: Math.ceil(size / Math.max(1, mean - T * error)),
  };
}

function cellsOf(rows: readonly (readonly string[])[], i: number): Probe['columns'][number] {
  let bytes = 0;
  let filled = 0;
  for (const row of rows) {
    const cell = row[i] ?? '';
    bytes += utf8Bytes(cell);
    if (cell.trim() !== '') filled++;
  }
  const n = Math.max(1, rows.length);
  return { textBytes: bytes / n, filled: filled / n };
}

const encoder = new TextEncoder();
const utf8Bytes = (text: string): number =>
  /^[\0-\x7f]*$/.test(text) ? text.length : encoder.encode(text).length;
