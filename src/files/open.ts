import { TesseraError } from '../lib/errors.ts';
import { unattended, type Job } from '../lib/job.ts';
import type { Vote } from './dialect.ts';
import { guessEncoding, type EncodingGuess } from './encoding.ts';
import { clearExtras } from './extras.ts';
import { reachTable, type Reached } from './formats/reach.ts';
import { MOST_BYTES } from './formats/limits.ts';
import type { OpenRequest, Part, TableFormat, Transcript } from './formats/types.ts';
import { isSameRow } from './header.ts';
import { refuseBinary } from './guard.ts';
import { piece } from './lines.ts';
import { split } from './split.ts';
import type { UnreadReason } from './tally.ts';
import { HEAD, spellingOf } from './spelling.ts';
import type { Dialect, Extra, TextDialect } from './types.ts';
import { toUtf8 } from './unpack.ts';
import { asInFile } from './written.ts';

const SLICE = 65_536;
const SLICES = 12;
const SLICE_ROWS = 100;
const HEAD_ROWS = 1500;

/** What could be learned about a file without reading all of it. */
export type Opened = {
  readonly dialect: TextDialect;
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
  /** Records that could not be read when the text was made stand in it behind `UNREAD`, and this is why. null: there are none. */
  readonly unreadAs: UnreadReason | null;
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
    const most = request.limit ?? MOST_BYTES;
    return await learn(file, reached, { given: request.dialect ?? {}, most, job });
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
  it: { readonly given: Partial<Dialect>; readonly most: number; readonly job: Job },
): Promise<Opened> {
  const { given: chosen, most, job } = it;
  const decimal = chosen.decimal && { decimal: chosen.decimal };
  const given = { ...chosen, ...transcript?.given, ...decimal };
  if (unpacked.size === 0) throw new TesseraError('file-empty', `${file.name} unpacks to 0 bytes.`);
  const head = await piece(unpacked, 0, HEAD);
  const slices = await Promise.all(
    sliceStarts(unpacked.size).map((at) => piece(unpacked, at, at + SLICE)),
  );
  const guess = await guessEncoding(head, slices);
  const encoding = given.encoding ?? guess.encoding;
  if (!transcript) refuseBinary(head, encoding);
  const plain = encoding === 'utf-8' ? unpacked : await toUtf8(unpacked, encoding, job);
  const setting = { given, most, isText: !transcript, head: plain === unpacked ? head : undefined };
  const { text, own, start, mark, vote } = await spellingOf(plain, setting, job);
  const seen = text === unpacked ? { head, slices } : null;
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
  const dialect: TextDialect = {
    ...vote.dialect,
    encoding,
    ...(footer > 0 ? { footer } : {}),
    ...(own ? { written: own.written } : {}),
  };
  const inFile = (cell: string) => asInFile(cell, dialect);
  const isFooter = (row: readonly string[]) => footerRows.some((foot) => isSameRow(foot, row));
  const below =
    footer > 0
      ? `The last ${footer === 1 ? 'line is' : `${footer} lines are`} no part of it. `
      : '';
  const sample = [...vote.rows.slice(0, HEAD_ROWS), ...(await laterRows(text, vote, seen?.slices))];
  return {
    dialect,
    ...sureness({
      vote,
      guess,
      below,
      transcript,
      isChosen: given.encoding !== undefined,
    }),
    headers: vote.headers.map(inFile),
    columns: vote.columns,
    sample: (footerRows.length > 0 ? sample.filter((row) => !isFooter(row)) : sample).map((row) =>
      own ? row.map(inFile) : row,
    ),
    copy: cleared.text === file ? null : cleared.text,
    extras: cleared.extras,
    offset,
    above: vote.above,
    blankAbove: blank,
    format: part.format,
    part,
    fileLines: transcript?.fileLines ?? null,
    unreadAs: part.format.endsWith('json') ? 'bad-json' : (own?.unreadAs ?? null),
    notes: [...notes, ...(transcript?.notes ?? []), ...(own?.notes ?? [])],
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
  const slices = seen ?? (await Promise.all(starts.map((at) => piece(text, at, at + SLICE))));
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
