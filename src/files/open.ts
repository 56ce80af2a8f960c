import { TesseraError } from '../lib/errors.ts';
import { unattended, type Job } from '../lib/job.ts';
import { voteDialect, type Vote } from './dialect.ts';
import { guessEncoding, type EncodingGuess } from './encoding.ts';
import { clearExtras } from './extras.ts';
import { reachTable, type Reached } from './formats/reach.ts';
import type { OpenRequest, Part, TableFormat, Transcript } from './formats/types.ts';
import { isSameRow } from './header.ts';
import { refuseBinary, refuseOtherText } from './guard.ts';
import { LONGEST_RECORD } from './scan.ts';
import { split } from './split.ts';
import type { Dialect, Extra } from './types.ts';
import { toUtf8 } from './unpack.ts';

/** Bytes that the vote over dialects looks at. */
const HEAD = 1_048_576;
const SLICE = 65_536;
const SLICES = 12;
const SLICE_ROWS = 100;
const HEAD_ROWS = 1500;

/** What could be learned about a file without reading all of it. */
export type Opened = {
  readonly dialect: Dialect;
  readonly confidence: number;
  readonly reason: string;
  readonly headers: readonly string[];
  readonly columns: number;
  readonly sample: readonly (readonly string[])[];
  /** The file as UTF-8, or null where the file given is that already. */
  readonly copy: File | null;
  /** Byte at which the first record after the header starts. */
  readonly offset: number;
  /** Physical lines above it, and how many of them are blank. */
  readonly above: number;
  readonly blankAbove: number;
  /** Comment lines, repeated names and the footer, which are blank lines in `copy`. */
  readonly extras: readonly Extra[];
  readonly format: TableFormat;
  /** Which table of the file this is. */
  readonly part: Part;
  /**
   * Pairs [line of the text, line of the file]: from one to the next both go on line by line. null where the text is the file, line by
   * line. Of a workbook its rows, of other formats the records, the names first.
   */
  readonly fileLines: Float64Array<ArrayBuffer> | null;
  /** Records were JSON: those that could not be read stand in the text behind `UNREAD`. */
  readonly fromJson: boolean;
  /** All that was assumed or left out on the way from the file to the text, a sentence each. */
  readonly notes: readonly string[];
};

/**
 * Unpacks, transcribes what is no text, guesses the encoding and the dialect, and takes a sample from all over the file; reads
 * only the head and some slices of a plain UTF-8 file. Throws file-empty, file-binary, format-unsupported, archive-unsafe,
 * part-missing, file-header-only, columns-too-few, file-unreadable.
 */
export async function openFile(
  file: File,
  request: OpenRequest = {},
  job: Job = unattended,
): Promise<Opened> {
  try {
    job.progress('Looking at the file', 0, 1);
    const reached = await reachTable(file, request, job);
    return await learn(file, reached, { given: request.dialect ?? {}, job });
  } catch (cause) {
    if (cause instanceof TesseraError) throw cause;
    job.signal.throwIfAborted();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TesseraError('file-unreadable', why, { cause });
  }
}

async function learn(
  file: File,
  { text: unpacked, transcript, part, notes }: Reached,
  { given: chosen, job }: { readonly given: Partial<Dialect>; readonly job: Job },
): Promise<Opened> {
  const decimal = chosen.decimal && { decimal: chosen.decimal };
  const given = { ...chosen, ...transcript?.given, ...decimal };
  if (unpacked.size === 0) throw new TesseraError('file-empty', `${file.name} unpacks to 0 bytes.`);
  const head = await piece(unpacked, 0, HEAD);
  const slices = await Promise.all(
    sliceStarts(unpacked.size).map((at) => piece(unpacked, at, SLICE)),
  );
  const guess = await guessEncoding(head, slices);
  const encoding = given.encoding ?? guess.encoding;
  if (!transcript) refuseBinary(head, encoding);
  const text = encoding === 'utf-8' ? unpacked : await toUtf8(unpacked, encoding, job);
  const seen = text === unpacked ? { head, slices } : null;
  const { start, mark, vote } = await voteOn(text, given, seen?.head);
  const { offset, blank } = afterLines(start, mark, vote.above);
  const names = start.subarray(afterLines(start, mark, vote.dialect.skip).offset, offset);
  const cleared = await clearExtras(
    text,
    {
      dialect: { ...vote.dialect, encoding },
      columns: vote.columns,
      offset,
      above: vote.above,
      header: new TextDecoder().decode(names).replace(/[\r\n]+$/, ''),
      footer: given.footer,
    },
    job,
  );
  const { footer, footerRows } = cleared;
  const dialect: Dialect = { ...vote.dialect, encoding, ...(footer > 0 ? { footer } : {}) };
  const isFooter = (row: readonly string[]) => footerRows.some((foot) => isSameRow(foot, row));
  const below =
    footer > 0
      ? `The last ${footer === 1 ? 'line is' : `${footer} lines are`} no part of it. `
      : '';
  const sample = [...vote.rows.slice(0, HEAD_ROWS), ...(await laterRows(text, vote, seen?.slices))];
  return {
    dialect,
    ...sureness({ vote, guess, below, transcript, isChosen: given.encoding !== undefined }),
    headers: vote.headers,
    columns: vote.columns,
    sample: footerRows.length > 0 ? sample.filter((row) => !isFooter(row)) : sample,
    copy: cleared.text === file ? null : cleared.text,
    extras: cleared.extras,
    offset,
    above: vote.above,
    blankAbove: blank,
    format: part.format,
    part,
    fileLines: transcript?.fileLines ?? null,
    fromJson: part.format === 'json' || part.format === 'ndjson',
    notes: [...notes, ...(transcript?.notes ?? [])],
  };
}

