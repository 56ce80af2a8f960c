import { TesseraError } from '../../lib/errors.ts';
import type { Job } from '../../lib/job.ts';
import { guessEncoding } from '../encoding.ts';
import type { Dialect } from '../types.ts';
import { toUtf8 } from '../unpack.ts';
import { unpackEntry } from './archive.ts';
import { contentsOf } from './contents.ts';
import { transcribeJson, transcribeLines } from './json.ts';
import { lookInside, type Inside } from './inside.ts';
import { isFirst, type Setting as InSetting } from './members.ts';
import { MOST_BYTES } from './limits.ts';
import type { OpenRequest, Part, Transcript } from './types.ts';

/** A table of a file as text: its own, or a transcript. */
export type Reached = {
  readonly part: Part;
  readonly text: File;
  readonly transcript: Transcript | null;
  /** What was left out on the way. */
  readonly notes: readonly string[];
};

/** Unpacks a file down to the table that is asked for and transcribes it where it is no text. Throws as `openFile` says. */
export async function reachTable(file: File, request: OpenRequest, job: Job): Promise<Reached> {
  const most = request.limit ?? MOST_BYTES;
  const inside = await lookInside(file, most, job);
  const asked = request.part?.length ? request.part : null;
  const setting = { name: file.name, given: request.dialect ?? {}, most, job };
  const whole = inside.kind !== 'table' && (!asked || (await isFirst(inside, asked, setting)));
  const { parts, notes } = whole ? await contentsOf(inside, setting) : { parts: [], notes: [] };
  const reached = await follow(inside, asked ?? parts[0]?.path ?? [], setting);
  return { ...reached, notes };
}

type Setting = InSetting & { readonly given: Partial<Dialect> };

async function follow(
  inside: Inside,
  path: readonly string[],
  setting: Setting,
): Promise<Omit<Reached, 'notes'>> {
  const { name, given, most, job } = setting;
  const [first = '', ...rest] = path;
  if (inside.kind === 'archive') {
    const entry = inside.entries.find((member) => member.name === first);
    if (!entry) throw missing(first);
    const member = await lookInside(await unpackEntry(entry, most, job), most, job);
    if (member.kind === 'archive')
      throw new TesseraError(
        'format-unsupported',
        `“${first}” is another archive. Unpack it first.`,
      );
    const { part, ...reached } = await follow(member, rest, { ...setting, name: first });
    return { ...reached, part: { ...part, path } };
  }
  if (inside.kind === 'workbook') {
    const { book } = inside;
    const sheet =
      path.length === 0 ? book.sheets[0] : book.sheets.find((own) => own.name === first);
    if (!sheet || rest.length > 0) throw missing(path.at(-1) ?? '');
    const { transcribeSheet } = await import('./excel.ts');
    const transcript = await transcribeSheet({ book, sheet, name, given, most }, job);
    const part: Part = {
      path: [sheet.name],
      name: sheet.name,
      format: 'excel',
      bytes: sheet.entry.bytes,
    };
    return { part, text: transcript.text, transcript };
  }
  const { file, format } = inside;
  const part: Part = { path, name: path.at(-1) ?? name, format, bytes: file.size };
  if (format !== 'json' && path.length > 0) throw missing(first);
  if (format === 'text') return { part, text: file, transcript: null };
  const transcript = await transcribe(inside, path, setting);
  return { part, text: transcript.text, transcript };
}

async function transcribe(
  { file, format }: Extract<Inside, { kind: 'table' }>,
  path: readonly string[],
  { given, most, job }: Setting,
): Promise<Transcript> {
  if (format === 'parquet')
    return (await import('./parquet.ts')).transcribeParquet(file, most, job);
  if (format === 'arrow') return (await import('./arrow.ts')).transcribeArrow(file, most, job);
  const head = new Uint8Array(await file.slice(0, 65_536).arrayBuffer());
  const encoding = given.encoding ?? (await guessEncoding(head)).encoding;
  const text = encoding === 'utf-8' ? file : await toUtf8(file, encoding, job);
  const input = { text, given, most };
  return format === 'ndjson' ? transcribeLines(input, job) : transcribeJson(input, path, job);
}

const missing = (name: string): TesseraError =>
  new TesseraError('part-missing', `There is no table “${name}” in it.`);
