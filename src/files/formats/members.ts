import { Gunzip } from 'fflate';
import { TesseraError } from '../../lib/errors.ts';
import { count } from '../../lib/format.ts';
import type { Job } from '../../lib/job.ts';
import { decode } from '../code-pages.ts';
import { voteDialect } from '../dialect.ts';
import { guessEncoding } from '../encoding.ts';
import { unreadKind } from '../guard.ts';
import { headOf, unpackEntry, type Entry } from './archive.ts';
import { detectFormat } from './detect.ts';
import { hasCells } from './excel-sheet.ts';
import { lookInside, type Inside } from './inside.ts';
import type { Part } from './types.ts';
import type { Workbook } from './workbook.ts';

/** The tables of a file, and in sentences what of it is no table. */
export type Contents = { readonly parts: readonly Part[]; readonly notes: readonly string[] };

export type Setting = { readonly name: string; readonly most: number; readonly job: Job };

const HEAD = 65_536;
const junk =
  /(^|[\\/])(__MACOSX[\\/]|\.[^.\\/]|thumbs\.db$|desktop\.ini$)|\.(png|jpe?g|gif|webp|svg|ico|pdf|docx?|pptx?|html?|xml|css|js|py|r|sql|md|exe|dll)$/i;
/** What systems leave behind: not worth a word. */
const hidden = /(^|[\\/])(__MACOSX[\\/]|\.[^.\\/]|thumbs\.db$|desktop\.ini$)/i;
const prose = /(^|[\\/])(read_?me|licen[cs]e|notice|changelog|copying)[^\\/]*$/i;

/** The sheets that have cells. Throws file-empty where none has. */
export async function ofWorkbook(book: Workbook): Promise<Contents> {
  const parts: Part[] = [];
  const empty: string[] = [];
  for (const { name, entry } of book.sheets)
    if (await hasCells(entry))
      parts.push({ path: [name], name, format: 'excel', bytes: entry.bytes });
    else empty.push(name);
  if (parts.length === 0)
    throw new TesseraError('file-empty', 'No sheet of the workbook has a cell.');
  return { parts, notes: leftOut(empty, 'sheet', 'empty') };
}

/** The tables of all members, and what is none. */
export async function ofArchive(entries: readonly Entry[], setting: Setting): Promise<Contents> {
  const parts: Part[] = [];
  const others: string[] = [];
  const notes: string[] = [];
  for (const [i, entry] of entries.entries()) {
    setting.job.progress('Looking into the archive', i, entries.length);
    await setting.job.breathe();
    const found = await ofMember(entry, setting);
    if (found) {
      parts.push(...found.parts);
      notes.push(...found.notes);
    } else if (!hidden.test(entry.name)) others.push(entry.name);
  }
  notes.push(...leftOut(others, 'file', 'no table'));
  if (parts.length > 0) return { parts, notes };
  const nested = entries.find(({ name }) => /\.(zip|7z|rar|tar|tgz)$/i.test(name));
  const locked = entries.some((entry) => entry.locked);
  throw new TesseraError(
    'format-unsupported',
    locked
      ? 'This zip archive is locked with a password. Unpack it and drop the tables inside.'
      : nested
        ? `This zip archive holds another archive (“${nested.name}”). Unpack it first.`
        : 'This zip archive holds no table that can be read.',
  );
}

const leftOut = (names: readonly string[], thing: string, why: string): readonly string[] =>
  names.length === 0
    ? []
    : [
        `${names.length === 1 ? `1 ${thing} is ${why} and was` : `${count(names.length)} ${thing}s are ${why} and were`} left out: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}.`,
      ];

/** The tables of a member; null where it is none. */
async function ofMember(entry: Entry, { most, job }: Setting): Promise<Contents | null> {
  if (junk.test(entry.name) || entry.locked || entry.bytes === 0) return null;
  const packed = await headOf(entry, HEAD, most);
  const name = entry.name.split(/[\\/]/).at(-1) ?? entry.name;
  const first = detectFormat(packed, name);
  const head = first === 'gzip' ? startOfGzip(packed) : packed;
  const format = first === 'gzip' ? detectFormat(head, name.replace(/\.gz$/i, '')) : first;
  if (format === 'gzip' || unreadKind(head)) return null;
  if (format === 'zip' || format === 'excel') {
    if (first === 'gzip' || !/\.xls[xm]$/i.test(name)) return null;
    const inside = await lookInside(await unpackEntry(entry, most, job), most, job);
    if (inside.kind !== 'workbook') return null;
    const { parts, notes } = await ofWorkbook(inside.book);
    return {
      parts: parts.map((part) => ({
        ...part,
        path: [entry.name, ...part.path],
        name: `${name} › ${part.name}`,
      })),
      notes,
    };
  }
  if (format === 'text' && !(await isTable(head, entry.bytes, prose.test(entry.name)))) return null;
  return { parts: [{ path: [entry.name], name, format, bytes: entry.bytes }], notes: [] };
}

/** What the first bytes of a .gz unpack to; of a damaged one what came out before, since whoever opens it is told. */
function startOfGzip(packed: Uint8Array): Uint8Array {
  const head = new Uint8Array(HEAD);
  let size = 0;
  const inflate = new Gunzip((piece) => {
    head.set(piece.subarray(0, HEAD - size), size);
    size = Math.min(HEAD, size + piece.length);
  });
  try {
    for (let at = 0; at < packed.length && size < HEAD; at += 1024)
      inflate.push(packed.subarray(at, at + 1024));
  } catch {
    return head.subarray(0, size); // the answer: as far as it can be read
  }
  return head.subarray(0, size);
}

/** Whether text has columns; `doubtful` where its name says that it is a text to read. */
async function isTable(head: Uint8Array, bytes: number, doubtful: boolean): Promise<boolean> {
  const { encoding } = await guessEncoding(head);
  const text = decode(head, encoding);
  if (text.trim() === '') return false;
  const vote = voteDialect(text, head.length >= bytes, {});
  return vote.columns > 1 && (!doubtful || vote.confidence > 0.8);
}

/** Whether the part at `path` comes first: what was left out of the whole is said once, with it. */
export async function isFirst(
  inside: Inside,
  path: readonly string[],
  setting: Setting,
): Promise<boolean> {
  if (inside.kind !== 'archive') return inside.kind === 'workbook';
  for (const entry of inside.entries) {
    if (entry.name === path[0]) return true;
    if (await ofMember(entry, setting)) return false;
  }
  return false;
}
