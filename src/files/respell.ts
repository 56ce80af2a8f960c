import { TesseraError } from '../lib/errors.ts';
import { count } from '../lib/format.ts';
import type { Job } from '../lib/job.ts';
import {
  alignmentAt,
  alignmentOf,
  cutLine,
  isRuler,
  runCells,
  runOf,
  type Alignment,
  type Run,
} from './aligned.ts';
import { CsvWriter } from './formats/csv-writer.ts';
import { eachText } from './formats/json-text.ts';
import { spelled } from './formats/types.ts';
import { longDelimiter } from './long-delimiter.ts';
import type { UnreadReason } from './tally.ts';
import { RUNS } from './runs.ts';
import type { Dialect, Written } from './types.ts';
import { Blobs } from './unpack.ts';

/** A text whose cells no single character separates, spelled so that one does. */
export type Respelled = {
  readonly text: File;
  readonly given: Partial<Dialect>;
  readonly written: Written;
  /** In place of what is said of a separator that was voted for. */
  readonly reason: string;
  readonly notes: readonly string[];
  /** See `Opened`. */
  readonly unreadAs: UnreadReason | null;
};

type Way =
  | { readonly kind: 'long'; readonly delimiter: string }
  | { readonly kind: 'aligned'; readonly alignment: Alignment; readonly above: number }
  | { readonly kind: 'runs'; readonly run: Run; readonly columns: number };

/** Whether a person chose a way that has to be spelled anew. */
export const isRespelled = ({ delimiter, starts }: Partial<Dialect>): boolean =>
  (delimiter?.length ?? 0) > 1 || (starts?.length ?? 0) > 0;

/** The way that a person chose, or null. `beginning`: of the text. */
export function chosenWay(beginning: string, { delimiter, starts, skip }: Partial<Dialect>): Way {
  const lines = linesOf(beginning);
  if (starts && starts.length > 0)
    return { kind: 'aligned', alignment: alignmentAt(starts, lines), above: skip ?? 0 };
  if (delimiter !== RUNS) return { kind: 'long', delimiter: delimiter ?? '' };
  return { kind: 'runs', ...(runOf(lines) ?? { run: 2, columns: widest(lines) }) };
}

/** A way that explains the text where `vote` does not: a longer separator, or columns that line up. Null: the vote stands. */
export function foundWay(
  beginning: string,
  vote: { readonly columns: number; readonly delimiter: string },
): Way | null {
  const lines = linesOf(beginning);
  const delimiter = longDelimiter(lines, vote.columns > 1 ? vote.delimiter : null);
  if (delimiter !== null) return { kind: 'long', delimiter };
  if (vote.columns > 1) return null;
  const found = alignmentOf(lines);
  if (found) return { kind: 'aligned', ...found };
  const run = runOf(lines);
  return run && { kind: 'runs', ...run };
}

/** The lines of the beginning of a text; the last may be cut off. */
const linesOf = (beginning: string): readonly string[] =>
  beginning.replace(/^\ufeff/, '').split(/\r\n|\n|\r/, 3000);

const widest = (lines: readonly string[]): number =>
  lines.reduce((most, line) => Math.max(most, runCells(line, 2).length), 1);

/** The text in the other spelling. Throws as CsvWriter does; file-unreadable where every mark that could stand for a separator is in use. O(bytes). */
export function respell(
  text: File,
  way: Way,
  it: { readonly given: Partial<Dialect>; readonly most: number },
  job: Job,
): Promise<Respelled> {
  return way.kind === 'long' ? shortened(text, way.delimiter, job) : lined(text, way, it, job);
}

/** Control characters that may stand for a separator: the first that the text does not hold. */
const stands = ['\x1f', '\x1e', '\x1d', '\x1c', '\x01'];

/** Each separator, inside quotes too, becomes one character: what stands in the text is the same but for that, line by line. */
async function shortened(text: File, delimiter: string, job: Job): Promise<Respelled> {
  for (const mark of stands) {
    const replaced = await replacedBy(text, { delimiter, mark }, job);
    if (replaced)
      return {
        text: replaced,
        given: { delimiter: mark },
        written: { delimiter },
        reason: `“${delimiter}” separates the cells`,
        notes: [],
        unreadAs: null,
      };
  }
  throw new TesseraError('file-unreadable', 'It holds every control character that may separate.');
}