/** A transcript was spelled by us, so nothing about it is a guess. */
function sureness(it: {
  readonly vote: Vote;
  readonly guess: EncodingGuess;
  readonly below: string;
  readonly transcript: Transcript | null;
  readonly isChosen: boolean;
}): Pick<Opened, 'confidence' | 'reason'> {
  const { vote, guess, below, transcript, isChosen } = it;
  if (transcript) return { confidence: 1, reason: `${transcript.reason} ${below}`.trim() };
  return {
    confidence: isChosen ? vote.confidence : Math.min(vote.confidence, guess.confidence),
    reason: `${vote.reason} ${below}Encoding: ${isChosen ? 'chosen by you' : guess.reason}.`,
  };
}

/** The vote on the head, or on as much as one record may have where the head holds none. */
async function voteOn(
  text: File,
  given: Partial<Dialect>,
  head?: Uint8Array,
): Promise<{ readonly start: Uint8Array; readonly mark: number; readonly vote: Vote }> {
  for (const size of [HEAD, LONGEST_RECORD]) {
    const start = size === HEAD && head ? head : await piece(text, 0, size);
    const mark = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0;
    const beginning = new TextDecoder().decode(start);
    if (beginning.trim() === '') throw new TesseraError('file-empty', 'It holds only blank lines.');
    refuseOtherText(beginning);
    const whole = text.size <= size;
    const vote = voteDialect(beginning, whole, given);
    if (vote.rows.length === 0 && !whole && size < LONGEST_RECORD) continue;
    refuseTooLittle(vote, whole);
    return { start, mark, vote };
  }
  throw new RangeError('no size was tried');
}

function refuseTooLittle(vote: Vote, whole: boolean): void {
  if (vote.rows.length === 0 && whole)
    throw vote.columns < 2
      ? new TesseraError('columns-too-few', 'It holds a single line without a separator.')
      : new TesseraError('file-header-only', `${vote.columns} names, 0 rows.`);
  if (vote.rows.length === 0)
    throw new TesseraError(
      'file-unreadable',
      'Its first lines are longer than 16 MB, so it is no table of lines.',
    );
  if (vote.columns < 2) throw new TesseraError('columns-too-few', vote.reason);
}

const piece = async (file: Blob, from: number, size: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.slice(from, from + size).arrayBuffer());

/** Evenly over what lies behind the head, the end included. */
function sliceStarts(size: number): readonly number[] {
  const room = size - HEAD - SLICE;
  if (room <= 0) return [];
  return Array.from({ length: SLICES }, (_, i) => HEAD + Math.floor((room * (i + 1)) / SLICES));
}

/** Records from the slices behind the head. Where a slice begins is unknown, so only those of the right width are taken. */
async function laterRows(
  text: File,
  vote: Vote,
  seen?: readonly Uint8Array[],
): Promise<readonly (readonly string[])[]> {
  const starts = sliceStarts(text.size);
  const slices = seen ?? (await Promise.all(starts.map((at) => piece(text, at, SLICE))));
  return slices.flatMap((slice, i) => {
    const decoded = new TextDecoder().decode(slice);
    const whole = starts[i]! + SLICE >= text.size;
    const from = decoded.search(/[\r\n]/) + 1;
    const { rows } = split(decoded.slice(from), vote.dialect, { limit: SLICE, whole });
    return rows.filter((row) => row.length === vote.columns).slice(-SLICE_ROWS);
  });
}

/** The byte behind the first `lines` physical lines, and how many of those are blank. */
function afterLines(
  bytes: Uint8Array,
  from: number,
  lines: number,
): { readonly offset: number; readonly blank: number } {
  let at = from;
  let blank = 0;
  for (let line = 0; line < lines && at < bytes.length; line++) {
    const start = at;
    while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
    if (at === start) blank++;
    at += bytes[at] === 13 && bytes[at + 1] === 10 ? 2 : 1;
  }
  return { offset: Math.min(at, bytes.length), blank };
}
