import type { Job } from '../lib/job.ts';
import { linesWithin, type Looking, type Stretch } from './extra-lines.ts';
import { footerOf } from './footer.ts';
import type { Count, Extra } from './types.ts';

const TAIL = 65_536;
const SHOWN = 100;
const SHOWN_CHARACTERS = 400;
export type Cleared = {
  /** The text with those lines blank, which are no records: every other line stays where it is. Made of slices, not read. */
  readonly text: File;
  readonly extras: readonly Extra[];
  /** Lines at the end that were set aside, and their records. */
  readonly footer: number;
  readonly footerRows: readonly (readonly string[])[];
};

export type ClearInput = Looking & {
  readonly columns: number;
  /** Lines of the footer, where a person said so. */
  readonly footer: number | undefined;
};

/**
 * Takes comment lines, repeated lines of names and the footer out of a text in UTF-8. Reads the tail; all of it only where there
 * are comments or repetitions.
 */
export async function clearExtras(text: File, it: ClearInput, job: Job): Promise<Cleared> {
  const { dialect, header } = it;
  const through = dialect.comment || (dialect.repeats && header !== '');
  const found = through ? await linesWithin(text, it, job) : [];
  const tail = await footerLines(text, it, found);
  const all = [...found, ...tail.lines];
  if (all.length === 0) return { text, extras: [], footer: 0, footerRows: [] };
  return {
    text: without(text, all),
    extras: await Promise.all(
      (['comment', 'repeated-header', 'footer'] as const)
        .filter((reason) => all.some((each) => each.reason === reason))
        .map((reason) =>
          extraOf(
            text,
            reason,
            all.filter((each) => each.reason === reason),
          ),
        ),
    ),
    footer: tail.lines.length,
    footerRows: tail.rows,
  };
}

/** Adds them to what counting found, which never saw them. A line below 1 counts from the end of the file. */
export function withExtras(count: Count, extras: readonly Extra[]): Count {
  if (extras.length === 0) return count;
  const lineOf = (line: number) => (line > 0 ? line : count.lines + line);
  const rows = extras.reduce((sum, each) => sum + each.rows, 0);
  return {
    ...count,
    records: count.records + rows,
    blankLines: count.blankLines - rows,
    extras: extras.map((each) => ({
      ...each,
      sample: each.sample.map(({ line, text }) => ({ line: lineOf(line), text })),
    })),
  };
}

async function extraOf(
  text: File,
  reason: Extra['reason'],
  lines: readonly Stretch[],
): Promise<Extra> {
  const sample = lines.slice(0, SHOWN).map(async ({ line, from, to }) => {
    const shown = await text.slice(from, Math.min(to, from + 4 * SHOWN_CHARACTERS)).text();
    return { line, text: shown.slice(0, SHOWN_CHARACTERS) };
  });
  return { reason, rows: lines.length, sample: await Promise.all(sample) };
}

function without(text: File, lines: readonly Stretch[]): File {
  const kept: Blob[] = [];
  let at = 0;
  for (const { from, to } of [...lines].sort((a, b) => a.from - b.from)) {
    if (from > at) kept.push(text.slice(at, from));
    at = to;
  }
  kept.push(text.slice(at));
  return new File(kept, text.name, { lastModified: text.lastModified });
}

/** The last lines that are a footer: as many as a person said, or as look like one. */
async function footerLines(
  text: File,
  { dialect, columns, offset, footer }: ClearInput,
  taken: readonly Stretch[],
): Promise<{ readonly lines: readonly Stretch[]; readonly rows: Cleared['footerRows'] }> {
  const nothing = { lines: [], rows: [] };
  if (footer === 0) return nothing;
  const start = Math.max(offset, text.size - TAIL);
  const bytes = await piece(text, start, TAIL);
  const whole = start === offset;
  const from = whole ? 0 : bytes.findIndex((byte) => byte === 10 || byte === 13) + 1;
  const lines = physicalLines(bytes, from).map((line) => ({
    from: start + line.from,
    to: start + line.to,
  }));
  const isTaken = (at: number) => taken.some((each) => each.from === at);
  const filled = lines
    .map((line, i) => ({ ...line, line: i + 1 - lines.length, reason: 'footer' as const }))
    .filter((line) => line.to > line.from && !isTaken(line.from));
  const decoder = new TextDecoder();
  const textOf = (part: readonly { readonly from: number; readonly to: number }[]) =>
    part.map((line) => decoder.decode(bytes.subarray(line.from - start, line.to - start)));
  const tail = textOf(filled).join('\n');
  const found = footerOf(tail, { marks: dialect, columns, decimal: dialect.decimal, whole });
  const many = footer ?? found.lines;
  if (many === 0) return nothing;
  return { lines: filled.slice(-many), rows: found.rows };
}

function physicalLines(bytes: Uint8Array, from: number): { from: number; to: number }[] {
  const lines: { from: number; to: number }[] = [];
  let start = from;
  for (let i = from; i < bytes.length; i++) {
    if (bytes[i] !== 10 && bytes[i] !== 13) continue;
    lines.push({ from: start, to: i });
    if (bytes[i] === 13 && bytes[i + 1] === 10) i++;
    start = i + 1;
  }
  if (start < bytes.length) lines.push({ from: start, to: bytes.length });
  return lines;
}

const piece = async (file: Blob, from: number, size: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.slice(from, from + size).arrayBuffer());