async function replacedBy(
  text: File,
  { delimiter, mark }: { readonly delimiter: string; readonly mark: string },
  job: Job,
): Promise<File | null> {
  const parts = new Blobs();
  const encoder = new TextEncoder();
  const long = encoder.encode(delimiter);
  const short = encoder.encode(mark);
  const reader = text.stream().getReader();
  let rest = new Uint8Array();
  let done = 0;
  try {
    for (;;) {
      job.signal.throwIfAborted();
      const read = await reader.read();
      const bytes = joined(rest, read.value ?? new Uint8Array());
      if (bytes.includes(short[0]!)) return null;
      rest = replaceIn(bytes, { long, short, whole: read.done, into: parts });
      if (read.done) return parts.file(text.name);
      job.progress('Reading the separators', (done += read.value.length), text.size);
      await job.breathe();
    }
  } finally {
    void reader.cancel().catch(() => {}); // the stream may be finished; nothing is lost by that
  }
}

/** Writes the bytes with `short` for each `long`; gives those at the end in which one may begin. */
function replaceIn(
  bytes: Uint8Array<ArrayBuffer>,
  it: {
    readonly long: Uint8Array;
    readonly short: Uint8Array;
    readonly whole: boolean;
    readonly into: Blobs;
  },
): Uint8Array<ArrayBuffer> {
  const { long, short, whole, into } = it;
  const sure = whole ? bytes.length : Math.max(0, bytes.length - long.length + 1);
  let from = 0;
  let at = bytes.indexOf(long[0]!);
  while (at >= 0 && at < sure) {
    if (long.every((byte, i) => bytes[at + i] === byte)) {
      into.add(bytes.subarray(from, at));
      into.add(short);
      from = at + long.length;
      at = bytes.indexOf(long[0]!, from);
    } else at = bytes.indexOf(long[0]!, at + 1);
  }
  const to = Math.max(from, sure);
  into.add(bytes.subarray(from, to));
  return bytes.slice(to);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Each line as a record of CSV on the same line; what does not line up keeps its place and is set aside when the records are counted. */
async function lined(
  text: File,
  way: Exclude<Way, { readonly kind: 'long' }>,
  { given, most }: { readonly given: Partial<Dialect>; readonly most: number },
  job: Job,
): Promise<Respelled> {
  const writer = new CsvWriter(most);
  const cellsOf = (line: string): readonly string[] | null => {
    if (way.kind === 'aligned') return cutLine(line, way.alignment);
    const cells = runCells(line, way.run);
    return cells.length === way.columns ? cells : null;
  };
  const above = way.kind === 'aligned' ? way.above : (given.skip ?? 0);
  const titles: string[] = [];
  let rulers = 0;
  let number = 0;
  const take = (line: string) => {
    number++;
    if (line.trim() === '') return writer.blank();
    if (number <= above) titles.push(line.trim());
    else if (isRuler(line)) rulers++;
    else {
      const cells = cellsOf(line);
      return cells ? writer.row(cells) : writer.unread(line, number);
    }
    writer.blank();
  };
  let rest = '';
  await eachText(text, job, (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > 16_000_000)
      throw new TesseraError('file-unreadable', 'One line of it is longer than 16 MB.');
    for (const line of lines) take(line);
  });
  if (rest !== '') take(rest.replace(/\r$/, ''));
  const { header } = given;
  const { decimal: _, ...marks } = spelled; // the decimal mark is the file's own
  return {
    text: writer.file(text.name),
    given: { ...marks, skip: above, ...(header === undefined ? {} : { header }) },
    written:
      way.kind === 'aligned'
        ? { delimiter: ' ', starts: way.alignment.starts }
        : { delimiter: RUNS, starts: [] },
    reason:
      way.kind === 'aligned'
        ? `${count(way.alignment.starts.length)} columns stand at the same places in every line`
        : 'Runs of spaces separate the cells',
    notes: [
      ...(titles.length > 0
        ? [`Above the table stands: ${titles.join(' · ').slice(0, 300)}.`]
        : []),
      ...(rulers > 0 ? ['Lines that are only drawn were left out.'] : []),
    ],
    unreadAs: 'misaligned',
  };
}
