import { count } from '../lib/format.ts';
import { unattended, type Job } from '../lib/job.ts';
import { byPairs } from './lines.ts';
import type { Opened } from './open.ts';
import type { Extra, OpenSource } from './types.ts';

/** A file with what opening it found. */
export type Member = { readonly file: File; readonly opened: Opened };

/** Where the records of one file stand in the joined text. */
export type Piece = {
  readonly name: string;
  /** Bytes of the joined text [from, to). */
  readonly from: number;
  readonly to: number;
  /** Physical lines of the joined text above the piece, of the piece, and above its records in its own file. */
  readonly above: number;
  readonly lines: number;
  readonly ownAbove: number;
  /** See `Opened.fileLines`. */
  readonly fileLines: Float64Array<ArrayBuffer> | null;
};

export type Joined = { readonly opened: Opened; readonly pieces: readonly Piece[] };

const SAMPLE_ROWS = 3000;

/** Whether files can be one table: the same names in the same order, and the same delimiter, quote, escape and decimal mark. */
export function sameShape(openeds: readonly Opened[]): boolean {
  const spelling = ({ headers, columns, dialect, unreadAs }: Opened) => {
    const { delimiter, quote, escape, decimal, header, written } = dialect;
    return JSON.stringify([
      headers,
      columns,
      delimiter,
      quote,
      escape,
      decimal,
      header,
      written,
      unreadAs,
    ]);
  };
  const [first, ...rest] = openeds.map(spelling);
  return openeds.every(({ dialect }) => dialect.header) && rest.every((own) => own === first);
}

/**
 * Files of the same shape as one: the names of the first, then the records of all, as slices, with a line break where a file ends
 * without one. Reads all bytes once to count lines, so that a line can be told with its file. O(bytes).
 */
export async function joinBodies(
  members: readonly [Member, ...Member[]],
  job: Job = unattended,
): Promise<Joined> {
  const [first] = members;
  const { offset, above } = first.opened;
  const head = textOf(first).slice(0, offset);
  const lineBreak = (await head.slice(-2).text()) === '\r\n' ? '\r\n' : '\n';
  const total = members.reduce((sum, { file }) => sum + file.size, 0);
  const blobs: Blob[] = [head];
  const pieces: Piece[] = [];
  let at = offset;
  let line = above;
  for (const member of members) {
    const body = textOf(member).slice(member.opened.offset);
    const counted = await linesOf(body, (done) => {
      job.progress('Putting the files together', Math.min(total, at + done), total);
      return job.breathe();
    });
    const { name } = member.file;
    const lines = counted.lines + (counted.open ? 1 : 0);
    blobs.push(body);
    if (counted.open) blobs.push(new Blob([lineBreak]));
    const to = at + body.size + (counted.open ? lineBreak.length : 0);
    const { above: ownAbove, fileLines } = member.opened;
    pieces.push({ name, from: at, to, above: line, lines, ownAbove, fileLines });
    at = to;
    line += lines;
  }
  const { file } = first;
  const names = members.map((member) => member.file.name);
  const shown = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
  return {
    opened: {
      ...first.opened,
      fileLines: null,
      copy: new File(blobs, file.name, { lastModified: file.lastModified }),
      confidence: Math.min(...members.map(({ opened }) => opened.confidence)),
      sample: sampleOf(members),
      extras: members.flatMap(({ opened }, i) =>
        opened.extras.map((each) => moved(each, pieces[i]!)),
      ), // !: a piece a member
      notes: [
        `${count(members.length)} files with the same columns are one table: ${shown}.`,
        ...new Set(members.flatMap(({ opened }) => opened.notes)),
      ],
    },
    pieces,
  };
}

/** The line of its file for a line (from 1) of the text, and the name of the file where the text is of several. O(log lines). */
export function lineInFile(
  { pieces, fileLines }: Pick<OpenSource, 'pieces' | 'fileLines'>,
  line: number,
): { readonly file: string | null; readonly line: number } {
  const piece = pieces.find(({ above, lines }) => line > above && line <= above + lines);
  if (!piece) return { file: null, line: byPairs(fileLines ?? [], line) };
  const own = line - piece.above + piece.ownAbove;
  return { file: piece.name, line: byPairs(piece.fileLines ?? [], own) };
}

const textOf = ({ file, opened }: Member): File => opened.copy ?? file;

/** As many rows of each file, so that every file has a say in the types. */
function sampleOf(members: readonly Member[]): Opened['sample'] {
  const each = Math.max(20, Math.floor(SAMPLE_ROWS / members.length));
  return members.flatMap(({ opened: { sample } }) => {
    const step = Math.max(1, Math.ceil(sample.length / each));
    return sample.filter((_, i) => i % step === 0);
  });
}

/** The same lines by their place in the joined text. Lines below 1 counted from the end of their file. */
function moved(extra: Extra, { above, lines, ownAbove }: Piece): Extra {
  const end = above + lines;
  const lineOf = (line: number) => (line > 0 ? line - ownAbove + above : end + line);
  const sample = extra.sample.map(({ line, text }) => ({ line: lineOf(line), text }));
  return { ...extra, sample };
}

/** Physical lines of a text (\r\n is one break), and whether its last line is not ended. */
async function linesOf(
  body: Blob,
  heard: (done: number) => Promise<void>,
): Promise<{ readonly lines: number; readonly open: boolean }> {
  const reader = body.stream().getReader();
  let lines = 0;
  let last = 10;
  let done = 0;
  for (;;) {
    const { done: ended, value } = await reader.read();
    if (ended) return { lines, open: last !== 10 && last !== 13 };
    for (const byte of value) {
      if (byte === 10 ? last !== 13 : byte === 13) lines++;
      last = byte;
    }
    await heard((done += value.length));
  }
}
